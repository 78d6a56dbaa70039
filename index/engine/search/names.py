"""Looking up listings and organizations by name, over the base and the delta together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

import numpy as np
from rapidfuzz.distance import OSA

from index.engine.analysis import name_key, plain_terms
from index.engine.arrays import Array, Ints, Longs, Names
from index.engine.search.spelling import allowed_edits, is_spellable, near_terms
from index.engine.segment import Segment
from index.listing import ListingId
from index.results import NameSuggestion

MOST_EDITS: Final = 2  # in a whole name
FEWEST_LEADING_WORDS: Final = 2
_MANY: Final = 2000  # numbers that are marked faster than sorted


def suggest_names(segments: Sequence[Segment], prefix: str, limit: int) -> tuple[NameSuggestion, ...]:
    """Return names with a word that begins as the last one typed, and all the words before it; most borne first."""
    words = plain_terms(prefix)
    if not words or limit < 1:
        return ()
    counts: dict[str, int] = {}
    for segment in segments:
        for name in _leading(segments, segment, _beginning(segment.arrays.names, words), limit):
            text = segment.arrays.names.texts.text(name)
            counts[text] = sum(len(bearers_of(one, text)) for one in segments)
    best = sorted((text for text, count in counts.items() if count), key=lambda text: (-counts[text], text))[:limit]
    return tuple(NameSuggestion(text, counts[text], _only_bearer(segments, text, counts[text])) for text in best)


def match_name(segments: Sequence[Segment], words: Sequence[str]) -> str | None:
    """Return the name that the words are, else one that two or more of them begin, else the nearest; of several the most borne.

    A name is near words when it has as many, each within the edits that spelling allows it, two in all: the fewest edits win. The
    last tie is broken by code point.
    """
    wanted = [term for word in words for term in plain_terms(word)]
    if not wanted:
        return None
    for candidates in (_equal_names, _begun_names, _near_names):
        edits = {
            segment.arrays.names.texts.text(name): distance
            for segment in segments
            for distance, name in candidates(segment, wanted)
        }
        counts = {text: sum(len(bearers_of(one, text)) for one in segments) for text in edits}
        borne = [text for text in edits if counts[text]]
        if borne:
            return min(borne, key=lambda text: (edits[text], -counts[text], text))
    return None


def _equal_names(segment: Segment, words: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield (0, name) of the names that are these words."""
    for name in segment.arrays.names.folded.of(" ".join(words)).tolist():
        yield 0, name


def _begun_names(segment: Segment, words: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield (0, name) of the longer names that begin with these words; one word alone begins too many."""
    if len(words) < FEWEST_LEADING_WORDS:
        return
    folded = segment.arrays.names.folded
    first, last = folded.keys.starting_with(" ".join(words) + " ")
    for name in folded.values[folded.starts[first] : folded.starts[last]].tolist():
        yield 0, name


def bearers_of(segment: Segment, text: str) -> Ints:
    """Return the listings that bear exactly this name and still count."""
    names = segment.arrays.names
    for name in names.folded.of(name_key(text)).tolist():
        if names.texts.text(name) == text:
            bearers = names.bearers[names.starts[name] : names.starts[name + 1]]
            return bearers if segment.alive is None else bearers[[segment.counts_listing(one) for one in bearers.tolist()]]
    return names.bearers[:0]


def _beginning(names: Names, words: Sequence[str]) -> Longs:
    """Return the names with a word that begins as the last of `words` and with all others, most borne first."""
    first, last = names.words.keys.starting_with(words[-1])
    found = _unique(names.words.values[names.words.starts[first] : names.words.starts[last]], len(names.texts))
    for word in words[:-1]:
        found = _common(found, names.words.of(word))
    return found


def _leading(segments: Sequence[Segment], segment: Segment, found: Longs, limit: int) -> list[int]:
    """Return the names that may be among the first: the most borne, and all whose bearers a delta changed."""
    if segment is not segments[0]:
        return list(found.tolist())
    changes = segments[-1].changes
    if changes is None:
        return list(found[:limit].tolist())
    affected = _common(found, changes.names)
    leading = found[: limit + len(affected)]
    return [*leading.tolist(), *affected.tolist()]


def _only_bearer(segments: Sequence[Segment], text: str, count: int) -> ListingId | None:
    if count != 1:
        return None
    for segment in segments:
        for listing in bearers_of(segment, text).tolist():
            return segment.id_of(listing)
    return None


def _near_names(segment: Segment, words: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield (edits, name) of the names nearly equal to the words."""
    names = segment.arrays.names
    found: Array | None = None
    for word in words:
        bearing = _unique(np.concatenate(_near_lists(segment, word)), len(names.texts))
        found = bearing if found is None else _common(found, bearing)
    if found is None:
        return
    for name in found[names.lengths[found] == len(words)].tolist():
        edits = _edits(words, plain_terms(names.texts.text(name)))
        if edits is not None:
            yield edits, name


def _near_lists(segment: Segment, word: str) -> list[Ints]:
    """Return the names' lists of a word and of the words near it."""
    lists = segment.arrays.names.words
    near = [term for _, term, _ in near_terms(word, segment.arrays.text, segment.arrays.deletes)] if is_spellable(word) else []
    return [lists.of(term) for term in {word, *near}]


def _edits(words: Sequence[str], name: Sequence[str]) -> int | None:
    """Return how many edits lead from words to a name, None when they are not nearly equal."""
    if len(words) != len(name):
        return None
    total = 0
    for word, other in zip(words, name, strict=True):
        edits = OSA.distance(word, other)
        if edits and (edits > allowed_edits(word) or not (is_spellable(word) and is_spellable(other))):
            return None
        total += edits
    return total if total <= MOST_EDITS else None


def _common(first: Array, second: Array) -> Longs:
    """Return the numbers that two ascending arrays share."""
    shorter, longer = (first, second) if len(first) < len(second) else (second, first)
    places = longer.searchsorted(shorter)
    places[places == len(longer)] = 0
    common: Longs = shorter[longer[places] == shorter]
    return common


def _unique(numbers: Array, limit: int) -> Longs:
    """Return numbers below a limit, ascending, each once."""
    if len(numbers) < _MANY:
        return np.unique(numbers).astype(np.int64)
    marks = np.zeros(limit, bool)
    marks[numbers] = True
    return np.flatnonzero(marks)
