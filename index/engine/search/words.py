"""Programs whose text holds every word, with their scores."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np

from index.engine.arrays import Array, Floats, Ints, Longs
from index.engine.search.area import Candidates
from index.engine.segment import Segment

_PROBE_RATIO: Final = 8  # a list this many times shorter is looked up in the longer one
_MANY: Final = 4096  # candidates; as many are looked up faster in a table of all slots than by halving
_SPREAD_RATIO: Final = 12  # unless the list is this much longer

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
    """Return the candidates that a posting list holds, its impacts (more than 0) added to their scores."""
    slots, impacts = posting
    if len(within.slots) > _PROBE_RATIO * len(slots):
        held, places = _find(within.slots, slots)
        kept, gained = within.keep(places), impacts[held]
    elif len(within.slots) > _MANY and len(within.slots) * _SPREAD_RATIO > len(slots):
        spread = np.zeros(max(int(slots[-1]), int(within.slots[-1])) + 1)
        spread[slots] = impacts
        found = spread[within.slots]
        held = (found > 0).nonzero()[0]
        kept, gained = within.keep(held), found[held]
    else:
        held, places = _find(slots, within.slots)
        kept, gained = within.keep(held), impacts[places]
    scores = np.asarray(gained) if kept.scores is None else kept.scores + gained
    return Candidates(kept.slots, kept.squares, scores)


def _find(sorted_slots: Array, wanted: Array) -> tuple[Longs, Longs]:
    """Return the positions of the wanted slots that stand among the sorted ones, and where each of them stands there."""
    if not len(sorted_slots):
        return np.zeros(0, np.int64), np.zeros(0, np.int64)
    places = sorted_slots.searchsorted(wanted.astype(sorted_slots.dtype))  # of one type, or the sorted ones are copied
    np.minimum(places, len(sorted_slots) - 1, out=places)
    held = (sorted_slots[places] == wanted).nonzero()[0]
    return held, places[held]
