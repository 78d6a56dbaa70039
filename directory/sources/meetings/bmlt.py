"""Meetings from a BMLT server (`GetSearchResults` as JSON), the meeting database of Narcotics Anonymous.

A list of meetings, or an object with `meetings` and `formats` when the server was asked for both. Weekdays count from 1 =
Sunday. Contacts, comments, directions and the fields around virtual meetings that carry codes are never read.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cached_property
from typing import Final

from directory.sources.feed_options import spoken_stem, stem
from directory.sources.fields.clock import DAY_MINUTES, UnreadableTime, known_zone, minute_of_day
from directory.sources.fields.meeting_places import Located, WrittenPlace
from directory.sources.fields.phones import UnreadablePhone, read_phone
from directory.sources.files.json_rows import Row, text_of
from directory.sources.meetings.anonymity import public_dial_in, public_link, public_street, public_words
from directory.sources.meetings.bmlt_formats import HYBRID, BmltFormats, Stated
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
from index.geo.distance import Coordinates, InvalidCoordinates
from index.listing import Address, ConceptId, Phone, Session

IMPORTER: Final = "bmlt"
UNPUBLISHED: Final = "unpublished"
_DEFAULT_FELLOWSHIP: Final = ConceptId("group.na")
_VENUES: Final = {"1": Attendance.IN_PERSON, "2": Attendance.ONLINE, "3": Attendance.HYBRID}
_DURATION: Final = re.compile(r"(\d{1,2}):(\d{2})(?::\d{2})?")
_ZIP: Final = re.compile(r"(\d{3,5})(?:-\d{4})?")


class BmltReader(MeetingReader):
    """Reads one answer of a BMLT server. Raises ImportRefused when it holds no list of meetings."""

    IMPORTER = IMPORTER
    KEY_FIELDS = ("id_bigint",)
    NOT_HELD = frozenset({INACTIVE, "published"})

    def _list_facts(self, file_name: str) -> ListFacts:
        """Return what is known of the list; the server's address names it where its rows bear one."""
        servers = Counter(public_link(text_of(row, "root_server_uri")) for row in self._rows if row)
        server = self._options.url or next((address for address, _ in servers.most_common() if address), "")
        keeper = self._options.publisher or spoken_stem(file_name)
        return ListFacts(id=server.partition("://")[2] or stem(file_name), keeper=keeper, url=server)

    def _own_fellowship(self, file_name: str) -> ConceptId:
        return _DEFAULT_FELLOWSHIP

    @cached_property
    def _formats(self) -> BmltFormats:
        of_server = self._rows.head.get("formats")
        return BmltFormats(self._types, of_server if isinstance(of_server, list) else ())

    def _name(self, row: Row) -> str:
        return public_words(text_of(row, "meeting_name"))

    def _meeting(self, number: int, row: Row) -> Meeting:
        self._check_running(row)
        key, name = text_of(row, "id_bigint"), self._name(row)
        if not key:
            raise UnusableRow("id_bigint", "expected the server's id of the meeting, got nothing")
        codes = tuple(dict.fromkeys(code.strip() for code in text_of(row, "formats").split(",") if code.strip()))
        stated = self._formats.stated(codes)
        link, phones = self._link(row), self._dial_in(row)
        written = self._written(row)
        attendance = self._attendance(row, stated, written, link, phones)
        return Meeting(
            row=number,
            key=key,
            name=name or "NA meeting",
            fellowship=self._fellowship,
            attendance=attendance,
            where=self._located(written, attendance),
            sessions=self._sessions(row),
            concepts=stated.concepts,
            denies=stated.denied,
            codes=codes,
            phones=phones,
            conference_url=link,
            organization=public_words(text_of(row, "service_body_name")),
            description=weeks_remark(text_of(row, "meeting_name"), text_of(row, "comments")),
            time_zone=known_zone(text_of(row, "time_zone")) or known_zone(self._options.time_zone),
        )

    def _check_running(self, row: Row) -> None:
        if text_of(row, "published") == "0" or row.get("published") is False:
            self._note(UNPUBLISHED)
            raise UnusableRow("published", "the source does not publish it")
        if is_suspended(text_of(row, "meeting_name")):
            raise UnusableRow(INACTIVE, "its name says that it is suspended")

    def _link(self, row: Row) -> str:
        stated = text_of(row, "virtual_meeting_link")
        link = public_link(stated)
        if stated and not link:
            self._note("private_link_dropped")
        elif "pwd=" in stated.casefold():
            self._note("passcode_removed_from_link")
        return link

    def _dial_in(self, row: Row) -> tuple[Phone, ...]:
        stated = text_of(row, "phone_meeting_number")
        try:
            return (read_phone(public_dial_in(stated)).as_phone("dial-in"),) if stated else ()
        except UnreadablePhone:
            self._note("dial_in_unreadable")
            return ()

    def _attendance(self, row: Row, stated: Stated, written: WrittenPlace, link: str, phones: tuple[Phone, ...]) -> Attendance:
        """Return how one takes part: the venue type, else what the formats say.

        Raises UnusableRow where nobody can: a closed place without a link, or one abroad.
        """
        remote = bool(link or phones or text_of(row, "virtual_meeting_link")) or ONLINE in stated.types
        from_afar = Attendance.PHONE if phones and not link else Attendance.ONLINE
        chosen = _VENUES.get(text_of(row, "venue_type"))
        if chosen is None:
            hybrid = HYBRID in stated.types or (remote and bool(written.street))
            chosen = Attendance.HYBRID if hybrid else Attendance.ONLINE if remote else Attendance.IN_PERSON
        if LOCATION_CLOSED in stated.types:
            if not remote:
                raise UnusableRow(INACTIVE, "its place is closed and there is no way to attend online")
            return from_afar
        if chosen is not Attendance.ONLINE and self._places.is_abroad(written):
            if not remote:
                raise UnusableRow("location_nation", "expected a place in the United States or a way to attend online")
            return from_afar
        return from_afar if chosen is Attendance.ONLINE else chosen

    def _written(self, row: Row) -> WrittenPlace:
        found = _ZIP.fullmatch(text_of(row, "location_postal_code_1"))
        venue, street = public_words(text_of(row, "location_text")), public_street(text_of(row, "location_street"))
        return WrittenPlace(
            street=street,
            venue="" if venue == street else venue,
            city=public_words(text_of(row, "location_municipality", "location_city_subsection", "location_neighborhood")),
            state=text_of(row, "location_province"),
            zip=found[1].zfill(5) if found else "",
            country=text_of(row, "location_nation"),
            point=_point(row),
        )

    def _located(self, written: WrittenPlace, attendance: Attendance) -> Located:
        here = attendance in (Attendance.IN_PERSON, Attendance.HYBRID)
        if self._places.is_abroad(written):
            return Located(Address())
        where = self._places.located(written, is_met_at=here)
        if here and where.point is None and not where.address.city:
            raise UnusableRow("location_municipality", "expected a street, a town or a point, got none that is known")
        return where

    def _sessions(self, row: Row) -> tuple[Session, ...]:
        day = text_of(row, "weekday_tinyint")
        if day not in ("1", "2", "3", "4", "5", "6", "7"):
            raise UnusableRow("weekday_tinyint", f"expected 1 (Sunday) to 7, got {day!r}")
        try:
            start = minute_of_day(text_of(row, "start_time"))
        except UnreadableTime as error:
            raise UnusableRow("start_time", str(error)) from error
        if start is None:
            raise UnusableRow("start_time", "expected a time such as 19:30:00, got nothing")
        found = _DURATION.fullmatch(text_of(row, "duration_time"))
        minutes = min(int(found[1]) * 60 + int(found[2]), DAY_MINUTES) if found else 0
        return (Session(weekday=(int(day) + 5) % 7, start_minute=start, end_minute=start + minutes),)


def _point(row: Row) -> Coordinates | None:
    try:
        point = Coordinates(float(row.get("latitude") or 0), float(row.get("longitude") or 0))
    except (TypeError, ValueError, InvalidCoordinates):
        return None
    return point if point.lat and point.lon else None
