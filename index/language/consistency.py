"""Checks of the vocabulary against itself, run whenever it is loaded."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping

from index.language.text.normalise import phrase
from index.language.vocabulary_file import Concept, TermRule, VocabularyFile

Phrase = tuple[str, ...]


def problems_of(vocabulary: VocabularyFile) -> Iterator[str]:
    """Yield what contradicts itself, each a sentence that names the concept or term; nothing for a sound vocabulary."""
    ids = Counter(concept.id for concept in vocabulary.concepts)
    yield from (f"{concept_id}: two concepts have this id" for concept_id, times in ids.items() if times > 1)
    yield from _reference_problems(vocabulary, set(ids))
    yield from _cycles(vocabulary)
    yield from _code_problems(vocabulary)
    for words, concepts in collisions(vocabulary.concepts, vocabulary.readings).items():
        yield f"{concepts[0]}: {' '.join(words)!r} also means {', '.join(concepts[1:])} and no reading rule decides"


def _reference_problems(vocabulary: VocabularyFile, ids: set[str]) -> Iterator[str]:
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
    for rule in vocabulary.readings:
        named = {concept_id for reading in rule.readings for concept_id in reading.concepts}
        yield from (f"reading of {rule.terms[0]!r} names unknown {other!r}" for other in sorted(named - ids))


def _cycles(vocabulary: VocabularyFile) -> Iterator[str]:
    parents = {concept.id: concept.parent for concept in vocabulary.concepts}
    for start in parents:
        seen, current = {start}, parents[start]
        while current is not None:
            if current in seen:
                yield f"{start}: its parents form a circle"
                break
            seen.add(current)
            current = parents.get(current)


def _code_problems(vocabulary: VocabularyFile) -> Iterator[str]:
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


def meanings(concepts: Iterable[Concept]) -> Mapping[Phrase, tuple[str, ...]]:
    """Return every phrase of the vocabulary with the concepts it is a term of; labels count as terms."""
    found: dict[Phrase, dict[str, None]] = defaultdict(dict)
    for concept in concepts:
        for words in spoken(concept):
            found[words][concept.id] = None
    return {words: tuple(ids) for words, ids in found.items()}


def spoken(concept: Concept) -> Iterator[Phrase]:
    """Yield the phrases that a person may type for a concept."""
    for term in concept.terms:
        words = phrase(term)
        if words:
            yield words


def collisions(concepts: Iterable[Concept], rules: Iterable[TermRule]) -> Mapping[Phrase, tuple[str, ...]]:
    """Return the phrases that mean two concepts without a rule that decides. Empty in a sound vocabulary."""
    decided = {phrase(term) for rule in rules for term in rule.terms}
    return {words: found for words, found in meanings(concepts).items() if len(found) > 1 and words not in decided}
