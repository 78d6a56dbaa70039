"""The log of errors that nobody expected: the cause for the operator, the search words for nobody, and no flood.

The message of an error may hold what somebody searched for, so only types and lines of code are logged. While a store is away
every request fails alike: one report a minute says it, with how often it was repeated.
"""

from __future__ import annotations

import logging
import time
import traceback
from collections.abc import Callable
from threading import Lock
from typing import Final

log = logging.getLogger(__name__)

SECONDS_BETWEEN_REPORTS: Final = 60.0

Key = tuple[str, str, str]


class ErrorLog:
    """Reports errors, the same one at most once a minute."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = Lock()
        self._reported: dict[Key, float] = {}
        self._unreported: dict[Key, int] = {}

    def report(self, error: Exception, endpoint: str) -> None:
        """Log the type, the cause and the lines of code of an error, unless the same was just logged."""
        key = (type(error).__name__, type(error.__cause__).__name__ if error.__cause__ else "none", endpoint)
        repeated = self._due(key)
        if repeated is not None:
            frames = "".join(traceback.format_tb(error.__traceback__))
            log.error("unanswered type=%s cause=%s endpoint=%s repeated=%d\n%s", *key, repeated, frames)

    def _due(self, key: Key) -> int | None:
        """Return how often an error came since its last report, None when it is too early for another."""
        with self._lock:
            moment = self._clock()
            if moment - self._reported.get(key, -SECONDS_BETWEEN_REPORTS) < SECONDS_BETWEEN_REPORTS:
                self._unreported[key] = self._unreported.get(key, 0) + 1
                return None
            self._reported[key] = moment
            return self._unreported.pop(key, 0)
