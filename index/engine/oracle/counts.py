"""Counts over the match set, one listing at a time. Part of the oracle: plain on purpose, never fast."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence

from index.engine.oracle.matching import Candidate
from index.listing import ConceptId, Kind, ListingId
from index.request import SearchRequest
from index.results import Facet, FacetCount

Matching = Mapping[str, Sequence[Candidate]]  # the matching programs of each listing that matches


def facets_of(
    request: SearchRequest, groups: Mapping[ConceptId, str], matching_but: Callable[[str], Matching]
) -> tuple[Facet, ...]:
    """Return the facets; `matching_but(group)` is the match set with that group's own selections left out."""
    chosen = {selection.group for selection in request.selections}
    everything = matching_but("")
    facets = []
    for group in sorted(set(groups.values())):
        members = [concept for concept, its_group in groups.items() if its_group == group]
        matching = matching_but(group) if group in chosen else everything
        selected = {one for selection in request.selections if selection.group == group for one in selection.any_of}
        facet = _facet(group, members, matching, selected)
        if group in chosen or facet.counts:
            facets.append(facet)
    return tuple(facets)


def _facet(group: str, members: Iterable[ConceptId], matching: Matching, selected: set[ConceptId]) -> Facet:
    stated = [set().union(*(candidate.concepts for candidate in programs)) for programs in matching.values()]
    counts = Counter(concept for concepts in stated for concept in concepts.intersection(members))
    shown = [FacetCount(concept, counts[concept]) for concept in members if counts[concept] or concept in selected]
    not_stated = sum(not concepts.intersection(members) for concepts in stated)
    return Facet(group, tuple(sorted(shown, key=lambda one: (-one.count, one.concept))), not_stated)


def states_of(matching: Matching) -> dict[str, int]:
    """Count the matching listings by the state of their address; those without one are left out."""
    states = Counter(programs[0].listing.address.state for programs in matching.values())
    return {state: states[state] for state in sorted(states) if state}


def kinds_of(matching_any_kind: Matching) -> dict[Kind, int]:
    """Count listings by kind, given the match set without the kind filter; zeros are counted too."""
    kinds = Counter(programs[0].listing.kind for programs in matching_any_kind.values())
    return {kind: kinds[kind] for kind in Kind}


def tallies_of(matching: Matching, request: SearchRequest) -> dict[str, int]:
    """Count the matching listings in each of the request's named id sets."""
    found = {ListingId(identity) for identity in matching}
    return {name: len(found & ids) for name, ids in request.tallies.items()}
