"""Signs of danger in a text: a pass of its own, over all of it, where signs may overlap with everything else.

Plain signs count always. Weak ones (marked ~ in `crisis_patterns.txt`, and the vocabulary's own crisis words) do not count
beside words of prevention, grief, history or question: those are ordinary searches. Pleas (marked =) count when they are all.
What is told as long over ("used to hit me years ago") is no sign, unless something says that it goes on.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Final

from index.language.signals.word_patterns import Labelled, PatternIndex, Steps, read_patterns
from index.language.text.normalise import phrase
from index.language.vocabulary import Vocabulary
from index.language.vocabulary_file import Kind, Tier

_TIER_ORDER: Final = {Tier.EMERGENCY: 0, Tier.LIFELINE: 1, Tier.URGENT: 2}
_WEAK: Final = "~"
_PLEA: Final = "="
_UNLESS: Final = "unless "
_OVER: Final = "over "
_GOES_ON: Final = "goes on"
_OVERDOSE: Final = "crisis.overdose"
_DRUNK: Final = "crisis.alcohol_poisoning"
_POISONED: Final = "crisis.poisoning"
_SAYS_OVERDOSE: Final = ("over", "od", "sobre")
_SMALL_CHILDREN: Final = frozenset(
    {"baby", "toddler", "infant", "newborn", "kid", "child", "bebe", "nino", "nina", "dog", "cat", "perro"}
)
_PILLS: Final = ("pill", "past", "medic", "meds", "pild", "xanax", "tylenol", "oxy", "klonopin", "benzo")

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class CrisisSigns:
    """The compiled signs, and per concept what makes a weak one an ordinary search and what tells of something long over."""

    signs: PatternIndex
    boundaries: PatternIndex
    over: PatternIndex
    going_on: PatternIndex

    def read(self, words: Sequence[str], typed: Sequence[tuple[int, Sequence[str]]], *, is_plea: bool) -> dict[str, Span]:
        """Return the crisis concepts said, with the first words that said each.

        `typed` are words before misspellings were corrected, with where they begin: signs count in both, and so does what makes
        a weak one an ordinary search.
        """
        strong: dict[str, Span] = {}
        weak: dict[str, Span] = {}
        said = ((0, words), *typed)
        for offset, part in said:
            past = self._long_over(part)
            for sign, start, end in self.signs.find(part):
                if (sign.mark == _PLEA and not is_plea) or _is_within(past, sign.label, start, end):
                    continue
                found = weak if sign.mark else strong
                found.setdefault(sign.label, (start + offset, end + offset))
        if weak.keys() - strong.keys():
            ordinary = {boundary.label for _, part in said for boundary, _, _ in self.boundaries.find(part)}
            strong |= {label: span for label, span in weak.items() if label not in ordinary and label not in strong}
        return _named_once(strong, words)

    def _long_over(self, words: Sequence[str]) -> list[tuple[str, int, int]]:
        """Return where something is told as long over, by concept; nothing is over where a word says that it goes on."""
        past = [(told.label, start, end) for told, start, end in self.over.find(words)]
        return [] if past and any(True for _ in self.going_on.find(words)) else past


def _is_within(past: Sequence[tuple[str, int, int]], label: str, start: int, end: int) -> bool:
    """Say whether a sign shares words with what is told as long over: another sign in the same text counts."""
    return any(label == over and start < stop and begin < end for over, begin, stop in past)


def _named_once(found: dict[str, Span], words: Sequence[str]) -> dict[str, Span]:
    """Return the signs without those that name another sign's event again: a drink too many, a child that ate a pill."""
    taken = found.get(_OVERDOSE)
    if taken is None or words[taken[0]].startswith(_SAYS_OVERDOSE):
        return found
    if _DRUNK in found:
        again = _DRUNK if any(word.startswith(_PILLS) for word in words) else _OVERDOSE
        return {label: span for label, span in found.items() if label != again}
    swallowed = found.get(_POISONED) if not _SMALL_CHILDREN.isdisjoint(words) else None
    if swallowed is not None and taken[0] < swallowed[1] and swallowed[0] < taken[1]:
        return {label: span for label, span in found.items() if label != _OVERDOSE}
    return found


@lru_cache(maxsize=4)
def crisis_signs(vocabulary: Vocabulary) -> CrisisSigns:
    """Return the signs of the shipped patterns and of a vocabulary's crisis terms; compiled once."""
    sections = read_patterns(files("index.language.signals").joinpath("crisis_patterns.txt").read_text(encoding="utf-8"))
    marked = (_UNLESS, _OVER, _GOES_ON)
    signs = [
        Labelled(label, mark, steps) for label, found in sections.items() if not label.startswith(marked) for mark, steps in found
    ]
    return CrisisSigns(
        PatternIndex([*signs, *_terms(vocabulary)]),
        PatternIndex(_under(sections, _UNLESS)),
        PatternIndex(_under(sections, _OVER)),
        PatternIndex(_under(sections, _GOES_ON)),
    )


def _under(sections: Mapping[str, list[tuple[str, Steps]]], beginning: str) -> list[Labelled]:
    """Return the patterns of the sections whose head begins so, labelled with the rest of it."""
    return [
        Labelled(label.removeprefix(beginning), mark, steps)
        for label, found in sections.items()
        if label.startswith(beginning)
        for mark, steps in found
    ]


def _terms(vocabulary: Vocabulary) -> Iterable[Labelled]:
    """Yield the vocabulary's crisis terms as weak signs; those that need context count only as the whole text."""
    from index.language.signals.word_patterns import Step

    for concept in vocabulary.concepts:
        if concept.kind is not Kind.CRISIS:
            continue
        contextual = {phrase(term) for term in concept.needs_context}
        for term in concept.terms:
            words = phrase(term)
            steps: Steps = tuple(Step(frozenset({word})) for word in words)
            if steps:
                yield Labelled(concept.id, _PLEA if words in contextual else _WEAK, steps)


def most_urgent(vocabulary: Vocabulary, concept_ids: Sequence[str]) -> str | None:
    """Return the crisis concept that leads: emergencies before crisis lines before notices; the order given otherwise."""
    tiers = [(vocabulary.concept(concept_id).tier, concept_id) for concept_id in concept_ids]
    ranked = sorted(((_TIER_ORDER[tier], place, cid) for place, (tier, cid) in enumerate(tiers) if tier is not None))
    return ranked[0][2] if ranked else None
