"""What the page of a state shows: its own lines and agencies, the federal locator, and how many listings it has here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from directory.asking.query import SearchQuery
from directory.disclosure import Language
from directory.openness.licences import LicenceList, licence_lists
from directory.page import Row, StateCoverage
from index.listing import Kind, Reach
from index.request import MAX_PER_PAGE

if TYPE_CHECKING:
    from directory.lookup import Lookup


@dataclass(frozen=True, slots=True)
class StatePage:
    """A state, its counts, the lines that serve it and nobody else, the searches of its listings by kind, and its own page
    about licences where that is known.
    """

    coverage: StateCoverage
    lines: tuple[Row, ...]
    searches: tuple[tuple[Kind, int, str], ...]
    licences: LicenceList | None


def state_page(lookup: Lookup, code: str, lang: Language, now: datetime) -> StatePage | None:
    """Return the page of one of the 56 jurisdictions, None for any other code. Raises EngineUnavailable, StoreUnavailable."""
    coverage = next((one for one in lookup.coverage() if one.state.casefold() == code.casefold()), None)
    if coverage is None:
        return None
    lines = lookup.search(_lines_of(coverage, lang), now=now).rows
    own = tuple(row for row in lines if row.card.listing.reach is Reach.STATE)
    counts = ((Kind.FACILITY, coverage.facility), (Kind.MEETING, coverage.meeting))
    searches = tuple((kind, count, _search(coverage, kind, lang).url()) for kind, count in counts if count)
    return StatePage(coverage, own, searches, licence_lists().get(coverage.state))


def _lines_of(coverage: StateCoverage, lang: Language) -> SearchQuery:
    return SearchQuery(near=coverage.name, kinds=(Kind.HELPLINE,), per_page=MAX_PER_PAGE, lang=lang)


def _search(coverage: StateCoverage, kind: Kind, lang: Language) -> SearchQuery:
    return SearchQuery(near=coverage.name, kinds=(kind,), lang=lang)
