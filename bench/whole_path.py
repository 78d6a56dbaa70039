"""Our whole path: raw text is understood, planned, searched, and the listings of the page are decoded.

As in the service, words that name no care, place or listing are not searched at all: they would find everything.

Nothing is remembered between two queries: the service keeps recent readings, which would hide the cost that is shown here.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from typing import Final

import numpy as np

from bench.requests import Query
from directory.answers.readings import EngineNames, Reader
from directory.asking.planning import Knowledge, Stated, parts_of, plan
from directory.asking.query import SearchQuery
from index.engine.analysis import plain_terms
from index.engine.protocol import Engine
from index.geo.places import Gazetteer, UnknownPlace
from index.language.understanding import Understanding, understand
from index.language.vocabulary import Vocabulary
from index.listing import Listing
from index.request import SearchRequest

TODAY: Final = date(2026, 6, 1)
ROUNDS: Final = 5
SUGGESTIONS: Final = 10


class WholePath:
    """Searches from text, and decodes what is found."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._vocabulary = Vocabulary.load()
        self._places = Gazetteer.load()
        every_concept = frozenset(concept.id for concept in self._vocabulary.concepts)
        self._known = Knowledge(self._vocabulary, Stated(every_concept))
        self._reader = Reader(engine, self._vocabulary, self._places, kept=0)

    def understood(self, text: str) -> Understanding:
        """Return the reading of a text, against the names of the index."""
        return understand(text, vocabulary=self._vocabulary, places=self._places, names=EngineNames(self._engine))

    def decoded(self, query: Query) -> list[Listing]:
        """Search a ready request and decode its page."""
        return [hit.listing() for hit in self._engine.search(query.request).hits]

    def from_text(self, query: Query) -> list[Listing]:
        """Search the text of a query and decode its page."""
        request = self._request(query.text)
        return [hit.listing() for hit in self._engine.search(request).hits] if request else []

    def _request(self, text: str) -> SearchRequest | None:
        """Return what the engine is asked for a text; None where it is not asked."""
        query = SearchQuery(text=text)
        try:
            read = self._reader.read(query)
        except UnknownPlace:
            return None
        if read.says_nothing:
            return None
        parts = parts_of(query, read.understanding, read.near, self._known)
        parts = replace(parts, name=parts.name or read.name_words)
        return plan(parts, read.place, plain_terms(parts.name or parts.text), self._known, TODAY)


def understanding_times(engine: Engine, queries: Sequence[Query]) -> dict[str, float]:
    """Return milliseconds for understanding the texts alone."""
    path = WholePath(engine)
    return _times(path.understood, [query.text for query in queries if query.kind in "abc"])


def lookup_times(engine: Engine, queries: Sequence[Query]) -> dict[str, dict[str, float]]:
    """Return milliseconds for correcting a misspelled word, with how many were right, and for completing a name."""
    misspelled = [query for query in queries if query.kind == "d"]
    right = sum(engine.near_word(query.text) == query.wanted for query in misspelled)
    begun = [query.text for query in queries if query.kind == "e"]
    return {
        "corrected": _times(engine.near_word, [query.text for query in misspelled]) | {"right": right},
        "completed": _times(lambda text: engine.suggest_names(text, SUGGESTIONS), begun),
    }


def _times(ask: Callable[[str], object], texts: Sequence[str]) -> dict[str, float]:
    """Return p50, p95 and p99 over the texts, of each the median of some rounds, and how many texts there were."""
    medians = []
    for text in texts:
        times = []
        for _ in range(ROUNDS):
            started = time.perf_counter()
            ask(text)
            times.append(time.perf_counter() - started)
        medians.append(1e3 * float(np.median(times)))
    p50, p95, p99 = np.percentile(medians, (50, 95, 99)).tolist()
    return {"p50": round(p50, 3), "p95": round(p95, 3), "p99": round(p99, 3), "texts": len(medians)}
