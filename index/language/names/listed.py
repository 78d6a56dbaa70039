"""Names of listings and organizations, as far as reading a text needs them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final, Protocol

from rapidfuzz.distance import OSA

from index.language.text.normalise import Token, phrase
from index.language.text.word_lists import word_list
from index.language.words.spelling import everyday_words

Words = tuple[str, ...]

LEGAL_ENDINGS: Final = frozenset({"inc", "llc", "ltd", "corp", "co", "pc", "pllc", "pa", "lp", "incorporated"})
LEADING_WORDS: Final = 2  # a name may be cut after its first words, if those are its alone
SHORTEST_FUZZY: Final = 6  # letters of a word that may hold a slip
LONGEST_KNOWN: Final = 4  # words
KNOWN: Final = frozenset(tuple(name.split("_")) for name in word_list("name.known"))
_SMALL: Final = frozenset({"of", "the", "and"})


@dataclass(frozen=True, slots=True)
class NameMatch:
    """A listing's or organization's name that the words stand for; `exact` is false for leading words or one slip."""

    name: str
    words: Words
    exact: bool


def known_name(tokens: Sequence[Token]) -> NameMatch | None:
    """Return the well-known organization that a text begins with, whatever it asks of it: "the salvation army drug rehab"."""
    words = tuple(token.word for token in tokens if token.word not in _SMALL)
    found = next((words[:end] for end in range(LONGEST_KNOWN, 1, -1) if words[:end] in KNOWN), None)
    return NameMatch(" ".join(found), found, exact=False) if found else None


class NameIndex(Protocol):
    """What the reading asks about names that stand in the index."""

    def match(self, words: Sequence[str]) -> NameMatch | None:
        """Return the name that the folded words equal, or nearly equal: its leading words, or one slip."""

    def holding(self, words: Sequence[str]) -> NameMatch | None:
        """Return the most borne name that holds all folded words in any order, one of them perhaps with a slip."""

    def knows(self, word: str) -> bool:
        """Say whether a folded word occurs in the index: such a word is never corrected."""

    def near(self, word: str) -> str | None:
        """Return the index word that an unknown word is a slip of, if one is clearly meant."""


class NoNames:
    """An index without names."""

    def match(self, words: Sequence[str]) -> NameMatch | None:
        """Return nothing."""
        return None

    def holding(self, words: Sequence[str]) -> NameMatch | None:
        """Return nothing."""
        return None

    def knows(self, word: str) -> bool:
        """Know nothing."""
        return False

    def near(self, word: str) -> str | None:
        """Return nothing."""
        return None


class ListedNames:
    """Names from a list: for a service whose index offers none, and for tests."""

    def __init__(self, names: Iterable[str]) -> None:
        self._names: dict[Words, str] = {}
        for name in names:
            words = _name_words(phrase(name))
            if words:
                self._names.setdefault(words, name)

    @cached_property
    def _words(self) -> frozenset[str]:
        return frozenset(word for words in self._names for word in words)

    @cached_property
    def _leading(self) -> dict[Words, list[Words]]:
        """Names by their first words, for what people leave off at the end."""
        leading: dict[Words, list[Words]] = {}
        for words in self._names:
            for length in range(_shortest_part(words), len(words)):
                leading.setdefault(words[:length], []).append(words)
        return leading

    @cached_property
    def _by_other_words(self) -> dict[tuple[int, Words], list[Words]]:
        """Names with one word left out, so that a slip in that word can be found."""
        others: dict[tuple[int, Words], list[Words]] = {}
        for words in self._names:
            for place, word in enumerate(words):
                if len(word) >= SHORTEST_FUZZY - 1:
                    others.setdefault((place, (*words[:place], *words[place + 1 :])), []).append(words)
        return others

    def match(self, words: Sequence[str]) -> NameMatch | None:
        """Return the name that the words equal; else whose first words they are; else with one slip in one word."""
        typed = _name_words(words)
        if not typed:
            return None
        if typed in self._names:
            return NameMatch(self._names[typed], typed, exact=True)
        for found in (self._leading.get(typed, ()), self._slipped(typed)):
            if found:
                return NameMatch(self._names[found[0]], typed, exact=False)
        return None

    def _slipped(self, typed: Words) -> list[Words]:
        found: list[Words] = []
        for place, word in enumerate(typed):
            if len(word) >= SHORTEST_FUZZY:
                others = self._by_other_words.get((place, (*typed[:place], *typed[place + 1 :])), ())
                slips = 1 + (len(word) > SHORTEST_FUZZY + 2)
                found += [words for words in others if OSA.distance(word, words[place]) <= slips]
        return found

    def holding(self, words: Sequence[str]) -> NameMatch | None:
        """Return the first name that holds all words, each as it is or, one of them, as the name's word it is a slip of."""
        read = [word if word in self._words else self.near(word) or word for word in words]
        if sum(one != other for one, other in zip(read, words, strict=True)) > 1:
            return None
        bearing = [self._by_word.get(word, frozenset()) for word in read]
        found = frozenset.intersection(*bearing) if bearing else frozenset()
        return NameMatch(self._names[min(found)], tuple(read), exact=False) if found else None

    @cached_property
    def _by_word(self) -> dict[str, frozenset[Words]]:
        bearing: dict[str, set[Words]] = {}
        for words in self._names:
            for word in words:
                bearing.setdefault(word, set()).add(words)
        return {word: frozenset(names) for word, names in bearing.items()}

    def knows(self, word: str) -> bool:
        """Say whether a word stands in any name."""
        return word in self._words

    def near(self, word: str) -> str | None:
        """Return the only name word one slip away, for words of six letters and more."""
        if len(word) < SHORTEST_FUZZY:
            return None
        close = [
            known for known in self._words if abs(len(known) - len(word)) < 2 and OSA.distance(word, known, score_cutoff=1) <= 1
        ]
        return close[0] if len(close) == 1 else None


def _shortest_part(words: Words) -> int:
    """Return how many first words tell a name: one that stands in no dictionary is enough."""
    return 1 if len(words[0]) >= SHORTEST_FUZZY - 1 and words[0] not in everyday_words() else LEADING_WORDS


def _name_words(words: Sequence[str]) -> Words:
    kept = [word for word in words if word != "the"]
    while len(kept) > 1 and kept[-1] in LEGAL_ENDINGS:
        kept.pop()
    return tuple(kept)
