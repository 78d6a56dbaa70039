"""What is wrong or doubtful in the data and the settings of a copy: the report of `directory check`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Final

from directory.disclosure import SHARED_NUMBER_PLACES, owned_listings
from directory.duties.sponsoring import answered_elsewhere
from directory.settings import Operator, Settings
from directory.store import Store
from directory.upkeep.number_checks import NumberComparison
from index.geo.distance import Coordinates
from index.geo.places import Gazetteer
from index.listing import Kind, Listing, ListingId, Reach

STALE_AFTER: Final = timedelta(days=365)  # the federal survey is yearly
_EXAMPLES: Final = 5


@dataclass(frozen=True, slots=True)
class Finding:
    """One kind of defect: what it is, how many listings have it, and the first few of them."""

    what: str
    listings: int
    examples: tuple[ListingId, ...]

    def line(self) -> str:
        """Return the finding for a person."""
        shown = ", ".join(self.examples)
        return f"{self.what}: {self.listings:,}" + (f" (such as {shown})" if shown else "")


@dataclass(frozen=True, slots=True)
class SharedNumber:
    """A phone number that stands on many listings."""

    number: str
    listings: int


@dataclass(frozen=True, slots=True)
class QualityReport:
    """The findings about one state of the store, and what the settings leave unsaid.

    `shared_numbers` are the most frequent first. `settings_problems` must be mended before a copy serves the public.
    """

    listings: int
    findings: tuple[Finding, ...]
    shared_numbers: tuple[SharedNumber, ...]
    settings_problems: tuple[str, ...]

    @property
    def must_be_mended(self) -> bool:
        """Tell whether something is wrong that only the operator can mend; doubtful data is reported, not refused."""
        return bool(self.settings_problems)

    def lines(self) -> list[str]:
        """Return the report for a person, a fact a line."""
        numbers = [f"  {one.number} on {one.listings:,} listings" for one in self.shared_numbers[:_EXAMPLES]]
        shared = f"Numbers on {SHARED_NUMBER_PLACES} or more listings: {len(self.shared_numbers):,}"
        found = [finding.line() for finding in self.findings]
        return [f"{self.listings:,} public listings", *found, shared, *numbers, *self.settings_problems]


def check_quality(settings: Settings, store: Store, *, today: date | None = None) -> QualityReport:
    """Return the report on a copy. Raises StoreUnavailable when the store cannot be read."""
    today = today or datetime.now(UTC).date()
    seen = _Inspection(today, Gazetteer.load(), NumberComparison(store.disclosure_records(today).answered_by))
    seen.inspect(store.public_listings())
    return QualityReport(
        listings=seen.listings,
        findings=(*seen.findings(), _paid_and_answered_elsewhere(store, today)),
        shared_numbers=tuple(seen.shared_numbers()),
        settings_problems=(*operator_problems(settings.operator), *_unknown_stakes(settings.operator, store, today)),
    )


def _paid_and_answered_elsewhere(store: Store, today: date) -> Finding:
    found = tuple(sorted(answered_elsewhere(store, today)))
    return Finding("Paid for, though its number is known to be answered by somebody else", len(found), found[:_EXAMPLES])


def _unknown_stakes(operator: Operator, store: Store, today: date) -> Iterator[str]:
    """Yield the declared stakes that mark nothing: readers would not see them."""
    ids = owned_listings(store.disclosure_records(today), operator)
    listed = store.public_listings_by_id(ids)
    for one in ids:
        if one not in listed:
            yield f"DIRECTORY_FACILITIES_OWNED names {one}, which is no listing here: nothing is marked as yours for it"


def operator_problems(operator: Operator) -> tuple[str, ...]:
    """Return what the operator has not said about itself; every page then says that nobody is named."""
    problems = []
    if not operator.owner:
        problems.append("Nobody is named as the operator: set DIRECTORY_OWNER")
    if not operator.funders:
        problems.append("Nobody is named as funding this copy: set DIRECTORY_FUNDERS")
    return tuple(problems)


@dataclass(slots=True)
class _Inspection:
    """Looks at every listing once."""

    today: date
    gazetteer: Gazetteer
    numbers: NumberComparison
    listings: int = 0
    _found: dict[str, list[ListingId]] = field(default_factory=lambda: defaultdict(list))
    _bearers: dict[str, set[ListingId]] = field(default_factory=lambda: defaultdict(set))

    def inspect(self, listings: Iterable[Listing]) -> None:
        states = {state.code: state for state in self.gazetteer.states()}
        for listing in listings:
            self.listings += 1
            self.numbers.take(listing)
            for phone in listing.phones:
                self._bearers[phone.number].add(listing.id)
            self._note("No phone", listing, applies=not listing.phones and not listing.conference_url)
            self._note("No coordinates", listing, applies=_needs_point(listing) and listing.lat is None)
            age = _age(listing, self.today)
            self._note("Age unknown: nobody said when it was checked", listing, applies=age is None)
            self._note("Checked more than a year ago", listing, applies=age is not None and age > STALE_AFTER)
            if listing.lat is not None and listing.lon is not None and (state := states.get(listing.address.state)):
                inside = state.contains(Coordinates(listing.lat, listing.lon))
                self._note("Outside its state", listing, applies=not inside)

    def _note(self, what: str, listing: Listing, *, applies: bool) -> None:
        found = self._found[what]
        if applies:
            found.append(listing.id)

    def findings(self) -> Iterator[Finding]:
        for what, ids in (*self._found.items(), *self.numbers.flags()):
            yield Finding(what, len(ids), tuple(ids[:_EXAMPLES]))

    def shared_numbers(self) -> Iterator[SharedNumber]:
        by_frequency = sorted(self._bearers.items(), key=lambda item: (-len(item[1]), item[0]))
        for number, ids in by_frequency:
            if len(ids) >= SHARED_NUMBER_PLACES:
                yield SharedNumber(number, len(ids))


def _needs_point(listing: Listing) -> bool:
    """Tell whether a person travels there: lines and online meetings have no place."""
    return listing.kind is not Kind.HELPLINE and listing.reach is Reach.LOCAL


def _age(listing: Listing, today: date) -> timedelta | None:
    """Return how long ago the listing was last checked, None when no source says so."""
    checked = [program.source.checked_on for program in listing.programs if program.source.checked_on]
    return today - max(checked) if checked else None
