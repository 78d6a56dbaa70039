"""Take a written place apart: ZIP, name, county, state. Pure text; the gazetteer says what exists."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from index.geo.names import fold_name, fold_text

_ZIP = re.compile(r"(?:^|.*[\s,])(\d{5})(?:[-\s]?\d{4})?\s*(?:,?\s*(?:usa?|united states))?\s*$", re.IGNORECASE)
_COUNTRY = re.compile(r"[\s,]+(?:u\.?s\.?a\.?|u\.s\.?|united states(?: of america)?|estados unidos)\s*$", re.IGNORECASE)
_COUNTY_FIRST = re.compile(r"^(?:county|condado)(?: of| de)? (.+)$")
_AROUND = re.compile(r"^(?:greater|downtown|metro|city of|town of|ciudad de) | (?:(?:metro|metropolitan|bay)? ?area|metro)$")
_STATE_WORDS = re.compile(r"^(?:state of|estado de) | state$")
_EITHER = re.compile(r"\s+(?:or|and|o|u|y)\s+", re.IGNORECASE)
_MARKED = re.compile(r"\s*[;/|]\s*")
_BETWEEN = re.compile(r"^\s*(?:between|either|entre)\s+", re.IGNORECASE)
MOST_PLACES = 5  # named in one text
LONGEST_STATE_NAME = 6  # words: "commonwealth of the northern mariana islands"


@dataclass(frozen=True, slots=True)
class WrittenPlace:
    """The parts of a written place; names are folded keys, parts not written are ""."""

    name: str = ""
    county: str = ""
    state: str = ""


def written_zip(text: str) -> str:
    """Return the five digits of a ZIP or ZIP+4 that ends the text, or "".

    >>> written_zip("Monument, CO 80132-1234"), written_zip("80132"), written_zip("12 Main St")
    ('80132', '80132', '')
    """
    match = _ZIP.match(text.strip())
    return match[1] if match else ""


def readings_of_text(text: str, states: Mapping[str, str]) -> list[WrittenPlace]:
    """Return the ways to take a text apart, most literal first; `states` maps folded names and codes to codes.

    The whole text as a name comes first ("Kansas City", "Colorado"), then name and state ("Portland Oregon"). A comma decides:
    what follows the last one is the state, and what stands between two is the county.
    """
    text = _COUNTRY.sub("", text.strip().strip(","))
    parts = [part for part in (fold_name(part) for part in text.split(",")) if part]
    if len(parts) > 1:
        state = states.get(_STATE_WORDS.sub("", fold_text(parts[-1])), "")
        if state:
            if len(parts) > 2:  # "Columbia, Howard County, MD" or "12 Main St, Columbia, MD"
                return [WrittenPlace(parts[0], parts[-2], state), WrittenPlace(parts[-2], "", state)]
            return [WrittenPlace(parts[0], "", state), *_around(parts[0], state)]
    words = fold_name(text).split()
    if not words:
        return []
    whole = " ".join(words)
    readings = [WrittenPlace(whole)]
    for count in range(1, min(LONGEST_STATE_NAME, len(words) - 1) + 1):
        if state := states.get(" ".join(words[-count:]), ""):
            name = " ".join(words[:-count])
            readings += [WrittenPlace(name, "", state), *_around(name, state)]
    if (plain := _STATE_WORDS.sub("", whole)) != whole and plain in states:
        readings.insert(0, WrittenPlace("", "", states[plain]))
    return readings + _around(whole, "")


def places_of_text(text: str, states: Mapping[str, str]) -> list[str]:
    """Return the places that a text names one beside the other, the state of the last said for all; none where it names one.

    A slash parts places before any word does: "Truth or Consequences, NM / Denver, CO".

    >>> places_of_text("Akron or Canton, OH", {"oh": "OH"}), places_of_text("Akron", {})
    (['Akron, OH', 'Canton, OH'], [])
    """
    marks = _MARKED if _MARKED.search(text) else _EITHER
    parts = [part for part in marks.split(_BETWEEN.sub("", text)) if part.strip(" ,")]
    if not 2 <= len(parts) <= MOST_PLACES:
        return []
    town, _, state = parts[-1].rpartition(",")
    if not town or fold_text(state) not in states:
        return parts
    return [part if "," in part or fold_text(part) in states or written_zip(part) else f"{part},{state}" for part in parts]


def _around(name: str, state: str) -> list[WrittenPlace]:
    """Return further readings of a name: "county of x" turned round, "greater x" and "x area" without those words."""
    readings = []
    if match := _COUNTY_FIRST.match(name):
        readings.append(WrittenPlace(f"{match[1]} county", "", state))
    if (plain := _AROUND.sub("", name)) != name and plain:
        readings.append(WrittenPlace(plain, "", state))
    return readings
