"""The words of a text as they are meant: known misspellings and unknown words replaced, and said so."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Final

from rapidfuzz.distance import OSA

from index.language.text.normalise import Token, phrase
from index.language.text.word_lists import word_list
from index.language.vocabulary import Vocabulary
from index.language.vocabulary_file import Concept
from index.language.words.phrases import phrase_index
from index.language.words.spelling import everyday_words, is_spanish_form, sound, speller

WRITTEN_SHORT: Final = dict(pair.split(":") for pair in word_list("spelling.written_short"))
SHORTEST_BESIDE: Final = 4  # letters of a word that the one beside it tells
AROUND: Final = 10  # words to either side of a correction that are read for danger as they were typed
MOST_UNKNOWN: Final = 60  # words; a text with more words that no list has is in another language, or noise


@dataclass(frozen=True, slots=True)
class Correction:
    """A word read as another one: as typed, as read, and whether it was a misspelt `term` or `place`."""

    typed: str
    shown: str
    kind: str


@dataclass(frozen=True, slots=True)
class Words:
    """The words to match (same places as the tokens), which of them replace what was typed, and which of those are guesses."""

    read: tuple[str, ...]
    replaced: dict[int, str]
    guessed: frozenset[int] = frozenset()

    def as_typed(self, spots: Iterable[int], tokens: Sequence[Token]) -> Words:
        """Return the words with those of some places as they were typed: they turned out to be something else."""
        kept = frozenset(spots)
        read = tuple(tokens[spot].word if spot in kept else word for spot, word in enumerate(self.read))
        replaced = {spot: typed for spot, typed in self.replaced.items() if spot not in kept}
        return Words(read, replaced, self.guessed - kept)

    def typed_around_corrections(self, tokens: Sequence[Token]) -> list[tuple[int, list[str]]]:
        """Return words as typed around each correction, with where they begin: danger may stand in either spelling."""
        windows: list[tuple[int, int]] = []
        for spot in sorted(self.replaced):
            start, end = max(0, spot - AROUND), min(len(tokens), spot + AROUND + 1)
            if windows and start <= windows[-1][1]:
                windows[-1] = (windows[-1][0], end)
            else:
                windows.append((start, end))
        return [(start, [token.word for token in tokens[start:end]]) for start, end in windows]


def read_words(tokens: Sequence[Token], vocabulary: Vocabulary, known: frozenset[int], language: str) -> Words:
    """Return the words as they are meant; those at `known` places (names, towns) stay as they are."""
    listed, spelling = listed_misspellings(vocabulary), speller(vocabulary)
    known = known | _in_phrases([token.word for token in tokens], vocabulary)
    read: list[str] = []
    replaced: dict[int, str] = {}
    guessed: set[int] = set()
    unknown = 0
    for place, token in enumerate(tokens):
        meant = None if place in known else listed.get(token.word)
        if meant is None and place not in known and unknown < MOST_UNKNOWN and token.word not in spelling.known:
            unknown += 1
            meant = spelling.correct(token.word, language == "es")
            if meant is not None and meant != token.word:
                guessed.add(place)
        if meant is not None and meant != token.word:
            replaced[place] = token.word
        read.append(meant or token.word)
    for place, meant in _meant_beside(tokens, read, known | replaced.keys(), vocabulary):
        if is_spanish_form(tokens[place].word):
            continue
        replaced[place], read[place] = tokens[place].word, meant
        guessed.add(place)
    return Words(tuple(read), replaced, frozenset(guessed))


def _meant_beside(
    tokens: Sequence[Token], read: Sequence[str], known: Collection[int], vocabulary: Vocabulary
) -> Iterator[tuple[int, str]]:
    """Yield words that no list has and that the word beside them tells: "dule diagnosis", "namy helpline", "sobr living"."""
    spelling, pairs = speller(vocabulary), phrase_pairs(vocabulary)
    for place in range(min(len(tokens), MOST_UNKNOWN)):
        word = tokens[place].word
        if place in known or word in spelling.known or not word.isalpha() or len(word) < SHORTEST_BESIDE:
            continue
        before = pairs.behind.get(read[place - 1], ()) if place else ()
        behind = pairs.before.get(read[place + 1], ()) if place + 1 < len(read) else ()
        near = {other for other in (*before, *behind) if _is_slip(word, other)}
        if len(near) == 1:
            yield place, near.pop()


def _is_slip(word: str, other: str) -> bool:
    if other[0] != word[0] or abs(len(other) - len(word)) > 1:
        return False
    return OSA.distance(word, other, score_cutoff=1) <= 1 or (sound(word) == sound(other) and len(sound(word)) > 1)


@dataclass(frozen=True, slots=True)
class Pairs:
    """The words that stand right before and right behind each word in phrases of the vocabulary."""

    before: Mapping[str, frozenset[str]]
    behind: Mapping[str, frozenset[str]]


@lru_cache(maxsize=4)
def phrase_pairs(vocabulary: Vocabulary) -> Pairs:
    """Return which words of four letters and more stand beside each other in phrases that are spelt as meant."""
    before: dict[str, set[str]] = defaultdict(set)
    behind: dict[str, set[str]] = defaultdict(set)
    for concept in vocabulary.concepts:
        for term in _proper(concept):
            for one, other in pairwise(phrase(term)):
                if len(one) >= SHORTEST_BESIDE and one.isalpha():
                    before[other].add(one)
                if len(other) >= SHORTEST_BESIDE and other.isalpha():
                    behind[one].add(other)
    return Pairs(
        {word: frozenset(found) for word, found in before.items()}, {word: frozenset(found) for word, found in behind.items()}
    )


def _in_phrases(words: Sequence[str], vocabulary: Vocabulary) -> set[int]:
    """Return the places of words that stand in a phrase of the vocabulary as typed: some are listed with their misspelling."""
    index, spelling = phrase_index(vocabulary), speller(vocabulary)
    hits = [hit for hit in index.all_in(tuple(words)) if len(hit.entry.words) > 1 and hit.end - hit.start > 1]
    found = {place for hit in hits for place in range(hit.start, hit.end)}
    for hit in hits:
        for place in range(hit.start, hit.end):
            meant = None if words[place] in everyday_words() else spelling.correct(words[place])
            spelt = [*words[:place], meant or "", *words[place + 1 :]]
            longer = index.at(spelt, hit.start, len(words)) if meant else None
            if longer is not None and longer.end >= hit.end:
                found.discard(place)  # "domestic violance hotline": the longer phrase has the word as it is spelt
    return found


@lru_cache(maxsize=4)
def listed_misspellings(vocabulary: Vocabulary) -> dict[str, str]:
    """Return words written short and the vocabulary's one-word misspellings, each with the closest proper word."""
    proper = {words[0] for concept in vocabulary.concepts for term in _proper(concept) if len(words := phrase(term)) == 1}
    found: dict[str, str] = {}
    for concept in vocabulary.concepts:
        contextual = {phrase(term) for term in concept.needs_context}
        for term in concept.misspellings:
            words = phrase(term)
            if len(words) != 1 or words in contextual or words[0] in proper or words[0] in everyday_words():
                continue
            singles = [
                phrase(other)[0] for other in concept.synonyms + concept.synonyms_es + concept.street if len(phrase(other)) == 1
            ]
            candidates = singles or [word for other in _proper(concept) for word in phrase(other) if len(word) > 2]
            if candidates:
                closest = min(candidates, key=lambda candidate: (OSA.distance(words[0], candidate), candidate))
                if OSA.distance(words[0], closest) <= max(2, len(words[0]) // 3):
                    found.setdefault(words[0], closest)
    return WRITTEN_SHORT | found


def _proper(concept: Concept) -> tuple[str, ...]:
    return (*concept.synonyms, *concept.synonyms_es, *concept.abbreviations)
