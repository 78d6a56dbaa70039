"""From matching programs to listings in the public order."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final, NamedTuple, Protocol

import numpy as np

from index.engine.arrays import Array, Bits, Floats, Longs
from index.engine.ranking import ROUGHNESS, SCORE_DECIMALS, Rows, bands, keys
from index.engine.search.bits import BIT
from index.engine.search.kernels.plain import firsts
from index.engine.search.matching.area import Candidates, chords_from
from index.engine.search.matching.sessions import minutes_ahead
from index.engine.segment import Segment
from index.geo.distance import LONGEST_CHORD, Coordinates, miles_of_squared_chords
from index.listing import ConceptId
from index.request import SearchRequest, Sort, centre_of

_FEW: Final = 512  # rows that are sorted whole faster than they are sifted
_SAMPLE: Final = 1024  # about so many rows from which the threshold of the first page is guessed
_MARGIN: Final = 5 * ROUGHNESS  # rows this close to the threshold stay, to be ordered exactly
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
        yield -matched.scores.round(SCORE_DECIMALS)


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
        return _UNUSED
    squares = matched.squares
    if squares is None:
        squares = chords_from(centre, segment, matched.slots)
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
    rows = found[0].rows if len(found) == 1 else Rows(*map(np.concatenate, zip(*(one.rows for one in found), strict=True)))
    chosen = first_rows(_Sorted(found, rows, request), until).tolist()
    if len(found) == 1:
        return [(0, row) for row in chosen]
    starts = [0]
    for one in found:
        starts.append(starts[-1] + len(one.listings))
    places = [bisect_right(starts, row) - 1 for row in chosen]
    return [(place, row - starts[place]) for place, row in zip(places, chosen, strict=True)]


class Order(Protocol):
    """Rows to be put in order: by band (None: all in one), key and tie. Exact keys and ties are asked for some rows only."""

    band: Longs | None
    rough: Floats

    def keys(self, rows: Longs) -> Floats:
        """Return the exact keys of some rows; those of `rough` are off by less than `ROUGHNESS`."""
        ...

    def ties(self, rows: Longs) -> Bits:
        """Return the tie numbers of some rows."""
        ...


class _Sorted:
    """The order of found listings that a request asks for; `rows` are those of all segments."""

    def __init__(self, found: Sequence[Found], rows: Rows, request: SearchRequest) -> None:
        self._found, self._rows, self._sort, self._words = found, rows, request.sort, bool(request.words)
        self.band = bands(request.sort, rows) if request.prefer or request.sort is Sort.START else None
        self.rough = keys(request.sort, rows, with_words=self._words, exact=False)

    def keys(self, rows: Longs) -> Floats:
        """Return the keys of some rows."""
        return keys(self._sort, self._rows.some(rows), with_words=self._words)

    def ties(self, rows: Longs) -> Bits:
        """Return the tie numbers of some rows; those of all lie scattered in memory."""
        if len(self._found) == 1:
            (found,) = self._found
            return found.segment.arrays.listings.tie[found.listings[rows]]
        return np.concatenate([one.segment.arrays.listings.tie[one.listings] for one in self._found])[rows]


def first_rows(order: Order, until: int) -> Longs:
    """Return the first `until` rows: a threshold sifts out most by their rough keys, the rest are sorted exactly."""
    rows = np.arange(len(order.rough))
    if len(rows) > max(until, _FEW):
        rows = _sifted(order, until)
    columns: list[Array] = [order.ties(rows), order.keys(rows)]
    if order.band is not None:
        columns.append(order.band[rows])
    chosen: Longs = rows[np.lexsort(columns)][:until]
    return chosen


def _sifted(order: Order, until: int) -> Longs:
    """Return the rows that can be among the first; of many equals, those that their ties put first."""
    whole = np.minimum(order.rough, _BAND / 2)
    if order.band is not None:
        whole += order.band * _BAND
    limit = _threshold(whole, until)
    rows: Longs = (whole <= limit + _MARGIN).nonzero()[0]
    if len(rows) <= max(_FEW, 2 * until):
        return rows
    at_limit = whole[rows] >= limit - _MARGIN
    before, edge = rows[~at_limit], rows[at_limit]
    if len(edge) > until and (order.rough[edge] == order.rough[edge[0]]).all():
        numbers = order.ties(edge)
        edge = edge[numbers <= _threshold(numbers, until)]
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
