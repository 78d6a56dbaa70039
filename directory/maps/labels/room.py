"""The room that labels take on a map: each finds a place where it covers no other, or none."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from directory.maps.frame import HEIGHT, WIDTH


@dataclass(frozen=True, slots=True)
class Box:
    """A part of the drawing, in units."""

    left: float
    top: float
    right: float
    bottom: float

    @classmethod
    def around(cls, x: float, y: float, wide: float, high: float) -> Box:
        """Return the box of a size whose middle is given."""
        return cls(x - wide / 2, y - high / 2, x + wide / 2, y + high / 2)

    @property
    def x(self) -> float:
        """The middle, from left to right."""
        return (self.left + self.right) / 2

    @property
    def y(self) -> float:
        """The middle, from top to bottom."""
        return (self.top + self.bottom) / 2

    def overlaps(self, other: Box) -> bool:
        """Tell whether two boxes have a part in common."""
        return self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom

    def is_inside(self) -> bool:
        """Tell whether the drawing holds all of it."""
        return self.left >= 0 and self.top >= 0 and self.right <= WIDTH and self.bottom <= HEIGHT


class Room:
    """What is taken of one drawing so far."""

    def __init__(self) -> None:
        self._taken: list[Box] = []

    def take_first(self, boxes: Iterable[Box]) -> Box | None:
        """Take the first box that is free and inside, None where there is none."""
        for box in boxes:
            if box.is_inside() and not any(box.overlaps(other) for other in self._taken):
                self._taken.append(box)
                return box
        return None
