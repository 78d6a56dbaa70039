"""A small language for patterns over words: readable as sentences, quick because only its first words are looked for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

STEM: Final = 4  # letters of a word beginning that are looked up; shorter beginnings are refused

Steps = tuple["Step", ...]


@dataclass(frozen=True, slots=True)
class Step:
    """One part of a pattern: words or beginnings of words that fit, and how it counts.

    `gap` is how many words may be skipped instead; `absent` wants none of the words next; `end` wants the end of the text.
    """

    words: frozenset[str] = frozenset()
    beginnings: tuple[str, ...] = ()
    optional: bool = False
    gap: int = 0
    absent: bool = False
    end: bool = False

    def fits(self, word: str) -> bool:
        """Say whether a word is one of those meant."""
        return word in self.words or (bool(self.beginnings) and word.startswith(self.beginnings))


def parse(line: str, sets: Mapping[str, str]) -> Steps:
    """Return the steps of a written pattern. Raises: ValueError for a pattern that begins with nothing certain."""
    steps = tuple(_step(part, sets) for part in line.split())
    if not steps or steps[0].optional or steps[0].gap or steps[0].absent or steps[0].end:
        raise ValueError(f"the pattern {line!r} must begin with words")
    return steps


def _step(part: str, sets: Mapping[str, str]) -> Step:
    if part == "$":
        return Step(end=True)
    if part.startswith(".."):
        return Step(gap=int(part[2:]))
    absent, part = part.startswith("!"), part.removeprefix("!")
    optional = part.endswith("?") and not absent
    words: set[str] = set()
    beginnings: set[str] = set()
    end = False
    for choice in part.removesuffix("?").split("|"):
        plain = choice.removesuffix("?")
        optional = optional or choice != plain
        options = sets[plain[1:-1]].split("|") if plain.startswith("{") else [plain]
        for option in options:
            if option == "$":
                end = True
            elif option.endswith("*"):
                beginnings.add(option[:-1])
            else:
                words.add(option)
    return Step(frozenset(words), tuple(sorted(beginnings)), optional, 0, absent, end)


def matches(steps: Steps, words: Sequence[str], start: int, step: int = 0) -> int | None:
    """Return where a match that begins at `start` ends (exclusive), or None."""
    if step == len(steps):
        return start
    now = steps[step]
    if now.gap:
        for skipped in range(now.gap + 1):
            if start + skipped > len(words):
                return None
            found = matches(steps, words, start + skipped, step + 1)
            if found is not None:
                return found
        return None
    if now.absent:
        barred = (start < len(words) and now.fits(words[start])) or (start == len(words) and now.end)
        return None if barred else matches(steps, words, start, step + 1)
    if now.end and start == len(words):
        return matches(steps, words, start, step + 1)
    if start < len(words) and now.fits(words[start]):
        found = matches(steps, words, start + 1, step + 1)
        if found is not None:
            return found
    return matches(steps, words, start, step + 1) if now.optional else None


@dataclass(frozen=True, slots=True)
class Labelled:
    """A pattern with what it is a sign of, and its mark ("", "~" or "=")."""

    label: str
    mark: str
    steps: Steps


class PatternIndex:
    """Patterns by the words they may begin with."""

    def __init__(self, patterns: Sequence[Labelled]) -> None:
        self._by_word: dict[str, _Beginning] = defaultdict(_Beginning)
        self._by_stem: dict[str, _Beginning] = defaultdict(_Beginning)
        for pattern in patterns:
            for word in pattern.steps[0].words:
                self._by_word[word].add(pattern)
            for beginning in pattern.steps[0].beginnings:
                if len(beginning) < STEM:
                    raise ValueError(f"{pattern.label}: {beginning}* is too short to begin a pattern")
                self._by_stem[beginning[:STEM]].add(pattern)

    def find(self, words: Sequence[str]) -> Iterator[tuple[Labelled, int, int]]:
        """Yield each pattern that fits, with its words (end exclusive), from left to right."""
        present = frozenset(words)
        for start, word in enumerate(words):
            if not self.may_begin(word):
                continue
            if start > 1 and word == words[start - 1] == words[start - 2]:
                continue  # a word held down for a page says nothing new and would cost milliseconds
            for pattern, end in self.at(words, start, present):
                yield pattern, start, end

    def may_begin(self, word: str) -> bool:
        """Say whether any pattern begins with a word: most words begin none."""
        return word in self._by_word or word[:STEM] in self._by_stem

    def at(self, words: Sequence[str], start: int, present: frozenset[str] | None = None) -> Iterator[tuple[Labelled, int]]:
        """Yield each pattern that fits from one word on, with where it ends; `present` are all words, if the caller has them."""
        word = words[start]
        behind = words[start + 1] if start + 1 < len(words) else ""
        for beginning in (self._by_word.get(word), self._by_stem.get(word[:STEM])):
            if beginning is None:
                continue
            for pattern in beginning.followed.get(behind, ()):
                end = matches(pattern.steps, words, start)
                if end is not None:
                    yield pattern, end
            for pattern, needed in beginning.loose:
                if present is not None and needed and needed.isdisjoint(present):
                    continue
                end = matches(pattern.steps, words, start)
                if end is not None:
                    yield pattern, end


class _Beginning:
    """The patterns that one word may begin: by the word that must follow, and the others with words of which one must come."""

    def __init__(self) -> None:
        self.followed: dict[str, list[Labelled]] = {}
        self.loose: list[tuple[Labelled, frozenset[str]]] = []

    def add(self, pattern: Labelled) -> None:
        behind = pattern.steps[1:]
        if behind and _is_plain(behind[0]):
            for word in behind[0].words:
                self.followed.setdefault(word, []).append(pattern)
            return
        self.loose.append((pattern, next((step.words for step in behind if _is_plain(step)), frozenset())))


def _is_plain(step: Step) -> bool:
    """Say whether one of the step's very words must stand in the text."""
    return bool(step.words) and not (step.beginnings or step.optional or step.gap or step.absent or step.end)


def read_patterns(text: str) -> dict[str, list[tuple[str, Steps]]]:
    """Return the patterns of a file by section, each with its mark."""
    sets: dict[str, str] = {}
    sections: dict[str, list[tuple[str, Steps]]] = {}
    section = ""
    for line in text.splitlines():
        if not line or line.startswith("#"):
            continue
        if line.startswith("["):
            section = line.strip("[]")
        elif section == "sets":
            name, _, words = line.partition(" = ")
            sets[name] = words
        else:
            mark = line[0] if line[0] in "~=" else ""
            sections.setdefault(section, []).append((mark, parse(line.removeprefix(mark).strip(), sets)))
    return sections
