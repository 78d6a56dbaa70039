"""What one answer is made from: a generation of the index and a version of the disclosures, read together.

Each request compares both, which costs one cheap read; a snapshot is made anew only when either has moved.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from threading import Lock
from typing import Any, Final, Generic, TypeVar

from directory.answers.cards import CardMaker, PlacesOfNumber
from directory.answers.kept_here import KeptHere, Unsaid, kept_here
from directory.asking.planning import Knowledge, Stated
from directory.disclosure import (
    LANGUAGES,
    Disclosure,
    Language,
    PaidStatus,
    disclosure_of,
    labelled_name,
    owned_listings,
    shared_name_statement,
    site_statements,
    with_stakes,
)
from directory.page import Extras, Group, Suggestion
from directory.settings import Operator
from directory.store.facts import DisclosureRecords
from index.engine.protocol import Engine
from index.language.vocabulary import Vocabulary
from index.listing import ListingId
from index.request import SearchRequest
from index.results import GenerationInfo

MOST_KEPT: Final = 1000

Value = TypeVar("Value")


class Kept(Generic[Value]):
    """What was made once for a snapshot and goes with it; when full it begins anew."""

    def __init__(self) -> None:
        self._kept: dict[Hashable, Value] = {}

    def get(self, key: Hashable, make: Callable[[], Value]) -> Value:
        """Return the value of a key, made when it is asked for first."""
        try:
            return self._kept[key]
        except KeyError:
            if len(self._kept) >= MOST_KEPT:
                self._kept.clear()
            return self._kept.setdefault(key, make())


@dataclass(frozen=True, eq=False)
class Snapshot:
    """One generation with one version of the disclosures. `withdrawn` ids are never shown, whatever the generation holds.

    `chosen` keeps the listings that an address names; `groups` the groups of lines, which many searches share: they depend on
    state and wishes, not on the place (None: no line). `beyond` and `extras` keep all groups and links of a search by its parts,
    `prepared` what the last searches asked: all in memory alone, and gone with the snapshot.
    """

    engine: Engine
    info: GenerationInfo
    records: DisclosureRecords
    known: Knowledge
    cards: CardMaker
    withdrawn: frozenset[ListingId]
    funding: Mapping[Language, tuple[str, ...]]
    kept_back_sources: frozenset[str] = frozenset()
    chosen: Kept[frozenset[ListingId]] = field(default_factory=Kept)
    groups: Kept[Group | None] = field(default_factory=Kept)
    beyond: Kept[tuple[Group, ...]] = field(default_factory=Kept)
    extras: Kept[Extras] = field(default_factory=Kept)
    prepared: Kept[Any] = field(default_factory=Kept)  # Any: what the lookup prepares stands on a floor above

    @cached_property
    def payers(self) -> frozenset[ListingId]:
        """The listings that somebody pays this site for."""
        return frozenset(self.records.payers)

    @property
    def kept_here(self) -> Mapping[ListingId, str]:
        """The listings that no answer for another program may hold, with their states."""
        return self._kept_here.states

    @property
    def unsaid(self) -> Unsaid:
        """The names that no answer for another program may say."""
        return self._kept_here.unsaid

    @cached_property
    def marked_names(self) -> Mapping[str, tuple[Disclosure, ...]]:
        """The names of which some bearer is paid for, or the operator's own, with the disclosures of those bearers."""
        bearers: dict[str, list[Disclosure]] = defaultdict(list)
        for listing in self.engine.get(sorted(self.payers | self.records.owned)).values():
            for name in {listing.name, listing.organization} - {""}:
                bearers[name].append(disclosure_of(self.records, listing))
        return {name: tuple(found) for name, found in bearers.items()}

    def labelled(self, completion: Suggestion, lang: Language) -> Suggestion:
        """Return the completion of a name as it is said alone: before it the label that all its bearers have, else, in its
        detail, how many of them have one.
        """
        marked = self.marked_names.get(completion.text)
        if marked is None:
            return completion
        bearers = max(len(marked), self._bearers_of(completion.text))
        if len(marked) == bearers and len({one.marks(lang) for one in marked}) == 1:
            return replace(completion, text=labelled_name(marked[0], completion.text, lang))
        return replace(completion, detail=shared_name_statement(marked, bearers, lang))

    def _bearers_of(self, name: str) -> int:
        return sum(one.listings for one in self.engine.suggest_names(name, MOST_KEPT) if one.name == name)

    @cached_property
    def _kept_here(self) -> KeptHere:
        return kept_here(self.engine.all_listings(), self.kept_back_sources)

    @cached_property
    def unconfirmed(self) -> frozenset[ListingId]:
        """The listings whose paid status nobody confirmed; read only when somebody asks for unpaid listings alone."""
        confirmed = self.records.not_paid_sources()
        if all(edition.source in confirmed for edition in self.info.editions):
            return frozenset()
        listings = self.engine.all_listings()
        return frozenset(
            listing.id for listing in listings if disclosure_of(self.records, listing).paid_status is PaidStatus.UNKNOWN
        )


class Snapshots:
    """Gives the snapshot of now, shared between requests until the generation, the disclosures or the day move."""

    def __init__(
        self,
        engine: Engine,
        vocabulary: Vocabulary,
        version: Callable[[], int],
        records: Callable[[date], DisclosureRecords],
        withdrawn: Callable[[], frozenset[ListingId]],
        operator: Operator,
        kept_back_sources: Callable[[], frozenset[str]] = frozenset,
    ) -> None:
        self._engine, self._vocabulary, self._operator = engine, vocabulary, operator
        self._kept_back_sources = kept_back_sources
        self._version, self._records, self._withdrawn = version, records, withdrawn
        self._lock = Lock()
        self._kept: tuple[tuple[str, int, date], Snapshot] | None = None

    def now(self, today: date) -> Snapshot:
        """Return the snapshot of this moment. Raises EngineUnavailable or StoreUnavailable, never a stale paid status."""
        key = (self._engine.info().name, self._version(), today)
        kept = self._kept
        if kept is not None and kept[0] == key:
            return kept[1]
        with self._lock:
            if self._kept is None or key != self._kept[0]:
                self._kept = (key, self._make(today))
            return self._kept[1]

    def _make(self, today: date) -> Snapshot:
        records = with_stakes(self._records(today), self._operator)
        return Snapshot(
            engine=self._engine,
            info=self._engine.info(),
            records=records,
            known=Knowledge(self._vocabulary, self._stated()),
            cards=CardMaker(self._vocabulary, records, PlacesOfNumber(self._engine.ids_by_phone), today),
            withdrawn=self._withdrawn(),
            kept_back_sources=self._kept_back_sources(),
            funding={lang: self._funding(lang, records) for lang in LANGUAGES},
        )

    def _funding(self, lang: Language, records: DisclosureRecords) -> tuple[str, ...]:
        return site_statements(self._operator, lang, self._names_of_owned(records), len(records.payers))

    def _names_of_owned(self, records: DisclosureRecords) -> tuple[str, ...]:
        """Return the names of the places that the operator has a stake in; an id that is not listed stands for itself."""
        ids = owned_listings(records, self._operator)
        listed = self._engine.get(ids)
        return tuple(listed[one].name if one in listed else one for one in ids)

    def _stated(self) -> Stated:
        everything = self._engine.search(SearchRequest(per_page=0))
        concepts = frozenset(count.concept for facet in everything.facets for count in facet.counts)
        return Stated(concepts, frozenset(kind for kind, number in (everything.kinds or {}).items() if number))
