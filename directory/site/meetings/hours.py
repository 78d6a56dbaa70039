"""When a meeting is: its weekly times and its next one, in the words and on the clock of its own place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_time, get_timezone_name

from directory.asking.phrases import AND, joined
from directory.asking.times import DAY, NIGHT_BEGINS, STARTED_LATELY, WEEK
from directory.disclosure import Language, Words
from directory.web.i18n import gettext as _
from index.listing import Session
from index.request import LocalWindow

A_MONDAY: Final = date(2024, 1, 1)
ALL_DAYS: Final = 7
_EVERY_DAY: Final[Words] = {"en": "Every day", "es": "Todos los días"}


def weekday(session: Session, lang: Language) -> str:
    """Return the day of a session: "Wednesday", "miércoles"."""
    return _weekday(session.weekday, lang)


@lru_cache(maxsize=64)
def _weekday(day: int, lang: Language) -> str:
    return format_date(A_MONDAY + timedelta(days=day), "EEEE", locale=_locale(lang))


def hours(session: Session, lang: Language) -> str:
    """Return from when to when: "7:30 AM–9:00 AM"; only the start where no end is stated."""
    clock = [clock_words(session.start_minute, lang)]
    if session.end_minute > session.start_minute:
        clock.append(clock_words(session.end_minute, lang))
    return "–".join(clock)


@lru_cache(maxsize=3000)
def clock_words(minute: int, lang: Language) -> str:
    """Return a minute of the day as a clock shows it."""
    hour, rest = divmod(minute % DAY, 60)
    return format_time(time(hour, rest), "short", locale=_locale(lang))


@lru_cache(maxsize=256)
def zone_words(zone: str, lang: Language) -> str:
    """Return the name of a time zone as people say it: "Eastern Time"."""
    return get_timezone_name(zone, width="long", locale=_locale(lang)) if zone else ""


def _locale(lang: Language) -> str:
    return "es_US" if lang == "es" else "en_US"


def weekly(sessions: Iterable[Session], lang: Language) -> tuple[str, ...]:
    """Return the weekly times, days of one hour together: "Wednesday and Friday, 7:30 AM–9:00 AM"."""
    by_hours: dict[tuple[int, int], list[Session]] = {}
    for session in sorted(set(sessions), key=lambda one: (one.weekday, one.start_minute, one.end_minute)):
        by_hours.setdefault((session.start_minute, session.end_minute), []).append(session)
    return tuple(f"{_days(same, lang)}, {hours(same[0], lang)}" for same in by_hours.values())


def _days(sessions: Sequence[Session], lang: Language) -> str:
    if len(sessions) == ALL_DAYS:
        return _EVERY_DAY[lang]
    said = joined([weekday(session, lang) for session in sessions], AND[lang])
    return said[:1].upper() + said[1:]


def next_time(sessions: Iterable[Session], zone: str, windows: Sequence[LocalWindow], now: datetime, lang: Language) -> str:
    """Return when it begins next: "Tonight at 7:30 PM"; first a time that the search asked for. "" without times or zone.

    One that began in the last half hour can still be joined, and is named as begun.
    """
    if not zone:
        return ""
    local = now.astimezone(ZoneInfo(zone))
    found = sorted(_ahead(sessions, local, [window for window in windows if window.time_zone == zone]), key=lambda one: one[:2])
    return _said(found[0][1], found[0][2], local, lang) if found else ""


def _ahead(sessions: Iterable[Session], local: datetime, windows: Sequence[LocalWindow]) -> Iterator[tuple[bool, int, Session]]:
    """Yield whether the search did not ask for a session, in how many minutes it begins, and the session."""
    minute = local.weekday() * DAY + local.hour * 60 + local.minute
    for session in sessions:
        start = session.weekday * DAY + session.start_minute
        ahead = (start - minute) % WEEK
        if WEEK - ahead <= STARTED_LATELY:
            ahead -= WEEK
        unasked = not any((start - window.start) % WEEK < window.end - window.start for window in windows)
        yield unasked, ahead, session


def _said(ahead: int, session: Session, local: datetime, lang: Language) -> str:
    clock = {"time": clock_words(session.start_minute, lang)}
    if ahead < 0:
        return _("Began at %(time)s") % clock
    days = ((local + timedelta(minutes=ahead)).date() - local.date()).days
    if days == 0:
        tonight = session.start_minute >= NIGHT_BEGINS
        return (_("Tonight at %(time)s") if tonight else _("Today at %(time)s")) % clock
    if days == 1:
        return _("Tomorrow at %(time)s") % clock
    name = weekday(session, lang)
    return _("%(day)s at %(time)s") % {"day": name[:1].upper() + name[1:], **clock}
