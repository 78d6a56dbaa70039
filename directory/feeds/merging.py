"""One place, two listings: what looks alike is shown to staff, who merge it, undo that, or say that it is not one.

Nothing is merged here by itself: an import joins only what agrees strongly (`directory.store.feeds.matching_index`). Kinds never
mix: a group in a church hall is not the clinic at that address.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import combinations
from typing import Final

from rapidfuzz.fuzz import token_sort_ratio

from directory.errors import DirectoryError
from directory.sources.matching import fold_street, fold_words
from directory.store import Store
from directory.store.corrections.disputes import running_disputes
from directory.store.corrections.overrides import running_corrections
from directory.store.disclosed.sponsorships import running_sponsorships
from directory.store.facts import AmbiguousMatch
from directory.store.merges import (
    KnownListing,
    Merge,
    known_listing,
    merge_into,
    pairs_said_different,
    running_merges,
    say_different,
    undo_merge,
)
from directory.store.staff import write_audit
from index.listing import Kind, Listing, ListingId

ALIKE: Final = 80.0  # of 100; below this two names at one number or door are two programs, not two spellings
MOST_OF_ONE_CLUE: Final = 12  # a number on more listings is a hotline and tells nothing of a place


class MergeRefused(DirectoryError):
    """Two listings cannot be merged, or a merge cannot be undone; the message says why."""


@dataclass(frozen=True, slots=True)
class WeakMatch:
    """Two listings of different sources that may be one: the clues they share, and how alike their names are (0 to 100)."""

    first: Listing
    second: Listing
    clues: tuple[str, ...]
    alike: float

    @property
    def ids(self) -> tuple[ListingId, ListingId]:
        """The two ids, the smaller one first."""
        return _pair(self.first.id, self.second.id)


@dataclass(frozen=True, slots=True)
class Doubts:
    """What waits for staff: records that fit several listings, and pairs of listings that look alike, most alike first."""

    questions: tuple[AmbiguousMatch, ...]
    weak: tuple[WeakMatch, ...]


def doubts(store: Store, pairs: Iterable[WeakMatch] | None = None) -> Doubts:
    """Return what staff should look at; what they merged or found different is left out. Raises StoreUnavailable.

    `pairs` are those that `weak_matches` found before, which takes seconds for a whole country; without them it looks again.
    """
    with store.reading() as connection:
        different = pairs_said_different(connection)
        merged = {one.merged_id: one.kept_id for one in running_merges(connection)}
    questions = tuple(one for one in store.ambiguous_matches() if _is_open(one, merged, different))
    found = weak_matches(store.public_listings()) if pairs is None else pairs
    return Doubts(questions, tuple(one for one in found if one.ids not in different and merged.keys().isdisjoint(one.ids)))


def _is_open(
    question: AmbiguousMatch, merged: dict[ListingId, ListingId], different: frozenset[tuple[ListingId, ListingId]]
) -> bool:
    stands = merged.get(question.listing_id, question.listing_id)
    others = {merged.get(one, one) for one in question.candidates}
    return stands not in others and any(_pair(stands, other) not in different for other in others)


def _pair(one: ListingId, other: ListingId) -> tuple[ListingId, ListingId]:
    return (one, other) if one < other else (other, one)


def weak_matches(listings: Iterable[Listing]) -> tuple[WeakMatch, ...]:
    """Return the pairs that share a clue and a similar name, most alike first; a source's own records are never a pair."""
    sharing: dict[tuple[str, Hashable], list[Listing]] = defaultdict(list)
    for listing in listings:
        for clue in _clues(listing):
            sharing[clue].append(listing)
    clues: dict[tuple[ListingId, ListingId], list[str]] = defaultdict(list)
    by_id: dict[ListingId, Listing] = {}
    for (words, _), held in sharing.items():
        for one, other in combinations(held, 2) if len(held) <= MOST_OF_ONE_CLUE else ():
            clues[_pair(one.id, other.id)].append(words)
            by_id |= {one.id: one, other.id: other}
    found = (_weak(by_id[pair[0]], by_id[pair[1]], shared) for pair, shared in clues.items())
    return tuple(sorted((one for one in found if one), key=lambda one: (-one.alike, one.first.id, one.second.id)))


def _clues(listing: Listing) -> Iterator[tuple[str, Hashable]]:
    """Yield what two listings of one place would share: a number and a ZIP code, or a door; for meetings, door and hour."""
    address = listing.address
    door = (fold_street(address.street), address.zip or fold_words(address.city), address.state)
    if listing.kind is Kind.MEETING:
        for program in listing.programs:
            groups = [concept for concept in program.offers if concept.startswith("group.")]
            where = door if address.street else listing.conference_url
            for session in program.schedule if where else ():
                yield "same group, place and time", (*groups, where, session.weekday, session.start_minute)
        return
    if address.street:
        yield "same address", (listing.kind, *door)
    for phone in listing.phones:
        yield "same number", (listing.kind, phone.number, address.zip)


def _weak(one: Listing, other: Listing, clues: list[str]) -> WeakMatch | None:
    sources = [{program.source.name for program in listing.programs} for listing in (one, other)]
    alike = token_sort_ratio(fold_words(one.name), fold_words(other.name))
    if one.kind is not other.kind or sources[0] & sources[1] or alike < ALIKE:
        return None
    return WeakMatch(one, other, tuple(dict.fromkeys(clues)), alike)


def merge(store: Store, merged: str, kept: str, *, by: str, now: datetime) -> None:
    """Make one listing of two: `kept` keeps its id, `merged` redirects to it. Raises MergeRefused, StoreUnavailable."""
    with store.writing() as connection:
        gone, stays = (_standing(known_listing(connection, one), one) for one in (merged, kept))
        if merged == kept:
            raise MergeRefused("a listing cannot be merged into itself")
        if gone.kind is not stays.kind:
            raise MergeRefused(f"a {gone.kind} and a {stays.kind} are never one listing")
        if any(one.listing_id == merged for one in running_sponsorships(connection, now.date())):
            raise MergeRefused(f"somebody pays for {merged}: end that first, or merge the other way round")
        if running_corrections(connection).get(ListingId(merged)) or running_disputes(connection).get(ListingId(merged)):
            raise MergeRefused(f"staff corrected or marked {merged}: withdraw that first, or merge the other way round")
        merge_into(connection, ListingId(merged), ListingId(kept), by, now)
        write_audit(connection, now, by, "listing.merge", kept, merged)


def _standing(known: KnownListing | None, listing_id: str) -> KnownListing:
    if known is None:
        raise MergeRefused(f"no listing has the id {listing_id}")
    if known.redirect_to or known.taken_down:
        raise MergeRefused(f"{listing_id} does not stand by itself: it is merged or taken down")
    return known


def undo(store: Store, merged: str, *, by: str, now: datetime) -> ListingId:
    """Let a merged listing stand by itself again; return the one it was merged into. Raises MergeRefused, StoreUnavailable."""
    with store.writing() as connection:
        found = next((one for one in running_merges(connection) if one.merged_id == merged), None)
        if found is None:
            raise MergeRefused(f"{merged} is not merged by staff")
        _standing(known_listing(connection, found.kept_id), found.kept_id)
        undo_merge(connection, found, by, now)
        write_audit(connection, now, by, "listing.unmerge", found.kept_id, merged)
    return found.kept_id


def merges_of(store: Store) -> tuple[Merge, ...]:
    """Return the merges that hold, newest first. Raises StoreUnavailable."""
    with store.reading() as connection:
        return running_merges(connection)


def keep_apart(store: Store, one: str, other: str, *, by: str, now: datetime) -> None:
    """Remember that two listings are not one, so that nobody is asked again. Raises MergeRefused, StoreUnavailable."""
    with store.writing() as connection:
        for listing_id in (one, other):
            if known_listing(connection, listing_id) is None:
                raise MergeRefused(f"no listing has the id {listing_id}")
        say_different(connection, ListingId(one), ListingId(other), by, now)
        write_audit(connection, now, by, "listing.different", one, other)
