"""The nearest indexed word to a misspelt one, by deletions that both share (Garbe's symmetric delete method).

A term lies within two edits of a word only if some deletion of up to two letters from the first letters of each is the same. So
a look-up hashes a few dozen deletions and compares only the terms that share one.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from typing import Final

import numpy as np
from rapidfuzz.distance import OSA

from index.engine.arrays import Deletes, Text

SHORTEST: Final = 3  # letters; two edits of fewer make anything out of anything
SHORT: Final = 5  # below this many letters one edit is the limit
_PREFIX: Final = 8  # letters from which deletions are made


def is_spellable(word: str) -> bool:
    """Tell whether a word can be a correction or be corrected: letters only, three or more."""
    return len(word) >= SHORTEST and word.isalpha()


def allowed_edits(word: str) -> int:
    """Return how many edits may separate a word from its correction."""
    return 1 if len(word) < SHORT else 2


def deletions(word: str) -> set[str]:
    """Return the word's first letters with none, one and two of them left out."""
    prefix = word[:_PREFIX]
    once = {prefix[:i] + prefix[i + 1 :] for i in range(len(prefix))}
    twice = {one[:i] + one[i + 1 :] for one in once for i in range(len(one))}
    return {prefix} | once | twice


def near_terms(word: str, text: Text, deletes: Deletes) -> Iterator[tuple[int, str, int]]:
    """Yield (edits, term, its position) of every spellable term within the allowed edits of a spellable word."""
    limit = allowed_edits(word)
    for position in _candidates(word, deletes):
        term = text.terms.text(position)
        edits = OSA.distance(word, term, score_cutoff=limit)
        if edits <= limit:
            yield edits, term, position


def _candidates(word: str, deletes: Deletes) -> list[int]:
    hashes = np.array([zlib.crc32(variant.encode()) for variant in deletions(word)], np.uint32)
    starts = np.searchsorted(deletes.hashes, hashes, "left")
    ends = np.searchsorted(deletes.hashes, hashes, "right")
    found: set[int] = set()
    for start, end in zip(starts.tolist(), ends.tolist(), strict=True):
        if start < end:
            found.update(deletes.terms[start:end].tolist())
    return sorted(found)
