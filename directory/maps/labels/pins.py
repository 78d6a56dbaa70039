"""The places on a map: numbers that stand for those of the list, and open rings where only an area is known.

Places that are too close to be told apart share one label. A label that would cover another one moves aside and a thin line
leads to its place.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import hypot
from typing import Final

from directory.maps.frame import Frame
from directory.maps.labels.room import Box, Room
from index.geo.distance import Coordinates
from index.listing import Precision

TOO_CLOSE: Final = 15.0  # units between two places below which they share a label
ZIP_MILES, TOWN_MILES = 3.0, 5.0  # around a place known only by its ZIP code (median error 1.7, rounded up), by its town
LEAST_RING: Final = 7  # units: smaller, a ring could not be told from a dot
AREAS: Final = {Precision.ZIP: ZIP_MILES, Precision.CITY: TOWN_MILES}
LONGEST_LABEL: Final = 9  # letters; what is longer is cut to its first numbers and how many more there are
HEIGHT, DIGIT_WIDTH, PADDING = 18, 7, 10  # units of a label
STEP_ASIDE: Final = 21


@dataclass(frozen=True, slots=True)
class Spot:
    """A place of the list: its number there (0: none is shown), where it is, and how well that is known."""

    number: int
    point: Coordinates
    precision: Precision


@dataclass(frozen=True, slots=True)
class Pin:
    """What is drawn, in whole units: a label and its middle, the place it stands for, and the radius of its ring (0: none)."""

    label: str
    x: int
    y: int
    label_x: int
    label_y: int
    ring: int

    @property
    def wide(self) -> int:
        """The width of the label."""
        return width_of(self.label)


def pins_of(spots: Iterable[Spot], frame: Frame, room: Room) -> tuple[Pin, ...]:
    """Return the pins of the spots that a frame holds; their labels take `room`. Dots and rings never share a label."""
    groups: list[tuple[float, float, float, list[int]]] = []
    for spot in spots:
        (x, y), ring = frame.place_one(spot.point), AREAS.get(spot.precision, 0.0)
        if not frame.holds(x, y):
            continue
        for other_x, other_y, other_ring, numbers in groups:
            if other_ring == ring and hypot(x - other_x, y - other_y) < TOO_CLOSE:
                numbers.append(spot.number)
                break
        else:
            groups.append((x, y, ring, [spot.number]))
    return tuple(_pin(x, y, ring / frame.miles_per_unit, numbers, room) for x, y, ring, numbers in groups)


def _pin(x: float, y: float, ring: float, numbers: Sequence[int], room: Room) -> Pin:
    label = short_ranges(numbers)
    wide = width_of(label)
    aside = ((dx * (STEP_ASIDE + wide) / 2, dy * STEP_ASIDE) for dx, dy in _ASIDE)
    taken = room.take_first(Box.around(x + dx, y + dy, wide, HEIGHT) for dx, dy in aside) if label else None
    middle = taken or Box.around(x, y, wide, HEIGHT)
    return Pin(label, round(x), round(y), round(middle.x), round(middle.y), max(round(ring), LEAST_RING) if ring else 0)


# Where a label may stand: at its place, else a step to any side of it, else two.
_ASIDE: Final = (
    *((0, 0), (0, -1), (0, 1), (1, 0), (-1, 0), (1, -1), (-1, -1), (1, 1), (-1, 1)),
    *((0, -2), (0, 2), (2, 0), (-2, 0), (1, -2), (-1, -2), (1, 2), (-1, 2), (2, -1), (-2, -1), (2, 1), (-2, 1)),
    *((0, -3), (0, 3), (2, -2), (-2, -2), (2, 2), (-2, 2), (1, -3), (-1, -3), (1, 3), (-1, 3)),
)


def width_of(label: str) -> int:
    """Return how wide a label is drawn; one digit makes a circle."""
    return max(HEIGHT, len(label) * DIGIT_WIDTH + PADDING)


def short_ranges(numbers: Iterable[int]) -> str:
    """Return numbers as a label says them: "1–3, 7", or "1, 4 +9" where there are too many to write."""
    shown = sorted(set(numbers) - {0})
    whole = ranges(shown)
    if len(whole) <= LONGEST_LABEL:
        return whole
    fitting = next(count for count in range(len(shown) - 1, 0, -1) if len(ranges(shown[:count])) <= LONGEST_LABEL - 3)
    return f"{ranges(shown[:fitting])} +{len(shown) - fitting}"


def ranges(numbers: Iterable[int]) -> str:
    """Return numbers as people write them: "1–3, 7"; nothing for 0."""
    runs: list[list[int]] = []
    for number in sorted(set(numbers) - {0}):
        if runs and runs[-1][-1] == number - 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ", ".join(f"{run[0]}–{run[-1]}" if len(run) > 2 else ", ".join(map(str, run)) for run in runs)
