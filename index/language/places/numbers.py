"""Numbers in a text: a telephone number as the whole question, a radius, a street address."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from index.language.places.cues import STREET_WORDS
from index.language.text.normalise import Token

MAX_RADIUS_MILES: Final = 500
KM_PER_MILE: Final = 1.609344

_PHONE: Final = re.compile(
    r"^\s*(?:(?:call|phone|tel|telephone|number|llamar)\W*)?\+?1?[\s.(-]*(\d{3})[\s.)-]*(\d{3})[\s.-]*(\d{4})\s*(?:x|ext\.?)?\s*\d{0,6}\s*$",
    re.I,
)
_MILES: Final = frozenset({"mile", "miles", "mi", "millas", "milla"})
_KILOMETRES: Final = frozenset({"km", "kms", "kilometers", "kilometres", "kilometros"})
_RADIUS_BEFORE: Final = frozenset(
    ["within", "under", "less", "than", "radius", "about", "of", "a", "en", "dentro", "de", "menos", "inside", "up", "to"]
)
_RADIUS_AFTER: Final = frozenset(["radius", "of", "from", "away", "around", "near", "or", "less", "de", "radio"])
_NUMBER_WORDS: Final = {
    "five": 5,
    "ten": 10,
    "fifteen": 15,
    "twenty": 20,
    "thirty": 30,
    "forty": 40,
    "fifty": 50,
    "hundred": 100,
    "diez": 10,
    "veinte": 20,
    "cincuenta": 50,
    "cien": 100,
}


@dataclass(frozen=True, slots=True)
class RadiusReading:
    """A distance that the text states, in statute miles, read in words `start` to `end` (exclusive)."""

    miles: float
    matched: str
    start: int
    end: int


def phone_number(text: str) -> str | None:
    """Return the ten digits when the whole text is a North American telephone number.

    >>> phone_number("(719) 555-0100"), phone_number("rehab 80132")
    ('7195550100', None)
    """
    match = _PHONE.match(text[:60])
    return "".join(match.groups()) if match and match[1][0] not in "01" else None


def radius(tokens: Sequence[Token]) -> RadiusReading | None:
    """Return the first stated distance: "within 25 miles", "10 mile radius", "a 20 millas de"."""
    for place in range(len(tokens) - 1):
        number, unit = _number(tokens[place].word), tokens[place + 1].word
        if number is None or unit not in _MILES | _KILOMETRES:
            continue
        miles = number if unit in _MILES else round(number / KM_PER_MILE, 1)
        if not 0 < miles <= MAX_RADIUS_MILES:
            continue
        start, end = place, place + 2
        while start and tokens[start - 1].word in _RADIUS_BEFORE:
            start -= 1
        while end < len(tokens) and tokens[end].word in _RADIUS_AFTER:
            end += 1
        return RadiusReading(miles, " ".join(token.raw for token in tokens[start:end]), start, end)
    return None


def _number(word: str) -> float | None:
    if word in _NUMBER_WORDS:
        return float(_NUMBER_WORDS[word])
    return float(word) if word.replace(".", "", 1).isdigit() and len(word) < 5 else None


def street_address(tokens: Sequence[Token]) -> tuple[int, int] | None:
    """Return the words of a street address ("123 N Main St Apt 4"), without town and ZIP."""
    for start, token in enumerate(tokens):
        if not token.word.isdigit() or len(token.word) > 6:
            continue
        for end in range(start + 2, min(start + 6, len(tokens))):
            word = tokens[end].word
            if word in STREET_WORDS and (word not in {"st", "place", "way", "pl"} or end > start + 1):
                stop = end + 1
                if stop + 1 < len(tokens) and tokens[stop].word in {"apt", "suite", "ste", "unit"}:
                    stop += 2
                return start, stop
    return None
