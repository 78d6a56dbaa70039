"""What a search chooses from: the few programs that an area or words leave, or all of them as words of bits.

A *mark* says for each program of a pool whether it is meant: a flag in a `Few`, a bit in an `All`. Marks of one pool combine
with `&`, `|` and `~`. Filters are the same whatever the pool; only marking and counting differ.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

import numpy as np

from index.engine.arrays import Array, Bits, Longs
from index.engine.search.bits import BIT, slots_of
from index.engine.search.kernels import kernels
from index.engine.search.matching.area import Candidates
from index.engine.search.tally import count_bit_listings, count_bit_rows, count_slot_listings, count_slot_rows
from index.engine.segment import Segment


class Pool(Protocol):
    """Programs of one segment that a search chooses from."""

    @property
    def segment(self) -> Segment:
        """The segment."""
        ...

    def everything(self) -> Array:
        """Mark every program that counts."""
        ...

    def nothing(self) -> Array:
        """Mark no program."""
        ...

    def cut(self, bits: Bits) -> Array:
        """Mark the programs that have a bit; `bits` has one for every slot of the segment."""
        ...

    def chosen(self, marks: Array) -> Candidates:
        """Return the marked programs."""
        ...

    def count_listings(self, marks: Array) -> int:
        """Return how many listings have a marked program."""
        ...

    def count_rows(self, marks: Array, first: int, last: int) -> tuple[int, Longs]:
        """Return how many listings have a marked program, and for each facet row from `first` to before `last` how many have
        one with its bit.
        """
        ...


@dataclass(frozen=True)
class Few:
    """The programs that an area or words left, by slot; marks are flags beside `candidates.slots`."""

    segment: Segment
    candidates: Candidates

    @cached_property
    def _words(self) -> Longs:
        return self.candidates.slots >> 6

    @cached_property
    def _bit(self) -> Bits:
        bits: Bits = BIT[self.candidates.slots & 63]
        return bits

    def everything(self) -> Array:
        """Mark every program that counts."""
        alive = self.segment.alive
        return ~self.nothing() if alive is None else self.cut(alive)

    def nothing(self) -> Array:
        """Mark no program."""
        return np.zeros(len(self.candidates.slots), np.bool_)

    def cut(self, bits: Bits) -> Array:
        """Mark the programs that have a bit."""
        return kernels.marked(bits, self._words, self._bit)

    def chosen(self, marks: Array) -> Candidates:
        """Return the marked programs, with their distances and scores where these are known."""
        return self.candidates if marks.all() else self.candidates.keep(marks)

    def count_listings(self, marks: Array) -> int:
        """Return how many listings have a marked program."""
        return count_slot_listings(self.segment, self.candidates.slots[marks])

    def count_rows(self, marks: Array, first: int, last: int) -> tuple[int, Longs]:
        """Return how many listings have a marked program, and how many one with the bit of each row."""
        slots = self.candidates.slots[marks]
        return count_slot_listings(self.segment, slots), count_slot_rows(self.segment, slots, first, last)


@dataclass(frozen=True)
class All:
    """Every program; marks are bits, a word for each 64 slots."""

    segment: Segment

    def everything(self) -> Array:
        """Mark every program that counts."""
        return self.segment.everything

    def nothing(self) -> Array:
        """Mark no program."""
        return np.zeros(self.segment.word_count, np.uint64)

    def cut(self, bits: Bits) -> Array:
        """Mark the programs that have a bit."""
        return bits

    def chosen(self, marks: Array) -> Candidates:
        """Return the marked programs."""
        return Candidates(slots_of(marks))

    def count_listings(self, marks: Array) -> int:
        """Return how many listings have a marked program."""
        return count_bit_listings(self.segment, marks)

    def count_rows(self, marks: Array, first: int, last: int) -> tuple[int, Longs]:
        """Return how many listings have a marked program, and how many one with the bit of each row."""
        return count_bit_listings(self.segment, marks), count_bit_rows(self.segment, marks, first, last)


def row_of(pool: Pool, name: str) -> Array:
    """Mark the programs that have what a row names; none for a row that does not exist."""
    row = pool.segment.row(name)
    return pool.nothing() if row is None else pool.cut(row)


def any_of(pool: Pool, names: list[str]) -> Array:
    """Mark the programs that any of the rows has."""
    marks = row_of(pool, names[0])
    for name in names[1:]:
        marks = marks | row_of(pool, name)
    return marks
