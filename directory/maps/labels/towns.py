"""Names of towns on a map: the largest that find room beside their dots."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from directory.maps.frame import Frame
from directory.maps.labels.room import Box, Room
from index.geo.places import Gazetteer
from index.word_memory import remembers

MOST_TOWNS: Final = 7
CANDIDATES: Final = 40
FRAMES_KEPT: Final = 256
LETTER_WIDTH, LETTER_HEIGHT = 6.6, 14.0  # units; generous, since fonts differ
GAP: Final = 4.0  # units from a town's dot to its name
EDGE: Final = 6.0


@dataclass(frozen=True, slots=True)
class TownLabel:
    """A town's name and its middle, and the place of its dot, in whole units."""

    name: str
    x: int
    y: int
    label_x: int
    label_y: int


def town_labels(frame: Frame, room: Room) -> tuple[TownLabel, ...]:
    """Return the labels that find room, the largest towns first; no name twice."""
    labels: dict[str, TownLabel] = {}
    for name, x, y in _towns(frame):
        if name not in labels and (box := room.take_first(_beside(name, x, y))):
            labels[name] = TownLabel(name, round(x), round(y), round(box.x), round(box.y))
        if len(labels) == MOST_TOWNS:
            break
    return tuple(labels.values())


@remembers(FRAMES_KEPT)
def _towns(frame: Frame) -> Sequence[tuple[str, float, float]]:
    """Return the towns of a frame, the same for whoever asks about a place."""
    towns = Gazetteer.load().towns_in(*frame.box(), CANDIDATES)
    placed = [(town.city, *frame.place_one(town.point)) for town in towns]
    return [(name, x, y) for name, x, y in placed if frame.holds(x, y, EDGE)]


def _beside(name: str, x: float, y: float) -> Iterator[Box]:
    """Yield the boxes of a name to the right of its dot, to the left, above and below."""
    wide = len(name) * LETTER_WIDTH
    for dx, dy in ((GAP + wide / 2, 0), (-GAP - wide / 2, 0), (0, -LETTER_HEIGHT), (0, LETTER_HEIGHT)):
        yield Box.around(x + dx, y + dy, wide, LETTER_HEIGHT)
