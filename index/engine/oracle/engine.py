"""The oracle: the same answers as the embedded engine, from Whoosh's public API and plain loops.

It reads the index of the current generation, asks Whoosh which documents hold the words and how well (BM25F), and decides
everything else by looking at one program after the other. Slow and easy to check: tests compare the fast engine with it.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from index.engine.analysis import fold, query_terms
from index.engine.generation import current
from index.engine.oracle.counts import Matching, facets_of, kinds_of, states_of, tallies_of
from index.engine.oracle.generation import OracleGeneration, open_oracle_generation
from index.engine.oracle.matching import by_listing, matches
from index.engine.oracle.names import Bearers, bearers_of, match_name, near_word, suggest_names
from index.engine.oracle.order import Match, best_match, in_order, nearest_ids
from index.errors import PageNotFound
from index.listing import Kind, Listing, ListingId
from index.request import Nearest, SearchRequest, centre_of
from index.results import EditionCount, GenerationInfo, Hit, NameSuggestion, Results


class OracleEngine:
    """The plain `Engine`. A generation that became current is opened at the next call."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._opened = open_oracle_generation(root)

    def search(self, request: SearchRequest) -> Results:
        """Return the asked page. Raises PageNotFound past the end."""
        generation = self._generation()
        question = _Question(generation, request)
        found = question.matching()
        results = Results(
            total=len(found),
            page=request.page,
            per_page=request.per_page,
            hits=(),
            facets=facets_of(request, generation.groups, lambda group: question.matching(but=group)) if request.facets else (),
            states=states_of(found),
            kinds=kinds_of(question.matching(but_kind=True)),
            tallies=tallies_of(found, request),
            generation=generation.manifest.name,
        )
        if request.page > results.pages:
            raise PageNotFound(request.page, results.pages)
        return _with_hits(results, question.ordered(found), generation, request)

    def count(self, request: SearchRequest) -> int:
        """Return how many listings match."""
        return len(_Question(self._generation(), request).matching())

    def get(self, listing_ids: Sequence[ListingId]) -> Mapping[ListingId, Listing]:
        """Return the known ones of these listings."""
        listings = self._generation().listings
        return {identity: listings[identity] for identity in listing_ids if identity in listings}

    def ids_by_phone(self, number: str) -> tuple[ListingId, ...]:
        """Return the listings that bear a number, in id order."""
        listings = self._generation().listings.values()
        return tuple(listing.id for listing in listings if number in _numbers(listing))

    def suggest_names(self, prefix: str, limit: int) -> tuple[NameSuggestion, ...]:
        """Return names of which some word begins as typed."""
        return suggest_names(self._bearers(), prefix, limit)

    def match_name(self, words: Sequence[str]) -> str | None:
        """Return the name that these words equal or nearly equal."""
        return match_name(self._bearers(), words)

    def knows_word(self, word: str) -> bool:
        """Tell whether a word occurs in the indexed text."""
        return any(fold(word) in segment.words() for segment in self._generation().segments)

    def near_word(self, word: str) -> str | None:
        """Return the most frequent indexed word within two edits."""
        return near_word(self._generation().segments, word)

    def all_listings(self) -> Iterable[Listing]:
        """Yield every listing, in id order."""
        yield from self._generation().listings.values()

    def info(self) -> GenerationInfo:
        """Return what the generation is, counted afresh."""
        generation = self._generation()
        listings = generation.listings.values()
        return GenerationInfo(
            name=generation.manifest.name,
            published_at=generation.manifest.published_at,
            listings=len(listings),
            programs=sum(len(listing.programs) for listing in listings),
            editions=_editions(listings),
            kinds_by_state=_kinds_by_state(listings),
            time_zones=tuple(sorted({listing.time_zone for listing in listings if listing.time_zone})),
            salt=generation.manifest.salt,
        )

    def _generation(self) -> OracleGeneration:
        if current(self._root) != self._opened.manifest.name:
            self._opened = open_oracle_generation(self._root)
        return self._opened

    def _bearers(self) -> Bearers:
        return bearers_of(self._generation().listings.values())


class _Question:
    """One request over one generation."""

    def __init__(self, generation: OracleGeneration, request: SearchRequest) -> None:
        self._salt = generation.manifest.salt
        self._request = request
        terms = query_terms(request.words)
        # Words of which nothing is left, such as "---", ask for something that nobody has.
        self._candidates = generation.candidates(terms) if terms or not request.words else []
        self._nearest = self._nearest_ids()

    def _nearest_ids(self) -> frozenset[str] | None:
        """Return the listings that `Nearest` names, None for any other area."""
        if not isinstance(self._request.area, Nearest):
            return None
        fitting = by_listing(one for one in self._candidates if matches(one, self._request))
        return nearest_ids(fitting, self._request, self._request.area.count, self._salt)

    def matching(self, but: str = "", *, but_kind: bool = False) -> Matching:
        """Return the matching programs of each matching listing, a group's own selections or the kind left out."""
        return by_listing(
            one
            for one in self._candidates
            if matches(one, self._request, but=but, but_kind=but_kind)
            and (self._nearest is None or one.listing.id in self._nearest)
        )

    def ordered(self, matching: Matching) -> list[Match]:
        """Return the matches in the public order."""
        found = [best_match(programs, self._request) for programs in matching.values()]
        return in_order(found, self._request, self._salt)


def _with_hits(results: Results, ordered: Sequence[Match], generation: OracleGeneration, request: SearchRequest) -> Results:
    """Return the results with the rows of their page."""
    start = (request.page - 1) * request.per_page
    hits = (_hit(match, generation, request) for match in ordered[start : start + request.per_page])
    return Results(
        results.total,
        results.page,
        results.per_page,
        tuple(hits),
        results.facets,
        results.states,
        results.kinds,
        results.tallies,
        results.generation,
    )


def _hit(match: Match, generation: OracleGeneration, request: SearchRequest) -> Hit:
    listing = match.best.listing
    measured = centre_of(request.area) is not None and not math.isinf(match.miles)
    return Hit(
        id=listing.id,
        document=generation.documents[listing.id],
        program=match.best.position,
        distance_miles=match.miles if measured else None,
        precision=listing.precision,
        unmet=match.unmet,
        score=match.score,
    )


def _numbers(listing: Listing) -> set[str]:
    phones = [*listing.phones, *(phone for program in listing.programs for phone in program.phones)]
    return {phone.number for phone in phones}


def _editions(listings: Iterable[Listing]) -> tuple[EditionCount, ...]:
    """Count the programs of each edition, in order of source, title, edition and day (unknown first)."""
    sources = [program.source for listing in listings for program in listing.programs]
    counts = Counter((source.name, source.title, source.edition, source.retrieved_on) for source in sources)
    in_order = sorted(counts, key=lambda key: (*key[:3], "" if key[3] is None else key[3].isoformat()))
    return tuple(EditionCount(*key, counts[key]) for key in in_order)


def _kinds_by_state(listings: Iterable[Listing]) -> dict[str, dict[Kind, int]]:
    """Count kinds by the state of the address; a listing without one counts in each state it serves."""
    counts: dict[str, Counter[Kind]] = {}
    for listing in listings:
        for state in (listing.address.state,) if listing.address.state else listing.states_served:
            counts.setdefault(state, Counter())[listing.kind] += 1
    return {state: dict(counts[state]) for state in sorted(counts)}
