"""From the form of the desk to what its page shows: read the wording, search, and lay out rows, switches and remarks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from directory.answers.extras import radius_choices
from directory.asking.query import SearchQuery
from directory.asking.sentences import where
from directory.disclosure import Language
from directory.helpline.asking.ask import MAP, MOST_ROWS, ROWS, Ask
from directory.helpline.asking.passing import CORRIDOR_MILES, Aim, LastGood, PassingLookup
from directory.helpline.asking.wording import Wording, wording_of
from directory.helpline.places.finding import own_places, own_words
from directory.helpline.words import WORDS
from directory.lookup import Lookup
from directory.maps.area import AreaMap, map_of_results
from directory.page import Extras, Group, ResultPage, Row
from directory.safety import Notice
from directory.site.parts.short_words import short_label
from directory.store.listings.by_key import listings_of_key
from index.language.vocabulary import Vocabulary
from index.listing import ConceptId, ListingId

# What callers need most often, in the order in which staff ask; the rest stands below.
FIRST_SWITCHES: Final = tuple(
    ConceptId(concept)
    for concept in (
        *("care.detox", "care.residential", "care.outpatient", "care.moud", "pay.medicaid", "pay.sliding_scale", "pay.free"),
        *("lang.spanish", "acc.transport"),
    )
)
ROWS_BEYOND: Final = 3  # of each group after the results
OTHER_PLACES: Final = 3  # of the same name
LEAST_MILES: Final = 5.0  # a ZIP's point is not more exact than that


@dataclass(frozen=True, slots=True)
class Switch:
    """A filter as a switch: `value` turns it the other way; `count` is how many places it would show."""

    label: str
    value: str
    on: bool
    count: int | None = None


@dataclass(frozen=True, slots=True)
class SwitchGroup:
    """Switches under one heading; `not_stated` places say nothing of any of them."""

    label: str
    switches: tuple[Switch, ...]
    not_stated: int = 0


@dataclass(frozen=True, slots=True)
class Answer:
    """What the desk shows of one search. `state` is what the form must send back beside its words."""

    ask: Ask
    page: ResultPage
    sentence: str
    notices: tuple[Notice, ...]
    remarks: tuple[str, ...]
    switches: tuple[Switch, ...]
    more_switches: tuple[SwitchGroup, ...]
    offered: tuple[tuple[str, str], ...]
    radii: tuple[float, ...]
    groups: tuple[Group, ...]
    outage: bool
    area: AreaMap | None

    @property
    def rows(self) -> tuple[Row, ...]:
        """The rows of the results themselves."""
        return self.page.rows

    @property
    def more_rows(self) -> int:
        """How many rows a longer answer would have; 0 when all are shown."""
        return min(len(self.rows) + ROWS, MOST_ROWS) if len(self.rows) < min(self.page.total, MOST_ROWS) else 0


def answer(ask: Ask, shared: Lookup, last_good: LastGood, now: datetime) -> Answer:
    """Return the answer to a form that asks something.

    Raises what `Lookup.search` raises; StoreUnavailable only when there is no last good list either.
    """
    wording = wording_of(ask.words.text, shared.places, ask.words.lang)
    aim, remarks = _aim(wording, ask, shared)
    lookup = PassingLookup(shared, last_good, aim)
    query, unknown = _words_to_read(ask, wording, aim, lookup.vocabulary)
    if ask.parts is None and query.radius_miles:
        ask = ask.within(lookup.miles_said(query))
        query = replace(query, radius_miles=ask.words.radius_miles)
    read = page = lookup.search(query, now=now)
    said = read.understanding.radius
    asked = replace(ask, away=aim.away)
    if ask.on or ask.off:
        page = lookup.search(replace(ask.switched(read.parts), per_page=ask.words.per_page), now=now)
    extras = lookup.extras(page, now=now)
    return Answer(
        ask=replace(asked, miles_said=said.miles if said else None),
        page=page,
        sentence=_sentence(page, aim),
        notices=read.notices or page.notices,
        remarks=(*remarks, *unknown, *page.remarks),
        switches=tuple(_first_switches(page, asked, aim, lookup.vocabulary)),
        more_switches=tuple(_more_switches(extras)),
        offered=tuple(_offered(page, extras)),
        radii=_radii(page, aim),
        groups=tuple(_beyond(page)),
        outage=lookup.outage,
        area=map_of_results(page) if asked.map else None,
    )


def _aim(wording: Wording, ask: Ask, shared: Lookup) -> tuple[Aim, tuple[str, ...]]:
    words = WORDS[ask.words.lang]
    if wording.listing_id and shared.engine.get([ListingId(wording.listing_id)]):
        return Aim(only=frozenset({ListingId(wording.listing_id)})), (words["found_by_id"],)
    if wording.key:
        with shared.store.reading() as connection:
            found = frozenset(map(ListingId, listings_of_key(connection, wording.key)))
        if found or not wording.key.isalpha():
            return Aim(only=found), (words["found_by_key"] if found else words["unknown_key"],)
    if own := own_places(ask.words.text, shared):
        return Aim(only=own), (own_words(ask.words.lang),)
    remarks = (words["unread_way"],) if wording.unread_place else ()
    return Aim(way_to=wording.way_to, away=ask.away or wording.away, for_whom=wording.for_whom), remarks


def _words_to_read(ask: Ask, wording: Wording, aim: Aim, vocabulary: Vocabulary) -> tuple[SearchQuery, tuple[str, ...]]:
    """Return the search to read first, and what to say of it: what an answer offered, else the words with what a code names."""
    if ask.parts is not None:
        return ask.parts, ()
    if aim.only is not None:
        return replace(ask.words, text=""), ()
    named = tuple(ConceptId(one.id) for one in vocabulary.concepts if wording.code in one.samhsa_codes)
    unknown = (WORDS[ask.words.lang]["unknown_code"],) if wording.code and not named else ()
    return replace(ask.words, text=wording.words, offers=named[:1]), unknown


def _sentence(page: ResultPage, aim: Aim) -> str:
    """Return what was understood; of a way or of places away from the town it says so instead of "near"."""
    if aim.only is not None or page.place is None:
        return "" if aim.only is not None else page.sentence
    words, start = WORDS[page.lang], page.place.label
    ending = f"{where(page.parts, page.place)}."
    if aim.way_to:
        said = words["along_the_way"].format(start=start, end=aim.way_to.label, miles=f"{CORRIDOR_MILES:g}")
    elif aim.away and page.place.city:
        said = words["away_from_town"].format(town=page.place.city, near=ending.removesuffix("."))
    else:
        return page.sentence
    return page.sentence.removesuffix(ending) + said


def _first_switches(page: ResultPage, ask: Ask, aim: Aim, vocabulary: Vocabulary) -> Iterator[Switch]:
    """Yield what is on, what was just turned off, then what callers need most and some place here states."""
    counts = {count.concept: count.count for facet in page.facets for count in facet.counts}
    lang, offers = page.lang, page.parts.offers
    if page.place and page.place.city and not aim.way_to:
        yield Switch(WORDS[lang]["not_in"].format(town=page.place.city), "away", aim.away)
    if page.place:
        yield Switch(WORDS[lang]["map"], MAP, ask.map)
    for concept in page.parts.leave_out:
        label = WORDS[lang]["without"].format(what=_label(concept, vocabulary, lang))
        yield Switch(label, f"-{concept}", on=True)
    for concept in dict.fromkeys((*offers, *ask.off, *FIRST_SWITCHES)):
        if concept in offers or concept in counts:
            on = concept in offers
            yield Switch(_label(concept, vocabulary, lang), f"{'-' if on else '+'}{concept}", on, counts.get(concept))


def _label(concept: ConceptId, vocabulary: Vocabulary, lang: Language) -> str:
    return short_label(concept, vocabulary.label(concept, lang))


def _more_switches(extras: Extras) -> Iterator[SwitchGroup]:
    for facet in extras.facets:
        switches = tuple(
            Switch(option.label, f"{'-' if option.selected else '+'}{option.id}", option.selected, option.count)
            for option in facet.options
        )
        yield SwitchGroup(facet.label, switches, facet.not_stated)


def _offered(page: ResultPage, extras: Extras) -> Iterator[tuple[str, str]]:
    """Yield other searches as words and parts: other places of that name, and what would show more."""
    for choice in (*page.other_places, *page.place_alternatives)[:OTHER_PLACES]:
        yield choice.label, choice.url.partition("?")[2]
    for widening in extras.widenings:
        yield f"{widening.label}: {widening.total:,}", widening.url.partition("?")[2]


def _beyond(page: ResultPage) -> Iterator[Group]:
    """Yield the groups after the results, each place once: its box is the one control of it on the page."""
    shown = {row.card.listing.id for row in page.rows}
    for group in page.beyond:
        rows = tuple(row for row in group.rows if row.card.listing.id not in shown)[:ROWS_BEYOND]
        shown |= {row.card.listing.id for row in rows}
        if rows:
            yield replace(group, rows=rows)


def _radii(page: ResultPage, aim: Aim) -> tuple[float, ...]:
    if page.radius_miles is None or aim.way_to:
        return ()
    return tuple(miles for miles in radius_choices(page.radius_miles) if miles >= LEAST_MILES or miles == page.radius_miles)
