"""The match set of a request in one segment: every filter as an operation on words of bits.

A program matches when it passes all filters; a listing does when one of its programs does. Filters that a facet never ignores
(area, words, time, ids, reach, what is left out) make the *base*; selections stay apart by group, and kinds too.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from index.engine.arrays import Bits, Longs
from index.engine.search.area import Candidates, in_circle, in_corridor, in_county
from index.engine.search.bits import BIT, Frame, count_listings, frame_of
from index.engine.search.sessions import meeting_bits
from index.engine.search.words import with_words
from index.engine.segment import Segment
from index.listing import ListingId, Reach
from index.request import Area, Circle, Corridor, InCounty, InState, SearchRequest, Serving

_EVERYWHERE = (Reach.NATION, Reach.ONLINE)


@dataclass(frozen=True)
class Matching:
    """The programs of one segment that pass the base filters, and the bits of each choice in the same frame.

    `groups` holds, for each selected group, the programs that satisfy all its selections; `kinds` those of the wanted kinds,
    None when any will do.
    """

    frame: Frame
    candidates: Candidates | None
    base: Bits
    groups: dict[str, Bits]
    kinds: Bits | None

    @cached_property
    def is_empty(self) -> bool:
        """Whether nothing passes the base filters, so that there is nothing to count."""
        return not self.base.any()

    @cached_property
    def full(self) -> Bits:
        """The bits that match."""
        return self.without_group(None)

    def without_group(self, group: str | None) -> Bits:
        """Return the bits that match when the selections of one group are ignored."""
        bits = self.any_kind(group)
        return bits if self.kinds is None else bits & self.kinds

    def any_kind(self, but: str | None = None) -> Bits:
        """Return the bits that match whatever their kind, the selections of one group ignored."""
        bits = self.base
        for group, satisfied in self.groups.items():
            if group != but:
                bits = bits & satisfied
        return bits

    def total(self) -> int:
        """Return how many listings match."""
        return count_listings(self.full, self.frame.ends())

    def restricted(self, slots: Longs) -> Matching:
        """Return the same with only some slots left."""
        chosen = self.frame.segment.bits_of_slots(slots)[self.frame.words]
        return replace(self, base=self.base & chosen)


def match(segment: Segment, request: SearchRequest, terms: Sequence[str], area: Area | None) -> Matching:
    """Return what matches a request in a segment.

    `terms` are the request's words analysed; `area` stands for the request's own (`Nearest` is taken apart by the caller).
    """
    candidates = _in_area(segment, area)
    if request.words:
        candidates = with_words(segment, terms, candidates)
    frame = frame_of(segment, candidates)
    base = frame.bits
    if not len(base):  # as in most deltas: nothing near
        return Matching(frame, candidates, base, {}, None)
    for bits in _listing_filters(frame, request, area):
        base = base & bits
    for concept in request.leave_out:
        base = base & ~frame.row(f"concept:{concept}")
    return Matching(frame, candidates, base, _group_bits(frame, request), _kind_bits(frame, request))


def matching_slots(matching: Matching) -> Candidates:
    """Return the programs that match, with their distances and scores where these are known."""
    candidates, place = matching.candidates, matching.frame.place
    if candidates is None or place is None:
        return Candidates(matching.frame.slots(matching.full))
    return candidates.keep((matching.full[place] & BIT[candidates.slots & 63]) != 0)


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


def _listing_filters(frame: Frame, request: SearchRequest, area: Area | None) -> list[Bits]:
    """Return the bits of each filter that holds for all facets."""
    segment, filters = frame.segment, []
    if isinstance(area, InState):
        filters.append(frame.row(f"state:{area.state}"))
    if isinstance(area, Serving):
        filters.append(frame.any_of([f"serves:{area.state}", *(f"reach:{reach}" for reach in _EVERYWHERE)]))
    if request.reaches:
        filters.append(frame.any_of([f"reach:{reach}" for reach in sorted(request.reaches)]))
    if request.checked_since is not None:
        filters.append(_checked_bits(segment, request.checked_since.toordinal())[frame.words])
    if request.windows:
        filters.append(segment.derived(request.windows, lambda: meeting_bits(segment, request.windows))[frame.words])
    if request.only_ids is not None:
        filters.append(id_bits(segment, request.only_ids)[frame.words])
    if request.without_ids:
        filters.append(~id_bits(segment, request.without_ids)[frame.words])
    return filters


def id_bits(segment: Segment, ids: frozenset[ListingId]) -> Bits:
    """Return the bits of some listings; pass the same set again and it costs nothing."""
    return segment.derived(ids, lambda: segment.bits_of_slots(segment.slots_of(segment.positions(list(ids)))))


def _checked_bits(segment: Segment, day: int) -> Bits:
    return segment.derived(
        ("checked", day), lambda: np.packbits(segment.arrays.slots.checked >= day, bitorder="little").view(np.uint64)
    )


def _group_bits(frame: Frame, request: SearchRequest) -> dict[str, Bits]:
    groups: dict[str, Bits] = {}
    for selection in request.selections:
        bits = frame.any_of([f"concept:{concept}" for concept in selection.any_of])
        groups[selection.group] = groups[selection.group] & bits if selection.group in groups else bits
    return groups


def _kind_bits(frame: Frame, request: SearchRequest) -> Bits | None:
    return frame.any_of([f"kind:{kind}" for kind in sorted(request.kinds)]) if request.kinds else None
