"""Rows: hits of the engine joined with their cards, in the engine's order, which nothing here can change."""

from __future__ import annotations

from dataclasses import dataclass

from directory.page import Row
from directory.query import SearchQuery
from directory.sentences import miles_words, phrase, why_sentences
from directory.snapshot import Snapshot
from index.geo.places import Place
from index.listing import ConceptId
from index.request import SearchRequest
from index.results import Hit, Results


@dataclass(frozen=True, slots=True)
class RowMaker:
    """Makes the rows of one request."""

    snapshot: Snapshot
    parts: SearchQuery
    request: SearchRequest
    place: Place | None

    def for_request(self, request: SearchRequest) -> RowMaker:
        """Return the maker of another request of the same search, such as that of a group beyond the results."""
        return RowMaker(self.snapshot, self.parts, request, self.place)

    def rows(self, results: Results) -> tuple[Row, ...]:
        """Return one row a hit, numbered over all pages."""
        first = (results.page - 1) * results.per_page + 1
        return tuple(self._row(position, hit) for position, hit in enumerate(results.hits, first))

    def _row(self, position: int, hit: Hit) -> Row:
        lang = self.parts.lang
        miles = miles_words(hit.distance_miles, hit.precision, lang)
        return Row(
            position=position,
            card=self.snapshot.cards.card(hit, lang),
            distance_miles=hit.distance_miles,
            precision=hit.precision,
            miles=miles,
            why=self._why(hit, miles),
        )

    def _why(self, hit: Hit, miles: str) -> tuple[str, ...]:
        lang, vocabulary = self.parts.lang, self.snapshot.known.vocabulary
        stated = frozenset(vocabulary.closed_upward(self.snapshot.cards.card(hit, lang).program.offers))
        met = [wish for position, wish in enumerate(self.request.prefer) if position not in hit.unmet]
        asked = dict.fromkeys(c for group in (*(s.any_of for s in self.request.selections), *met) for c in group if c in stated)
        unmet = [self.request.prefer[position][0] for position in hit.unmet]
        near = self.place.label if self.place else ("su ubicación" if lang == "es" else "your position")
        return why_sentences(
            self._phrases(tuple(asked)), self._phrases(tuple(unmet)), miles, near, lang, by_name=bool(self.request.words)
        )

    def _phrases(self, concepts: tuple[ConceptId, ...]) -> tuple[str, ...]:
        """Return what may be said of concepts; a drug stands for the detox or treatment of it."""
        vocabulary = self.snapshot.known.vocabulary
        return tuple(phrase(concept, vocabulary, self.parts.lang) for concept in concepts)
