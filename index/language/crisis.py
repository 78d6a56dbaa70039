"""Signs of danger in a text: a pass of its own, over all of it, where terms may overlap with everything else."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from index.language.normalise import Token, phrase
from index.language.vocabulary import Kind, Tier, Vocabulary

_TIER_ORDER: Final = {Tier.EMERGENCY: 0, Tier.LIFELINE: 1, Tier.URGENT: 2}
Phrase = tuple[str, ...]


class CrisisTerms:
    """The vocabulary's crisis terms by their first word."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._by_first: dict[str, list[tuple[Phrase, str, bool]]] = {}
        for concept in vocabulary.concepts:
            if concept.kind is not Kind.CRISIS:
                continue
            contextual = {phrase(term) for term in concept.needs_context}
            for term in concept.terms:
                words = phrase(term)
                if words:
                    self._by_first.setdefault(words[0], []).append((words, concept.id, words in contextual))

    def read(self, words: Sequence[str], in_context: bool) -> dict[str, tuple[int, int]]:
        """Return the crisis concepts with the words that say so, overlapping terms allowed."""
        found: dict[str, tuple[int, int]] = {}
        for start, word in enumerate(words):
            for term, concept_id, contextual in self._by_first.get(word, ()):
                end = start + len(term)
                if tuple(words[start:end]) == term and (not contextual or in_context or len(words) == len(term)):
                    found.setdefault(concept_id, (start, end))
        return found


@lru_cache(maxsize=4)
def crisis_terms(vocabulary: Vocabulary) -> CrisisTerms:
    """Return the crisis terms of a vocabulary; built once."""
    return CrisisTerms(vocabulary)


def most_urgent(vocabulary: Vocabulary, concept_ids: Sequence[str]) -> str | None:
    """Return the crisis concept that leads: emergencies before crisis lines before notices; the order given otherwise."""
    tiers = [(vocabulary.concept(concept_id).tier, concept_id) for concept_id in concept_ids]
    ranked = sorted(((_TIER_ORDER[tier], place, cid) for place, (tier, cid) in enumerate(tiers) if tier is not None))
    return ranked[0][2] if ranked else None


def read_crisis(
    tokens: Sequence[Token], words: Sequence[str], vocabulary: Vocabulary, in_context: bool
) -> dict[str, tuple[int, int]]:
    """Return the crisis concepts of a text with where they were read."""
    return crisis_terms(vocabulary).read(words, in_context)
