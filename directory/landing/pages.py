"""What each page shows, from the lookup and the census of its generation. Every number is one that a search would show too."""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from threading import Lock
from typing import TYPE_CHECKING, Final

from directory.answers.cards import edition_words
from directory.asking.query import SearchQuery
from directory.asking.state_names import state_name, state_names
from directory.disclosure import Language, plain_date
from directory.landing.census import CARE, ENOUGH, Age, Census, Town, take_census
from directory.landing.words import PAGE_WORDS
from directory.maps.country import steps_of
from directory.page import ResultPage, StateCoverage
from index.geo.names import fold_name
from index.geo.places import PlaceKind
from index.listing import ConceptId, Kind, ListingId
from index.request import MAX_RADIUS_MILES

if TYPE_CHECKING:
    from directory.lookup import Lookup

ROWS: Final = 10  # of a page; the search has all


@dataclass(frozen=True, slots=True)
class Counted:
    """A number of places, and the address that shows as many ("" where none does)."""

    label: str
    count: int
    url: str = ""


@dataclass(frozen=True, slots=True)
class CoverageCell:
    """How many listings of a kind a state has, and in words how old they are ("" where there are none)."""

    count: int
    age: str


@dataclass(frozen=True, slots=True)
class CoverageRow:
    """A state of the table, its cells in the order places, meetings, lines."""

    state: str
    name: str
    cells: tuple[CoverageCell, ...]


@dataclass(frozen=True, slots=True)
class CarePage:
    """A kind of care in one state: its places, and where they are."""

    care: str
    state: StateCoverage
    results: ResultPage
    towns: tuple[Counted, ...]
    others: tuple[Counted, ...]


@dataclass(frozen=True, slots=True)
class TownPage:
    """The places in one town."""

    town: str
    state: StateCoverage
    results: ResultPage
    care: tuple[Counted, ...]
    around: str


class Censuses:
    """Gives the census of the generation that answers now, counted once for each."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._kept: tuple[tuple[str, frozenset[ListingId]], Census] | None = None

    def of(self, lookup: Lookup) -> Census:
        """Return the census. Raises EngineUnavailable or StoreUnavailable."""
        key = (lookup.status().info.name, lookup.store.withdrawn_ids())
        with self._lock:
            if self._kept is None or self._kept[0] != key:
                self._kept = key, _census(lookup, *key)
            return self._kept[1]


def _census(lookup: Lookup, generation: str, withdrawn: Container[ListingId]) -> Census:
    shown = (listing for listing in lookup.engine.all_listings() if listing.id not in withdrawn)

    def is_town(name: str) -> bool:
        readings = lookup.places.lookup(name)
        return bool(readings) and readings[0].kind is PlaceKind.CITY

    return take_census(generation, shown, lookup.vocabulary, is_town)


def coverage_rows(coverage: Sequence[StateCoverage], census: Census, lang: Language) -> tuple[CoverageRow, ...]:
    """Return the rows of all 56 jurisdictions, by name in the reader's language."""
    return tuple(
        CoverageRow(
            one.state,
            state_name(one.state, lang),
            tuple(
                CoverageCell(count, _age_words(census.ages.get((one.state, kind)), lang) if count else "")
                for kind, count in ((Kind.FACILITY, one.facility), (Kind.MEETING, one.meeting), (Kind.HELPLINE, one.helpline))
            ),
        )
        for one in sorted(coverage, key=lambda one: fold_name(state_name(one.state, lang)))
    )


def _age_words(age: Age | None, lang: Language) -> str:
    if age is None:
        return ""
    words, most, others = PAGE_WORDS[lang], age.sources[0], len(age.sources) - 1
    said = edition_words(most, lang)
    if most.retrieved_on and not most.edition:
        said = words["fetched"].format(list=said, day=plain_date(most.retrieved_on, lang))
    more = words["others"].format(count=others) if others else ""
    checked = words["checked"].format(day=plain_date(age.checked_on, lang)) if age.checked_on else words["unchecked"]
    return f"{f'{said} {more}'.strip()}; {checked}"


def legend(counts: Sequence[int], lang: Language) -> tuple[tuple[int, str], ...]:
    """Return the shades of the map of the country with the counts that they stand for."""
    steps = steps_of(counts)
    ranges = [f"{least:,}–{after - 1:,}" if after - least > 1 else f"{least:,}" for least, after in pairwise(steps)]
    last = [PAGE_WORDS[lang]["and_more"].format(count=f"{steps[-1]:,}")] if steps else []
    return ((0, "0"), *enumerate([*ranges, *last], start=1))


def care_of_slug(slug: str) -> ConceptId | None:
    """Return the kind of care of an address, None for any other word."""
    return next((care for care in CARE if care_slug(care) == slug), None)


def care_slug(care: ConceptId) -> str:
    """Return a kind of care as it stands in an address: "sober-living"."""
    return care.partition(".")[2].replace("_", "-")


def care_in_country(census: Census, care: ConceptId, lang: Language) -> tuple[Counted, ...]:
    """Return the states with places that state a kind of care, most first; those with few have no page worth a link."""
    return tuple(
        Counted(state_name(state, lang), count, f"/state/{state}/care/{care_slug(care)}" if count >= ENOUGH else "")
        for state, count in census.states_with(care)
        if state in state_names()
    )


def care_in_state(lookup: Lookup, census: Census, state: str, lang: Language) -> tuple[Counted, ...]:
    """Return the kinds of care of a state that have a page of their own, most first."""
    counts = census.care.get(state, {})
    links = [
        Counted(lookup.vocabulary.label(care, lang), counts[care], f"/state/{state}/care/{care_slug(care)}")
        for care in CARE
        if counts.get(care, 0) >= ENOUGH
    ]
    return tuple(sorted(links, key=lambda link: -link.count))


def towns_in_state(census: Census, state: str) -> tuple[Counted, ...]:
    """Return the towns of a state that have a page of their own, most places first."""
    return tuple(Counted(town.name, len(town.ids), town_address(town)) for town in census.towns_of(state))


def town_address(town: Town) -> str:
    """Return where a town's page is."""
    return f"/state/{town.state}/town/{town.slug}"


def care_page(lookup: Lookup, census: Census, state: StateCoverage, care: ConceptId, lang: Language, now: datetime) -> CarePage:
    """Return the page of a kind of care in a state."""
    query = SearchQuery(near=_state_label(lookup, state), offers=(care,), kinds=(Kind.FACILITY,), per_page=ROWS, lang=lang)
    counted = ((town, town.care.get(care, 0)) for town in census.towns_of(state.state))
    towns = sorted(
        (Counted(town.name, count, town_address(town)) for town, count in counted if count), key=lambda one: -one.count
    )
    others = (one for one in care_in_state(lookup, census, state.state, lang) if not one.url.endswith(f"/{care_slug(care)}"))
    return CarePage(lookup.vocabulary.label(care, lang), state, lookup.search(query, now=now), tuple(towns[:12]), tuple(others))


def town_page(lookup: Lookup, town: Town, state: StateCoverage, lang: Language, now: datetime) -> TownPage:
    """Return the page of a town: the places in it, however far from its middle. Raises UnknownPlace where it has none."""
    label = f"{town.name}, {town.state}"
    query = SearchQuery(
        near=label, radius_miles=MAX_RADIUS_MILES, only=town.ids, kinds=(Kind.FACILITY,), per_page=ROWS, lang=lang
    )
    care = [Counted(lookup.vocabulary.label(care, lang), town.care[care]) for care in CARE if town.care.get(care)]
    around = SearchQuery(near=label, kinds=(Kind.FACILITY,), lang=lang).url()
    return TownPage(label, state, lookup.search(query, now=now), tuple(sorted(care, key=lambda one: -one.count)), around)


def _state_label(lookup: Lookup, state: StateCoverage) -> str:
    """Return a state's name so that it is read as the state: "Washington State", not the city."""
    found = (place for place in lookup.places.lookup(state.name) if place.kind is PlaceKind.STATE and place.state == state.state)
    return next((place.label for place in found), state.name)
