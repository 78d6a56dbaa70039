"""Finding the vocabulary's phrases in a row of words: longest first, left to right, no overlap."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from index.language.text.normalise import phrase
from index.language.vocabulary import Vocabulary
from index.language.vocabulary_file import Concept, Kind, TermRule
from index.word_memory import remembers

Phrase = tuple[str, ...]

KEPT: Final = 16  # texts
MIN_JOINED: Final = 7  # letters: "soberliving" is two words run together, "inor" is not
MIN_PARTED: Final = 6  # letters: "out patient" is one word typed as two
MIN_PLURAL: Final = 5  # letters: "clinics" is "clinic", "bars" is not "bar"
MIN_PLURAL_INSIDE: Final = 4  # letters of the last word of several: "sober homes"
MIN_STEM: Final = 4  # letters: "cooccurring disorders" is "co-occurring disorders"
# Small words that begin phrases, and how many words the phrase behind one must have to be meant instead.
_SMALL: Final = dict.fromkeys(("for", "with", "in", "on", "para", "con", "de"), 2) | dict.fromkeys(("sin", "without"), 3)
_OTHER_WORDS: Final = frozenset({"medical", "redbirds", "chinatown", "chemotherapy"})  # words of their own, not two run together
_BRITISH: Final = {"counseling": "counselling", "counselor": "counsellor", "program": "programme", "center": "centre"}
_TIMES: Final = frozenset({"morning", "noon", "day", "night", "dawn", "am", "pm", "dusk", "afternoon"})
# Beginnings that people write with a hyphen, a blank or nothing behind them.
_BEGINNINGS: Final = frozenset({"co", "non", "anti", "pre", "post", "re", "in", "out", "self", "over", "with", "after", "half"})


@dataclass(frozen=True, slots=True)
class Entry:
    """What one phrase may mean: the concepts of the term, whether it needs a domain word beside it, the rule that decides."""

    words: Phrase
    concepts: tuple[str, ...]
    needs_context: bool
    rule: TermRule | None


@dataclass(frozen=True, slots=True)
class Hit:
    """A phrase found at words `start` to `end` (exclusive)."""

    start: int
    end: int
    entry: Entry


class PhraseIndex:
    """The phrases of the vocabulary, ready to be looked up in running text. Crisis terms have a pass of their own."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.entries: dict[Phrase, Entry] = {}
        self._longest: dict[str, int] = {}
        self._joined: dict[str, Phrase] = {}
        self._parted: dict[str, Entry] = {}
        # The phrases of a whole text; three steps of one reading ask for them.
        self.all_in = remembers(KEPT)(self._all_in)
        rules = {phrase(term): rule for rule in vocabulary.rules for term in rule.terms}
        for words, (concepts, contextual) in _terms(vocabulary).items():
            self._add(Entry(words, concepts, contextual, rules.get(words)))
        for words, rule in rules.items():
            if words not in self.entries:
                self._add(Entry(words, (), False, rule))
        for words in list(self.entries):
            self._add_variants(words)

    def _add(self, entry: Entry, words: Phrase | None = None) -> None:
        key = words or entry.words
        self.entries.setdefault(key, entry)
        if len(key) == 1 and len(key[0]) >= MIN_PARTED:
            self._parted.setdefault(key[0], entry)
        self._longest[key[0]] = max(self._longest.get(key[0], 0), len(key))

    def _add_variants(self, words: Phrase) -> None:
        entry = self.entries[words]
        if (entry.rule is None or len(words) > 1) and not entry.needs_context:
            for variant in _number_variants(words[-1], MIN_PLURAL_INSIDE if len(words) > 1 else MIN_PLURAL):
                self._add(entry, (*words[:-1], variant))
        british = tuple(_BRITISH.get(word, word) for word in words)
        if british != words:
            self._add(entry, british)
        joined = "".join(words)
        if len(words) > 1 and len(joined) >= MIN_JOINED and not any(w.isdigit() for w in words) and joined not in _OTHER_WORDS:
            self._joined.setdefault(joined, words)
        if len(words) > 2 and words[0] in _BEGINNINGS and len(words[1]) >= MIN_STEM:
            self._add(entry, (words[0] + words[1], *words[2:]))

    def at(self, words: Sequence[str], start: int, end: int, longest: int | None = None) -> Hit | None:
        """Return the longest phrase that starts at `start` and ends by `end`."""
        reach = self._longest.get(words[start], 0)
        if reach:
            for stop in range(min(start + min(reach, longest or reach), end), start, -1):
                entry = self.entries.get(tuple(words[start:stop]))
                if entry is not None:
                    return Hit(start, stop, entry)
        together = self._joined.get(words[start])
        if together is not None:
            return Hit(start, start + 1, self.entries[together])
        if start + 1 < end and (longest is None or longest > 1) and not _is_until(words, start):
            entry = self._parted.get(words[start] + words[start + 1])
            if entry is not None:
                return Hit(start, start + 2, entry)
        return None

    def _is_cut_short(self, hit: Hit, words: Sequence[str], end: int) -> bool:
        """Say whether a phrase that begins with a small word takes the first word of a longer one: "for free | clinic"."""
        least = _SMALL.get(words[hit.start], 0)
        if not least or hit.end - hit.start != 2:
            return False
        other = self.at(words, hit.start + 1, end)
        return other is not None and other.end >= hit.start + 1 + least

    def _all_in(self, words: Phrase) -> tuple[Hit, ...]:
        return tuple(self.scan(words, [True] * len(words), (0, len(words))))

    def scan(
        self, words: Sequence[str], free: Sequence[bool], span: tuple[int, int], longest: int | None = None
    ) -> Iterator[Hit]:
        """Yield the phrases inside a span of free words, longest first at each word, without overlap."""
        position, limit = span
        end = position
        while position < limit:
            if not free[position]:
                position += 1
                continue
            if end <= position:
                end = position + 1
                while end < limit and free[end]:
                    end += 1
            hit = self.at(words, position, end, longest)
            if hit is None or self._is_cut_short(hit, words, end):
                position += 1
            else:
                yield hit
                position = hit.end


def _is_until(words: Sequence[str], start: int) -> bool:
    """Say whether a "to" joins two times of day: "morning to night" is not tonight."""
    return words[start] == "to" and start > 0 and words[start - 1] in _TIMES


def _terms(vocabulary: Vocabulary) -> Mapping[Phrase, tuple[tuple[str, ...], bool]]:
    """Return each phrase with its concepts and whether it needs context; labels count where no term claims them."""
    found: dict[Phrase, tuple[tuple[str, ...], bool]] = {}
    concepts = [concept for concept in vocabulary.concepts if concept.kind is not Kind.CRISIS]
    for concept in concepts:
        contextual = {phrase(term) for term in concept.needs_context}
        for term in concept.terms:
            words = phrase(term)
            if not words:
                continue
            before, needs = found.get(words, ((), True))
            if concept.id not in before:
                found[words] = ((*before, concept.id), needs and words in contextual)
    for concept in concepts:
        for words in _label_phrases(concept):
            found.setdefault(words, ((concept.id,), False))
    return found


def _label_phrases(concept: Concept) -> Iterator[Phrase]:
    for label in (concept.label, concept.label_es):
        words = phrase(label)
        if len(words) > 1:
            yield words


def _number_variants(word: str, shortest: int) -> Iterator[str]:
    if len(word) < shortest or word.isdigit():
        return
    if word.endswith("s") and not word.endswith(("ss", "us", "is")):
        yield word[:-1]
    elif not word.endswith("s"):
        yield word + "s"


@lru_cache(maxsize=4)
def phrase_index(vocabulary: Vocabulary) -> PhraseIndex:
    """Return the phrase index of a vocabulary; built once."""
    return PhraseIndex(vocabulary)
