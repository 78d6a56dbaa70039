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
class Singles:
    """The groups of which just one concept is stated anywhere, by name: in parallel the group, the concept, its row."""

    groups: tuple[str, ...]
    concepts: tuple[ConceptId, ...]
    rows: Longs


@dataclass(frozen=True)
class Catalogue:
    """Names of the counted rows of all segments, in their common order, and for each segment where its rows stand among them.

    `keys` are the concepts, groups, states and kinds that the rows count. `members` holds the concepts of each facet group,
    also those that no program states; groups come by name.
    """

    keys: tuple[ConceptId, ...]
    places: tuple[Longs | slice, ...]
    groups: Mapping[str, GroupRows]
    members: Mapping[str, frozenset[ConceptId]]
    states: tuple[int, int]
    kinds: Mapping[Kind, int]

    @cached_property
    def state_codes(self) -> tuple[str, ...]:
        """The states, in the order of their rows."""
        return self.keys[slice(*self.states)]

    @cached_property
    def singles(self) -> Singles:
        """The groups that need no sorting: nearly all of them."""
        alone = [(group, rows.first) for group, rows in self.groups.items() if rows.last - rows.first == 1]
        rows = [row for _, row in alone]
        return Singles(tuple(group for group, _ in alone), tuple(self.keys[row] for row in rows), np.array(rows, np.int64))

    @cached_property
    def several(self) -> tuple[tuple[str, GroupRows], ...]:
        """The groups of which several concepts are stated."""
        return tuple((group, rows) for group, rows in self.groups.items() if rows.last - rows.first > 1)


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
        places=tuple(_places([place[name] for name in some], len(names)) for some in rows),
        groups=group_rows(names, groups),
        members={group: frozenset(members[group]) for group in sorted(members)},
        states=(states[0], states[-1] + 1) if states else (0, 0),
        kinds={kind: place[f"kind:{kind}"] for kind in Kind if f"kind:{kind}" in place},
    )


def _places(numbers: list[int], count: int) -> Longs | slice:
    """Return the numbers as an index of an array: a slice if they are all there are."""
    return slice(None) if numbers == list(range(count)) else np.array(numbers, np.int64)
