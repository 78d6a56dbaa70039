"""What a page says of meetings: what kind each is, its times, how old its list is, and where to look when there is no list."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Final

from directory.asking.list_ages import OldLists, age_warning, entity_of, is_at_once
from directory.asking.query import SearchQuery
from directory.asking.times import windows_of
from directory.page import Card, ResultPage, Row
from directory.site.meetings.hours import next_time, weekly, zone_words
from directory.web import current
from index.listing import ConceptId, Kind, Listing, Session, SourceRef

if TYPE_CHECKING:
    from directory.disclosure import Language
    from directory.lookup import Lookup

FORMS: Final = ("group.", "fmt.", "pop.", "lang.", "acc.wheelchair")
AREAS_KEPT: Final = 1000
ENGLISH: Final = "lang.english"
# Whose finders are named where a reader asked for no group in particular.
USUAL_GROUPS: Final = ("group.aa", "group.na", "group.smart", "group.alanon")


@dataclass(frozen=True, slots=True)
class Age:
    """How old a meeting's list is: a warning, "" where it is new; and whom to ask."""

    warning: str
    entity: str
    url: str


@dataclass(frozen=True, slots=True)
class Finder:
    """A fellowship's own meeting finder."""

    name: str
    website: str


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """Finders to name, and why: `lists_too_old` where meetings are listed, but by lists that send nobody out tonight."""

    finders: tuple[Finder, ...] = ()
    lists_too_old: bool = False

    def __bool__(self) -> bool:
        return bool(self.finders)


def is_meeting(card: Card) -> bool:
    """Tell whether a card is of a meeting."""
    return card.listing.kind is Kind.MEETING


def forms(card: Card) -> list[str]:
    """Return fellowship, form, audience and language of a meeting; English goes without saying."""
    stated = [concept for concept in card.offers if concept.id != ENGLISH]
    return [concept.label for form in FORMS for concept in stated if concept.id.startswith(form)]


def weekly_times(card: Card) -> tuple[str, ...]:
    """Return all weekly times of the group at this place."""
    return weekly((session for program in card.listing.programs for session in program.schedule), card.lang)


def zone_of(card: Card) -> str:
    """Return the name of the clock that the times are on."""
    return zone_words(card.listing.time_zone, card.lang)


def when(card: Card, asked: SearchQuery | None, now: datetime) -> str:
    """Return the next time at which the meeting is what was asked for."""
    parts, zone = asked or SearchQuery(), card.listing.time_zone
    windows = windows_of((*parts.offers, *parts.prefer), [zone] if zone else [], now)
    return next_time(_sessions(card, parts), zone, windows, now, card.lang)


def _sessions(card: Card, parts: SearchQuery) -> Iterator[Session]:
    """Yield the times of the programs that state as much of what was asked as the one that matched."""
    wanted = {concept for concept in parts.offers if concept in card.program.offers}
    for program in card.listing.programs:
        if wanted.issubset(program.offers):
            yield from program.schedule


def age(meeting: Listing, source: SourceRef, today: date, lang: Language) -> Age:
    """Return how old a meeting's list is, by the date of its edition, else the day it was fetched."""
    return Age(age_warning(source, today, lang), entity_of(meeting, source), source.url)


def age_of(card: Card) -> Age:
    """Return how old the list behind a card is today."""
    return age(card.listing, card.program.source, current.now().date(), card.lang)


def shows_meetings(page: ResultPage) -> bool:
    """Tell whether any row of the page is a meeting: then its non-affiliation is said once, and times pass."""
    return any(is_meeting(row.card) for row in rows_of(page))


def passes_by_the_minute(page: ResultPage) -> bool:
    """Tell whether what a page says may be wrong within the hour: it names a time, or a meeting's next one."""
    return bool(page.understanding.time) or shows_meetings(page)


def rows_of(page: ResultPage) -> Iterator[Row]:
    """Yield every row of a page."""
    yield from page.rows
    for group in page.beyond:
        yield from group.rows


NOWHERE: Final = Elsewhere()


class Finders:
    """Finds fellowships' own finders among the lines, once for each generation and language."""

    def __init__(self) -> None:
        self._generation = ""
        self._found: dict[tuple[str, Language], tuple[Finder, ...]] = {}
        self._listed: dict[tuple[SearchQuery, date | None], bool] = {}
        self._old_lists: OldLists | None = None

    def where_no_list_is(self, page: ResultPage, lookup: Lookup, now: datetime) -> Elsewhere:
        """Return the finders to name on a page: none where meetings are listed in the area, or where no area was asked.

        For the next hours a list that is over a year old is as good as none.
        """
        parts = page.parts
        if page.near_me_unanswered or page.page > 1 or parts.name or not (page.place or parts.position):
            return NOWHERE
        groups = [concept for concept in parts.offers if concept.startswith("group.")]
        meetings_asked = parts.kinds == (Kind.MEETING,) or groups
        found = page.rows if meetings_asked else shows_meetings(page)
        if found or parts.kinds == (Kind.HELPLINE,):
            return NOWHERE
        at_once = is_at_once((*parts.offers, *parts.prefer))
        nearby_looked_at = page.radius_miles is not None and not meetings_asked  # the page's own group of meetings is empty
        listed = not nearby_looked_at and self._are_listed(page, groups, lookup, now)
        if listed and not (at_once and not self._are_listed(page, groups, lookup, now, of_this_year=True)):
            return NOWHERE
        return Elsewhere(self._named(groups or USUAL_GROUPS, page, lookup, now), lists_too_old=listed)

    def _are_listed(
        self, page: ResultPage, groups: Iterable[ConceptId], lookup: Lookup, now: datetime, *, of_this_year: bool = False
    ) -> bool:
        """Tell whether any meeting of these groups is listed in the area, at whatever time and in whatever form."""
        parts = page.parts
        area = SearchQuery(near=parts.near, position=parts.position, radius_miles=parts.radius_miles)
        asked = replace(area, kinds=(Kind.MEETING,), offers=tuple(groups), per_page=1)
        self._forget_other_generations(page.generation)
        key = asked, now.date() if of_this_year else None
        if key not in self._listed:
            if len(self._listed) >= AREAS_KEPT:
                self._listed.clear()
            found = self._of_this_year(asked, lookup, now) if of_this_year else lookup.search(asked, now=now).total
            self._listed[key] = found > 0
        return self._listed[key]

    def _of_this_year(self, asked: SearchQuery, lookup: Lookup, now: datetime) -> int:
        """Return how many meetings a query finds whose lists may still send somebody out tonight."""
        self._old_lists = self._old_lists or OldLists(lookup.engine)
        request = lookup.request_now(asked, now=now)
        return lookup.engine.count(self._old_lists.never(request, now.date())) if request else 0

    def _forget_other_generations(self, generation: str) -> None:
        if generation != self._generation:
            self._generation, self._found, self._listed = generation, {}, {}

    def _named(self, groups: Iterable[str], page: ResultPage, lookup: Lookup, now: datetime) -> tuple[Finder, ...]:
        self._forget_other_generations(page.generation)
        named: dict[str, Finder] = {}
        for group in groups:
            key = (group, page.lang)
            if key not in self._found:
                self._found[key] = tuple(self._lines_of(ConceptId(group), page.lang, lookup, now))
            named.update({finder.name: finder for finder in self._found[key]})
        return tuple(named.values())

    def _lines_of(self, group: ConceptId, lang: Language, lookup: Lookup, now: datetime) -> Iterator[Finder]:
        lines = lookup.search(SearchQuery(kinds=(Kind.HELPLINE,), offers=(group,), lang=lang, per_page=5), now=now)
        for row in lines.rows:
            listing = row.card.listing
            if listing.website and group in row.card.program.offers:
                yield Finder(listing.name, listing.website)
