"""Which programs meet inside a window of local time, and which begins next."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

import numpy as np

from index.engine.arrays import Array, Bits, Longs
from index.engine.ranking import NEVER, WEEK_MINUTES
from index.engine.segment import Segment
from index.request import LocalWindow, SearchRequest


def meeting_bits(segment: Segment, windows: Sequence[LocalWindow]) -> Bits:
    """Return the bits of the programs that have a session starting in any of the windows (the end is not part of one)."""
    return segment.bits_of_slots(segment.arrays.sessions.slots[_starting(segment, windows)])


def minutes_ahead(segment: Segment, request: SearchRequest) -> Longs:
    """Return for each slot how many minutes its place's own clock has until the next start after `starts_from`, or `NEVER`.

    Of a request with windows only the starts inside them count. Shape (slots,).
    """
    if request.starts_from is None:
        return np.full(len(segment.arrays.slots.listing), NEVER)
    moment, windows = request.starts_from.replace(second=0, microsecond=0), request.windows
    ahead: Longs = segment.derived(("ahead", moment, windows), lambda: _minutes_ahead(segment, moment, windows))
    return ahead


def _minutes_ahead(segment: Segment, moment: datetime, windows: Sequence[LocalWindow]) -> Longs:
    sessions = segment.arrays.sessions
    ahead = (sessions.minutes - np.repeat(_local_minutes(segment, moment), np.diff(sessions.starts))) % WEEK_MINUTES
    chosen = _starting(segment, windows) if windows else np.ones(len(ahead), np.bool_)
    soonest = np.full(len(segment.arrays.slots.listing), NEVER, np.int64)
    np.minimum.at(soonest, sessions.slots[chosen], ahead[chosen])
    return soonest


def _local_minutes(segment: Segment, moment: datetime) -> Longs:
    """Return the minute of the week on the clock of each zone, Monday 00:00 being 0."""
    local = [moment.astimezone(ZoneInfo(zone)) for zone in segment.meta.zones]
    return np.array([(one.weekday() * 24 + one.hour) * 60 + one.minute for one in local], np.int64)


def _starting(segment: Segment, windows: Sequence[LocalWindow]) -> Array:
    """Mark the sessions that start in any of the windows."""
    marks = np.zeros(len(segment.arrays.sessions.slots), np.bool_)
    for window in windows:
        for first, last in _ranges(segment, window):
            marks[first:last] = True
    return marks


def _ranges(segment: Segment, window: LocalWindow) -> Iterator[tuple[int, int]]:
    """Yield the ranges of the sessions in a window, and of those in its part past the week's end or before its start."""
    if window.time_zone not in segment.meta.zones:
        return
    sessions = segment.arrays.sessions
    zone = segment.meta.zones.index(window.time_zone)
    first, last = sessions.starts[zone : zone + 2].tolist()
    minutes = sessions.minutes[first:last]
    for week in (-WEEK_MINUTES, 0, WEEK_MINUTES):
        start, end = np.searchsorted(minutes, (window.start + week, window.end + week)).tolist()
        yield first + start, first + max(start, end)
