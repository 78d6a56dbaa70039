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
from typing import Final

import msgspec

from directory.sources.matching import fold_street, fold_words
from directory.sources.meeting_places import Located
from directory.sources.reading import Reject
from directory.sources.records import AnsweredByFact, ListingRecord, ProgramRecord, SourceInfo
from index.listing import Address, ConceptId, Kind, Phone, Precision, Reach, Session

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


class MeetingReader(ABC):
    """A list of meetings being read; a subclass says what its rows are and what the list says of itself."""

    def __init__(self, source: SourceInfo) -> None:
        self.sources = (source,)
        self.answered_by: tuple[AnsweredByFact, ...] = ()
        self.rows_read = self.rows_merged = 0
        self.unknown_codes: Counter[str] = Counter()
        self.repairs: Counter[str] = Counter()

    @abstractmethod
    def read_rows(self) -> Iterator[Meeting | Reject]:
        """Yield each row of the list, read or rejected."""

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
    return replace(meeting, row=0, sessions=tuple(same_day))


def _content(meeting: Meeting) -> bytes:
    """Return what is equal for one meeting entered twice; the list's own key and page differ then."""
    return msgspec.msgpack.encode(replace(meeting, row=0, key="", url=""), enc_hook=vars)
