"""The weekly times of a meeting as calendar entries (RFC 5545)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from directory.channels.entries import address_line, source_line
from directory.channels.words import WORDS
from directory.disclosure import labelled_name, money_line
from directory.page import ListingPage
from index.listing import Session

DAYS: Final = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
MOST_OCTETS: Final = 75  # of a line, without its end


def calendar(page: ListingPage, now: datetime, host: str) -> str:
    """Return the times of a listing as a calendar; one without times or time zone has no entries."""
    listing = page.listing
    sessions = dict.fromkeys(session for program in listing.programs for session in program.schedule)
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:-//{host}//Treatment Directory//EN"]
    if listing.time_zone and sessions:
        zone = ZoneInfo(listing.time_zone)
        lines += _time_zone(zone, listing.time_zone, now.year - 1)
        for session in sessions:
            lines += _event(page, session, zone, now, host)
    lines.append("END:VCALENDAR")
    return "".join(f"{_folded(line)}\r\n" for line in lines)


def _event(page: ListingPage, session: Session, zone: ZoneInfo, now: datetime, host: str) -> list[str]:
    begins = _next(session, now.astimezone(zone))
    minutes = session.end_minute - session.start_minute
    ends = begins + timedelta(minutes=minutes)
    card, lang, name = page.card, page.lang, page.listing.time_zone
    said = (card.age_note, money_line(card.disclosure, lang), source_line(card, lang), WORDS[lang]["call_first"])
    return [
        "BEGIN:VEVENT",
        f"UID:{page.listing.id}-{session.weekday}-{session.start_minute}@{host}",
        f"DTSTAMP:{now.astimezone(UTC):%Y%m%dT%H%M%SZ}",
        f"DTSTART;TZID={name}:{begins:%Y%m%dT%H%M%S}",
        *([f"DTEND;TZID={name}:{ends:%Y%m%dT%H%M%S}"] if minutes > 0 else []),
        f"RRULE:FREQ=WEEKLY;BYDAY={DAYS[session.weekday]}",
        f"SUMMARY:{_escaped(labelled_name(card.disclosure, page.listing.name, lang))}",
        f"LOCATION:{_escaped(page.listing.conference_url or address_line(card, lang))}",
        f"DESCRIPTION:{_escaped(' '.join(filter(None, said)))}",
        "END:VEVENT",
    ]


def _next(session: Session, local: datetime) -> datetime:
    """Return the next beginning on the wall clock of the meeting's zone."""
    day = local.date() + timedelta(days=(session.weekday - local.weekday()) % 7)
    at = time(*divmod(session.start_minute, 60))
    begins = datetime.combine(day, at)
    return begins if begins > local.replace(tzinfo=None) else begins + timedelta(days=7)


def _time_zone(zone: ZoneInfo, name: str, year: int) -> list[str]:
    """Return the rules of a zone: one when its clocks stay, else the two changes of the year, which recur."""
    changes = list(_changes(zone, year))
    lines = ["BEGIN:VTIMEZONE", f"TZID:{name}"]
    if not changes:
        begins = _new_year(year)
        lines += _observance("STANDARD", begins, _offset(zone, begins), _offset(zone, begins), "")
    for local, before, after in changes:
        kind = "DAYLIGHT" if after > before else "STANDARD"
        lines += _observance(kind, local, before, after, _yearly(local.date()))
    return [*lines, "END:VTIMEZONE"]


def _observance(kind: str, begins: datetime, before: timedelta, after: timedelta, rule: str) -> list[str]:
    return [
        f"BEGIN:{kind}",
        f"DTSTART:{begins:%Y%m%dT%H%M%S}",
        f"TZOFFSETFROM:{_written(before)}",
        f"TZOFFSETTO:{_written(after)}",
        *([rule] if rule else []),
        f"END:{kind}",
    ]


def _changes(zone: ZoneInfo, year: int) -> Iterator[tuple[datetime, timedelta, timedelta]]:
    """Yield when the clocks change in a year, on the wall clock before the change, with both offsets."""
    for number in range(366):
        day = _new_year(year) + timedelta(days=number)
        before, after = _offset(zone, day), _offset(zone, day + timedelta(days=1))
        if before != after:
            hour = next(hour for hour in range(24) if _offset(zone, day + timedelta(hours=hour, minutes=59)) != before)
            skipped = max(after - before, timedelta())  # hours that the clock jumps over keep the offset from before
            yield day + timedelta(hours=hour) - skipped, before, after


def _new_year(year: int) -> datetime:
    return datetime.combine(date(year, 1, 1), time())


def _offset(zone: ZoneInfo, local: datetime) -> timedelta:
    offset = local.replace(tzinfo=zone).utcoffset()
    assert offset is not None
    return offset


def _yearly(day: date) -> str:
    """Return the rule of a day such as the second Sunday of March; the last one of a month counts from its end."""
    week = (day.day - 1) // 7 + 1
    last = (day + timedelta(days=7)).month != day.month and week > 4
    return f"RRULE:FREQ=YEARLY;BYMONTH={day.month};BYDAY={-1 if last else week}{DAYS[day.weekday()]}"


def _written(offset: timedelta) -> str:
    minutes = int(offset.total_seconds() // 60)
    hours, rest = divmod(abs(minutes), 60)
    return f"{'-' if minutes < 0 else '+'}{hours:02}{rest:02}"


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")


def _folded(line: str) -> str:
    """Return a line in pieces of at most 75 octets, never cutting a letter."""
    pieces: list[str] = []
    piece = ""
    for sign in line:
        if len((piece + sign).encode()) > MOST_OCTETS - (1 if pieces else 0):
            pieces.append(piece)
            piece = ""
        piece += sign
    return "\r\n ".join([*pieces, piece])
