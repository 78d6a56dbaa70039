"""A weekly time as one line of text, "Wed 19:00-20:30": as staff type it, and as it is kept and told."""

from __future__ import annotations

import re
from typing import Final

from directory.sources.fields.clock import DAY_MINUTES, UnreadableTime, minute_of_day, session, weekdays
from index.listing import Session

_WRITTEN: Final = re.compile(r"(?P<day>[^\W\d]+)[.,]?\s+(?P<start>.+?)\s*(?:(?:-|–|—|\bto\b)\s*(?P<end>.+))?", re.DOTALL)
_DAYS: Final = {
    "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
    "es": ("lun", "mar", "mié", "jue", "vie", "sáb", "dom"),
}


def read_weekly_time(text: str) -> Session:
    """Return the weekly time that a line states, in English or Spanish. Raises UnreadableTime.

    >>> read_weekly_time("Wednesday 7 pm - 8:30 pm")
    Session(weekday=2, start_minute=1140, end_minute=1230)
    """
    found = _WRITTEN.fullmatch(text.strip())
    start = minute_of_day(found["start"]) if found else None
    if not found or start is None:
        raise UnreadableTime(f"expected a weekday and a time such as Wed 19:00-20:30, got {text!r}")
    days = weekdays(found["day"])
    if len(days) != 1:
        raise UnreadableTime(f"expected one weekday, got {found['day']!r}")
    return session(days[0], start, minute_of_day(found["end"]))


def weekly_time_text(one: Session, lang: str = "en") -> str:
    """Return a weekly time as one line; what ends after midnight ends at a smaller hour.

    >>> weekly_time_text(read_weekly_time("sat 23:00 to 01:00"))
    'Sat 23:00-01:00'
    """
    said = f"{_DAYS[lang][one.weekday]} {_clock(one.start_minute)}"
    return said if one.end_minute == one.start_minute else f"{said}-{_clock(one.end_minute)}"


def _clock(minute: int) -> str:
    hour, rest = divmod(minute % DAY_MINUTES, 60)
    return f"{hour:02}:{rest:02}"
