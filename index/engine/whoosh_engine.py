"""The embedded engine: answers from the arrays that the publisher compiled out of a Whoosh index.

A search is a handful of steps over each segment (base, and delta after edits): find the words of bits that the area and the text
touch, AND the filters, count the facets, reduce programs to listings, order, fetch the page. No Whoosh searcher is ever opened.
"""

from __future__ import annotations

import heapq
import logging
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

import numpy as np

from index.engine.analysis import fold, query_terms
from index.engine.generation import CURRENT, current, generations, path_of
from index.engine.opening import OpenGeneration, open_generation
from index.engine.search import names
from index.engine.search.facets import Counts, count, facets_of, kinds_of, states_of
from index.engine.search.hits import hits
from index.engine.search.matching.match_set import Matching, match
from index.engine.search.order import Found, best_programs, in_order
from index.engine.search.spelling import is_spellable, near_terms
from index.engine.segment import Segment
from index.errors import EngineUnavailable, GenerationCorrupt, PageNotFound
from index.listing import Listing, ListingId, decode_listing
from index.request import Circle, Nearest, SearchRequest, Sort
from index.results import GenerationInfo, Hit, NameSuggestion, Results, page_count

CHECK_SECONDS: Final = 0.5  # between two looks at whether CURRENT moved
WIDENING_MILES: Final = (5.0, 20.0, 80.0, 320.0)  # circles tried for the nearest before everything is measured

log = logging.getLogger(__name__)


class WhooshEngine:
    """`Engine` over the generations under a root; safe to share between threads.

    A newer generation is picked up between calls, within `CHECK_SECONDS`; calls under way keep the one they began with. If
    the current generation fails its checks, the last readable one answers; if there is none, calls raise EngineUnavailable.
    """

    def __init__(self, root: Path, clock: Callable[[], float] = time.monotonic) -> None:
        self._root = root
        self._clock = clock
        self._opened: OpenGeneration | None = None
        self._mark: tuple[int, int] | None = None
        self._next_check = 0.0
        self._opening = threading.Lock()

    def search(self, request: SearchRequest) -> Results:
        """Return the asked page of matching listings with exact totals, facets and tallies.

        Raises PageNotFound for a page past the end.
        """
        generation = self._generation()
        matchings = _match(generation.segments, request)
        counts = _counted(generation, matchings, request)
        pages = page_count(counts.total, request.per_page)
        if request.page > pages:
            raise PageNotFound(request.page, pages)
        found = _page(matchings, request) if counts.total and request.per_page else ()
        return _results(generation, counts, request, found)

    def count(self, request: SearchRequest) -> int:
        """Return how many listings match; page and order do not matter."""
        return sum(matching.total() for matching in _match(self._generation().segments, request))

    def get(self, listing_ids: Sequence[ListingId]) -> Mapping[ListingId, Listing]:
        """Return the listings with these ids; unknown ids are left out."""
        found: dict[ListingId, Listing] = {}
        for segment in self._generation().segments:
            for position in segment.positions(list(listing_ids)).tolist():
                listing = decode_listing(segment.document(position))
                found[listing.id] = listing
        return {one: found[one] for one in listing_ids if one in found}

    def ids_by_phone(self, number: str) -> tuple[ListingId, ...]:
        """Return the listings that bear an E.164 number or short code, in id order."""
        return tuple(
            sorted(
                segment.id_of(listing)
                for segment in self._generation().segments
                for listing in segment.arrays.phones.of(number).tolist()
                if segment.counts_listing(listing)
            )
        )

    def suggest_names(self, prefix: str, limit: int) -> tuple[NameSuggestion, ...]:
        """Return names of listings and organizations of which some word begins as typed, most listings first."""
        return names.suggest_names(self._generation().segments, prefix, limit)

    def match_name(self, words: Sequence[str]) -> str | None:
        """Return the indexed name that these words equal or nearly equal, or None."""
        return names.match_name(self._generation().segments, words)

    def knows_word(self, word: str) -> bool:
        """Tell whether a folded word occurs in the indexed text; one of a listing just removed does until the next full build."""
        return any(segment.term(fold(word)) is not None for segment in self._generation().segments)

    def near_word(self, word: str) -> str | None:
        """Return the indexed word with the fewest edits (at most two), then the most frequent, then the first by code point."""
        if not is_spellable(word):
            return word if self.knows_word(word) else None
        frequencies: dict[tuple[int, str], int] = {}
        for segment in self._generation().segments:
            for edits, term, position in near_terms(word, segment.arrays.text, segment.arrays.deletes):
                frequency = int(segment.arrays.text.frequencies[position].sum())
                frequencies[edits, term] = frequencies.get((edits, term), 0) + frequency
        best = min(frequencies, key=lambda near: (near[0], -frequencies[near], near[1]), default=None)
        return best[1] if best else None

    def all_listings(self) -> Iterable[Listing]:
        """Yield every listing of the generation, in id order."""
        return heapq.merge(*(_in_id_order(one) for one in self._generation().segments), key=lambda listing: listing.id)

    def info(self) -> GenerationInfo:
        """Return what the generation is."""
        return self._generation().info

    def _generation(self) -> OpenGeneration:
        """Return the generation that answers, after a look whether another one should."""
        now = self._clock()
        if now >= self._next_check and self._opening.acquire(blocking=self._opened is None):
            try:
                self._refresh()
                self._next_check = now + CHECK_SECONDS
            finally:
                self._opening.release()
        if self._opened is None:
            raise EngineUnavailable(f"no generation under {self._root} can be read")
        return self._opened

    def _refresh(self) -> None:
        mark = _mark_of(self._root / CURRENT)
        if mark == self._mark and self._opened is not None:
            return
        name = current(self._root)
        if name is not None and (self._opened is None or self._opened.manifest.name != name):
            self._opened = self._open_or_fall_back(name)
        self._mark = mark

    def _open_or_fall_back(self, name: str) -> OpenGeneration | None:
        """Return the named generation, else what answers already, else the newest older one that can be read."""
        older = [one for one in reversed(generations(self._root)) if one < name] if self._opened is None else []
        for candidate in (name, *older):
            try:
                return open_generation(path_of(self._root, candidate))
            except GenerationCorrupt as error:
                log.error("generation unreadable name=%s reason=%s", candidate, error)
        return self._opened


def _mark_of(path: Path) -> tuple[int, int] | None:
    """Return what changes when a file is replaced; None when there is none."""
    try:
        status = path.stat()
    except FileNotFoundError:
        return None
    return status.st_mtime_ns, status.st_ino


def _match(segments: Sequence[Segment], request: SearchRequest) -> list[Matching]:
    terms = query_terms(request.words)
    if isinstance(request.area, Nearest):
        return _match_nearest(segments, request, request.area)
    return [match(segment, request, terms, request.area) for segment in segments]


def _match_nearest(segments: Sequence[Segment], request: SearchRequest, area: Nearest) -> list[Matching]:
    """Return what matches among the nearest listings that do: circles are widened until one holds enough."""
    terms = query_terms(request.words)
    for miles in WIDENING_MILES:
        circle = Circle(area.centre, miles)
        matchings = [match(segment, request, terms, circle) for segment in segments]
        if sum(matching.total() for matching in matchings) >= area.count:
            break
    else:
        matchings = [match(segment, request, terms, area) for segment in segments]
    by_distance = replace(request, sort=Sort.DISTANCE, prefer=())
    found = [_found(matching, by_distance) for matching in matchings]
    chosen: list[list[int]] = [[] for _ in segments]
    for number, row in in_order(found, by_distance, area.count):
        if np.isfinite(found[number].rows.miles[row]):
            chosen[number].append(int(found[number].listings[row]))
    slots = [segment.slots_of(np.array(one, np.int64)) for segment, one in zip(segments, chosen, strict=True)]
    return [matching.restricted(some) for matching, some in zip(matchings, slots, strict=True)]


def _found(matching: Matching, request: SearchRequest) -> Found:
    return best_programs(matching.pool.segment, matching.chosen, request)


def _counted(generation: OpenGeneration, matchings: Sequence[Matching], request: SearchRequest) -> Counts:
    """Return everything that is counted over the match set."""
    catalogue = generation.catalogue
    counts = Counts(np.zeros(len(catalogue.keys), np.int64))
    for matching, places in zip(matchings, catalogue.places, strict=True):
        if not matching.is_empty:
            count(matching, request, places, counts)
    return counts


def _results(generation: OpenGeneration, counts: Counts, request: SearchRequest, page: tuple[Hit, ...]) -> Results:
    catalogue, numbers = generation.catalogue, counts.rows.tolist()
    return Results(
        total=counts.total,
        page=request.page,
        per_page=request.per_page,
        hits=page,
        facets=facets_of(counts, numbers, request, catalogue) if request.facets else (),
        states=states_of(numbers, catalogue),
        kinds=kinds_of(numbers, catalogue),
        tallies={name: counts.tallies[name] for name in request.tallies},
        generation=generation.manifest.name,
    )


def _page(matchings: Sequence[Matching], request: SearchRequest) -> tuple[Hit, ...]:
    found = [_found(matching, request) for matching in matchings if not matching.is_empty]
    until = request.page * request.per_page
    rows = in_order(found, request, until)[until - request.per_page :]
    return hits(found, rows, request)


def _in_id_order(segment: Segment) -> Iterator[Listing]:
    for position in segment.arrays.listings.by_id.tolist():
        if segment.counts_listing(position):
            yield decode_listing(segment.document(position))
