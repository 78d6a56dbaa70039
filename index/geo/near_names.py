"""Find place names a few letters away from a misspelt one, quickly.

Only names of about the same length are compared, and only a bounded number of letters may differ; both keep a call to about
a millisecond over 40,000 names.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from rapidfuzz.distance import OSA
from rapidfuzz.process import cdist

PEOPLE_PER_EDIT = 4  # powers of ten in population that outweigh one letter
WRONG_START = 0.5  # the first letter is seldom the wrong one: counted as this much of a further edit


class NearNames:
    """Names by length, each with the people of its largest bearer."""

    def __init__(self, names: Sequence[str], people: npt.NDArray[np.int32]) -> None:
        self._by_length: dict[int, tuple[list[str], list[int]]] = defaultdict(lambda: ([], []))
        for name, count in zip(names, people.tolist(), strict=True):
            same_length, their_people = self._by_length[len(name)]
            same_length.append(name)
            their_people.append(count)

    def near(self, name: str, limit: int) -> list[tuple[str, int]]:
        """Return names within `edits_allowed` of the given one and their edits, most plausible first, never the name itself."""
        allowed = edits_allowed(name)
        found: list[tuple[float, str, int]] = []
        for length in range(len(name) - allowed, len(name) + allowed + 1):
            if length not in self._by_length:
                continue
            names, people = self._by_length[length]
            edits = cdist([name], names, scorer=OSA.distance, score_cutoff=allowed, dtype=np.uint8)[0]
            for number in np.flatnonzero((edits > 0) & (edits <= allowed)).tolist():
                near, count = names[number], int(edits[number])
                found.append((self._implausibility(name, near, count, people[number]), near, count))
        return [(near, edits) for _, near, edits in sorted(found)[:limit]]

    @staticmethod
    def _implausibility(name: str, near: str, edits: int, people: int) -> float:
        return edits + WRONG_START * (name[0] != near[0]) - math.log10(people + 10) / PEOPLE_PER_EDIT


def edits_allowed(name: str) -> int:
    """Return how many letters of a name may be wrong: none in up to three letters, three in a long one."""
    if len(name) < 4:
        return 0
    if len(name) < 6:
        return 1
    return 2 if len(name) < 11 else 3
