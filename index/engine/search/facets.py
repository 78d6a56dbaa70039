"""Counting listings by what their matching programs state, and the facets made of the counts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import compress
from operator import attrgetter
from typing import Final

import numpy as np

from index.engine.arrays import GroupRows, Longs
from index.engine.search.catalogue import Catalogue
from index.engine.search.matching.match_set import Matching, id_bits
from index.engine.search.tally import count_slot_listings, count_slot_rows
from index.listing import ConceptId, Kind
from index.request import SearchRequest
from index.results import Facet, FacetCount

_KINDS: Final = tuple(Kind)
_FREQUENCY: Final = attrgetter("count")
_NO_ROWS: Final = GroupRows(0, 0, -1)  # of a group that no program here states
_GROUP: Final = attrgetter("group")


def _zeros() -> dict[str, int]:
    return defaultdict(int)


@dataclass
class Counts:
    """Counts of listings, added up over the segments of a generation.

    `rows` are those of the catalogue. The rows of a selected group ignore its own selections, and so does its total in
    `group_totals`; the rows of kinds ignore the kinds asked for.
    """

    rows: Longs
    total: int = 0
    group_totals: dict[str, int] = field(default_factory=_zeros)
    tallies: dict[str, int] = field(default_factory=_zeros)


def count(matching: Matching, request: SearchRequest, places: Longs | slice, into: Counts) -> None:
    """Add a segment's counts; `places` are its rows' in the catalogue."""
    pool = matching.pool
    into.total += count_slot_listings(pool.segment, matching.chosen.slots)
    for name, ids in request.tallies.items():
        into.tallies[name] += pool.count_listings(matching.full & pool.cut(id_bits(pool.segment, ids)))
    into.rows[places] += _row_counts(matching, into.group_totals, all_rows=request.facets)


def _row_counts(matching: Matching, group_totals: dict[str, int], *, all_rows: bool) -> Longs:
    """Return the counts of the facet rows, or only of the last of them: states and kinds. Adds to the totals of groups."""
    pool, segment = matching.pool, matching.pool.segment
    last = segment.facet_rows
    if all_rows:
        counts = count_slot_rows(segment, matching.chosen.slots, 0, last)
    else:
        counts = np.zeros(last, np.int64)
        first = segment.first_state_row
        counts[first:] = count_slot_rows(segment, matching.chosen.slots, first, last)
    for group in matching.groups if all_rows else ():
        rows = segment.meta.group_rows.get(group, _NO_ROWS)
        end = max(rows.last, rows.whole + 1)
        total, counts[rows.first : end] = pool.count_rows(matching.without_group(group), rows.first, end)
        group_totals[group] += total
    if matching.kinds is not None:
        first = segment.first_kind_row
        counts[first:] = pool.count_rows(matching.any_kind(), first, last)[1]
    return counts


def facets_of(counts: Counts, numbers: Sequence[int], request: SearchRequest, catalogue: Catalogue) -> tuple[Facet, ...]:
    """Return the facets of the groups that are selected or of which some match states anything, by name.

    `numbers` are the counts' rows as plain integers. A selected concept is shown even when nothing states it.
    """
    chosen: dict[str, set[ConceptId]] = {}
    for selection in request.selections:
        chosen.setdefault(selection.group, set()).update(selection.any_of)
    facets = _single_facets(counts, catalogue)
    if chosen:
        facets = [facet for facet in facets if facet.group not in chosen]
    for group, rows in catalogue.several:
        if numbers[rows.whole] and group not in chosen:
            facets.append(
                Facet(group, _frequencies(rows.first, rows.last, numbers, catalogue), counts.total - numbers[rows.whole])
            )
    for group, concepts in chosen.items():
        if group in catalogue.members:
            facets.append(_chosen_facet(group, numbers, counts, catalogue, concepts))
    facets.sort(key=_GROUP)
    return tuple(facets)


def _single_facets(counts: Counts, catalogue: Catalogue) -> list[Facet]:
    """Return the facets of one stated concept each; there are so many that no Python runs for each of them."""
    singles = catalogue.singles
    among = counts.rows[singles.rows].tolist()
    stated = list(filter(None, among))
    concepts = map(FacetCount, compress(singles.concepts, among), stated)
    return list(map(Facet, compress(singles.groups, among), zip(concepts), map(counts.total.__sub__, stated)))


def _frequencies(first: int, last: int, numbers: Sequence[int], catalogue: Catalogue) -> tuple[FacetCount, ...]:
    """Return the stated concepts of a range of rows, most frequent first, then by id."""
    among = numbers[first:last]
    shown = list(map(FacetCount, compress(catalogue.keys[first:last], among), filter(None, among)))
    shown.sort(key=_FREQUENCY, reverse=True)  # stable: rows come by id
    return tuple(shown)


def _chosen_facet(group: str, numbers: Sequence[int], counts: Counts, catalogue: Catalogue, chosen: set[ConceptId]) -> Facet:
    """Return the facet of a group with selections, which its counts ignore."""
    rows = catalogue.groups.get(group)
    stated = _frequencies(rows.first, rows.last, numbers, catalogue) if rows else ()
    unstated = (chosen & catalogue.members[group]) - {one.concept for one in stated}
    zeros = tuple(FacetCount(concept, 0) for concept in sorted(unstated))
    return Facet(group, stated + zeros, counts.group_totals[group] - (numbers[rows.whole] if rows else 0))


def states_of(numbers: Sequence[int], catalogue: Catalogue) -> dict[str, int]:
    """Return how many listings have their address in each state, by state; zeros are left out."""
    first, last = catalogue.states
    among = numbers[first:last]
    return dict(zip(compress(catalogue.state_codes, among), filter(None, among), strict=True))


def kinds_of(numbers: Sequence[int], catalogue: Catalogue) -> dict[Kind, int]:
    """Return how many listings there are of each kind."""
    rows = catalogue.kinds
    return {kind: numbers[rows[kind]] if kind in rows else 0 for kind in _KINDS}
