"""Meetings as Meeting Guide rows (the specification of code4recovery), one row for each weekly time.

Required there: name, slug, a day (Sunday is 0), a time, and a place or a link. Rows hold what the store holds, which is free
of members' names, private phones, mail addresses and passcodes; a paying group's name begins with its label.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import Any, Final

import msgspec

from directory.interop.handed_on import Disclosed
from directory.sources.meetings.fellowships import ANY
from directory.sources.meetings.meeting_types import LOCATION_CLOSED, ONLINE, MeetingTypes
from directory.sources.records import SourceInfo
from index.language.vocabulary import Vocabulary
from index.listing import ConceptId, Kind, Listing, Precision, Program, Reach, Session

COUNTRY: Final = "US"
FELLOWSHIP: Final = "fellowship"
EXACT: Final = frozenset({Precision.ROOFTOP, Precision.STREET})
_IN_PERSON: Final = ConceptId("fmt.in_person")
_DAYS: Final = 7
_MINUTES_OF_A_DAY: Final = 1440
# A concept that several types name, and the type that says it and nothing more.
_PREFERRED: Final = ("O", "C", "W", "M", "S", "ONL", "X")


def meeting_rows(
    listings: Iterable[Listing], disclosed: Disclosed, sources: Mapping[str, SourceInfo]
) -> Iterator[dict[str, Any]]:
    """Yield the rows of every meeting among these listings."""
    for listing in disclosed.public(listings):
        if listing.kind is not Kind.MEETING:
            continue
        for program in listing.programs:
            if _can_be_joined(listing, program):
                yield from _rows(listing, program, disclosed, sources)


def _rows(
    listing: Listing, program: Program, disclosed: Disclosed, sources: Mapping[str, SourceInfo]
) -> Iterator[dict[str, Any]]:
    of_every_time = {
        "name": disclosed.name(listing, listing.name),
        "fellowship": _fellowship(program),
        "timezone": listing.time_zone,
        "types": types_of(program),
        **_place(listing),
        "conference_url": listing.conference_url,
        "conference_phone": _conference_phone(listing, program),
        "url": disclosed.page_of(listing),
        "website": program.website,
        **_origin(listing, program, sources),
        "feedback_url": program.source.feedback_url or _report_page(listing, disclosed),
        "disclosure": msgspec.to_builtins(disclosed.of(listing)),
    }
    for number, session in enumerate(program.schedule or (None,)):
        row = {"slug": program.id if number == 0 else f"{program.id}-{number}", **of_every_time, **_time(session)}
        yield {name: value for name, value in row.items() if value not in ("", None, [])}


def _fellowship(program: Program) -> str:
    """Return whose meeting it is, in full: in a feed of several fellowships `entity` may not say so."""
    vocabulary = Vocabulary.load()
    stated = (concept for concept in program.offers if vocabulary.group_of(concept) == FELLOWSHIP and concept != ANY)
    return next((vocabulary.label(concept, "en") for concept in stated), "")


def _report_page(listing: Listing, disclosed: Disclosed) -> str:
    page = disclosed.page_of(listing)
    return f"{page}/report" if page else ""


def _can_be_joined(listing: Listing, program: Program) -> bool:
    """Tell whether a row would say where to go, what to open or what to call: finders refuse one that does not."""
    is_somewhere = bool(listing.address.street) or listing.lat is not None
    return is_somewhere or bool(listing.conference_url or _conference_phone(listing, program))


def _conference_phone(listing: Listing, program: Program) -> str:
    """Return the line on which a remote meeting takes place; importers read no other number of a group."""
    is_remote = listing.reach is Reach.ONLINE or bool(listing.conference_url)
    return program.phones[0].number if program.phones and is_remote else ""


def _place(listing: Listing) -> dict[str, Any]:
    address = listing.address
    return {
        "location": address.street2,
        "address": address.street,
        "city": address.city,
        "state": address.state,
        "postal_code": address.zip,
        "country": COUNTRY if address.state else "",
        **_point(listing),
    }


def _point(listing: Listing) -> dict[str, Any]:
    """Return the point; a street without a point of its own goes without: its ZIP code's would be taken for the door."""
    if listing.lat is None or (listing.address.street and listing.precision not in EXACT):
        return {}
    return {"latitude": listing.lat, "longitude": listing.lon, "approximate": "" if listing.address.street else "yes"}


def _origin(listing: Listing, program: Program, sources: Mapping[str, SourceInfo]) -> dict[str, str]:
    """Return who keeps the row's entry, and when it edited it last: never the day of an import here."""
    info, updated = sources.get(program.source.name), program.source.updated_on
    return {
        "entity": listing.organization or program.source.publisher or program.source.title,
        "entity_url": info.url if info else "",
        "updated": f"{updated.isoformat()} 00:00:00" if updated else "",
    }


def _time(session: Session | None) -> dict[str, Any]:
    if session is None:
        return {}
    times: dict[str, Any] = {"day": (session.weekday + 1) % _DAYS, "time": _clock(session.start_minute)}
    if session.end_minute != session.start_minute:
        times["end_time"] = _clock(session.end_minute)
    return times


def _clock(minute: int) -> str:
    return f"{minute % _MINUTES_OF_A_DAY // 60:02}:{minute % 60:02}"


def types_of(program: Program) -> list[str]:
    """Return the type codes of what a program states, in its order; its own codes too where they may be handed on."""
    codes = dict.fromkeys(code for concept in program.offers for code in _code_of_concept().get(concept, ()))
    codes |= dict.fromkeys(code for code, stated in _codes_of_several().items() if stated.issubset(program.offers))
    own = dict.fromkeys(code for code in program.source_codes if code in _known_codes())
    types = list(dict.fromkeys([*own, *codes]))
    if ONLINE in types and _IN_PERSON in program.offers and LOCATION_CLOSED in types:
        types.remove(LOCATION_CLOSED)
    return types


@cache
def _known_codes() -> frozenset[str]:
    content = files("directory.sources.meetings").joinpath("meeting_type_names.json").read_bytes()
    return frozenset(json.loads(content)["types"])


@cache
def _codes_of_several() -> Mapping[str, frozenset[ConceptId]]:
    """Return the codes that state several concepts at once, such as secular care in a secular group."""
    types = MeetingTypes(Vocabulary.load())
    stated = ((code, frozenset(types.concepts((code,)))) for code in sorted(_known_codes()))
    return {code: concepts for code, concepts in stated if len(concepts) > 1}


@cache
def _code_of_concept() -> Mapping[ConceptId, tuple[str, ...]]:
    """Return for each concept the one code that states it alone."""
    types = MeetingTypes(Vocabulary.load())
    found: dict[ConceptId, tuple[str, ...]] = {}
    for code in (*_PREFERRED, *sorted(_known_codes())):
        stated = types.concepts((code,))
        if len(stated) == 1:
            found.setdefault(stated[0], (code,))
    return found
