"""What a generation holds, counted once: treatment places by state, town and kind of care, and how old the facts are.

Counts are those of the search: a place counts for a kind of care when one of its programs states it. Places whose address is
withheld, or that stand at no point, count for their state and for no town.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from index.geo.names import fold_name
from index.language.vocabulary import Vocabulary
from index.listing import ConceptId, Kind, Listing, ListingId, SourceRef

# The kinds of care that have pages: those that people ask for by name. Narrower ones would repeat their places.
CARE: Final = tuple(
    ConceptId(f"care.{name}")
    for name in (
        *("detox", "inpatient", "residential", "php", "iop", "outpatient", "moud", "otp", "cooccurring", "sober_living"),
        "mental_health",
    )
)
ENOUGH: Final = 5  # places: a page with fewer says little that the search does not, and stays out of search engines


@dataclass(frozen=True, slots=True)
class Age:
    """How old the listings of one kind in one state are: their sources, the most frequent first, and the last day on which
    somebody checked one of them (None: nobody did).
    """

    sources: tuple[SourceRef, ...]
    checked_on: date | None


@dataclass(frozen=True, slots=True)
class Town:
    """A town with places: its name as most of them write it, its state, the places, and how many state each kind of care."""

    name: str
    state: str
    ids: tuple[ListingId, ...]
    care: Mapping[ConceptId, int]

    @property
    def slug(self) -> str:
        """The name as it stands in an address."""
        return slug_of(self.name)


@dataclass(frozen=True, slots=True)
class Census:
    """The counts of one generation. `care` is by state and kind of care, `towns` by state and slug."""

    generation: str
    care: Mapping[str, Mapping[ConceptId, int]]
    towns: Mapping[str, Mapping[str, Town]]
    ages: Mapping[tuple[str, Kind], Age]

    def towns_of(self, state: str) -> tuple[Town, ...]:
        """Return the towns of a state with enough places, most first."""
        found = (town for town in self.towns.get(state, {}).values() if len(town.ids) >= ENOUGH)
        return tuple(sorted(found, key=lambda town: (-len(town.ids), town.name)))

    def states_with(self, care: ConceptId) -> tuple[tuple[str, int], ...]:
        """Return how many places of each state state a kind of care, most first."""
        counted = ((state, counts[care]) for state, counts in self.care.items() if counts.get(care))
        return tuple(sorted(counted, key=lambda pair: (-pair[1], pair[0])))


@dataclass(slots=True)
class _Counting:
    """Counts that grow while listings are gone through."""

    care: dict[str, Counter[ConceptId]] = field(default_factory=lambda: defaultdict(Counter))
    spellings: dict[tuple[str, str], Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    ids: dict[tuple[str, str], list[ListingId]] = field(default_factory=lambda: defaultdict(list))
    town_care: dict[tuple[str, str], Counter[ConceptId]] = field(default_factory=lambda: defaultdict(Counter))
    sources: dict[tuple[str, Kind], Counter[SourceRef]] = field(default_factory=lambda: defaultdict(Counter))
    checked: dict[tuple[str, Kind], date] = field(default_factory=dict)

    def add(self, listing: Listing, offered: Sequence[ConceptId]) -> None:
        states = (listing.address.state,) if listing.address.state else listing.states_served
        for state in states:
            self._add_age((state, listing.kind), listing)
        if listing.kind is not Kind.FACILITY or not listing.address.state:
            return
        self.care[listing.address.state].update(offered)
        if listing.address.city and not listing.address.withheld and listing.lat is not None:
            key = (listing.address.state, slug_of(listing.address.city))
            self.spellings[key][listing.address.city] += 1
            self.ids[key].append(listing.id)
            self.town_care[key].update(offered)

    def _add_age(self, key: tuple[str, Kind], listing: Listing) -> None:
        for program in listing.programs:
            self.sources[key][_edition(program.source)] += 1
            if program.source.checked_on:
                self.checked[key] = max(program.source.checked_on, self.checked.get(key, program.source.checked_on))


def take_census(generation: str, listings: Iterable[Listing], vocabulary: Vocabulary, is_town: Callable[[str], bool]) -> Census:
    """Count the listings. `is_town` tells whether a name with its state ("Denver, CO") can be searched near."""
    counting = _Counting()
    states = {concept.id: vocabulary.closed_upward((concept.id,)) & set(CARE) for concept in vocabulary.concepts}
    telling = {concept: care for concept, care in states.items() if care}
    for listing in listings:
        offered = {care for program in listing.programs for concept in program.offers for care in telling.get(concept, ())}
        counting.add(listing, [care for care in CARE if care in offered])
    towns: dict[str, dict[str, Town]] = {}
    for (state, slug), ids in sorted(counting.ids.items()):
        name = counting.spellings[state, slug].most_common(1)[0][0]
        if slug and (len(ids) < ENOUGH or is_town(f"{name}, {state}")):  # thin pages are rarely asked for: looked up then
            towns.setdefault(state, {})[slug] = Town(name, state, tuple(ids), counting.town_care[state, slug])
    ages = {key: _age(sources, counting.checked.get(key)) for key, sources in counting.sources.items()}
    return Census(generation, dict(counting.care), towns, ages)


def slug_of(name: str) -> str:
    """Return a name as it stands in an address: "st-louis"."""
    return "-".join(fold_name(name).split())


def _age(sources: Counter[SourceRef], checked_on: date | None) -> Age:
    return Age(tuple(source for source, _ in sources.most_common()), checked_on)


def _edition(source: SourceRef) -> SourceRef:
    """Return the source without what is its record's own, so that equal editions count together."""
    return SourceRef(
        name=source.name, title=source.title, key="", edition=source.edition, url=source.url, retrieved_on=source.retrieved_on
    )
