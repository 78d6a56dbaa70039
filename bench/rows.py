"""Listings as peers index them, and requests as peers understand them."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from bench.peers.question import Answer, Circle, Order, Question, Row
from index.engine.analysis import index_terms
from index.listing import ConceptId, Listing, encode_listing
from index.request import Circle as AreaCircle
from index.request import SearchRequest, Sort
from index.results import Results


@dataclass(frozen=True)
class Taxonomy:
    """The concepts of a corpus, numbered, with their groups and closure."""

    groups: Mapping[ConceptId, str]
    closed_upward: Callable[[Iterable[ConceptId]], frozenset[ConceptId]]

    @property
    def numbers(self) -> dict[ConceptId, int]:
        """Return the number of each concept."""
        return {concept: number for number, concept in enumerate(self.groups)}


def make_rows(listings: Iterable[Listing], taxonomy: Taxonomy) -> Iterator[Row]:
    """Yield one row for each listing, which must have one program."""
    numbers = taxonomy.numbers
    for number, listing in enumerate(listings):
        (program,) = listing.programs
        texts = (listing.name, listing.organization, program.name, listing.address.city)
        concepts = taxonomy.closed_upward(program.offers)
        yield Row(
            number=number,
            texts=tuple(" ".join(index_terms(text)) for text in texts),  # type: ignore[arg-type]  # four texts
            state=listing.address.state,
            lat=math.nan if listing.lat is None else listing.lat,
            lon=math.nan if listing.lon is None else listing.lon,
            concepts=tuple(sorted(numbers[concept] for concept in concepts if concept in numbers)),
            document=encode_listing(listing),
        )


def make_question(request: SearchRequest, numbers: Mapping[ConceptId, int]) -> Question:
    """Return a request as peers take it."""
    area = request.area
    circle = Circle(area.centre.lat, area.centre.lon, area.radius_miles) if isinstance(area, AreaCircle) else None
    groups = tuple(tuple(numbers[concept] for concept in one.any_of) for one in request.selections)
    return Question(request.words, groups, circle, _order(request))


def _order(request: SearchRequest) -> Order:
    if request.sort is Sort.DISTANCE:
        return "distance"
    return "blend" if request.area else "score"


@dataclass(frozen=True, slots=True)
class Totals:
    """What must be equal between engines: the total, and the sums of facet and state counts.

    Groups with a selection are left out of the sum: our engine counts them without their own selection, which costs it
    more passes; peers count the match set only.
    """

    total: int
    concepts: int
    states: int


def totals_of_ours(results: Results, request: SearchRequest) -> Totals:
    """Return the totals of our engine's answer."""
    chosen = {selection.group for selection in request.selections}
    concepts = sum(one.count for facet in results.facets if facet.group not in chosen for one in facet.counts)
    return Totals(results.total, concepts, sum((results.states or {}).values()))


def totals_of_peer(answer: Answer, request: SearchRequest, taxonomy: Taxonomy) -> Totals:
    """Return the totals of a peer's answer."""
    chosen = {selection.group for selection in request.selections}
    groups = list(taxonomy.groups.values())
    concepts = sum(count for number, count in answer.concepts.items() if groups[number] not in chosen)
    return Totals(answer.total, concepts, sum(answer.states.values()))
