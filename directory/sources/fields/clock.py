"""Weekdays and times of day as meeting lists write them."""

from __future__ import annotations

import re
from functools import cache
from typing import Final
from zoneinfo import available_timezones

from index.listing import Session

DAY_MINUTES: Final = 1440
_TIME: Final = re.compile(r"(\d{1,2})(?::?(\d{2}))?(?::\d{2})?\s*([ap])?\.?\s?(?:m\b\.?)?", re.IGNORECASE)
_WORDS: Final = {"noon": 720, "midnight": 0, "mediodía": 720, "medianoche": 0}
_DAYS: Final = (
    ("mon", "lun"),
    ("tue", "mar"),
    ("wed", "mie", "mié"),
    ("thu", "jue"),
    ("fri", "vie"),
    ("sat", "sab", "sáb"),
    ("sun", "dom"),
)
_BETWEEN_DAYS: Final = re.compile(r"[,;/&|]|\band\b|\by\b")


class UnreadableTime(ValueError):
    """A text that is no time of day or no weekday; the message says what was expected."""


def minute_of_day(value: object) -> int | None:  # Any: a cell or a JSON value
    """Return minutes after midnight of "19:30", "7:30 pm", "1930" or "noon"; None for nothing stated.

    Raises UnreadableTime.

    >>> minute_of_day("7:30 PM")
    1170
    """
    text = "" if value is None else str(value).strip().casefold()
    if not text:
        return None
    if text in _WORDS:
        return _WORDS[text]
    found = _TIME.fullmatch(text)
    if not found or not (found[2] or found[3]):
        raise UnreadableTime(f"expected a time such as 19:30, got {value!r}")
    hour, minute = int(found[1]), int(found[2] or 0)
    if found[3]:
        if not 1 <= hour <= 12:
            raise UnreadableTime(f"expected a time such as 7:30 pm, got {value!r}")
        hour = hour % 12 + (12 if found[3] == "p" else 0)
    if hour > 24 or minute > 59 or (hour == 24 and minute):
        raise UnreadableTime(f"expected a time of day, got {value!r}")
    return (hour * 60 + minute) % DAY_MINUTES


def weekdays(value: object, *, first: int = 6) -> tuple[int, ...]:  # Any: a number, a text or a list of both
    """Return weekdays (Monday is 0), in order and without repeats; `first` is the weekday that the number 0 stands for.

    The Meeting Guide counts from Sunday. Takes a number, a name in English or Spanish, several, or a list. Raises UnreadableTime.

    >>> weekdays("Sunday"), weekdays(1), weekdays(["2", 4])
    ((6,), (0,), (1, 3))
    """
    if value is None or value == "":
        return ()
    values = value if isinstance(value, list | tuple) else [value]
    parts = [part for one in values for part in (_BETWEEN_DAYS.split(one) if isinstance(one, str) else [one])]
    return tuple(dict.fromkeys(_weekday(part, first) for part in parts if str(part).strip()))


def _weekday(value: object, first: int) -> int:
    text = str(value).strip().casefold()
    if text.isascii() and text.isdigit() and int(text) <= 6:
        return (int(text) + first) % 7
    for number, beginnings in enumerate(_DAYS):
        if text.startswith(beginnings):
            return number
    raise UnreadableTime(f"expected a weekday from 0 (Sunday) to 6 or its name, got {value!r}")


@cache
def _zones() -> frozenset[str]:
    return frozenset(available_timezones())


def known_zone(text: str) -> str:
    """Return an IANA zone that a source states, "" for anything else: a zone nobody knows could never answer "tonight".

    >>> known_zone("America/Denver"), known_zone("Mountain Time")
    ('America/Denver', '')
    """
    return text if "/" in text and text in _zones() else ""


def session(weekday: int, start: int, end: int | None) -> Session:
    """Return the session; an end before its start belongs to the next day, no end or the same minute means none stated."""
    if end is None or end == start:
        return Session(weekday=weekday, start_minute=start, end_minute=start)
    return Session(weekday=weekday, start_minute=start, end_minute=end if end > start else end + DAY_MINUTES)
