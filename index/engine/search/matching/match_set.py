"""The match set of a request in one segment: every filter as a mark on a pool of programs.

A program matches when it passes all filters; a listing does when one of its programs does. Filters that a facet never ignores
(area, words, time, ids, reach, what is left out) make the *base*; selections stay apart by group, and kinds too.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np

from index.engine.arrays import Array, Bits, Longs
from index.engine.search.matching.area import Candidates, in_circle, in_corridor, in_county, those_in_circle
from index.engine.search.matching.pools import All, Few, Pool, any_of, row_of
from index.engine.search.matching.sessions import meeting_bits
from index.engine.search.matching.words import postings_of, with_postings
from index.engine.segment import Segment
from index.listing import ListingId, Reach
from index.request import Area, Circle, Corridor, InCounty, InState, SearchRequest, Serving

_EVERYWHERE: Final = (Reach.NATION, Reach.ONLINE)
_WORDS_FIRST: Final = 2_000  # programs with a word; so few are measured sooner than a circle is searched


@dataclass(frozen=True)
class Matching:
    """The programs of one segment that pass the base filters, and the marks of each choice in the same pool.

    `groups` holds, for each selected group, the programs that satisfy all its selections; `kinds` those of the wanted kinds,
    None when any will do.
    """

    pool: Pool
    base: Array
    groups: dict[str, Array]
    kinds: Array | None

    @property
    def is_empty(self) -> bool:
        """Whether nothing passes the base filters, so that there is nothing to count."""
        return not self.base.any()

    @cached_property
    def full(self) -> Array:
        """Mark what matches."""
        return self.without_group(None)

    @cached_property
    def chosen(self) -> Candidates:
        """The programs that match, with their distances and scores where these are known."""
        return self.pool.chosen(self.full)

    def without_group(self, group: str | None) -> Array:
        """Mark what matches when the selections of one group are ignored."""
        marks = self.any_kind(group)
        return marks if self.kinds is None else marks & self.kinds

    def any_kind(self, but: str | None = None) -> Array:
        """Mark what matches whatever its kind, the selections of one group ignored."""
        marks = self.base
        for group, satisfied in self.groups.items():
            if group != but:
                marks = marks & satisfied
        return marks

    def total(self) -> int:
        """Return how many listings match."""
        return self.pool.count_listings(self.full)

    def restricted(self, slots: Longs) -> Matching:
        """Return the same with only some slots left."""
        among = self.pool.cut(self.pool.segment.bits_of_slots(slots))
        return Matching(self.pool, self.base & among, self.groups, self.kinds)


def match(segment: Segment, request: SearchRequest, terms: Sequence[str], area: Area | None) -> Matching:
    """Return what matches a request in a segment.

    `terms` are the request's words analysed; `area` stands for the request's own (`Nearest` is taken apart by the caller).
    """
    candidates = _candidates(segment, request, terms, area)
    pool: Pool = All(segment) if candidates is None else Few(segment, candidates)
    base = pool.everything()
    if not len(base):  # as in most deltas: nothing near
        return Matching(pool, base, {}, None)
    for marks in _listing_filters(pool, request, area):
        base = base & marks
    for concept in request.leave_out:
        base = base & ~row_of(pool, f"concept:{concept}")
    return Matching(pool, base, _group_marks(pool, request), _kind_marks(pool, request))


def _candidates(segment: Segment, request: SearchRequest, terms: Sequence[str], area: Area | None) -> Candidates | None:
    """Return what the area and the words leave, None for everything; the smaller of the two is looked up first."""
    if not request.words:
        return _in_area(segment, area)
    postings = postings_of(segment, terms)
    if isinstance(area, Circle) and (not postings or len(postings[0][0]) < _WORDS_FIRST):
        return those_in_circle(segment, with_postings(postings, None), area.centre, area.radius_miles)
    return with_postings(postings, _in_area(segment, area))


def _in_area(segment: Segment, area: Area | None) -> Candidates | None:
    match area:
        case Circle():
            return in_circle(segment, area.centre, area.radius_miles)
        case Corridor():
            return in_corridor(segment, area)
        case InCounty():
            return in_county(segment, area.state, area.county)
        case _:
            return None


def _listing_filters(pool: Pool, request: SearchRequest, area: Area | None) -> list[Array]:
    """Return the marks of each filter that holds for all facets."""
    segment, filters = pool.segment, []
    if isinstance(area, InState):
        filters.append(row_of(pool, f"state:{area.state}"))
    if isinstance(area, Serving):
        filters.append(any_of(pool, [f"serves:{area.state}", *(f"reach:{reach}" for reach in _EVERYWHERE)]))
    if request.states:
        filters.append(any_of(pool, [f"state:{state}" for state in sorted(request.states)]))
    if request.reaches:
        filters.append(any_of(pool, [f"reach:{reach}" for reach in sorted(request.reaches)]))
    if request.checked_since is not None:
        filters.append(pool.cut(_checked_bits(segment, request.checked_since.toordinal())))
    if request.windows:
        filters.append(pool.cut(segment.derived(request.windows, lambda: meeting_bits(segment, request.windows))))
    if request.only_ids is not None:
        filters.append(pool.cut(id_bits(segment, request.only_ids)))
    if request.without_ids:
        filters.append(~pool.cut(id_bits(segment, request.without_ids)))
    return filters


def id_bits(segment: Segment, ids: frozenset[ListingId]) -> Bits:
    """Return the bits of some listings; pass the same set again and it costs nothing."""
    return segment.derived(ids, lambda: segment.bits_of_slots(segment.slots_of(segment.positions(list(ids)))))


def _checked_bits(segment: Segment, day: int) -> Bits:
    return segment.derived(
        ("checked", day), lambda: np.packbits(segment.arrays.slots.checked >= day, bitorder="little").view(np.uint64)
    )


def _group_marks(pool: Pool, request: SearchRequest) -> dict[str, Array]:
    groups: dict[str, Array] = {}
    for selection in request.selections:
        marks = any_of(pool, [f"concept:{concept}" for concept in selection.any_of])
        groups[selection.group] = groups[selection.group] & marks if selection.group in groups else marks
    return groups


def _kind_marks(pool: Pool, request: SearchRequest) -> Array | None:
    return any_of(pool, [f"kind:{kind}" for kind in sorted(request.kinds)]) if request.kinds else None
