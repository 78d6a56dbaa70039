"""Rows: hits of the engine joined with their cards, in the engine's order, which nothing here can change."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from directory.page import Card, Row
from directory.query import SearchQuery
from directory.sentences import measured_from, miles_words, stated_phrase, why_sentences
from directory.snapshot import Snapshot
from index.geo.places import Place
from index.listing import ConceptId, Kind
from index.request import SearchRequest
from index.results import Hit, Results


@dataclass(frozen=True)
class RowMaker:
    """Makes the rows of one request; what they all share, such as the words of each wish, is made once."""

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
        card = self.snapshot.cards.card(hit, lang)
        miles = miles_words(hit.distance_miles, hit.precision, lang)
        return Row(position, card, hit.distance_miles, hit.precision, miles, self._why(card, hit, miles))

    def _why(self, card: Card, hit: Hit, miles: str) -> tuple[str, ...]:
        met = {
            concept: words for position, wish in enumerate(self._wishes) if position not in hit.unmet for concept, words in wish
        }
        asked = self._required | met
        stated = dict.fromkeys(words for concept, words in asked.items() if concept in card.states)
        unmet = () if card.listing.kind is Kind.HELPLINE else tuple(self._wishes[position][0][1] for position in hit.unmet)
        by_name = bool(self.request.words or self.request.only_ids is not None)
        return why_sentences(tuple(stated), unmet, miles, self._from, self.parts.lang, by_name=by_name)

    @cached_property
    def _required(self) -> dict[ConceptId, str]:
        """The concepts that must be stated, with their words."""
        return {concept: self._phrase(concept) for selection in self.request.selections for concept in selection.any_of}

    @cached_property
    def _wishes(self) -> tuple[tuple[tuple[ConceptId, str], ...], ...]:
        return tuple(tuple((concept, self._phrase(concept)) for concept in wish) for wish in self.request.prefer)

    def _phrase(self, concept: ConceptId) -> str:
        return stated_phrase(concept, self.snapshot.known.vocabulary, self.parts.lang)

    @cached_property
    def _from(self) -> str:
        return measured_from(self.place, self.request.area, self.parts.lang)
