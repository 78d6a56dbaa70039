"""How a query is read: its words, its place, and the signals of danger in both.

A reading of the same words costs nothing the second time: the last few hundred are kept in the memory of the process, never
written anywhere, and forgotten with the generation whose names they were read against.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

from directory.disclosure import Language
from directory.page import Suggestion
from directory.query import SearchQuery
from directory.safety import Notice, notices_for
from index.engine.analysis import plain_terms
from index.engine.protocol import Engine
from index.geo.places import Gazetteer, Place
from index.language.names import NameMatch
from index.language.output import as_json, place_json
from index.language.roles import role_of
from index.language.suggest import suggest
from index.language.understanding import ConceptMatch, Understanding, understand
from index.language.vocabulary import Vocabulary

READINGS_KEPT: Final = 512
MOST_ALTERNATIVES: Final = 6


@dataclass(frozen=True, slots=True)
class EngineNames:
    """The names of the published listings, as the understanding asks for them."""

    engine: Engine

    def match(self, words: Sequence[str]) -> NameMatch | None:
        """Return the name that the words equal or nearly equal."""
        name = self.engine.match_name(words)
        return None if name is None else NameMatch(name, tuple(words), exact=tuple(plain_terms(name)) == tuple(words))

    def knows(self, word: str) -> bool:
        """Say whether a folded word occurs in the index."""
        return self.engine.knows_word(word)

    def near(self, word: str) -> str | None:
        """Return the indexed word that an unknown word is a slip of."""
        return self.engine.near_word(word)


@dataclass(frozen=True, slots=True)
class Read:
    """A query as read. `place` is the one searched, from the place box or from the words; `unused_place` is one that the words
    named and the box overruled.
    """

    understanding: Understanding
    place: Place | None
    alternatives: tuple[Place, ...]
    unused_place: Place | None = None

    def near_me_unanswered(self, parts: SearchQuery) -> bool:
        """Tell whether "near me" was asked without a position: then we ask, and never guess."""
        return self.understanding.near_me and self.place is None and parts.position is None

    def notices(self, lang: Language) -> tuple[Notice, ...]:
        """Return the safety notices that the words and concepts fire, most urgent first."""
        return notices_for(self.understanding, lang)

    def as_json(self, lang: Language, vocabulary: Vocabulary) -> Mapping[str, object]:
        """Return the reading as the API shows it, with the place really searched."""
        shown = dict(as_json(self.understanding, vocabulary, lang))
        if self.place is not None:
            shown["place"] = place_json(self.place, self.alternatives)
        shown["notices"] = [{"id": notice.id, "title": notice.title} for notice in self.notices(lang)]
        return shown


class Reader:
    """Reads queries against one engine's names, one vocabulary and one gazetteer."""

    def __init__(self, engine: Engine, vocabulary: Vocabulary, places: Gazetteer) -> None:
        self.engine, self.vocabulary, self.places = engine, vocabulary, places
        self._understood = lru_cache(maxsize=READINGS_KEPT)(self._understand)

    def _understand(self, text: str, lang: Language, generation: str) -> Understanding:
        return understand(text, vocabulary=self.vocabulary, places=self.places, names=EngineNames(self.engine), lang=lang)

    def read(self, query: SearchQuery) -> Read:
        """Return the reading of a query. Raises UnknownPlace when the place box names none."""
        text = query.text if query.understand else ""
        understood = self._understood(text, query.lang, self.engine.info().name)
        if not query.understand and query.text:
            # Taken literally for the search, the words are still read for danger.
            danger = self._understood(query.text, query.lang, self.engine.info().name)
            understood = replace(understood, text=danger.text, crisis=danger.crisis, concepts=danger.concepts)
        understood = self._with_parts(understood, query)
        return self._placed(query, understood)

    def _with_parts(self, understood: Understanding, query: SearchQuery) -> Understanding:
        """Add the concepts that stand in the address, so that a shared search gives the same notices as the words did."""
        present = set(understood.ids())
        added = tuple(
            ConceptMatch(concept, "", None, role_of(self.vocabulary, concept))
            for concept in dict.fromkeys((*query.offers, *query.prefer))
            if concept not in present
        )
        return replace(understood, concepts=(*understood.concepts, *added)) if added else understood

    def _placed(self, query: SearchQuery, understood: Understanding) -> Read:
        said = understood.place
        if query.near:
            resolved = self.places.resolve(query.near)
            unused = said.place if said and said.place != resolved.place else None
            return Read(understood, resolved.place, resolved.alternatives[:MOST_ALTERNATIVES], unused)
        if query.position or said is None:
            return Read(understood, None, (), said.place if said else None)
        return Read(understood, said.place, said.alternatives[:MOST_ALTERNATIVES])

    def suggest(self, text: str, lang: Language, limit: int) -> tuple[Suggestion, ...]:
        """Return completions of what is being typed: concepts, places, names."""
        found = suggest(text, vocabulary=self.vocabulary, places=self.places, names=self._names, lang=lang, limit=limit)
        return tuple(Suggestion(item.text, item.kind, item.id, item.detail) for item in found)

    def _names(self, prefix: str, limit: int) -> tuple[str, ...]:
        return tuple(suggestion.name for suggestion in self.engine.suggest_names(prefix, limit))
