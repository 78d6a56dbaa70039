"""gunicorn's log without people in it: no address, no search words, whatever goes wrong.

gunicorn writes the address of whoever sent a broken request, and the whole request line of one that failed; both hold what
nobody should keep.
"""

from __future__ import annotations

import logging
from typing import Any, Final

from gunicorn.glogging import Logger

# How gunicorn's messages about a request begin, and what stands in the log instead.
_REPLACED: Final = {
    "Invalid request from ip=": "a request could not be read",
    "Error handling request": "a request failed",
    "Socket error processing request": "a connection broke",
}


class WithoutPeople(logging.Filter):
    """Rewrites every message about a request; of an exception only its type is kept, its text may quote the request."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Let the record pass, rewritten if it must be."""
        for beginning, instead in _REPLACED.items():
            if str(record.msg).startswith(beginning):
                kind = record.exc_info[0].__name__ if record.exc_info and record.exc_info[0] else ""
                record.msg, record.args, record.exc_info, record.exc_text = f"{instead} {kind}".rstrip(), (), None, None
        return True


class QuietLogger(Logger):  # type: ignore[misc]  # gunicorn has no types
    """gunicorn's logger with that filter on its error log."""

    def setup(self, cfg: Any) -> None:  # Any: gunicorn has no types
        """Set up as gunicorn does, then add the filter."""
        super().setup(cfg)
        if not any(isinstance(known, WithoutPeople) for known in self.error_log.filters):
            self.error_log.addFilter(WithoutPeople())
