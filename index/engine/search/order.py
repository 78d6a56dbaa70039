"""From matching programs to listings in the public order."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, Final, NamedTuple

import numpy as np

from index.engine.arrays import Array, Bits, Floats, Longs
from index.engine.ranking import SCORE_DECIMALS, Rows, bands, keys
from index.engine.search.area import Candidates, chords_from
from index.engine.search.bits import BIT
from index.engine.search.sessions import minutes_ahead
from index.engine.search.tally import firsts
from index.engine.segment import Segment
from index.geo.distance import LONGEST_CHORD, Coordinates, miles_of_squared_chords
from index.listing import ConceptId
from index.request import SearchRequest, Sort, centre_of

_FEW: Final = 512  # rows that are sorted whole faster than they are sifted
_SAMPLE: Final = 1024  # about so many rows from which the threshold of the first page is guessed
_MARGIN: Final = 1e-6  # rows this close to the threshold stay, to be ordered exactly
_UNUSED: Final = np.zeros(0)  # in place of a column that the order asked for does not look at
_BAND: Final = 1e6  # more than any key inside a band


class Found(NamedTuple):
    """Matching listings of one segment with their best programs, one row each."""

    segment: Segment
    listings: Longs
    slots: Longs
    rows: Rows


def best_programs(segment: Segment, matched: Candidates, request: SearchRequest) -> Found:
    """Return each listing once, by the program with the fewest unmet wishes, then the best score, then the first.

    In order of start the program that begins soonest comes before all that.
    """
    unmet = _unmet(segment, matched.slots, request.prefer)
    if matched.scores is not None:
        matched = Candidates(matched.slots, matched.squares, matched.scores.round(SCORE_DECIMALS))
    listings = segment.arrays.slots.listing[matched.slots]
    best = _best(listings, _measures(segment, matched, unmet, request)) if segment.shares_listings else None
    if best is not None:
        matched, unmet, listings = matched.keep(best), unmet[best], listings[best]
    return Found(segment, listings.astype(np.int64), matched.slots, _rows(segment, matched, listings, unmet, request))


def _measures(segment: Segment, matched: Candidates, unmet: Longs, request: SearchRequest) -> Iterator[Array]:
    """Yield what decides between the programs of a listing, the most important first; less is better."""
    if request.sort is Sort.START:
        yield minutes_ahead(segment, request)[matched.slots]
    yield unmet
    if matched.scores is not None:
        yield -matched.scores


def _rows(segment: Segment, matched: Candidates, listings: Array, unmet: Longs, request: SearchRequest) -> Rows:
    facts = segment.arrays.listings
    return Rows(
        unmet=unmet,
        miles=_miles(segment, matched, centre_of(request.area)),
        coarse=facts.coarse[listings],
        score=np.zeros(len(listings)) if matched.scores is None else matched.scores,
        name_rank=facts.name_rank[listings] if request.sort is Sort.NAME else _UNUSED,
        checked=segment.arrays.slots.checked[matched.slots] if request.sort is Sort.CHECKED else _UNUSED.astype(np.int32),
        ahead=minutes_ahead(segment, request)[matched.slots] if request.sort is Sort.START else _UNUSED.astype(np.int64),
    )


def _miles(segment: Segment, matched: Candidates, centre: Coordinates | None) -> Floats:
    if centre is None:
        return np.zeros(len(matched.slots))
    squares = matched.squares
    if squares is None:
        squares = chords_from(centre, segment.arrays.slots.xyz.take(matched.slots, axis=1))
    miles = miles_of_squared_chords(squares)
    miles[squares > (LONGEST_CHORD + 1) ** 2] = np.inf  # a slot without a point
    return miles


def _unmet(segment: Segment, slots: Longs, wishes: Sequence[tuple[ConceptId, ...]]) -> Longs:
    """Return how many wishes each program leaves unstated."""
    unmet = np.zeros(len(slots), np.int64)
    if wishes:
        words, bit = slots >> 6, BIT[slots & 63]
        for wish in wishes:
            unmet += (_any_row(segment, wish, words) & bit) == 0
    return unmet


def _any_row(segment: Segment, concepts: Sequence[ConceptId], words: Longs) -> Bits:
    """Return, for each word number, the bits of the programs that state any of the concepts."""
    bits = np.zeros(len(words), np.uint64)
    for concept in concepts:
        row = segment.row(f"concept:{concept}")
        if row is not None:
            bits |= row[words]
    return bits


def _best(listings: Array, measures: Iterable[Array]) -> Array | None:
    """Mark each listing's best program, that with the least of the measures in turn; None when every listing has one program
    here.
    """
    first = firsts(listings)
    if first.all():
        return None
    shared = ~first  # programs of listings with several
    shared[:-1] |= shared[1:]
    places = shared.nonzero()[0]
    for values in measures:
        new = firsts(listings[places])
        lowest = np.minimum.reduceat(values[places], new.nonzero()[0])
        places = places[values[places] == lowest[new.cumsum() - 1]]
    marks = ~shared
    marks[places[firsts(listings[places])]] = True
    return marks


def in_order(found: Sequence[Found], request: SearchRequest, until: int) -> list[tuple[int, int]]:
    """Return (position in `found`, row) of the first `until` listings in the public order."""
    banded = request.prefer or request.sort is Sort.START
    band = _joined([bands(request.sort, one.rows) for one in found]) if banded else None
    key = _joined([keys(request.sort, one.rows, with_words=bool(request.words)) for one in found])
    if len(found) == 1:
        ties, listings = found[0].segment.arrays.listings.tie, found[0].listings
        return [(0, row) for row in first_rows(band, key, lambda rows: ties[listings[rows]], until).tolist()]
    tie = _joined([one.segment.arrays.listings.tie[one.listings] for one in found])
    chosen = first_rows(band, key, tie.__getitem__, until).tolist()
    starts = [0]
    for one in found:
        starts.append(starts[-1] + len(one.listings))
    places = [bisect_right(starts, row) - 1 for row in chosen]
    return [(place, row - starts[place]) for place, row in zip(places, chosen, strict=True)]


def _joined(arrays: Sequence[Array]) -> Array:
    return arrays[0] if len(arrays) == 1 else np.concatenate(arrays)


def first_rows(band: Longs | None, key: Floats, ties: Callable[[Longs], Bits], until: int) -> Longs:
    """Return the first `until` rows by band (None: all in one), key and tie: a threshold sifts out most rows, the rest are
    sorted exactly. `ties` returns the tie numbers of some rows; those of all lie scattered in memory.
    """
    rows = np.arange(len(key))
    if until < len(rows) and len(rows) > _FEW:
        rows = _sifted(band, key, ties, until)
    columns = (ties(rows), key[rows]) if band is None else (ties(rows), key[rows], band[rows])
    chosen: Longs = rows[np.lexsort(columns)][:until]
    return chosen


def _sifted(band: Longs | None, key: Floats, ties: Callable[[Longs], Bits], until: int) -> Longs:
    """Return the rows that can be among the first; of many equals, those that their ties put first."""
    whole = np.minimum(key, _BAND / 2)
    if band is not None:
        whole += band * _BAND
    limit = _threshold(whole, until)
    before: Longs = (whole < limit - _MARGIN).nonzero()[0]
    room = until - len(before)
    if room <= 0:
        return before
    edge = (np.abs(whole - limit) <= _MARGIN).nonzero()[0]
    if len(edge) > max(_FEW, room) and (key[edge] == key[edge[0]]).all():
        numbers = ties(edge)
        edge = edge[numbers <= _threshold(numbers, room)]
    return np.concatenate((before, edge))


def _threshold(values: Array, until: int) -> Any:  # a value of the array's type
    """Return a value that at least `until` rows do not exceed, and few more do if the guess from a sample is good."""
    step = len(values) // _SAMPLE
    if step > 1:
        sample = values[::step]
        rank = min(len(sample) - 1, 3 * until // step + 8)
        guess = np.partition(sample, rank)[rank]
        if np.count_nonzero(values <= guess) >= until:
            return guess
    return np.partition(values, until - 1)[until - 1]


def unmet_wishes(segment: Segment, slot: int, wishes: Sequence[tuple[ConceptId, ...]]) -> tuple[int, ...]:
    """Return the positions of the wishes that one program leaves unstated."""
    word = np.array([slot >> 6])
    return tuple(position for position, wish in enumerate(wishes) if not int(_any_row(segment, wish, word)[0]) >> (slot & 63) & 1)
