"""Meeting Guide feeds: the code4recovery specification and its dialects (12 Step Meeting List, tsml-ui, tsml-ui's sheets).

Read are the fields about the meeting itself. Notes, contacts, e-mail addresses, payment handles and conference notes are never
read: they name people and carry passcodes. `updated` is when an entry was last edited, which verifies nothing, so it becomes
the edition of the feed (the newest one); `checked_on` is only what a feed states as its last contact with the group.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from datetime import date
from functools import cached_property
from typing import Final
from urllib.parse import urlsplit

from directory.sources.feed_options import spoken_stem, stem
from directory.sources.fields import meeting_places
from directory.sources.fields.clock import UnreadableTime, known_zone, minute_of_day, session, weekdays
from directory.sources.fields.meeting_places import Located, WrittenPlace
from directory.sources.fields.phones import UnreadablePhone, read_phone
from directory.sources.files.json_rows import Row, text_of
from directory.sources.meetings.anonymity import public_dial_in, public_key, public_link, public_page, public_street, public_words
from directory.sources.meetings.fellowships import ANY
from directory.sources.meetings.meeting_reader import (
    INACTIVE,
    Attendance,
    ListFacts,
    Meeting,
    MeetingReader,
    is_suspended,
    weeks_remark,
)
from directory.sources.meetings.meeting_types import LOCATION_CLOSED, ONLINE
from directory.sources.reading import UnusableRow
from index.geo.distance import Coordinates
from index.listing import Address, ConceptId, Phone, Session

IMPORTER: Final = "meeting-guide"
DROPPED_LINK: Final = "private_link_dropped"
CLEANED_LINK: Final = "passcode_removed_from_link"
CLEANED_NAME: Final = "private_words_removed"
NO_FELLOWSHIP: Final = "fellowship_not_stated"
ABROAD_ONLINE: Final = "abroad_kept_as_online"
UNREADABLE_DIAL_IN: Final = "dial_in_unreadable"
_NOT_A_TOWN: Final = ("online", "virtual", "zoom", "online meeting", "virtual meeting")
_CHECKED: Final = ("last_contact", "last_verified", "date_verified", "verified")
_TRUE: Final = ("1", "true", "yes", "y", "si", "sí")
_SPOKEN_ZONES: Final = {
    "eastern": "America/New_York",
    "central": "America/Chicago",
    "mountain": "America/Denver",
    "pacific": "America/Los_Angeles",
}
_SPOKEN_TIME: Final = re.compile(
    r"(\d{1,2}(?::\d{2})?\s*[ap]m)\s+(eastern|central|mountain|pacific)\b(?!\s+european)", re.IGNORECASE
)
_DAY: Final = re.compile(r"(20\d\d)-(\d\d)-(\d\d)")


class MeetingGuideReader(MeetingReader):
    """Reads one feed. Raises ImportRefused when it holds no list of meetings."""

    IMPORTER = IMPORTER
    KEY_FIELDS = ("slug", "id")
    NOT_HELD = frozenset({INACTIVE})

    def _list_facts(self, file_name: str) -> ListFacts:
        facts, options = self._feed, self._options
        entity, site = options.publisher or facts.entity, options.url or facts.site
        host = _host(site) or facts.host
        return ListFacts(
            id=host or stem(file_name),
            keeper=entity or host or spoken_stem(file_name),
            url=site or (f"https://{host}/" if host else ""),
            edition=facts.newest,
        )

    def _own_fellowship(self, file_name: str) -> ConceptId:
        """Return the fellowship that the feed's own labels point to, the most telling first."""
        entity = self._options.publisher or self._feed.entity
        host = _host(self._options.url or self._feed.site) or self._feed.host
        return self._fellowships.of_labels((entity, host, stem(file_name)))

    @cached_property
    def _feed(self) -> _FeedFacts:
        return _FeedFacts(self._rows, self._rows.head)

    @cached_property
    def _time_zone(self) -> str:
        return known_zone(self._options.time_zone or text_of(self._rows.head, "timezone", "time_zone"))

    def _meeting(self, number: int, row: Row) -> Meeting:
        name = self._name(row)
        if not name:
            raise UnusableRow("name", "expected a name, got nothing")
        codes = self._types.codes(row.get("types"))
        fellowship = self._fellowship_of(row)
        link, phones = self._link(row), self._dial_in(row)
        written = self._written(row)
        attendance = self._attendance(row, codes, written, link, phones)
        where = self._located(written, attendance)
        sessions = self._sessions(row)
        key = public_key(text_of(row, "slug", "id"))
        return Meeting(
            row=number,
            key=key
            or f"{name}:{'/'.join(f'{one.weekday}-{one.start_minute}' for one in sessions)}:{where.address.zip}".casefold(),
            name=name,
            fellowship=fellowship,
            attendance=attendance,
            where=where,
            sessions=sessions,
            concepts=self._types.concepts(codes),
            codes=codes,
            phones=phones,
            conference_url=link,
            website=public_link(text_of(row, "website")),
            url=public_page(text_of(row, "url")),
            organization=public_words(text_of(row, "entity")),
            description=weeks_remark(str(row.get("name") or ""), str(row.get("notes") or "")),
            time_zone=self._zone(row, sessions),
            checked_on=next((day for name in _CHECKED if (day := _day(row.get(name)))), None),
            updated_on=_day(row.get("updated")),
            feedback_url=public_page(text_of(row, "feedback_url")),
        )

    def _name(self, row: Row) -> str:
        stated = text_of(row, "name", "meeting_name", "group")
        name = public_words(stated)
        if _letters(name) != _letters(stated):
            self._note(CLEANED_NAME)
        return name

    def _fellowship_of(self, row: Row) -> ConceptId:
        """Return what the caller said, else the row's own field, entity or types, else the feed's labels, else its name."""
        said = None if self._options.fellowship else self._fellowships.stated(text_of(row, "fellowship"))
        found = said or (None if self._options.fellowship else self._fellowships.named_in(text_of(row, "entity")))
        if not found and self._fellowship == ANY:
            types = row.get("types")
            named = (self._fellowships.named_in(str(one)) for one in (types if isinstance(types, list) else ()))
            found = next((one for one in named if one), None) or self._fellowships.named_in(text_of(row, "name"))
        if (fellowship := found or self._fellowship) == ANY:
            self._note(NO_FELLOWSHIP)
        return fellowship

    def _link(self, row: Row) -> str:
        stated = text_of(row, "conference_url", "online_url", "virtual_meeting_link")
        link = public_link(stated)
        if stated and not link:
            self._note(DROPPED_LINK)
        elif re.search(r"[?&#](?:pwd|p|pass\w*)=", stated, re.IGNORECASE):
            self._note(CLEANED_LINK)
        return link

    def _dial_in(self, row: Row) -> tuple[Phone, ...]:
        stated = text_of(row, "conference_phone")
        if not stated:
            return ()
        try:
            return (read_phone(public_dial_in(stated)).as_phone("dial-in"),)
        except UnreadablePhone:
            self._note(UNREADABLE_DIAL_IN)
            return ()

    def _attendance(
        self, row: Row, codes: tuple[str, ...], written: WrittenPlace, link: str, phones: tuple[Phone, ...]
    ) -> Attendance:
        """Return how one takes part. Raises UnusableRow for a meeting that does not take place."""
        stated = text_of(row, "attendance_option").casefold().replace("-", "_").replace(" ", "_")
        remote = bool(text_of(row, "conference_url", "conference_phone")) or ONLINE in codes
        if stated == INACTIVE or text_of(row, INACTIVE).casefold() in _TRUE or row.get(INACTIVE) is True:
            raise UnusableRow(INACTIVE, "the source marks it as inactive")
        if is_suspended(str(row.get("name") or "")):
            raise UnusableRow(INACTIVE, "its name says that it is suspended")
        if LOCATION_CLOSED in codes and not remote:
            raise UnusableRow(INACTIVE, "its place is closed and there is no way to attend online")
        here = bool(written.street or (written.point and not written.approximate))
        by_phone = Attendance.PHONE if phones and not link and not text_of(row, "conference_url") else Attendance.ONLINE
        if LOCATION_CLOSED in codes:
            chosen = by_phone
        elif stated in ("in_person", "hybrid"):
            chosen = Attendance(stated)
        elif stated == "online" or (remote and not here):
            chosen = by_phone
        else:
            chosen = Attendance.HYBRID if remote else Attendance.IN_PERSON
        return self._in_this_country(chosen, written, by_phone)

    def _in_this_country(self, attendance: Attendance, written: WrittenPlace, by_phone: Attendance) -> Attendance:
        if attendance in (Attendance.IN_PERSON, Attendance.HYBRID) and self._places.is_abroad(written):
            if attendance is Attendance.IN_PERSON:
                raise UnusableRow("country", "expected a place in the United States or a way to attend online")
            self._note(ABROAD_ONLINE)
            return by_phone
        return attendance

    def _written(self, row: Row) -> WrittenPlace:
        """Return the place as the row states it: split fields, else the formatted address."""
        approximate = text_of(row, "approximate").casefold() in _TRUE
        street, formatted = text_of(row, "address"), text_of(row, "formatted_address", "full_address")
        if not text_of(row, "city", "postal_code"):
            formatted = formatted or street  # sheets write the whole line as the address
        if formatted and not (street and text_of(row, "city")):
            found = meeting_places.read_formatted(formatted, self._places.state_of)
        else:
            found = WrittenPlace(street=street, city=text_of(row, "city"), country=text_of(row, "country"))
        zip5 = text_of(row, "postal_code").partition("-")[0]
        if zip5.isdigit() and len(zip5) < 5:
            zip5 = zip5.zfill(5) if len(zip5) >= 3 else ""
        venue = public_words(text_of(row, "location", "location_name"))
        return WrittenPlace(
            street="" if approximate else public_street(found.street),
            venue="" if venue.casefold() in (*_NOT_A_TOWN, found.street.casefold()) else venue,
            city="" if found.city.casefold() in _NOT_A_TOWN else public_words(found.city or text_of(row, "city")),
            state=found.state or text_of(row, "state"),
            zip=found.zip or zip5,
            country=found.country or text_of(row, "country"),
            point=_point(row),
            approximate=approximate,
        )

    def _located(self, written: WrittenPlace, attendance: Attendance) -> Located:
        if self._places.is_abroad(written):
            return Located(Address())
        here = attendance in (Attendance.IN_PERSON, Attendance.HYBRID)
        where = self._places.located(written, is_met_at=here)
        if here and where.point is None and not where.address.city:
            raise UnusableRow("address", "expected a street, a town or a point, got none that is known")
        return where

    def _sessions(self, row: Row) -> tuple[Session, ...]:
        """Return the weekly sessions; none for a meeting by appointment, which states no day or no time."""
        try:
            days, field = weekdays(row.get("day")), "time"
            start = minute_of_day(row.get("time"))
            field = "end_time"
            end = minute_of_day(row.get("end_time"))
        except UnreadableTime as error:
            raise UnusableRow("day" if "weekday" in str(error) else field, str(error)) from error
        if start is None or not days:
            self._note("no_weekly_time_stated")
            return ()
        return tuple(session(day, start, end) for day in days)

    def _zone(self, row: Row, sessions: tuple[Session, ...]) -> str:
        """Return the zone that the row states: its field, else the one its name says with this very time."""
        if stated := known_zone(text_of(row, "timezone", "time_zone")):
            return stated
        spoken = _SPOKEN_TIME.search(text_of(row, "name"))
        if spoken and sessions and minute_of_day(spoken[1]) == sessions[0].start_minute:
            return _SPOKEN_ZONES[spoken[2].casefold()]
        return self._time_zone


class _FeedFacts:
    """What a feed says of itself: in its head, in its rows' entity fields, in the addresses of its pages."""

    def __init__(self, rows: Iterable[Row | None], head: Row) -> None:
        entities: Counter[str] = Counter()
        sites: Counter[str] = Counter()
        hosts: Counter[str] = Counter()
        newest = ""
        for row in rows:
            if row is None:
                continue
            entities[text_of(row, "entity")] += 1
            sites[public_link(text_of(row, "entity_url"))] += 1
            hosts[_host(text_of(row, "url"))] += 1
            newest = max(newest, day.isoformat() if (day := _day(row.get("updated"))) else "")
        self.entity = text_of(head, "entity", "name") or _most_common(entities)
        self.site = public_link(text_of(head, "entity_url")) or _most_common(sites)
        self.host = _most_common(hosts)
        self.newest = newest


def _letters(text: str) -> str:
    return "".join(letter for letter in text if letter.isalnum())


def _most_common(counted: Counter[str]) -> str:
    stated = [(count, text) for text, count in counted.items() if text]
    return max(stated, key=lambda one: (one[0], one[1]))[1] if stated else ""


def _host(address: str) -> str:
    try:
        host = urlsplit(address).hostname or ""
    except ValueError:
        return ""
    return host.removeprefix("www.")


def _day(value: object) -> date | None:
    found = _DAY.match(value.strip()) if isinstance(value, str) else None
    try:
        return date(int(found[1]), int(found[2]), int(found[3])) if found else None
    except ValueError:
        return None


def _point(row: Row) -> Coordinates | None:
    """Return the stated point; half a point, one with a zero in it and what lies off the earth are none."""
    pair = text_of(row, "coordinates").split(",")
    lat, lon = (pair[0], pair[1]) if len(pair) == 2 else (row.get("latitude"), row.get("longitude"))
    try:
        point = Coordinates(float(lat), float(lon)) if lat not in (None, "") and lon not in (None, "") else None
    except (TypeError, ValueError):
        return None
    return point if point and point.lat and point.lon else None
