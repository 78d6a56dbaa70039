"""Programs whose text holds every word, with their scores."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from index.engine.arrays import Floats, Ints
from index.engine.search.kernels import kernels
from index.engine.search.matching.area import Candidates
from index.engine.segment import Segment

Posting = tuple[Ints, Floats]  # slots ascending, and the impact of the term in each


def with_postings(postings: Sequence[Posting], within: Candidates | None) -> Candidates:
    """Return the programs (of `within`, or all) that stand in every posting list; the score adds up the impacts. No list: none.

    The lists come shortest first.
    """
    if not postings:
        return Candidates(np.zeros(0, np.int64), np.zeros(0), np.zeros(0))
    if within is None:
        slots, impacts = postings[0]
        within = Candidates(slots.astype(np.int64), None, np.asarray(impacts))
        postings = postings[1:]
    for posting in postings:
        within = _narrow(within, posting)
    return within


def postings_of(segment: Segment, terms: Sequence[str]) -> list[Posting]:
    """Return the posting lists of the terms, the shortest first; an unknown term has an empty one."""
    return sorted((_posting(segment, term) for term in terms), key=_length)


def _length(posting: Posting) -> int:
    return len(posting[0])


def _posting(segment: Segment, term: str) -> Posting:
    text = segment.arrays.text
    position = segment.term(term)
    start, end = (0, 0) if position is None else text.starts[position : position + 2].tolist()
    return text.slots[start:end], text.impacts[start:end]


def _narrow(within: Candidates, posting: Posting) -> Candidates:
    """Return the candidates that a posting list holds, its impacts added to their scores."""
    slots, impacts = posting
    held, places = kernels.common(within.slots, slots)
    kept, gained = within.keep(held), impacts[places]
    return Candidates(kept.slots, kept.squares, gained if kept.scores is None else kept.scores + gained)
