"""What one answer is made from: a generation of the index and a version of the disclosures, read together.

Each request compares both, which costs one cheap read; a snapshot is made anew only when either has moved.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from threading import Lock

from directory.cards import CardMaker, PlacesOfNumber
from directory.disclosure import DisclosureRecords, PaidStatus
from directory.planning import Knowledge, Stated
from index.engine.protocol import Engine
from index.language.vocabulary import Vocabulary
from index.listing import ListingId
from index.request import SearchRequest
from index.results import GenerationInfo


@dataclass(frozen=True)
class Snapshot:
    """One generation with one version of the disclosures. `withdrawn` ids are never shown, whatever the generation holds."""

    engine: Engine
    info: GenerationInfo
    records: DisclosureRecords
    known: Knowledge
    cards: CardMaker
    withdrawn: frozenset[ListingId]

    @cached_property
    def unconfirmed(self) -> frozenset[ListingId]:
        """The listings whose paid status nobody confirmed; read only when somebody asks for unpaid listings alone."""
        confirmed = self.records.not_paid_sources()
        if all(edition.source in confirmed for edition in self.info.editions):
            return frozenset()
        listings = self.engine.all_listings()
        return frozenset(listing.id for listing in listings if self.records.of(listing).paid_status is PaidStatus.UNKNOWN)


class Snapshots:
    """Gives the snapshot of now, shared between requests until the generation, the disclosures or the day move."""

    def __init__(
        self,
        engine: Engine,
        vocabulary: Vocabulary,
        version: Callable[[], int],
        records: Callable[[date], DisclosureRecords],
        withdrawn: Callable[[], frozenset[ListingId]],
    ) -> None:
        self._engine, self._vocabulary = engine, vocabulary
        self._version, self._records, self._withdrawn = version, records, withdrawn
        self._lock = Lock()
        self._key: tuple[str, int, date] | None = None
        self._kept: Snapshot | None = None

    def now(self, today: date) -> Snapshot:
        """Return the snapshot of this moment. Raises EngineUnavailable or StoreUnavailable, never a stale paid status."""
        key = (self._engine.info().name, self._version(), today)
        with self._lock:
            if self._kept is None or key != self._key:
                self._kept, self._key = self._make(today), key
            return self._kept

    def _make(self, today: date) -> Snapshot:
        records = self._records(today)
        return Snapshot(
            engine=self._engine,
            info=self._engine.info(),
            records=records,
            known=Knowledge(self._vocabulary, self._stated()),
            cards=CardMaker(self._vocabulary, records, PlacesOfNumber(self._engine.ids_by_phone)),
            withdrawn=self._withdrawn(),
        )

    def _stated(self) -> Stated:
        everything = self._engine.search(SearchRequest(per_page=0))
        return Stated(frozenset(count.concept for facet in everything.facets for count in facet.counts))
