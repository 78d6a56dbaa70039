"""Suggestions while a person types: concepts by any of their words, places, names. Pure lookups, no engine."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Protocol

from index.geo.places import Place
from index.language.text.normalise import clean, phrase, tokenise
from index.language.vocabulary import Vocabulary
from index.language.vocabulary_file import Concept, Kind

SHORTEST_PREFIX: Final = 2  # letters
LONGEST_PREFIX: Final = 60
_NOT_OFFERED: Final = frozenset({Kind.CRISIS})


class PlacePrefixes(Protocol):
    """A gazetteer that completes names."""

    def starting_with(self, prefix: str, limit: int = 8) -> tuple[Place, ...]:
        """Return places whose name starts with the text, most prominent first."""


@dataclass(frozen=True, slots=True)
class Suggested:
    """One completion: the text to show and take over, what it is (concept, place, name), its id and a few words beside it."""

    text: str
    kind: str
    id: str
    detail: str


def suggest(
    text: str,
    *,
    vocabulary: Vocabulary,
    places: PlacePrefixes,
    names: Callable[[str, int], Sequence[str]],
    lang: str = "en",
    limit: int = 8,
) -> tuple[Suggested, ...]:
    """Return completions of what is being typed: concepts first, then places, then names; at most `limit`.

    Street names, misspellings and stigmatising words find a concept but are never shown: its label is.
    """
    typed = " ".join(token.word for token in tokenise(clean(text[:LONGEST_PREFIX])))
    if len(typed) < SHORTEST_PREFIX:
        return ()
    concepts = list(_concepts(typed, vocabulary, lang, limit))
    towns = [Suggested(place.label, "place", place.label, place.county) for place in places.starting_with(typed, limit)]
    listed = [Suggested(name, "name", name, "") for name in names(typed, limit)]
    return _shared_out((concepts, towns, listed), limit)


def _shared_out(kinds: Sequence[Sequence[Suggested]], limit: int) -> tuple[Suggested, ...]:
    """Give each kind a fair share, then fill up in order of the kinds."""
    share = max(1, limit // len(kinds))
    chosen = [item for found in kinds for item in found[:share]]
    spare = [item for found in kinds for item in found[share:]]
    kept = set(chosen[:limit]) | set(spare[: max(0, limit - len(chosen))])
    return tuple(item for found in kinds for item in found if item in kept)


def _concepts(typed: str, vocabulary: Vocabulary, lang: str, limit: int) -> Iterator[Suggested]:
    terms = _sorted_terms(vocabulary)
    first = bisect_left(terms, (typed, "", 0))
    found: dict[str, int] = {}
    for term, concept_id, weight in terms[first : first + 400]:
        if not term.startswith(typed):
            break
        found[concept_id] = min(found.get(concept_id, 9), weight + (term != typed))
    for concept_id in sorted(
        found, key=lambda concept_id: (found[concept_id], len(vocabulary.label(concept_id, lang)), concept_id)
    )[:limit]:
        yield Suggested(vocabulary.label(concept_id, lang), "concept", concept_id, vocabulary.help(concept_id, lang))


@lru_cache(maxsize=4)
def _sorted_terms(vocabulary: Vocabulary) -> list[tuple[str, str, int]]:
    """Return (words, concept, weight) in order of the words; every later word of a label counts as a beginning too."""
    return sorted({entry for concept in vocabulary.concepts if concept.kind not in _NOT_OFFERED for entry in _entries(concept)})


def _entries(concept: Concept) -> Iterator[tuple[str, str, int]]:
    contextual = {phrase(term) for term in concept.needs_context}
    for label in (concept.label, concept.label_es):
        words = phrase(label)
        for start in range(len(words)):
            yield " ".join(words[start:]), concept.id, 0 if start == 0 else 2
    for term in concept.terms:
        words = phrase(term)
        if words and words not in contextual:
            yield " ".join(words), concept.id, 1
