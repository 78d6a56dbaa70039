"""Counting what a generation holds, so that asking costs nothing and a delta need not count again."""

from __future__ import annotations

from collections import Counter
from datetime import date

import msgspec

from index.listing import Kind, Listing
from index.results import EditionCount


class EditionKey(msgspec.Struct, frozen=True, order=True):
    """One edition of one source."""

    source: str
    title: str
    edition: str
    retrieved_on: str


class CensusRecord(msgspec.Struct, frozen=True):
    """A census as the manifest holds it: sorted, so that equal data gives equal bytes."""

    listings: int
    programs: int
    editions: tuple[tuple[EditionKey, int], ...]
    kinds: tuple[tuple[str, Kind, int], ...]
    zones: tuple[tuple[str, int], ...]

    def edition_counts(self) -> tuple[EditionCount, ...]:
        """Return the editions as results show them."""
        return tuple(
            EditionCount(
                source=key.source,
                title=key.title,
                edition=key.edition,
                retrieved_on=date.fromisoformat(key.retrieved_on) if key.retrieved_on else None,
                programs=count,
            )
            for key, count in self.editions
        )

    def kinds_by_state(self) -> dict[str, dict[Kind, int]]:
        """Return how many listings of each kind each state has."""
        table: dict[str, dict[Kind, int]] = {}
        for state, kind, count in self.kinds:
            table.setdefault(state, {})[kind] = count
        return table


class Census:
    """A running count of listings, which can also be taken away again."""

    def __init__(self, record: CensusRecord | None = None) -> None:
        self.listings = record.listings if record else 0
        self.programs = record.programs if record else 0
        self._editions = Counter(dict(record.editions) if record else {})
        self._kinds = Counter({(state, kind): count for state, kind, count in record.kinds} if record else {})
        self._zones = Counter(dict(record.zones) if record else {})

    def add(self, listing: Listing, sign: int = 1) -> None:
        """Count a listing; with `sign` -1, take it away."""
        self.listings += sign
        self.programs += sign * len(listing.programs)
        for program in listing.programs:
            source = program.source
            day = source.retrieved_on.isoformat() if source.retrieved_on else ""
            self._editions[EditionKey(source.name, source.title, source.edition, day)] += sign
        for state in states_of(listing):
            self._kinds[state, listing.kind] += sign
        if listing.time_zone:
            self._zones[listing.time_zone] += sign

    def record(self) -> CensusRecord:
        """Return the counts that are left."""
        return CensusRecord(
            listings=self.listings,
            programs=self.programs,
            editions=tuple(sorted((+self._editions).items())),
            kinds=tuple(sorted((state, kind, count) for (state, kind), count in (+self._kinds).items())),
            zones=tuple(sorted((+self._zones).items())),
        )


def states_of(listing: Listing) -> tuple[str, ...]:
    """Return the state of the address; for a line without one, the states it serves."""
    return (listing.address.state,) if listing.address.state else listing.states_served
