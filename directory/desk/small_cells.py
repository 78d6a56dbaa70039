"""Which counts may be written down: none under 11, and none from which one under 11 follows.

A column has one number a key, and a sum. Keys under the limit are left out and put together as "others". Where that alone would
give a small number away (one key alone, or several whose sum is under the limit), the next smallest keys are left out with
them. So every number written is at least 11, and no difference of two written numbers is the count of one small cell.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

LEAST: Final = 11  # the cell size that federal health data use
SUM: Final = ""
OTHERS: Final = "*"


@dataclass(frozen=True, slots=True)
class Column:
    """What may be written of a column: its keys, largest first, the others together, and the sum; None for what may not."""

    cells: tuple[tuple[str, int], ...]
    others: int | None
    total: int | None

    def numbers(self) -> dict[str, int]:
        """Return every number that may be written, by its key."""
        written = dict(self.cells)
        if self.others is not None:
            written[OTHERS] = self.others
        if self.total is not None:
            written[SUM] = self.total
        return written


def publishable(counts: Mapping[str, int]) -> Column:
    """Return what may be written of a column. A key that nobody counted is a small cell too, when it is given with 0.

    >>> publishable({"detox": 40, "meetings": 15, "medication": 3})
    Column(cells=(('detox', 40),), others=18, total=58)
    """
    total = sum(counts.values())
    if total < LEAST:
        return Column((), None, None)
    largest_first = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    shown = [item for item in largest_first if item[1] >= LEAST]
    left_out = largest_first[len(shown) :]
    while left_out and shown and (len(left_out) < 2 or sum(number for _, number in left_out) < LEAST):
        left_out.insert(0, shown.pop())
    others = sum(number for _, number in left_out) if left_out else None
    return Column(tuple(shown), others, total)
