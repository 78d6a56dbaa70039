"""Ways of saying that no list of phrases can hold ("i sleep in my truck"): patterns over words, and the concepts they mean."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

from index.language.signals.word_patterns import Labelled, PatternIndex, read_patterns

_ONLY: Final = "="
_CONTEXT: Final = "~"
_DENIES: Final = "not "
_NOTHING: Final = "none"
_IF: Final = " if "


@dataclass(frozen=True, slots=True)
class Said:
    """A pattern that fits words `start` to `end` (exclusive); without concepts its words mean nothing.

    `only`: its words mean nothing else. `needs_context`: another word of this field must stand in the text. `beside`: beginnings
    of concepts of which one must be read elsewhere in it. `denies`: the concepts are ruled out.
    """

    start: int
    end: int
    concepts: tuple[str, ...]
    only: bool
    needs_context: bool
    denies: bool
    beside: tuple[str, ...]


@cache
def _patterns() -> PatternIndex:
    text = files("index.language.meaning").joinpath("concept_patterns.txt").read_text(encoding="utf-8")
    return PatternIndex([Labelled(label, mark, steps) for label, found in read_patterns(text).items() for mark, steps in found])


def pattern_concepts() -> frozenset[str]:
    """Return all concepts that patterns name: a test looks each of them up."""
    text = files("index.language.meaning").joinpath("concept_patterns.txt").read_text(encoding="utf-8")
    return frozenset(concept for label in read_patterns(text) for concept in _parts(label)[0])


def paraphrases(words: Sequence[str], free: Sequence[bool]) -> list[Said]:
    """Return what patterns find, in order and without overlap. A pattern begins and ends at free words."""
    found = sorted(_all(words, free), key=lambda said: (said.start, said.start - said.end))
    kept: list[Said] = []
    for said in found:
        same = [other for other in kept if said.start < other.end]
        if not same:
            kept.append(said)
        elif kept[-1].only and kept[-1].concepts and not said.only and said.end <= kept[-1].end:
            continue  # its words mean nothing else: "number for someone to talk to about my gambling"
        elif not said.denies and not any(other.denies for other in same) and not set(said.concepts) <= set(same[-1].concepts):
            kept[-1] = _joined(kept[-1], said)
    return kept


def _joined(one: Said, other: Said) -> Said:
    """Return two sayings that share words as one: "out of county lockup | lockup friday, need a sober place"."""
    concepts = (*one.concepts, *(concept for concept in other.concepts if concept not in one.concepts))
    end = max(one.end, other.end)
    return Said(one.start, end, concepts, one.only or other.only, one.needs_context, one.denies, (*one.beside, *other.beside))


def _all(words: Sequence[str], free: Sequence[bool]) -> Iterator[Said]:
    for pattern, start, end in _patterns().find(words):
        if free[start] and free[end - 1]:
            concepts, beside, denies = _parts(pattern.label)
            yield Said(start, end, concepts, pattern.mark == _ONLY or denies, pattern.mark == _CONTEXT, denies, beside)


@cache
def _parts(label: str) -> tuple[tuple[str, ...], tuple[str, ...], bool]:
    """Return the concepts of a section's head, what must stand beside them, and whether they are ruled out."""
    named, _, beside = label.partition(_IF)
    return (
        () if named == _NOTHING else tuple(named.removeprefix(_DENIES).split()),
        tuple(beside.split()),
        named.startswith(_DENIES),
    )
