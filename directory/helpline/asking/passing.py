"""A lookup that keeps nothing: the words of a caller are read, answered and gone.

The public lookup remembers the last searches in the memory of its process, because many people ask the same. What staff type
during a call is about one person, so the desk has a lookup of its own for each request, over the same data.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any, Final

from directory.answers.cards import CardMaker, PlacesOfNumber
from directory.answers.readings import Read, Reader
from directory.answers.snapshot import Kept, Snapshot, Snapshots
from directory.asking.query import SearchQuery
from directory.errors import StoreUnavailable
from directory.lookup import Lookup
from index.engine.analysis import plain_terms
from index.engine.protocol import Engine
from index.geo.places import Place
from index.listing import ConceptId, ListingId
from index.request import Circle, Corridor, SearchRequest

CORRIDOR_MILES: Final = 10.0  # on each side of the straight line between two places
TOWN_MILES: Final = 50.0  # no town reaches farther from its own middle
TOWN_PAGE: Final = 100


@dataclass(frozen=True, slots=True)
class Aim:
    """How the desk searches besides what is asked: only these listings, along a way, not in the caller's own town.

    `for_whom` are wishes: who states a program for them comes first, nobody is left out.
    """

    only: frozenset[ListingId] | None = None
    way_to: Place | None = None
    away: bool = False
    for_whom: tuple[ConceptId, ...] = ()


class LastGood:
    """The last snapshot that could be read in full, for the time while the database cannot be read."""

    def __init__(self) -> None:
        self._known: Snapshot | None = None
        self._reduced: Snapshot | None = None

    def keep(self, snapshot: Snapshot) -> None:
        """Note a snapshot that was read in full."""
        if snapshot is not self._known:
            self._known, self._reduced = snapshot, None

    def reduced(self) -> Snapshot | None:
        """Return the last snapshot, with every paid status not confirmed but those of known payers; None when there is none."""
        if self._known is not None and self._reduced is None:
            self._reduced = _without_terms(self._known)
        return self._reduced


def _with_empty_memories(snapshot: Snapshot) -> Snapshot:
    memories: dict[str, Any] = {
        field.name: Kept() for field in fields(snapshot) if isinstance(getattr(snapshot, field.name), Kept)
    }
    return replace(snapshot, **memories)


def _without_terms(snapshot: Snapshot) -> Snapshot:
    """Return a snapshot that says of nobody that they do not pay: that can be read no more."""
    records = replace(snapshot.records, payment_terms={})
    cards = CardMaker(snapshot.known.vocabulary, records, PlacesOfNumber(snapshot.engine.ids_by_phone), snapshot.cards.today)
    return replace(snapshot, records=records, cards=cards)


class PassingSnapshots(Snapshots):
    """The snapshots of the shared lookup, each with empty memories; the last good one while the database cannot be read."""

    def __init__(self, snapshot_of: Callable[[date], Snapshot], last_good: LastGood) -> None:
        self._snapshot_of, self._last_good = snapshot_of, last_good
        self.outage = False
        self._own: Snapshot | None = None

    def now(self, today: date) -> Snapshot:
        """Return the snapshot of this request. Raises EngineUnavailable, and StoreUnavailable when there is no last good one."""
        if self._own is None:
            snapshot = self._read(today)
            self._own = _with_empty_memories(snapshot)
        return self._own

    def _read(self, today: date) -> Snapshot:
        try:
            snapshot = self._snapshot_of(today)
        except StoreUnavailable:
            last = self._last_good.reduced()
            if last is None:
                raise
            self.outage = True
            return last
        self._last_good.keep(snapshot)
        return snapshot


class PassingLookup(Lookup):
    """The lookup of one request of the desk."""

    def __init__(self, shared: Lookup, last_good: LastGood, aim: Aim = Aim()) -> None:
        super().__init__(shared.engine, shared.store, shared.vocabulary, shared.places, shared.settings)
        self._reader = Reader(shared.engine, shared.vocabulary, shared.places, kept=0)
        self._snapshots = self._passing = PassingSnapshots(shared._snapshots.now, last_good)
        self.aim = aim

    @property
    def outage(self) -> bool:
        """Tell whether the database could not be read, so that this is the last good list."""
        return self._passing.outage

    def snapshot(self, today: date) -> Snapshot:
        """Return what this request is answered from."""
        return self._snapshots.now(today)

    def miles_said(self, query: SearchQuery) -> float | None:
        """Return the radius that the words of a query state."""
        read = self._reader.read(replace(query, radius_miles=None)).understanding.radius
        return read.miles if read else None

    def _request(self, snapshot: Snapshot, read: Read, parts: SearchQuery, today: date) -> SearchRequest:
        if self.aim.only is not None:
            return SearchRequest(only_ids=self.aim.only, without_ids=snapshot.withdrawn, per_page=parts.per_page)
        request = super()._request(snapshot, read, parts, today)
        wishes = tuple((concept,) for concept in self.aim.for_whom if concept in snapshot.known.stated)
        request = replace(request, prefer=(*request.prefer, *wishes))
        if read.place is None:
            return request
        if self.aim.way_to:
            request = replace(request, area=Corridor(read.place.point, self.aim.way_to.point, CORRIDOR_MILES))
        if self.aim.away and read.place.city:
            request = replace(request, without_ids=request.without_ids | ids_in_town(self.engine, read.place))
        return request


def ids_in_town(engine: Engine, town: Place) -> frozenset[ListingId]:
    """Return the listings whose address lies in a town: those with its name in their text, sorted out by their address."""
    words = tuple(plain_terms(town.city))
    request = SearchRequest(words=words, area=Circle(town.point, TOWN_MILES), per_page=TOWN_PAGE, facets=False)
    found = engine.search(request)
    hits = [*found.hits, *(hit for page in range(2, found.pages + 1) for hit in engine.search(replace(request, page=page)).hits)]
    addresses = ((hit.id, hit.listing().address) for hit in hits)
    name = town.city.casefold()
    return frozenset(one for one, at in addresses if at.city.casefold() == name and at.state == town.state)
