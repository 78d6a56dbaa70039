"""The rows that a generation's answers count, over all its segments."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from index.engine.arrays import GroupRows, Longs, facet_place, group_rows
from index.engine.segment import Segment
from index.listing import ConceptId, Kind


@dataclass(frozen=True)
class Catalogue:
    """Names of the counted rows of all segments, in their common order, and for each segment where its rows stand among them.

    `keys` are the concepts, groups, states and kinds that the rows count. `members` holds the concepts of each facet group,
    also those that no program states; groups come by name.
    """

    keys: tuple[ConceptId, ...]
    places: tuple[Longs, ...]
    groups: Mapping[str, GroupRows]
    members: Mapping[str, frozenset[ConceptId]]
    states: tuple[int, int]
    kinds: Mapping[Kind, int]

    @cached_property
    def outline(self) -> tuple[tuple[str, int, int, int], ...]:
        """Each group with its rows: first, last, whole; zeros for one that nobody states."""
        found = [(group, self.groups.get(group)) for group in self.members]
        return tuple((group, rows.first, rows.last, rows.whole) if rows else (group, 0, 0, 0) for group, rows in found)


def catalogue_of(segments: Sequence[Segment], groups: Mapping[str, str]) -> Catalogue:
    """Return the catalogue of some segments; `groups` is the facet group of each concept that has one."""
    rows = [segment.meta.rows[: segment.facet_rows] for segment in segments]
    names = sorted({name for some in rows for name in some}, key=lambda name: facet_place(name, groups))
    place = {name: number for number, name in enumerate(names)}
    members: dict[str, set[ConceptId]] = {}
    for concept, group in groups.items():
        members.setdefault(group, set()).add(ConceptId(concept))
    states = [number for name, number in place.items() if name.startswith("state:")]
    return Catalogue(
        keys=tuple(ConceptId(name.partition(":")[2]) for name in names),
        places=tuple(np.array([place[name] for name in some], np.int64) for some in rows),
        groups=group_rows(names, groups),
        members={group: frozenset(members[group]) for group in sorted(members)},
        states=(states[0], states[-1] + 1) if states else (0, 0),
        kinds={kind: place[f"kind:{kind}"] for kind in Kind if f"kind:{kind}" in place},
    )
