"""What the words of a payer may not hold: praise, which the FTC would read as ours, and a way past the listing's own number."""

from __future__ import annotations

import unicodedata
from re import IGNORECASE
from re import compile as pattern
from typing import Final

_PHONE_DIGITS: Final = pattern(r"(?:\d[\s().-]*){7,}")
_ADDRESS: Final = pattern(r"https?:|\bwww\.|\S@\S|\b[\w-]+\.(?:com|org|net|info|care|health|rehab|us|co)\b", IGNORECASE)
_UNSEEN: Final = pattern("[\u00ad\u200b-\u200f\u2060\ufeff]")  # signs that part a word for a machine and not for an eye
_PRAISE: Final = pattern(
    r"(?<!\w)(?:vetted|verified|best|top|trusted|guarant(?:ee\w*|y)|recommended|leading|premier|proven|award[- ]winning"
    r"|#\s?1|n[oº°]\.? ?1|number[- ]one|(?:five|5)[- ]stars?"
    r"|mejor(?:es)?|verificad[oa]s?|garantiz\w+|garant[ií]as?|recomendad[oa]s?|de confianza|l[ií]der(?:es)?|n[uú]mero uno"
    r"|premiad[oa]s?)(?!\w)",
    IGNORECASE,
)


def problem_in_sponsor_text(text: str) -> str:
    """Return why somebody's words about themselves cannot be shown, "" when they can: no praise, and no phone number."""
    plain = _UNSEEN.sub("", unicodedata.normalize("NFKC", text))
    if found := _PRAISE.search(plain):
        return f"a sponsor's words may not praise: {found.group()!r} cannot be shown. Name the company that pays"
    if _PHONE_DIGITS.search(plain):
        return "a sponsor's words may not hold a phone number: only the listing's own numbers are shown"
    if any(map(_mixes_alphabets, plain.split())):
        return "one word is written in letters of two alphabets: write it in one"
    return ""


def problem_in_sponsor_name(text: str) -> str:
    """Return why the name of a payer, or of who answers, cannot be shown: as other words, and no address to go to instead."""
    if _ADDRESS.search(unicodedata.normalize("NFKC", text)):
        return "a name may not hold an address: only the listing's own website is shown. Name the company"
    return problem_in_sponsor_text(text)


def _mixes_alphabets(word: str) -> bool:
    """Tell whether a word has Latin letters beside those of another alphabet that look like them."""
    alphabets = {unicodedata.name(letter, "").partition(" ")[0] for letter in word if letter.isalpha()}
    return "LATIN" in alphabets and bool(alphabets & {"CYRILLIC", "GREEK"})
