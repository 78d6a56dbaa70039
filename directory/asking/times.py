"""From words of time to windows of the week: "tonight", "Saturday morning", "now", in each place's own clock.

Only meetings state their times; a window never hides a facility, whose hours no list states.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from index.listing import ConceptId
from index.request import LocalWindow

DAY: Final = 24 * 60  # minutes
WEEK: Final = 7 * DAY
WEEKDAYS: Final = (
    "sched.monday",
    "sched.tuesday",
    "sched.wednesday",
    "sched.thursday",
    "sched.friday",
    "sched.saturday",
    "sched.sunday",
)
# Part of the day → minutes after midnight, the end left out.
PARTS: Final = {
    "sched.morning": (5 * 60, 12 * 60),
    "sched.noon": (11 * 60, 14 * 60),
    "sched.evening": (17 * 60, DAY),
}
NIGHT_BEGINS: Final = 17 * 60
NIGHT_ENDS: Final = 4 * 60  # of the next morning
STARTED_LATELY: Final = 30  # minutes: a meeting just begun can still be joined
STARTS_SOON: Final = 60  # minutes


def windows_of(concepts: Collection[ConceptId], time_zones: Iterable[str], now: datetime) -> tuple[LocalWindow, ...]:
    """Return when meetings must start to fit the words of time among `concepts`; nothing when there are none.

    `now` is aware. "Tonight" runs from now or 17:00, whichever is later, to 04:00; after midnight also from now to 04:00. A start
    after midnight belongs to its own weekday.
    """
    asked = frozenset(concept for concept in concepts if concept in _TIME_WORDS)
    if not asked:
        return ()
    return tuple(
        LocalWindow(zone, start % WEEK, start % WEEK + (end - start))
        for zone in time_zones
        for start, end in _spans(asked, now.astimezone(ZoneInfo(zone)))
        if end > start
    )


_TIME_WORDS: Final = frozenset(
    {*WEEKDAYS, *PARTS, "sched.now", "sched.today", "sched.tonight", "sched.tomorrow", "sched.weekend"}
)


def asks_for_a_time(concepts: Iterable[str]) -> bool:
    """Tell whether words of time are among concepts."""
    return not _TIME_WORDS.isdisjoint(concepts)


def _spans(asked: frozenset[ConceptId], local: datetime) -> Iterator[tuple[int, int]]:
    """Yield (start, end) in minutes of the local week, Monday 00:00 being 0; an end may pass the week's."""
    minute = local.hour * 60 + local.minute
    today = local.weekday() * DAY
    if "sched.tonight" in asked:
        yield today + max(minute, NIGHT_BEGINS), today + DAY + NIGHT_ENDS
        yield today + minute, today + NIGHT_ENDS
    if "sched.now" in asked:
        yield today + minute - STARTED_LATELY, today + minute + STARTS_SOON
    if "sched.today" in asked:
        yield from _of_day(today, asked, earliest=minute)
    if "sched.tomorrow" in asked:
        yield from _of_day(today + DAY, asked)
    days = [day for day, name in enumerate(WEEKDAYS) if name in asked]
    if "sched.weekend" in asked:
        days += [5, 6]
    if not days and asked <= PARTS.keys():
        days = list(range(7))
    for day in dict.fromkeys(days):
        yield from _of_day(day * DAY, asked)


def _of_day(day: int, asked: frozenset[ConceptId], earliest: int = 0) -> Iterator[tuple[int, int]]:
    """Yield the parts asked for of a day that begins at minute `day` of the week; all of it when none is named."""
    for start, end in [PARTS[part] for part in sorted(asked) if part in PARTS] or [(0, DAY)]:
        yield day + max(start, earliest), day + end
