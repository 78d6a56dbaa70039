"""Which members of an answer are wanted, and near misses of a name that is not known."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from rapidfuzz.process import extract

from index.errors import InvalidRequest

MOST_NEAR_MISSES: Final = 3
NEAR_ENOUGH: Final = 60  # of 100, rapidfuzz's weighted ratio; below it the names have little in common


def selected_fields(asked: Sequence[str], known: Sequence[str], always: Sequence[str]) -> tuple[str, ...]:
    """Return the members to write, in the documented order, those of `always` among them; nothing asked means all.

    Raises InvalidRequest for a name that is no member.
    """
    for name in asked:
        if name not in known:
            reason = f"names no member: {name!r}; known are {', '.join(known)}"
            raise InvalidRequest("fields", reason, near_misses(name, known))
    return tuple(name for name in known if name in asked or name in always) if asked else tuple(known)


def near_misses(word: str, words: Sequence[str]) -> tuple[str, ...]:
    """Return the known words that somebody may have meant, nearest first."""
    found = extract(word, words, limit=MOST_NEAR_MISSES)
    return tuple(known for known, score, _ in found if score > NEAR_ENOUGH)
