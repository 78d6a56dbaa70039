"""What an engine answers: a page of hits over an exactly counted match set.

What is made hundreds of times for one answer (hits, facets, counts) is a msgspec struct: a frozen dataclass costs seven times as
much to make. None of them can be part of a cycle, so the garbage collector need not look at them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import msgspec

from index.listing import ConceptId, Kind, Listing, ListingId, Precision, decode_listing


class Hit(msgspec.Struct, frozen=True, gc=False):
    """One listing on a page of results.

    `document` is the listing's JSON as published; `listing()` decodes it. `program` is the position in `listing.programs`
    of the program that matched best. `distance_miles` is None when the search has no centre or the listing no point.
    `unmet` are positions in the request's `prefer` that the program does not state (the band of the order is their number).
    `score` is the BM25F score of the request's words, 0 without words.
    """

    id: ListingId
    document: bytes
    program: int = 0
    distance_miles: float | None = None
    precision: Precision = Precision.NONE
    unmet: tuple[int, ...] = ()
    score: float = 0.0

    def listing(self) -> Listing:
        """Return the decoded listing."""
        return decode_listing(self.document)


class FacetCount(msgspec.Struct, frozen=True, gc=False):
    """How many listings of the match set state a concept, the group's own selection ignored."""

    concept: ConceptId
    count: int


class Facet(msgspec.Struct, frozen=True, gc=False):
    """The counts of one facet group, most frequent first, zeros left out unless selected; `not_stated` is the rest."""

    group: str
    counts: tuple[FacetCount, ...]
    not_stated: int


def page_count(total: int, per_page: int) -> int:
    """Return how many pages hold `total` hits, at least 1."""
    return max(1, -(-total // per_page)) if per_page else 1


@dataclass(frozen=True, slots=True)
class Results:
    """A page of hits in the public order, with exact counts of listings over the whole match set.

    `facets` come by group; one is left out when no match states anything of it and it has no selection. `states` counts by
    address, a line without one in each state that it serves. `kinds` counts each kind under all filters except
    the kind itself. `tallies` answers the request's named id sets.
    """

    total: int
    page: int
    per_page: int
    hits: tuple[Hit, ...]
    facets: tuple[Facet, ...] = ()
    states: Mapping[str, int] | None = None
    kinds: Mapping[Kind, int] | None = None
    tallies: Mapping[str, int] | None = None
    generation: str = ""

    @property
    def pages(self) -> int:
        """The number of pages, at least 1."""
        return page_count(self.total, self.per_page)


@dataclass(frozen=True, slots=True)
class EditionCount:
    """One edition of one source in a generation, with how many programs come from it."""

    source: str
    title: str
    edition: str
    retrieved_on: date | None
    programs: int


@dataclass(frozen=True, slots=True)
class GenerationInfo:
    """What the data that answers now is: its name, age, size and sources."""

    name: str
    published_at: str
    listings: int
    programs: int
    editions: tuple[EditionCount, ...]
    kinds_by_state: Mapping[str, Mapping[Kind, int]]
    time_zones: tuple[str, ...]
    salt: str


@dataclass(frozen=True, slots=True)
class NameSuggestion:
    """A listing's or organization's name that begins as typed, with how many listings bear it."""

    name: str
    listings: int
    id: ListingId | None = None
