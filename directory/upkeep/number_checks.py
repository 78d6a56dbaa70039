"""Phone numbers compared across sources: what may be swapped, shared by many, or forwarded. For staff; readers see none of it.

A flag is a question, not a fact: an editor looks at both sources before anything is said to readers.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import combinations
from typing import Final

from directory.sources.records import AnsweredBy, AnsweredByFact
from index.listing import Kind, Listing, ListingId

DIFFERENT_NUMBERS: Final = "Sources give different numbers"
DIFFERENT_PLACES: Final = "Sources give one number to different places (swapped?)"
TOLL_FREE_BESIDE_LOCAL: Final = "One source gives a toll-free number, another a local one (forwarded?)"
ANSWERED_ELSEWHERE: Final = "Facility whose number is known to be answered by somebody else"
# 47 CFR 52.15 and 52.101: the codes of numbers that the called party pays for; any of them can be forwarded anywhere.
TOLL_FREE: Final = ("+1800", "+1833", "+1844", "+1855", "+1866", "+1877", "+1888")
_ELSEWHERE: Final = frozenset({AnsweredBy.CALL_CENTER, AnsweredBy.PAID_ADVERTISERS})
_BySource = Mapping[str, Collection[str]]


@dataclass(slots=True)
class NumberComparison:
    """Takes in every listing once, then says which ones an editor should look at."""

    answers: Mapping[str, AnsweredByFact]
    _flagged: dict[str, list[ListingId]] = field(default_factory=lambda: defaultdict(list))
    _bearers: dict[str, dict[str, set[ListingId]]] = field(default_factory=lambda: defaultdict(lambda: defaultdict(set)))

    def take(self, listing: Listing) -> None:
        """Compare the numbers of one listing, and remember which source gives which number to it."""
        if listing.kind is not Kind.FACILITY:
            return
        by_source = numbers_by_source(listing)
        for source, numbers in by_source.items():
            for number in numbers:
                self._bearers[number][source].add(listing.id)
        if _disagree(by_source):
            self._flagged[DIFFERENT_NUMBERS].append(listing.id)
        if _toll_free_beside_local(by_source):
            self._flagged[TOLL_FREE_BESIDE_LOCAL].append(listing.id)
        if any(self.answers[number].answered_by in _ELSEWHERE for number in _all(by_source) if number in self.answers):
            self._flagged[ANSWERED_ELSEWHERE].append(listing.id)

    def flags(self) -> Iterator[tuple[str, tuple[ListingId, ...]]]:
        """Yield each kind of flag with its listings, also where there is none."""
        for what in (DIFFERENT_NUMBERS, TOLL_FREE_BESIDE_LOCAL, ANSWERED_ELSEWHERE):
            yield what, tuple(self._flagged[what])
        yield DIFFERENT_PLACES, tuple(sorted(self._given_to_different_places()))

    def _given_to_different_places(self) -> set[ListingId]:
        found: set[ListingId] = set()
        for by_source in self._bearers.values():
            for one, other in combinations(by_source.values(), 2):
                if not one & other:
                    found |= one | other
        return found


def numbers_by_source(listing: Listing) -> dict[str, set[str]]:
    """Return the numbers that each source gives to a listing; sources that give none are left out."""
    found: dict[str, set[str]] = defaultdict(set)
    for program in listing.programs:
        for phone in program.phones:
            found[program.source.name].add(phone.number)
    return dict(found)


def _disagree(by_source: _BySource) -> bool:
    return any(not set(one) & set(other) for one, other in combinations(by_source.values(), 2))


def _toll_free_beside_local(by_source: _BySource) -> bool:
    """Tell whether one source knows toll-free numbers alone where another knows a local one."""
    free_alone = any(all(number.startswith(TOLL_FREE) for number in numbers) for numbers in by_source.values())
    local = any(not number.startswith(TOLL_FREE) for number in _all(by_source))
    return len(by_source) > 1 and free_alone and local


def _all(by_source: _BySource) -> set[str]:
    return {number for numbers in by_source.values() for number in numbers}
