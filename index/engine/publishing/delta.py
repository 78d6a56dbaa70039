"""What changed since the base was built: a small segment of its own, and what it takes from the base."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import msgspec
import numpy as np

from index.engine.analysis import name_key
from index.engine.arrays import CHANGES_FILE, BaseChanges, Bits, write_arrays
from index.engine.publishing.compiling.census import Census, CensusRecord
from index.engine.publishing.compiling.compiler import Recipe, build_segment, write_meta
from index.engine.publishing.compiling.layout import names_of
from index.engine.segment import Segment, open_segment
from index.listing import Listing, ListingId, decode_listing, encode_listing


@dataclass(frozen=True)
class DeltaContent:
    """The listings of a delta, the positions of the base's listings that no longer count, and both sides of this one change."""

    listings: tuple[Listing, ...]
    gone: tuple[int, ...]
    taken_away: tuple[Listing, ...]
    added: tuple[Listing, ...]

    def recount(self, old: CensusRecord) -> CensusRecord:
        """Return the census after the change."""
        census = Census(old)
        for listing in self.taken_away:
            census.add(listing, -1)
        for listing in self.added:
            census.add(listing)
        return census.record()


def delta_content(
    base: Path, old_delta: Path, changed: Mapping[ListingId, Listing], removed: frozenset[ListingId]
) -> DeltaContent:
    """Return what the next delta holds, given the segment directories of the current generation."""
    touched = sorted(removed | changed.keys())
    before = open_segment(old_delta) if old_delta.exists() else None
    segment = open_segment(base, before.changes.alive if before and before.changes else None)
    old_gone = before.changes.gone.tolist() if before and before.changes else []
    kept = {} if before is None else {one.id: one for one in _listings(before)}
    replaced = segment.positions(touched).tolist()
    taken_away = [decode_listing(segment.document(position)) for position in replaced]
    taken_away += [kept[one] for one in touched if one in kept]
    listings = {key: one for key, one in {**kept, **changed}.items() if key not in removed}
    added = tuple(one for key, one in changed.items() if key not in removed)
    return DeltaContent(tuple(listings.values()), tuple(sorted([*old_gone, *replaced])), tuple(taken_away), added)


def news_to(
    base: Path, changed: Iterable[Listing], removed: Iterable[ListingId]
) -> tuple[dict[ListingId, Listing], frozenset[ListingId]]:
    """Return which changes and removals a base does not hold already."""
    segment = open_segment(base)

    def held(listing_id: ListingId) -> bytes:
        return b"".join(segment.document(position) for position in segment.positions([listing_id]).tolist())

    news = {one.id: one for one in changed if held(one.id) != encode_listing(one)}
    return news, frozenset(one for one in removed if held(one))


def build_delta(directory: Path, base: Path, content: DeltaContent, recipe: Recipe) -> None:
    """Write a delta segment on a base."""
    segment = open_segment(base)
    build_segment(directory, content.listings, replace(recipe, base=(segment.arrays, segment.meta)))
    changes = write_arrays(directory / CHANGES_FILE, _base_changes(segment, content.gone))
    write_meta(directory, msgspec.structs.replace(open_segment(directory).meta, changes=changes))


def _base_changes(base: Segment, gone: tuple[int, ...]) -> BaseChanges:
    lost: Counter[int] = Counter()
    for listing in gone:
        for name in names_of(decode_listing(base.document(listing))):
            lost.update(_positions(base, name))
    names_lost = sorted(lost)
    return BaseChanges(
        alive=_without(base, gone),
        gone=np.array(gone, np.int32),
        names=np.array(names_lost, np.int32),
        lost=np.array([lost[name] for name in names_lost], np.int32),
    )


def _positions(base: Segment, name: str) -> list[int]:
    """Return where a name stands in the dictionary of names."""
    names = base.arrays.names
    return [position for position in names.folded.of(name_key(name)).tolist() if names.texts.text(position) == name]


def _without(base: Segment, gone: tuple[int, ...]) -> Bits:
    """Return the bits of all the base's slots except those of some listings."""
    return base.everything & ~base.bits_of_slots(base.slots_of(np.array(gone, np.int64)))


def _listings(segment: Segment) -> list[Listing]:
    return [decode_listing(segment.document(position)) for position in range(len(segment.arrays.listings.ids))]
