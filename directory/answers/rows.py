"""Rows: hits of the engine joined with their cards, in the engine's order, which nothing here can change."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from directory.answers.snapshot import Snapshot
from directory.asking.phrases import phrase, stated_phrase
from directory.asking.planning import DETOX
from directory.asking.query import SearchQuery
from directory.asking.sentences import measured_from, miles_words, why_sentences
from directory.page import Card, Row
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
        if hit.unmet not in self._asked:
            self._asked[hit.unmet] = self._asked_but(hit.unmet)
        asked, unmet = self._asked[hit.unmet]
        stated = dict.fromkeys([words for concept, words in asked if concept in card.states])
        unsaid = () if card.listing.kind is Kind.HELPLINE else unmet
        return why_sentences(tuple(stated), unsaid, miles, self._from, self.parts.lang, by_name=self._by_name)

    @cached_property
    def _asked(self) -> dict[tuple[int, ...], tuple[tuple[tuple[ConceptId, str], ...], tuple[str, ...]]]:
        """By the wishes not met: the concepts asked for otherwise with their words, and the words of those wishes."""
        return {}

    def _asked_but(self, unmet: tuple[int, ...]) -> tuple[tuple[tuple[ConceptId, str], ...], tuple[str, ...]]:
        met = {concept: words for place, wish in enumerate(self._wishes) if place not in unmet for concept, words in wish}
        return tuple((self._required | met).items()), tuple(self._wishes[place][0][1] for place in unmet)

    @cached_property
    def _by_name(self) -> bool:
        return bool(self.request.words or (self.parts.name and self.request.only_ids is not None))

    @cached_property
    def _required(self) -> dict[ConceptId, str]:
        """The concepts that must be stated, with their words; beside the drug of a detox, plain detox says nothing more."""
        asked = dict.fromkeys(concept for selection in self.request.selections for concept in selection.any_of)
        if any(concept.startswith("sub.") for concept in asked):
            asked.pop(DETOX, None)
        return {concept: self._phrase(concept) for concept in asked}

    @cached_property
    def _wishes(self) -> tuple[tuple[tuple[ConceptId, str], ...], ...]:
        return tuple(tuple((concept, self._phrase(concept)) for concept in wish) for wish in self.request.prefer)

    def _phrase(self, concept: ConceptId) -> str:
        say = phrase if self.request.kinds == {Kind.MEETING} else stated_phrase
        return say(concept, self.snapshot.known.vocabulary, self.parts.lang)

    @cached_property
    def _from(self) -> str:
        return measured_from(self.place, self.request.area, self.parts.lang)
