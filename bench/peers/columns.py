"""NumPy columns in row order: the help that engines get where their interface cannot count facets or measure circles.

The columns are as good as we know how to make them: unit vectors, a bitmap per concept, and the concepts of a row beside it.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from pathlib import Path

import numpy as np
import numpy.typing as npt

from bench.peers.question import SCORE_HALVES_AT_MILES, Circle, Row
from index.geo.distance import miles_of_squared_chords, unit_vectors

Ids = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]

BIT = np.uint64(1) << np.arange(64, dtype=np.uint64)
BITMAPS_PAY_FROM = 80  # words touched by all bitmaps for one word touched by a list of concepts


def build_columns(rows: Iterable[Row], path: Path) -> None:
    """Write the columns of `rows` to `path` (npz)."""
    lat, lon, states, starts, concepts = [], [], [], [0], []
    for row in rows:
        lat.append(row.lat)
        lon.append(row.lon)
        states.append(row.state)
        concepts.extend(row.concepts)
        starts.append(len(concepts))
    names, state = np.unique(np.array(states), return_inverse=True)
    np.savez(
        path,
        lat=np.array(lat),
        lon=np.array(lon),
        state=state.astype(np.uint8),
        names=names,
        starts=np.array(starts, np.int64),
        concepts=np.array(concepts, np.uint16),
    )


class Columns:
    """Opened columns; `rows` in every method are row numbers, any order."""

    def __init__(self, path: Path) -> None:
        stored = np.load(path)
        self.state, self.names = stored["state"], stored["names"]
        self.starts, self.concepts = stored["starts"], stored["concepts"]
        self.points = unit_vectors(stored["lat"], stored["lon"])
        self.count = len(self.state)
        self.bits = self._bitmaps()

    def _bitmaps(self) -> npt.NDArray[np.uint64]:
        words = -(-self.count // 64)
        owner = np.repeat(np.arange(self.count), np.diff(self.starts))
        bitmaps = np.empty((int(self.concepts.max(initial=0)) + 1, words), np.uint64)
        for concept in range(len(bitmaps)):
            bitmaps[concept] = self._pack(owner[self.concepts == concept])
        return bitmaps

    def _pack(self, rows: Ids) -> npt.NDArray[np.uint64]:
        flags = np.zeros(-(-self.count // 64) * 64, np.uint8)
        flags[rows] = 1
        return np.packbits(flags, bitorder="little").view(np.uint64)

    def squared_chords(self, rows: Ids, circle: Circle) -> Floats:
        """Return the squared chord from the circle's centre to each row."""
        lat, lon = math.radians(circle.lat), math.radians(circle.lon)
        centre = np.array([math.cos(lat) * math.cos(lon), math.cos(lat) * math.sin(lon), math.sin(lat)])
        difference = self.points[rows] - centre
        squares: Floats = np.einsum("ij,ij->i", difference, difference)
        return squares

    def states_any(self, rows: Ids, concepts: tuple[int, ...]) -> npt.NDArray[np.bool_]:
        """Tell for each row whether it states one of the concepts."""
        word, bit = rows >> 6, BIT[rows & 63]
        found = (self.bits[concepts[0]][word] & bit) != 0
        for concept in concepts[1:]:
            found |= (self.bits[concept][word] & bit) != 0
        return found

    def count_concepts(self, rows: Ids) -> dict[int, int]:
        """Return how many of the rows state each concept; zeros are left out."""
        if len(rows) * BITMAPS_PAY_FROM < self.bits.size:
            counts = np.bincount(self._concepts_of(rows), minlength=len(self.bits))
        else:
            wanted = self._pack(rows)
            counts = np.array([np.bitwise_count(bitmap & wanted).sum(dtype=np.int64) for bitmap in self.bits])
        found = np.flatnonzero(counts)
        return dict(zip(found.tolist(), counts[found].tolist(), strict=True))

    def _concepts_of(self, rows: Ids) -> npt.NDArray[np.uint16]:
        starts = self.starts[rows]
        lengths = self.starts[rows + 1] - starts
        before = np.cumsum(lengths) - lengths
        positions = np.arange(int(lengths.sum())) + np.repeat(starts - before, lengths)
        taken: npt.NDArray[np.uint16] = self.concepts[positions]
        return taken

    def count_states(self, rows: Ids) -> dict[str, int]:
        """Return how many of the rows lie in each state; zeros are left out."""
        counts = np.bincount(self.state[rows], minlength=len(self.names))
        return {str(self.names[at]): int(counts[at]) for at in np.flatnonzero(counts)}


def blend(scores: Floats, squares: Floats) -> Floats:
    """Return scores halved at 25 miles, the public rule for words beside a place."""
    faded: Floats = scores / (1 + miles_of_squared_chords(squares) / SCORE_HALVES_AT_MILES)
    return faded


def first_page(keys: Floats, size: int) -> Ids:
    """Return the positions of the `size` smallest keys, smallest first."""
    if len(keys) > 4 * size:
        few = np.argpartition(keys, size)[:size]
        return few[np.argsort(keys[few], kind="stable")]
    return np.argsort(keys, kind="stable")[:size]
