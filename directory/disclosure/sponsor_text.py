"""What the words of a payer may not hold: praise, which the FTC would read as ours, and a phone number of its own."""

from __future__ import annotations

import unicodedata
from re import IGNORECASE
from re import compile as pattern
from typing import Final

_PHONE_DIGITS: Final = pattern(r"(?:\d[\s().-]*){7,}")
_UNSEEN: Final = pattern("[\u00ad\u200b-\u200f\u2060\ufeff]")  # signs that part a word for a machine and not for an eye
_PRAISE: Final = pattern(
    r"\b(vetted|verified|best|top|trusted|guaranteed?|recommended|leading|premier|#1|no\.? ?1|"
    r"mejor(es)?|verificad[oa]s?|garantizad[oa]s?|garantía|recomendad[oa]s?|de confianza|líder(es)?)\b",
    IGNORECASE,
)


def problem_in_sponsor_text(text: str) -> str:
    """Return why a sponsor's words cannot be shown, "" when they can: no praise, and no phone number of its own."""
    plain = _UNSEEN.sub("", unicodedata.normalize("NFKC", text))
    if found := _PRAISE.search(plain):
        return f"a sponsor's words may not praise: {found.group()!r} cannot be shown. Name the company that pays"
    if _PHONE_DIGITS.search(plain):
        return "a sponsor's words may not hold a phone number: only the listing's own numbers are shown"
    return ""
