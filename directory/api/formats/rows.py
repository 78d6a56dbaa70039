"""Results as JSON. What does not depend on the search is written once for each card and kept: a row is joined bytes."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Final

import msgspec

from directory.answers.cards import edition_words
from directory.answers.kept_here import handed_on, may_be_handed_on
from directory.api.schema import shapes
from directory.disclosure import Language, money_line
from directory.page import Card, PhoneLine, Row
from directory.sources.records import AnsweredBy
from index.language.vocabulary import Vocabulary
from index.listing import ConceptId, Listing, Precision, Program, Redistribute
from index.listing import Session as ListingSession

MOST_CARDS_KEPT: Final = 3000  # about 8 KB each; writing one again takes some 20 microseconds
MOST_SELECTED_KEPT: Final = 500
ALWAYS: Final = ("id", "disclosure")  # no selection of fields can drop them: whoever shows a row shows its label
FIELDS: Final = tuple(field.name for field in msgspec.structs.fields(shapes.Result))
ROUGH: Final = frozenset({Precision.ZIP, Precision.CITY})  # points of an area: hundredths of a mile would be invented

Members = dict[str, bytes]
encode: Final = msgspec.json.Encoder().encode


def rows_json(rows: Iterable[Row], fields: tuple[str, ...] = FIELDS) -> bytes:
    """Return rows as JSON objects joined by commas."""
    if fields is FIELDS or fields == FIELDS:
        return b",".join([_whole_row(row) for row in rows])
    return b",".join([_selected_row(row, fields) for row in rows])


def _whole_row(row: Row) -> bytes:
    return b'{%b,"distance_miles":%b,"distance_precision":%b,"distance":%b,"why":%b}' % (
        _written_card(row.card),
        _miles(row),
        _distance_precision(row),
        _distance(row),
        encode(_why(row)),
    )


def _selected_row(row: Row, fields: tuple[str, ...]) -> bytes:
    written = _members(row.card) | {
        "distance_miles": _miles(row),
        "distance_precision": _distance_precision(row),
        "distance": _distance(row),
        "why": encode(_why(row)),
    }
    return b"{%b}" % b",".join([b'"%b":%b' % (name.encode(), written[name]) for name in fields])


def shown_miles(row: Row) -> float | None:
    """Return the distance as it may be said: hundredths of a mile, whole miles where the point stands for an area; None too
    where nothing may be handed on: a distance locates.
    """
    if row.distance_miles is None or not may_be_handed_on(row.card.listing):
        return None
    return round(row.distance_miles) if row.precision in ROUGH else round(row.distance_miles, 2)


def _why(row: Row) -> tuple[str, ...]:
    """Return why a row stands here; of what may not be handed on nothing is said, the miles least of all."""
    if not may_be_handed_on(row.card.listing):
        return ()
    return (*row.why, row.card.paid_note) if row.card.paid_note else row.why


def _miles(row: Row) -> bytes:
    return encode(shown_miles(row))


def _distance_precision(row: Row) -> bytes:
    return b"null" if shown_miles(row) is None else b'"%b"' % row.precision.value.encode()


def _distance(row: Row) -> bytes:
    return b'""' if shown_miles(row) is None else encode(row.miles)


@lru_cache(MOST_CARDS_KEPT)
def _written_card(card: Card) -> bytes:
    """Return the members of a card without the braces."""
    return encode(place_of(card))[1:-1]


@lru_cache(MOST_SELECTED_KEPT)
def _members(card: Card) -> Members:
    place = place_of(card)
    return {field.name: encode(getattr(place, field.name)) for field in msgspec.structs.fields(place)}


def place_of(card: Card) -> shapes.Place:
    """Return what the API says of a card; where a source lets nothing be handed on, little more than the address of its page."""
    listing = handed_on(card.listing)
    if listing is None:
        return _withheld(card)
    programs = listing.programs
    stated = next((program for program in programs if program.id == card.program.id), programs[0])
    own = stated.id == card.program.id
    return shapes.Place(
        id=listing.id,
        kind=listing.kind,
        name=listing.name,
        organization=listing.organization,
        programs=tuple(program_of(program, card.phones) for program in programs),
        matched_program=stated.id,
        address=_address(listing),
        lat=listing.lat,
        lon=listing.lon,
        phones=tuple(phone_of(line) for line in card.phones) if own else (),
        website=stated.website or listing.website,
        offers=offers_of(stated, card.lang),
        schedule=tuple(session_of(session, listing.time_zone) for session in stated.schedule),
        checked_on=stated.source.checked_on,
        edition=stated.source.edition,
        source=stated.source.name,
        source_words=card.edition if own else edition_words(stated.source, card.lang),
        age_note=card.age_note if own else "",
        disclosure=card.disclosure,
        money=money_line(card.disclosure, card.lang),
        disputes=card.disputes,
        url=card.url,
    )


def offers_of(program: Program, lang: Language) -> tuple[shapes.Offer, ...]:
    """Return everything that a program states, in its source's order; a broader concept stands beside its narrower one."""
    return tuple(_offer(concept, lang) for concept in program.offers)


@lru_cache(2048)
def _offer(concept: ConceptId, lang: Language) -> shapes.Offer:
    return shapes.Offer(id=concept, label=Vocabulary.load().label(concept, lang))


def _withheld(card: Card) -> shapes.Place:
    return shapes.Place(
        id=card.listing.id,
        kind=card.listing.kind,
        name="",
        organization="",
        programs=(),
        matched_program="",
        address=shapes.Address(street="", street2="", city="", state="", zip="", county="", withheld=True),
        lat=None,
        lon=None,
        phones=(),
        website="",
        offers=(),
        schedule=(),
        checked_on=None,
        edition=card.program.source.edition,
        source=card.program.source.name,
        source_words=card.edition,
        age_note="",
        disclosure=card.disclosure,
        money=money_line(card.disclosure, card.lang),
        disputes=(),
        url=card.url,
    )


def program_of(program: Program, lines: Iterable[PhoneLine]) -> shapes.Program:
    """Return a program with those of its numbers whose facts stand in `lines`: a number without them is not shown."""
    own = {(phone.number, phone.extension) for phone in program.phones}
    source = program.source
    return shapes.Program(
        id=program.id,
        name=program.name,
        source=source.name,
        source_url=source.url,
        edition=source.edition,
        checked_on=source.checked_on,
        offers=program.offers,
        denies=program.denies,
        phones=tuple(phone_of(line) for line in lines if (line.number, line.extension) in own),
        website=program.website,
        source_codes=program.source_codes if source.redistribute is Redistribute.YES else (),
    )


def phone_of(line: PhoneLine) -> shapes.Phone:
    """Return a number with its facts."""
    return shapes.Phone(
        number=line.number,
        extension=line.extension,
        label=line.label,
        display=line.shown,
        answered_by=AnsweredBy(line.answered_by),
        operator_name=line.operator_name,
        checked_on=line.checked_on,
        source_url=line.source_url,
        places=line.places,
        statement=line.statement,
        payers=line.payers,
    )


def _address(listing: Listing) -> shapes.Address:
    address = listing.address
    return shapes.Address(
        street=address.street,
        street2=address.street2,
        city=address.city,
        state=address.state,
        zip=address.zip,
        county=address.county,
        withheld=address.withheld,
    )


def session_of(session: ListingSession, time_zone: str) -> shapes.Session:
    """Return a weekly time with its hours written out."""
    return shapes.Session(
        weekday=session.weekday,
        start=_clock(session.start_minute),
        end=_clock(session.end_minute) if session.end_minute != session.start_minute else None,
        next_day=session.end_minute >= 1440,
        time_zone=time_zone,
    )


def _clock(minute: int) -> str:
    hour, rest = divmod(minute % 1440, 60)
    return f"{hour:02}:{rest:02}"
