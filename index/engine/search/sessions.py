"""Which programs meet inside a window of local time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

import numpy as np

from index.engine.arrays import Bits, Ints
from index.engine.segment import Segment
from index.request import LocalWindow

WEEK_MINUTES: Final = 7 * 24 * 60


def meeting_bits(segment: Segment, windows: Sequence[LocalWindow]) -> Bits:
    """Return the bits of the programs that have a session starting in any of the windows (the end is not part of one)."""
    slots = [np.zeros(0, np.int32)]
    for window in windows:
        slots.extend(_starting(segment, window))
    return segment.bits_of_slots(np.concatenate(slots))


def _starting(segment: Segment, window: LocalWindow) -> Iterator[Ints]:
    """Yield the slots of the sessions in a window, and of those in its part past the week's end or before its start."""
    if window.time_zone not in segment.meta.zones:
        return
    sessions = segment.arrays.sessions
    zone = segment.meta.zones.index(window.time_zone)
    first, last = sessions.starts[zone : zone + 2].tolist()
    minutes = sessions.minutes[first:last]
    for week in (-WEEK_MINUTES, 0, WEEK_MINUTES):
        start, end = np.searchsorted(minutes, (window.start + week, window.end + week)).tolist()
        yield sessions.slots[first + start : first + max(start, end)]
