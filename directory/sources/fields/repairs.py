"""Mending the known defects of source files, each repair counted under its own name.

A repair restores what a program lost on the way (zeros, bytes, blanks, the case of letters). None invents a fact: whatever
cannot be restored is left as it stands or makes the row a rejected one.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final


class Repair(StrEnum):
    """The names under which repairs are reported."""

    WINDOWS_1252 = "windows_1252"
    LOST_CHARACTER = "lost_character"
    INVISIBLE_CHARACTER = "invisible_character"
    STRAY_SPACES = "stray_spaces"
    LOST_ZIP_ZEROS = "lost_zip_zeros"
    ZIP_PLUS_FOUR = "zip_plus_four"
    NAME_IN_CAPITALS = "name_in_capitals"
    PHONE_EXTENSION = "phone_extension"
    VANITY_NUMBER = "vanity_number"
    STREET_WITHHELD = "street_withheld"
    POINT_FROM_ZIP = "point_from_zip"
    POINT_FROM_CITY = "point_from_city"


_REPLACEMENT: Final = "\N{REPLACEMENT CHARACTER}"
_LOST_APOSTROPHE: Final = re.compile(rf"(?<=[A-Za-z]){_REPLACEMENT}(?=[A-Za-z])")
_ZIP: Final = re.compile(r"(?P<zip>\d{3,5})(?:-\d{4})?")
_ZIP_PLUS_FOUR: Final = re.compile(r"\d{8,9}")
_NO_STREET: Final = re.compile(r"[\s\-–—_.*]*")
_ROMAN: Final = re.compile(r"[IVXLC]+")
_SMALL_WORDS: Final = frozenset({"a", "an", "and", "at", "de", "for", "in", "of", "on", "the", "to", "y"})
_KEPT_CAPITALS: Final = frozenset({"DBA", "LLC", "LLP", "PLLC", "USA", "YMCA", "YWCA", "VA", "II", "III", "IV"})
_LONG_WORD: Final = 5  # letters; the shouting of a whole name has several long words, an acronym has none


@dataclass(slots=True)
class Mender:
    """Mends one value at a time and counts what it did; `counts` is per repaired value, not per row."""

    counts: Counter[str] = field(default_factory=Counter)

    def note(self, repair: Repair) -> None:
        """Count one repair."""
        self.counts[repair.value] += 1

    def lines(self, raw_lines: Iterable[bytes]) -> Iterator[str]:
        """Yield the text of each line: UTF-8, or Windows-1252 where the bytes are no UTF-8 (the files mix both)."""
        for number, raw in enumerate(raw_lines):
            try:
                yield raw.decode("utf-8-sig" if number == 0 else "utf-8")
            except UnicodeDecodeError:
                self.note(Repair.WINDOWS_1252)
                yield raw.decode("cp1252", errors="replace")

    def text(self, value: str) -> str:
        """Return the value without stray or doubled blanks, invisible characters, and marks of a lost character.

        A lost character between two letters was an apostrophe in every case seen ("Women�s"); elsewhere it is dropped.
        Invisible ones go because a mark that turns the direction of writing could move a label behind a name.
        """
        if _REPLACEMENT in value:
            self.note(Repair.LOST_CHARACTER)
            value = _LOST_APOSTROPHE.sub("'", value).replace(_REPLACEMENT, " ")
        if not (value.isprintable() or value.isspace()):
            value = self._without_invisible(value)
        if (tidy := " ".join(value.split())) != value:
            self.note(Repair.STRAY_SPACES)
        return tidy

    def _without_invisible(self, value: str) -> str:
        visible = "".join(one for one in value if one.isspace() or unicodedata.category(one) not in ("Cc", "Cf"))
        if visible != value:
            self.note(Repair.INVISIBLE_CHARACTER)
        return visible

    def name(self, value: str) -> str:
        """Return a name in ordinary case when the source shouts it; acronyms stay ("MCCA", "BHG XXX LLC")."""
        value = self.text(value)
        if not _is_shouted(value):
            return value
        self.note(Repair.NAME_IN_CAPITALS)
        words = value.split(" ")
        return " ".join(_quiet_word(word, first=number == 0) for number, word in enumerate(words))

    def zip_code(self, value: str) -> str:
        """Return five digits, with the zeros that a spreadsheet dropped and without the +4; "" for an empty value.

        Raises ValueError when no ZIP code stands there.
        """
        value = self.text(value)
        if not value:
            return ""
        if _ZIP_PLUS_FOUR.fullmatch(value) and value.isascii():
            value = f"{value[:-4]}-{value[-4:]}"
        found = _ZIP.fullmatch(value)
        if not found or not value.isascii():
            raise ValueError(f"expected a ZIP code of five digits, got {value!r}")
        if "-" in value:
            self.note(Repair.ZIP_PLUS_FOUR)
        if len(found["zip"]) < 5:
            self.note(Repair.LOST_ZIP_ZEROS)
        return found["zip"].zfill(5)

    def street(self, value: str) -> tuple[str, bool]:
        """Return the street and whether the source withholds it: it then prints dashes where the street would stand."""
        value = self.text(value)
        if value and _NO_STREET.fullmatch(value):
            self.note(Repair.STREET_WITHHELD)
            return "", True
        return value, False


def _is_shouted(name: str) -> bool:
    if not name.isupper():
        return False
    long_words = [word for word in re.findall(r"[A-Z]+", name) if len(word) >= _LONG_WORD and not _ROMAN.fullmatch(word)]
    return len(long_words) >= 2 and all(set(word) & set("AEIOUY") for word in long_words)


def _quiet_word(word: str, *, first: bool) -> str:
    letters = re.sub(r"\W", "", word)
    if letters in _KEPT_CAPITALS or _ROMAN.fullmatch(letters) or not set(letters) & set("AEIOUY"):
        return word
    if letters.casefold() in _SMALL_WORDS and not first:
        return word.lower()
    return re.sub(r"[^\W\d_]+(?:['’][^\W\d_]+)*", lambda found: found[0][0] + found[0][1:].lower(), word)
