"""What was worked out for a word or a few of them, remembered for whoever uses the same words next, until it must be forgotten.

Most readers use the same words, so remembering saves work. A room that answers about one person calls `forget_words` afterwards,
and nothing of what was typed is left in the memory of the process.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any, ParamSpec, TypeVar, cast
from weakref import WeakSet

Arguments = ParamSpec("Arguments")
Value = TypeVar("Value")

_memories: WeakSet[Any] = WeakSet()  # Any: functools gives its caches no public type


def remembers(most: int) -> Callable[[Callable[Arguments, Value]], Callable[Arguments, Value]]:
    """Remember the last `most` answers of a function of words; arguments must be hashable."""

    def remember(function: Callable[Arguments, Value]) -> Callable[Arguments, Value]:
        remembering = lru_cache(most)(function)
        _memories.add(remembering)
        return cast("Callable[Arguments, Value]", remembering)

    return remember


def forget_words() -> None:
    """Forget the words of everybody; the next reader of a word works it out again."""
    for memory in list(_memories):
        memory.cache_clear()
