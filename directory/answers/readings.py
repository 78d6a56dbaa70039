"""How a query is read: its words, its place, and the signals of danger in both.

A reading of the same words costs nothing the second time: the last few hundred are kept in the memory of the process, never
written anywhere, and forgotten with the generation whose names they were read against.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from typing import Final

from rapidfuzz.distance import OSA

from directory.answers.kept_here import NOTHING_UNSAID, Unsaid
from directory.asking.query import SearchQuery
from directory.disclosure import Language
from directory.page import Suggestion
from directory.safety import Notice, notices_for
from index.engine.analysis import plain_terms
from index.engine.protocol import Engine
from index.geo.distance import Coordinates
from index.geo.places import Gazetteer, Place, PlaceKind, Resolution, UnknownPlace
from index.language.meaning.roles import Role, role_of
from index.language.names.listed import NameMatch
from index.language.output import as_json, place_json
from index.language.places.numbers import phone_number
from index.language.places.place_reading import best_known_first
from index.language.signals.intent import Intent
from index.language.suggest import suggest
from index.language.understanding import ConceptMatch, Understanding, understand
from index.language.vocabulary import Vocabulary
from index.language.words.spelling import everyday_words
from index.listing import Kind, ListingId
from index.request import SearchRequest

READINGS_KEPT: Final = 512
SHORTEST_NAME_WORD: Final = 5  # letters
LONG_NAME_WORD: Final = 8  # letters, of which two may be wrong
ARTICLES: Final = frozenset({"the", "el", "la", "los", "las"})
NAMES_LOOKED_AT: Final = 8
MOST_NAME_WORDS: Final = 8  # more are a story, whose words stand in no name together
MOST_ALTERNATIVES: Final = 5  # as many as the reading of free text keeps


@dataclass(frozen=True, slots=True)
class EngineNames:
    """The names of the published listings, as the understanding asks for them; `unsaid` ones are as if they did not exist."""

    engine: Engine
    unsaid: Unsaid = NOTHING_UNSAID

    def match(self, words: Sequence[str]) -> NameMatch | None:
        """Return the name that the words equal, begin or nearly equal; one distinctive word may begin it ("Cenikor").

        An article before the words may be no part of the name: "the healing place".
        """
        found = self._matched(words)
        if found is None and len(words) > 1 and words[0] in ARTICLES:
            words = words[1:]
            found = self._matched(words)
        return None if found is None else NameMatch(found, tuple(words), exact=_terms(found) == tuple(words))

    def _matched(self, words: Sequence[str]) -> str | None:
        """Return the name of exactly these words; of one word else the name that it begins, before one that is only near it."""
        found = self.engine.match_name(words)
        if found in self.unsaid.names:
            found = None
        if len(words) > 1 or (found is not None and _terms(found) == tuple(words)):
            return found
        near = found if found is not None and _is_near(words[0], _terms(found)) else None
        return self._begun_by(words) or near or self._begun_by_slip(words)

    def _begun_by_slip(self, words: Sequence[str]) -> str | None:
        """Return the most borne name that the word begins which an unknown word is a slip of: "rosecranse"."""
        meant = None if not words or self.engine.knows_word(words[0]) else self.near(words[0])
        return self._begun_by((meant,)) if meant and meant not in everyday_words() else None

    def _begun_by(self, words: Sequence[str]) -> str | None:
        """Return the most borne name that one long word begins."""
        if len(words) != 1 or len(words[0]) < SHORTEST_NAME_WORD:
            return None
        found = names_beginning(self.engine, words[0], NAMES_LOOKED_AT, self.unsaid)
        return next((name for name in found if plain_terms(name)[:1] == list(words)), None)

    def holding(self, words: Sequence[str]) -> NameMatch | None:
        """Return the most borne name that holds all words, in any order; one of them may be a slip."""
        read = [word if self.engine.knows_word(word) else self.near(word) or word for word in words]
        if sum(one != other for one, other in zip(read, words, strict=True)) > 1:
            return None
        found = names_beginning(self.engine, " ".join(read), NAMES_LOOKED_AT, self.unsaid)
        name = next((name for name in found if set(read) <= set(plain_terms(name))), None)
        return NameMatch(name, tuple(read), exact=False) if name else None

    def knows(self, word: str) -> bool:
        """Say whether a folded word occurs in the index."""
        return self.engine.knows_word(word)

    def near(self, word: str) -> str | None:
        """Return the indexed word that an unknown word is a slip of."""
        found = self.engine.near_word(word)
        return None if found in self.unsaid.words else found


def _terms(name: str) -> tuple[str, ...]:
    return tuple(plain_terms(name))


def _is_near(word: str, name: Sequence[str]) -> bool:
    """Say whether a name of one word, which no dictionary has, is a word with few slips: "caron" is no "cares"."""
    slips = 1 if len(word) < LONG_NAME_WORD else 2
    return len(name) == 1 and name[0] not in everyday_words() and OSA.distance(word, name[0]) <= slips


def names_beginning(engine: Engine, prefix: str, limit: int, unsaid: Unsaid) -> tuple[str, ...]:
    """Return the names that may be said and of which some word begins as typed, most borne first."""
    asked = limit
    while True:
        found = engine.suggest_names(prefix, asked)
        said = tuple(one.name for one in found if one.name not in unsaid.names)
        if len(said) >= limit or len(found) < asked:
            return said[:limit]
        asked *= 4


@dataclass(frozen=True)
class Read:
    """A query as read. `place` is the one searched, from the place box or from the words; `near` is the text that names it, and
    its other readings, again; `state` is the state of the place or position. `name_words` are words that said nothing else and
    that some listing's name holds. `unused_places` were named by the words, and the box or the position overruled them; `others`
    were named beside `place` and are not searched; `states` are searched together instead of a place. `danger` is a reading of
    all the words, also of those that are taken literally.
    """

    query: SearchQuery
    understanding: Understanding
    danger: Understanding
    place: Place | None
    alternatives: tuple[Place, ...]
    near: str = ""
    state: str = ""
    unused_places: tuple[Place, ...] = ()
    others: tuple[Place, ...] = ()
    states: tuple[Place, ...] = ()
    number_ids: frozenset[ListingId] | None = None
    name_words: str = ""

    def near_me_unanswered(self, parts: SearchQuery) -> bool:
        """Tell whether "near me" was asked without a position: then we ask, and never guess."""
        return self.understanding.near_me and self.place is None and parts.position is None

    @property
    def says_nothing(self) -> bool:
        """Tell whether there were words, and none of them asks for anything of this field, names a listing or a place.

        A concept without an intent is a word of time beside a shop: "liquor store open now".
        """
        read, asked = self.understanding, self.query
        concepts = read.concepts if read.intent is not None else ()
        named = read.name or read.phone or (read.intent is Intent.PROVIDER_NAME and read.residual)
        placed = self.place or self.states
        understood = concepts or read.excluded or named or read.near_me or read.radius or placed or self.name_words
        return bool(asked.text.strip()) and asked.understand and replace(asked, text="").is_empty and not understood

    @property
    def place_is_where_medicaid_pays(self) -> bool:
        """Tell whether nobody named the place: the words named a Medicaid, which is its state's."""
        named = self.query.near or self.query.position or self.understanding.place or self.understanding.unknown_place
        return self.place is not None and not named

    @property
    def has_danger(self) -> bool:
        """Tell whether the words hold a crisis word: then they stand in no address."""
        return self.danger.crisis is not None or any(match.role is Role.CRISIS for match in self.danger.concepts)

    @cached_property
    def fired(self) -> tuple[Notice, ...]:
        """The safety notices that the words and concepts fire, most urgent first, in the language of the query."""
        return notices_for(self.danger, self.query.lang)

    def with_first_state(self) -> Read:
        """Return the reading with states that are searched together as a place and others: what the words name."""
        return replace(self, place=self.states[0], others=self.states[1:]) if self.states else self

    def as_json(self, vocabulary: Vocabulary) -> Mapping[str, object]:
        """Return the reading as the API shows it, with the place and radius really searched."""
        lang = self.query.lang
        shown = dict(as_json(self.understanding, vocabulary, lang))
        shown["place"] = place_json(self.place, self.alternatives) if self.place else None
        shown["other_places"] = [place_json(other) for other in self.others]
        if self.query.radius_miles:
            shown["radius"] = {"miles": self.query.radius_miles, "matched": ""}
        if self.danger is not self.understanding:
            shown["crisis"] = as_json(self.danger, vocabulary, lang)["crisis"]
        shown["notices"] = [{"id": notice.id, "title": notice.title} for notice in self.fired]
        return shown


class Reader:
    """Reads queries against one engine's names, one vocabulary and one gazetteer."""

    def __init__(self, engine: Engine, vocabulary: Vocabulary, places: Gazetteer, kept: int = READINGS_KEPT) -> None:
        """`kept` is how many readings stay in memory: 0 for a room that must forget what it was asked."""
        self.engine, self.vocabulary, self.places = engine, vocabulary, places
        self._understood = lru_cache(maxsize=kept)(self._understand)
        self._near_text = lru_cache(maxsize=kept)(self._text_that_names)
        self._state_at = lru_cache(maxsize=kept)(self._state_of_position)
        self._in_a_name = lru_cache(maxsize=kept)(self._stand_in_a_name)

    def read(self, query: SearchQuery, unsaid: Unsaid = NOTHING_UNSAID) -> Read:
        """Return the reading of a query; names that are `unsaid` are not known to it.

        Raises UnknownPlace when the place box names no place, or the words plainly mean one that nobody knows.
        """
        return self._read(query, self.engine.info().name, unsaid)

    def _understand(self, text: str, lang: Language, generation: str, unsaid: Unsaid) -> Understanding:
        names = EngineNames(self.engine, unsaid)
        return understand(text, vocabulary=self.vocabulary, places=self.places, names=names, lang=lang)

    def _read(self, query: SearchQuery, generation: str, unsaid: Unsaid) -> Read:
        def understood_as(text: str) -> Understanding:
            return self._with_parts(self._understood(text, query.lang, generation, unsaid), query)

        danger = understood_as(query.text)
        read = self._placed(query, danger if query.understand else understood_as(""), danger)
        return replace(read, name_words=self._words_of_names(read, generation)) if read.says_nothing else read

    def _with_parts(self, understood: Understanding, query: SearchQuery) -> Understanding:
        """Add the concepts that stand in the address, so that a shared search gives the same notices as the words did."""
        asked, refused = {**dict.fromkeys(query.prefer, True), **dict.fromkeys(query.offers, False)}, query.leave_out
        if not (asked or refused):
            return understood
        excluded = {match.id: match for match in understood.excluded if match.id not in asked}
        concepts = {match.id: match for match in understood.concepts if match.id not in refused}
        for concept, only_ranks in asked.items():
            concepts.setdefault(concept, self._match(concept, only_ranks=only_ranks))
        for concept in refused:
            excluded.setdefault(concept, self._match(concept))
        return replace(understood, concepts=tuple(concepts.values()), excluded=tuple(excluded.values()))

    def _match(self, concept: str, *, only_ranks: bool = False) -> ConceptMatch:
        """Return a concept of the address in its usual role, but none that the address only prefers as a filter."""
        role = role_of(self.vocabulary, concept)
        return ConceptMatch(concept, "", None, Role.PREFER if only_ranks and role is Role.FILTER else role)

    def _placed(self, query: SearchQuery, understood: Understanding, danger: Understanding) -> Read:
        meant = self._named_places(query, understood)
        others = meant.also if meant else ()
        states = () if query.states or query.kinds == (Kind.HELPLINE,) else _all_states(meant)
        place, alternatives = (meant.place, meant.alternatives[:MOST_ALTERNATIVES]) if meant and not states else (None, ())
        near = self._near_text(place, bool(alternatives)) if place else ""
        if place and others:  # none of these names needs telling apart: each is told by the other
            alternatives, near = (), " / ".join(one.label for one in (place, *others))
        state = meant.place.state if meant else self._state_at(query.position) if query.position else ""
        said = (understood.place.place, *understood.other_places) if understood.place else ()
        overruled = bool(query.position or query.near)
        return Read(
            query,
            understood,
            danger,
            place,
            alternatives,
            near,
            state,
            unused_places=tuple(one for one in said if one not in (place, *others)) if overruled else (),
            others=others if place else (),
            states=states,
            number_ids=self._number_ids(query, understood),
        )

    def _named_places(self, query: SearchQuery, understood: Understanding) -> Resolution | None:
        """Return the place meant, its other readings, and those named besides: of the place box, else of the words."""
        if query.position:
            return None
        if query.near:
            resolved = self.places.resolve(query.near)
            found = best_known_first(query.near, (resolved.place, *resolved.alternatives))
            return Resolution(found[0], found[1:], resolved.also)
        if understood.unknown_place:
            return self.places.resolve(understood.unknown_place)
        if said := understood.place:
            return Resolution(said.place, said.alternatives, understood.other_places)
        asked_elsewhere = not query.text or query.states or understood.near_me
        insured = "" if asked_elsewhere else self._state_that_insures(understood)
        return self.places.resolve(insured) if insured else None

    def _state_that_insures(self, understood: Understanding) -> str:
        """Return the state whose Medicaid the words name, "" for none or several: hardly any place outside takes it."""
        found = {self.vocabulary.concept(match.id).state or "" for match in understood.concepts}
        found.discard("")
        return found.pop() if len(found) == 1 else ""

    def _text_that_names(self, place: Place, ambiguous: bool) -> str:
        """Return the shortest text that is read as this place; of an ambiguous one the bare name, so that its other readings
        are still offered at the shared address.
        """
        tried = (place.zip, place.city) if ambiguous else (place.zip,)
        for text in tried:
            if text and self.places.lookup(text)[:1] == (place,):
                return text
        return place.label

    def _state_of_position(self, position: Coordinates) -> str:
        try:
            return self.places.state_at(position)
        except UnknownPlace:
            return ""

    def _stand_in_a_name(self, words: tuple[str, ...], generation: str) -> bool:
        """Tell whether the words stand in the names of a listing, its organization and its programs, in that generation."""
        return len(words) <= MOST_NAME_WORDS and self.engine.count(SearchRequest(words=words)) > 0

    def _number_ids(self, query: SearchQuery, understood: Understanding) -> frozenset[ListingId] | None:
        """Return the listings that bear the phone number that was typed, as words or as a name; None when none was."""
        number = understood.phone or phone_number(query.name)
        return frozenset(self.engine.ids_by_phone(f"+1{number}")) if number else None

    def _words_of_names(self, read: Read, generation: str) -> str:
        """Return the words that together stand in a listing's name: all of them, or those that are no filler; "" for none."""
        typed = (tuple(plain_terms(text)) for text in (read.query.text, " ".join(read.understanding.residual)))
        return next((" ".join(words) for words in typed if words and self._in_a_name(words, generation)), "")

    def suggest(self, text: str, lang: Language, limit: int, unsaid: Unsaid = NOTHING_UNSAID) -> tuple[Suggestion, ...]:
        """Return completions of what is being typed: concepts, places, names that may be said."""

        def names(prefix: str, most: int) -> tuple[str, ...]:
            return names_beginning(self.engine, prefix, most, unsaid)

        found = suggest(text, vocabulary=self.vocabulary, places=self.places, names=names, lang=lang, limit=limit)
        return tuple(Suggestion(item.text, item.kind, item.id, item.detail) for item in found)


def _all_states(meant: Resolution | None) -> tuple[Place, ...]:
    """Return states that are named one beside the other: they can be searched together, as towns cannot."""
    named = (meant.place, *meant.also) if meant and meant.also else ()
    return named if all(one.kind is PlaceKind.STATE for one in named) else ()
