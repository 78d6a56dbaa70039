"""Checks of the vocabulary against itself, run whenever it is loaded."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from index.language.text.normalise import phrase

if TYPE_CHECKING:
    from index.language.vocabulary import Concept, Vocabulary

Phrase = tuple[str, ...]


def check(vocabulary: Vocabulary) -> None:
    """Raise VocabularyError for the first thing that contradicts itself, naming it."""
    from index.language.vocabulary import VocabularyError

    for problem in _problems(vocabulary):
        raise VocabularyError(problem)


def _problems(vocabulary: Vocabulary) -> Iterator[str]:
    ids = Counter(concept.id for concept in vocabulary.concepts)
    yield from (f"{concept_id}: two concepts have this id" for concept_id, times in ids.items() if times > 1)
    yield from _reference_problems(vocabulary, set(ids))
    yield from _cycles(vocabulary)
    yield from _code_problems(vocabulary)
    for words, concepts in collisions(vocabulary).items():
        yield f"{concepts[0]}: {' '.join(words)!r} also means {', '.join(concepts[1:])} and no reading rule decides"


def _reference_problems(vocabulary: Vocabulary, ids: set[str]) -> Iterator[str]:
    for concept in vocabulary.concepts:
        if concept.parent is not None and concept.parent not in ids:
            yield f"{concept.id}: its parent {concept.parent!r} is unknown"
        yield from (f"{concept.id}: implies unknown {other!r}" for other in concept.implies if other not in ids)
        yield from (f"{concept.id}: names unknown line {other!r}" for other in concept.resources if other not in ids)
        known = {phrase(term) for term in (*concept.terms, concept.label, concept.label_es)}
        yield from (
            f"{concept.id}: {term!r} needs context but is none of its terms"
            for term in concept.needs_context
            if phrase(term) not in known
        )
    for rule in vocabulary.rules:
        named = {concept_id for reading in rule.readings for concept_id in reading.concepts}
        yield from (f"reading of {rule.terms[0]!r} names unknown {other!r}" for other in sorted(named - ids))


def _cycles(vocabulary: Vocabulary) -> Iterator[str]:
    parents = {concept.id: concept.parent for concept in vocabulary.concepts}
    for start in parents:
        seen, current = {start}, parents[start]
        while current is not None:
            if current in seen:
                yield f"{start}: its parents form a circle"
                break
            seen.add(current)
            current = parents.get(current)


def _code_problems(vocabulary: Vocabulary) -> Iterator[str]:
    holders: dict[str, list[str]] = defaultdict(list)
    for concept in vocabulary.concepts:
        for code in (*concept.samhsa_codes, *concept.samhsa_codes_negative):
            holders[code].append(concept.id)
        for code in set(concept.samhsa_codes_accepts) - set(concept.samhsa_codes):
            yield f"{concept.id}: code {code} is not among its codes"
    for unmapped in vocabulary.codes_without_concept:
        holders[unmapped.code].append("codes_without_concept")
    yield from (
        f"{found[0]}: code {code} also stands in {', '.join(found[1:])}" for code, found in holders.items() if len(found) > 1
    )


def meanings(vocabulary: Vocabulary) -> Mapping[Phrase, tuple[str, ...]]:
    """Return every phrase of the vocabulary with the concepts it is a term of; labels count as terms."""
    found: dict[Phrase, dict[str, None]] = defaultdict(dict)
    for concept in vocabulary.concepts:
        for words in spoken(concept):
            found[words][concept.id] = None
    return {words: tuple(ids) for words, ids in found.items()}


def spoken(concept: Concept) -> Iterator[Phrase]:
    """Yield the phrases that a person may type for a concept."""
    for term in concept.terms:
        words = phrase(term)
        if words:
            yield words


def collisions(vocabulary: Vocabulary) -> Mapping[Phrase, tuple[str, ...]]:
    """Return the phrases that mean two concepts without a rule that decides. Empty in a sound vocabulary."""
    decided = {phrase(term) for rule in vocabulary.rules for term in rule.terms}
    return {words: concepts for words, concepts in meanings(vocabulary).items() if len(concepts) > 1 and words not in decided}
