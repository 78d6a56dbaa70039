"""Meetings of mutual-help fellowships, whatever list they come from.

One row of a list is one program, under the list's own key (slug, id): its weekday, time and formats stay together, so that a
search for "women, Tuesday" is met by one row that states both. Rows of one fellowship with the same name, place and starting
time are one listing, whatever their weekday: the daily seven o'clock group is found once, and on each weekday exactly once.
Rows that bear one key and differ in nothing but the weekday are one program with several sessions; rows that differ in
nothing but their key are one meeting, entered twice.
"""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import ClassVar, Final

import msgspec

from directory.sources.feed_options import FeedOptions, source_id
from directory.sources.fields.meeting_places import Located, MeetingPlaces
from directory.sources.files.json_rows import JsonRows, Row, text_of
from directory.sources.matching import fold_street, fold_words
from directory.sources.meetings.anonymity import public_key
from directory.sources.meetings.fellowships import Fellowships
from directory.sources.meetings.meeting_types import MeetingTypes
from directory.sources.reading import Reject, UnusableRow
from directory.sources.records import AnsweredByFact, ListingRecord, PaymentTerms, ProgramRecord, SourceInfo
from index.geo.places import Gazetteer
from index.language.vocabulary import Vocabulary
from index.listing import Address, ConceptId, Kind, Phone, Precision, Reach, Redistribute, Session

INACTIVE: Final = "inactive"
_SUSPENDED: Final = re.compile(r"\W*\b(?:suspended|suspendid[ao]|temporarily closed|on hiatus)\b\W*", re.IGNORECASE)
# Notes stay unread (they name people), but these words tell that the weekly schedule is not the whole truth.
_CERTAIN_WEEKS: Final = re.compile(
    r"\b(?:1st|2nd|3rd|4th|5th|first|second|third|fourth|fifth|last|every other)"
    r"(?:\s*(?:,|&|and|/)\s*(?:1st|2nd|3rd|4th|5th|first|second|third|fourth|fifth|last))*"
    r"\s+(?:sun|mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?)(?:days?)?\b",
    re.IGNORECASE,
)


class Attendance(StrEnum):
    """How one takes part."""

    IN_PERSON = "in_person"
    HYBRID = "hybrid"
    ONLINE = "online"
    PHONE = "phone"


_FORMATS: Final = {
    Attendance.IN_PERSON: ("fmt.in_person",),
    Attendance.HYBRID: ("fmt.hybrid", "fmt.in_person", "fmt.online"),
    Attendance.ONLINE: ("fmt.online",),
    Attendance.PHONE: ("fmt.phone",),
}
_ALL_FORMATS: Final = frozenset(one for formats in _FORMATS.values() for one in formats)


@dataclass(frozen=True, slots=True)
class Meeting:
    """One row of a meeting list, read and cleaned of everything personal."""

    row: int
    key: str
    name: str
    fellowship: ConceptId
    attendance: Attendance
    where: Located
    sessions: tuple[Session, ...] = ()
    concepts: tuple[ConceptId, ...] = ()
    denies: tuple[ConceptId, ...] = ()
    codes: tuple[str, ...] = ()
    phones: tuple[Phone, ...] = ()
    conference_url: str = ""
    website: str = ""
    url: str = ""
    organization: str = ""
    description: str = ""
    time_zone: str = ""
    checked_on: date | None = None
    updated_on: date | None = None
    feedback_url: str = ""

    @property
    def is_at_a_place(self) -> bool:
        """Tell whether one can walk in."""
        return self.attendance in (Attendance.IN_PERSON, Attendance.HYBRID)

    @property
    def identity(self) -> str:
        """Return the key under which rows of one meeting meet: fellowship, name, starting time, place or link."""
        address = self.where.address
        place = f"{fold_street(address.street)}|{address.zip or fold_words(address.city)}|{address.state}"
        where = place if self.is_at_a_place else self.conference_url or self.key
        start = str(self.sessions[0].start_minute) if self.sessions else ""
        return f"{self.fellowship}|{fold_words(self.name)}|{start}|{where}"


def is_suspended(name: str) -> bool:
    """Tell whether a name says that the meeting does not take place now."""
    return bool(_SUSPENDED.search(name))


def weeks_remark(*texts: str) -> str:
    """Return a remark when names or notes speak of certain weeks of the month, else ""."""
    found = dict.fromkeys(" ".join(match[0].split()) for text in texts for match in _CERTAIN_WEEKS.finditer(text))
    return f"Some weeks may differ ({', '.join(found)})." if found else ""


def meeting_record(meeting: Meeting, source: str) -> ListingRecord:
    """Return the listing of one meeting; an online one has no place, only the town its group names and a clock."""
    formats = [one for one in meeting.concepts if one not in _ALL_FORMATS]
    offers = dict.fromkeys([meeting.fellowship, *formats, *map(ConceptId, _FORMATS[meeting.attendance])])
    program = ProgramRecord(
        source=source,
        key=meeting.key,
        phones=meeting.phones,
        website=meeting.website,
        url=meeting.url,
        offers=tuple(offers),
        denies=tuple(one for one in meeting.denies if one not in offers),
        source_codes=meeting.codes,
        schedule=meeting.sessions,
        checked_on=meeting.checked_on,
        updated_on=meeting.updated_on,
        feedback_url=meeting.feedback_url,
    )
    here = meeting.is_at_a_place
    address, point = meeting.where.address, meeting.where.point if here else None
    return ListingRecord(
        kind=Kind.MEETING,
        name=meeting.name,
        match_key=meeting.identity,
        programs=(program,),
        organization=meeting.organization,
        address=address if here else Address(city=address.city, state=address.state),
        lat=point.lat if point else None,
        lon=point.lon if point else None,
        precision=meeting.where.precision if point else Precision.NONE,
        reach=Reach.LOCAL if here else Reach.ONLINE,
        website=meeting.website,
        conference_url=meeting.conference_url,
        description=meeting.description,
        time_zone=(meeting.where.time_zone if here else "") or meeting.time_zone or meeting.where.time_zone,
    )


@dataclass(frozen=True, slots=True)
class ListFacts:
    """What a list of meetings says of itself: its durable short id, its keeper, its address, the day of its newest edit."""

    id: str
    keeper: str
    url: str
    edition: str = ""


class MeetingReader(ABC):
    """A JSON list of meetings being read; a subclass says what its rows are and what the list says of itself.

    Raises ImportRefused when the content holds no list of rows.
    """

    IMPORTER: ClassVar[str]
    KEY_FIELDS: ClassVar[tuple[str, ...]]
    NOT_HELD: ClassVar[frozenset[str]]  # fields whose rejection says that the meeting does not take place

    def __init__(
        self,
        content: bytes,
        *,
        file_name: str,
        vocabulary: Vocabulary,
        gazetteer: Gazetteer,
        options: FeedOptions | None = None,
        retrieved_on: date | None = None,
    ) -> None:
        self._rows = JsonRows(content)
        self._options = options or FeedOptions()
        self.sources = (self._source_info(self._list_facts(file_name), retrieved_on),)
        self.answered_by: tuple[AnsweredByFact, ...] = ()
        self.rows_read = self.rows_merged = 0
        self.repairs: Counter[str] = Counter()
        self._types = MeetingTypes(vocabulary)
        self.unknown_codes = self._types.unknown
        self._fellowships = Fellowships(vocabulary)
        asked = self._options.fellowship
        self._fellowship = (self._fellowships.stated(asked) if asked else None) or self._own_fellowship(file_name)
        self._places = MeetingPlaces(gazetteer, self._note)

    @abstractmethod
    def _list_facts(self, file_name: str) -> ListFacts:
        """Return what the list says of itself, options first."""

    @abstractmethod
    def _own_fellowship(self, file_name: str) -> ConceptId:
        """Return the fellowship of a list that nobody named one for."""

    @abstractmethod
    def _meeting(self, number: int, row: Row) -> Meeting:
        """Return the meeting of a row. Raises UnusableRow."""

    @abstractmethod
    def _name(self, row: Row) -> str:
        """Return a row's name without anything personal."""

    def _source_info(self, facts: ListFacts, retrieved_on: date | None) -> SourceInfo:
        """Return the source: fellowships list meetings without payment; their lists' words are theirs, the facts free."""
        options = self._options
        return SourceInfo(
            name=source_id(self.IMPORTER, options.source or facts.id),
            title=options.title or f"Meeting list of {facts.keeper}",
            publisher=facts.keeper,
            payment=options.payment or PaymentTerms.NOT_PAID,
            redistribute=options.redistribute or Redistribute.FACTS_ONLY,
            edition=options.edition or facts.edition,
            url=facts.url,
            terms=options.terms,
            terms_url=options.terms_url,
            retrieved_on=retrieved_on,
        )

    def _note(self, repair: str) -> None:
        self.repairs[repair] += 1

    def read_rows(self) -> Iterator[Meeting | Reject]:
        """Yield each row of the list, read or rejected, numbered from 1."""
        for number, row in enumerate(self._rows, start=1):
            if row is None:
                yield Reject(number, "row", "expected an object")
                continue
            try:
                yield self._meeting(number, row)
            except UnusableRow as error:
                yield self._reject(number, row, error)

    def _reject(self, number: int, row: Row, error: UnusableRow) -> Reject:
        """Return the reject; a meeting that does not take place keeps nothing of an earlier import alive."""
        if error.field in self.NOT_HELD:
            return Reject(number, error.field, error.reason)
        key = public_key(text_of(row, *self.KEY_FIELDS))
        return Reject(number, error.field, error.reason, ((self.sources[0].name, key),) if key else (), self._name(row))

    def __iter__(self) -> Iterator[ListingRecord | Reject]:
        """Yield one record per meeting and one reject per unusable row, in the list's order."""
        source = self.sources[0].name
        for item in self._without_repeats(self.read_rows()):
            yield item if isinstance(item, Reject) else meeting_record(item, source)

    def _without_repeats(self, rows: Iterable[Meeting | Reject]) -> list[Meeting | Reject]:
        """Join rows of one key that differ in the weekday alone, and rows that differ in their key alone."""
        kept: list[Meeting | Reject] = []
        place_of_key: dict[str, int] = {}
        contents: set[bytes] = set()
        for item in rows:
            self.rows_read += 1
            if isinstance(item, Reject):
                self.repairs[INACTIVE] += item.field == INACTIVE
                kept.append(item)
                continue
            earlier = kept[place_of_key[item.key]] if item.key in place_of_key else None
            if _content(item) in contents:
                self.rows_merged += 1
            elif isinstance(earlier, Meeting) and _timeless(earlier) == _timeless(item):
                self.rows_merged += 1
                sessions = dict.fromkeys([*earlier.sessions, *item.sessions])
                kept[place_of_key[item.key]] = replace(earlier, sessions=tuple(sessions))
            else:
                unique = self._with_unique_key(item, place_of_key)
                place_of_key[unique.key] = len(kept)
                kept.append(unique)
            contents.add(_content(item))
        self.repairs += Counter()  # a count of nothing is no repair
        return kept

    def _with_unique_key(self, meeting: Meeting, taken: dict[str, int]) -> Meeting:
        """Number the second and later meetings under one key, in the list's order."""
        number, key = 2, meeting.key
        while key in taken:
            key, number = f"{meeting.key}:{number}", number + 1
        return replace(meeting, key=key)


def _timeless(meeting: Meeting) -> Meeting:
    """Return the meeting without row and weekday: what rows of one meeting on several weekdays share."""
    same_day = dict.fromkeys(msgspec.structs.replace(session, weekday=0) for session in meeting.sessions)
    return replace(meeting, row=0, sessions=tuple(same_day), updated_on=None)


def _content(meeting: Meeting) -> bytes:
    """Return what is equal for one meeting entered twice; the list's own key, pages and last edit differ then."""
    bare = replace(meeting, row=0, key="", url="", feedback_url="", updated_on=None)
    return msgspec.msgpack.encode(bare, enc_hook=vars)
