"""Our engine with its loops in NumPy and compiled, side by side in one process."""

from __future__ import annotations

from collections.abc import Callable
from types import ModuleType
from typing import Any, Final

from index.engine.search import kernels, tally
from index.engine.search.kernels import plain
from index.engine.search.matching import area, pools, words

USERS: Final = (area, pools, tally, words)
COMPILED: Final = None if kernels.kernels is plain else kernels.kernels  # None where numba is missing


def asked_with(loops: ModuleType, ask: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """Return `ask` with these loops chosen first; that costs less than a microsecond."""

    def asked(query: Any) -> Any:
        for user in USERS:
            user.kernels = loops
        return ask(query)

    return asked
