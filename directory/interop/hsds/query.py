"""The parameters of the HSDS API as validated values."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from directory.interop.hsds.terms import TAXONOMY_ID, concept_of_term
from directory.interop.locator.query import METRES_PER_MILE
from directory.sources.matching import fold_words
from index.errors import InvalidRequest
from index.geo.distance import Coordinates
from index.geo.places import Gazetteer
from index.request import DEFAULT_RADIUS_MILES, MAX_RADIUS_MILES

DEFAULT_PER_PAGE: Final = 50
MOST_PER_PAGE: Final = 500
MOST_FULL_PER_PAGE: Final = 100  # a full service is some 20 KB
MOST_MINIMAL_PER_PAGE: Final = 100_000  # two fields each: all of them at once, as HSDS wants
DEFAULT_MILES: Final = DEFAULT_RADIUS_MILES
PARAMETERS: Final = (
    *("search", "page", "per_page", "format", "minimal", "full", "full_service", "modified_after", "lang"),
    *("taxonomy_id", "taxonomy_term_id", "organization_id", "postcode", "proximity", "lat", "lon", "radius"),
    *("top_only", "parent_id"),
)
_TRUTH: Final = {"true": True, "1": True, "": False, "false": False, "0": False}
_NUMBER: Final = re.compile(r"[+-]?\d{1,9}(?:\.\d{1,12})?")


@dataclass(frozen=True, slots=True)
class HsdsQuery:
    """One request for a list. `miles` counts from `centre`; both are None without a place."""

    words: tuple[str, ...]
    page: int
    per_page: int
    minimal: bool
    full: bool
    modified_after: date | None
    concept: str
    organization: str
    centre: Coordinates | None
    miles: float | None
    parent: str
    top_only: bool


@dataclass(frozen=True, slots=True)
class Asked:
    """The parameters as they came."""

    given: Mapping[str, str]

    def text(self, name: str) -> str:
        """Return a parameter's text."""
        return self.given.get(name, "").strip()

    def flag(self, name: str) -> bool:
        """Return a truth value. Raises InvalidRequest."""
        text = self.text(name).casefold()
        if text not in _TRUTH:
            raise InvalidRequest(name, f"must be true or false, got {text!r}")
        return _TRUTH[text]

    def whole(self, name: str, default: int, most: int) -> int:
        """Return a whole number from 1 on. Raises InvalidRequest."""
        text = self.text(name)
        if not text:
            return default
        if not (text.isascii() and text.isdigit()) or not 1 <= int(text[:12]) <= most:
            raise InvalidRequest(name, f"must be a whole number between 1 and {most}, got {text!r}")
        return int(text)

    def number(self, name: str, least: float, most: float) -> float | None:
        """Return a number, None when it is not given. Raises InvalidRequest."""
        text = self.text(name)
        if not text:
            return None
        if not _NUMBER.fullmatch(text) or not least <= float(text) <= most:
            raise InvalidRequest(name, f"must be a number between {least:g} and {most:g}, got {text!r}")
        return float(text)


def parse_hsds_query(given: Mapping[str, str], places: Gazetteer) -> HsdsQuery:
    """Return the query of a request's parameters.

    Raises InvalidRequest naming an unknown parameter or a value that cannot be used, UnknownPlace for an unknown postcode.
    """
    _refuse_unknown(given)
    asked = Asked(given)
    minimal, full = asked.flag("minimal"), asked.flag("full") or asked.flag("full_service")
    most = MOST_MINIMAL_PER_PAGE if minimal else MOST_FULL_PER_PAGE if full else MOST_PER_PAGE
    centre, miles = _place(asked, places)
    return HsdsQuery(
        words=tuple(fold_words(asked.text("search")).split()),
        page=asked.whole("page", 1, 10**9),
        per_page=asked.whole("per_page", MOST_MINIMAL_PER_PAGE if minimal else DEFAULT_PER_PAGE, most),
        minimal=minimal,
        full=full,
        modified_after=_day(asked.text("modified_after")),
        concept=_concept(asked),
        organization=asked.text("organization_id"),
        centre=centre,
        miles=miles,
        parent=asked.text("parent_id"),
        top_only=asked.flag("top_only"),
    )


def _refuse_unknown(given: Iterable[str]) -> None:
    for name in given:
        if name not in PARAMETERS:
            raise InvalidRequest(name, f"is not a parameter here; there are {', '.join(PARAMETERS)}")


def _concept(asked: Asked) -> str:
    taxonomy, term = asked.text("taxonomy_id"), asked.text("taxonomy_term_id")
    if taxonomy and taxonomy != TAXONOMY_ID:
        raise InvalidRequest("taxonomy_id", f"is not known here; the one taxonomy is {TAXONOMY_ID}")
    if not term:
        return ""
    known: Mapping[str, Any] = concept_of_term()
    if term in known:
        return str(known[term])
    if term in known.values():  # the readable code of a term serves as well
        return term
    raise InvalidRequest("taxonomy_term_id", f"is no term of /hsds/taxonomy_terms: {term!r}")


def _place(asked: Asked, places: Gazetteer) -> tuple[Coordinates | None, float | None]:
    """Return centre and miles: from a postcode with `proximity` in metres, or from lat, lon and `radius` in miles."""
    postcode, lat, lon = asked.text("postcode"), asked.number("lat", -90, 90), asked.number("lon", -180, 180)
    if (lat is None) != (lon is None):
        raise InvalidRequest("lon" if lon is None else "lat", "is missing: lat and lon go together")
    metres, radius = (
        asked.number("proximity", 1, MAX_RADIUS_MILES * METRES_PER_MILE),
        asked.number("radius", 0.1, MAX_RADIUS_MILES),
    )
    if lat is not None and lon is not None:
        return Coordinates(lat, lon), radius or (metres / METRES_PER_MILE if metres else DEFAULT_MILES)
    if postcode:
        point = places.zip_point(postcode[:5])
        if point is None:
            raise InvalidRequest("postcode", f"is no ZIP code that we know: {postcode!r}")
        return point, metres / METRES_PER_MILE if metres else radius or DEFAULT_MILES
    if metres or radius:
        raise InvalidRequest("postcode", "is missing: a distance needs a postcode, or lat and lon")
    return None, None


def _day(text: str) -> date | None:
    if not text:
        return None
    try:
        return datetime.fromisoformat(text.replace("Z", "+00:00").replace(" ", "+")).date()
    except ValueError as error:
        raise InvalidRequest("modified_after", f"must be a date or an instant (ISO 8601), got {text!r}") from error
