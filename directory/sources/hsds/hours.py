"""Opening hours out of HSDS schedules: weekly rules as one short line."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from directory.sources.fields.clock import UnreadableTime, minute_of_day
from directory.sources.files.json_rows import Row, text_of
from index.listing import Answer

_DAYS: Final = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_NAMES: Final = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_ROUND_THE_CLOCK: Final = (0, 0)

Span = tuple[int, int]


def hours_of(schedules: Iterable[Row]) -> tuple[str, Answer]:
    """Return the weekly hours as a line such as "Mon–Fri 09:00–17:00; Sat 10:00–12:00", and whether that is day and night.

    Only rules that hold every week are read; one with unreadable times is left out. An empty line when nothing is stated.
    """
    spans: dict[int, list[Span]] = {}
    for schedule in schedules:
        span = _span(schedule) if _holds_every_week(schedule) else None
        for day in _days(schedule) if span else ():
            if span and span not in spans.setdefault(day, []):
                spans[day].append(span)
    always = len(spans) == len(_DAYS) and all(_ROUND_THE_CLOCK in of_day for of_day in spans.values())
    return _line(spans), Answer.YES if always else Answer.UNKNOWN


def _holds_every_week(schedule: Row) -> bool:
    return text_of(schedule, "freq").upper() in ("", "WEEKLY") and text_of(schedule, "interval") in ("", "1")


def _days(schedule: Row) -> list[int]:
    stated = [part.strip().upper()[-2:] for part in text_of(schedule, "byday").split(",")]
    return [_DAYS.index(day) for day in stated if day in _DAYS]


def _span(schedule: Row) -> Span | None:
    try:
        opens, closes = minute_of_day(schedule.get("opens_at")), minute_of_day(schedule.get("closes_at"))
    except UnreadableTime:
        return None
    if opens is None or closes is None:
        return None
    return _ROUND_THE_CLOCK if (opens, closes) in ((0, 0), (0, 1439)) else (opens, closes)


def _line(spans: dict[int, list[Span]]) -> str:
    """Join neighbouring days of equal hours."""
    runs: list[tuple[int, int, list[Span]]] = []
    for day in sorted(spans):
        hours = sorted(spans[day])
        if runs and runs[-1][1] == day - 1 and runs[-1][2] == hours:
            runs[-1] = (runs[-1][0], day, hours)
        else:
            runs.append((day, day, hours))
    return "; ".join(f"{_day_range(first, last)} {', '.join(map(_spoken, hours))}" for first, last, hours in runs)


def _day_range(first: int, last: int) -> str:
    return _NAMES[first] if first == last else f"{_NAMES[first]}–{_NAMES[last]}"


def _spoken(span: Span) -> str:
    if span == _ROUND_THE_CLOCK:
        return "24 hours"
    return f"{span[0] // 60:02}:{span[0] % 60:02}–{span[1] // 60:02}:{span[1] % 60:02}"
