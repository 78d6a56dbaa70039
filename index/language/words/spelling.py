"""Correcting words that exist nowhere, to words of the vocabulary; never a word that somebody may mean."""

from __future__ import annotations

import gzip
import re
from collections import defaultdict
from collections.abc import Iterator
from functools import lru_cache
from importlib.resources import files
from typing import Final

from rapidfuzz.distance import OSA

from index.language.text.normalise import phrase
from index.language.text.word_lists import word_list
from index.language.vocabulary import Vocabulary
from index.language.vocabulary_file import Concept
from index.language.words.filler import CUE_WORDS, FILLER
from index.word_memory import remembers

SHORTEST: Final = 5  # letters; shorter words have too many neighbours
LONG: Final = 8  # letters from which two slips are allowed
LONGEST: Final = 24  # letters; longer words are not misspelt words of ours
SOUND_SLIPS: Final = 3  # slips allowed where the word sounds the same; fewer in short words
LONG_SOUND: Final = 7  # letters

_SOUNDS: Final = (
    (re.compile(r"^(?:x|z|ps|sc(?=[eiy]))"), "s"),
    (re.compile(r"^(?:kn|gn)"), "n"),
    (re.compile(r"^wr"), "r"),
    (re.compile(r"ph"), "f"),
    (re.compile(r"(?:tion|sion|cion|shun|tian)"), "xn"),
    (re.compile(r"(?:ck|qu|ch|c(?![eiy])|q)"), "k"),
    (re.compile(r"(?:c(?=[eiy])|z)"), "s"),
    (re.compile(r"x"), "ks"),
    (re.compile(r"g(?=[eiy])"), "j"),
    (re.compile(r"[hw]"), ""),
)
_SPANISH_ENDINGS: Final = (
    *(
        "s",
        "es",
        "n",
        "o",
        "a",
        "e",
        "as",
        "os",
        "an",
        "en",
        "ando",
        "iendo",
        "ado",
        "ada",
        "ados",
        "adas",
        "ido",
        "ida",
        "aron",
        "ieron",
    ),
    *(
        "aba",
        "aban",
        "ia",
        "ian",
        "arme",
        "arse",
        "arlo",
        "arla",
        "erme",
        "erse",
        "irme",
        "irse",
        "ara",
        "aran",
        "are",
        "amos",
        "emos",
        "io",
        "iste",
        "aste",
        "imos",
        "iera",
    ),
)
_SPANISH_BASES: Final = ("ar", "er", "ir", "o", "a")
_VOWELS: Final = re.compile(r"(?<!^)[aeiouy]")
_DOUBLED: Final = re.compile(r"(.)\1+")


@lru_cache(maxsize=1)
def everyday_words() -> frozenset[str]:
    """Return the folded English and Spanish words that are never corrected. Origin and licence: docs/understanding.md."""
    packed = files("index.language.words").joinpath("words.txt.gz").read_bytes()
    return frozenset(gzip.decompress(packed).decode("ascii").split())


def is_spanish_form(word: str) -> bool:
    """Say whether a word is an inflected form of a Spanish word in the list, which holds hardly any.

    >>> is_spanish_form("acepten"), is_spanish_form("mujeres"), is_spanish_form("klonapinn")
    (True, True, False)
    """
    words = everyday_words()
    for ending in _SPANISH_ENDINGS:
        stem = word.removesuffix(ending)
        if stem != word and len(stem) > 2 and (stem in words or any(stem + base in words for base in _SPANISH_BASES)):
            return True
    return False


@remembers(8192)
def sound(word: str) -> str:
    """Return how a word sounds, roughly: consonants, and a vowel only at the start.

    >>> sound("klonapin") == sound("clonopin") == sound("klonopin")
    True
    """
    for pattern, heard in _SOUNDS:
        word = pattern.sub(heard, word)
    return _DOUBLED.sub(r"\1", _VOWELS.sub("", _DOUBLED.sub(r"\1", word)))


def _deletes(word: str, slips: int) -> Iterator[str]:
    """Yield the word with up to `slips` (at most two) letters left out."""
    yield word
    for place in range(len(word)):
        shorter = word[:place] + word[place + 1 :]
        yield shorter
        if slips > 1:
            for other in range(place, len(shorter)):
                yield shorter[:other] + shorter[other + 1 :]


class Speller:
    """Corrects unknown words to words of the vocabulary (and the few everyday words that decide a meaning)."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        targets = _targets(vocabulary)
        self.known = everyday_words() | _all_words(vocabulary) | CUE_WORDS | FILLER
        self._groups = _groups(vocabulary)
        self._english, self._spanish = _own_words(vocabulary)
        self._by_deletes: dict[str, list[str]] = defaultdict(list)
        self._by_sound: dict[str, list[str]] = defaultdict(list)
        for target in sorted(targets):
            for short in set(_deletes(target, 2 if len(target) >= LONG - 1 else 1)):
                self._by_deletes[short].append(target)
            self._by_sound[sound(target)].append(target)
        self.correct = remembers(16384)(self._correct)

    def _correct(self, word: str, spanish: bool = False) -> str | None:
        """Return the one vocabulary word that an unknown word stands for; None when it is known or nothing is clearly meant.

        Words of five letters and more, one slip (two from eight), same first letter; or the same sound. Two candidates of a
        no-fuzzy group at the same distance leave the word as it is: a wrong drug is worse than no correction. Between equals,
        words of the text's language come first.
        """
        if not SHORTEST - 1 <= len(word) <= LONGEST or word in self.known or not word.isalpha():
            return None
        if len(word) < SHORTEST:
            return self._with_a_letter_left_out(word)
        if spanish and is_spanish_form(word):
            return None
        if word.endswith("in") and f"{word}g" in self.known:  # "drinkin" is written as spoken, not misspelt
            return f"{word}g"
        near = self._near(word)
        return self._best(near, spanish) if near else self._best(self._sounding(word), spanish)

    def _with_a_letter_left_out(self, word: str) -> str | None:
        """Return the only word that four letters stand for, one being left out: "sobr"."""
        found = {target for target in self._by_deletes.get(word, ()) if len(target) == SHORTEST and target[0] == word[0]}
        return found.pop() if len(found) == 1 else None

    def is_only_spanish(self, word: str) -> bool:
        """Say whether a word stands in Spanish terms alone."""
        return word in self._spanish

    def _near(self, word: str) -> list[tuple[int, str]]:
        slips = 2 if len(word) >= LONG else 1
        nearby = {target for short in _deletes(word, slips) for target in self._by_deletes.get(short, ())}
        found = [(OSA.distance(word, target, score_cutoff=slips), target) for target in nearby if target[0] == word[0]]
        return sorted((distance, target) for distance, target in found if distance <= slips)

    def _sounding(self, word: str) -> list[tuple[int, str]]:
        slips = SOUND_SLIPS if len(word) >= LONG_SOUND else SOUND_SLIPS - 1
        found = [(OSA.distance(word, target, score_cutoff=slips), target) for target in self._by_sound.get(sound(word), ())]
        return sorted((distance, target) for distance, target in found if distance <= slips)

    def _best(self, found: list[tuple[int, str]], spanish: bool) -> str | None:
        if not found:
            return None
        nearest = [target for distance, target in found if distance == found[0][0]]
        groups = [group for target in nearest for group in self._groups.get(target, ())]
        if len(groups) != len(set(groups)):
            return None
        return min(nearest, key=lambda target: (target in (self._english if spanish else self._spanish), target))


def _targets(vocabulary: Vocabulary) -> set[str]:
    """Return the words worth correcting to: no misspellings, no street names, no terms that need context to mean anything."""
    words = set(CUE_WORDS)
    for concept in vocabulary.concepts:
        contextual = {phrase(term) for term in concept.needs_context}
        for term in (*concept.synonyms, *concept.synonyms_es, concept.label, concept.label_es):
            # Long names of a state's Medicaid hold names of places, which places are corrected to, not words.
            if phrase(term) not in contextual and not (concept.state and len(phrase(term)) > 1):
                words.update(phrase(term))
    return {word for word in words - word_list("spelling.never_meant") if len(word) >= SHORTEST and word.isalpha()}


def _own_words(vocabulary: Vocabulary) -> tuple[frozenset[str], frozenset[str]]:
    """Return the words that only English terms have, and those that only Spanish terms have."""
    english = {word for concept in vocabulary.concepts for term in concept.synonyms for word in phrase(term)} | CUE_WORDS
    spanish = {word for concept in vocabulary.concepts for term in concept.synonyms_es for word in phrase(term)}
    return frozenset(english - spanish), frozenset(spanish - english)


def _all_words(vocabulary: Vocabulary) -> set[str]:
    """Return every word of the vocabulary that is spelt as meant, and its one-word misspellings, which are read by themselves."""
    spelt = {word for concept in vocabulary.concepts for term in _spelt(concept) for word in phrase(term)}
    listed = {words[0] for concept in vocabulary.concepts for term in concept.misspellings if len(words := phrase(term)) == 1}
    return spelt | listed


def _spelt(concept: Concept) -> tuple[str, ...]:
    return (*concept.synonyms, *concept.synonyms_es, *concept.abbreviations, *concept.street)


def _groups(vocabulary: Vocabulary) -> dict[str, tuple[int, ...]]:
    groups: dict[str, list[int]] = defaultdict(list)
    for number, members in enumerate(vocabulary.no_fuzzy_groups):
        for member in members:
            groups["".join(phrase(member))].append(number)
    return {word: tuple(numbers) for word, numbers in groups.items()}


@lru_cache(maxsize=4)
def speller(vocabulary: Vocabulary) -> Speller:
    """Return the speller of a vocabulary; built once."""
    return Speller(vocabulary)
