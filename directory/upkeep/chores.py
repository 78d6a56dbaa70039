"""What is done beside publishing: promises that need a clock, and the note when the operator declares another owner."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from datetime import datetime
from typing import Final

from directory.desk.openings import forget_old_openings
from directory.desk.weekly import close_weeks
from directory.duties.caring import forget_addresses
from directory.errors import StoreUnavailable
from directory.settings import Operator
from directory.store import Store
from directory.store.disclosed.changes import note_site_owner

EVERY_SECONDS: Final = 3600.0

log = logging.getLogger(__name__)


def note_operator(store: Store, operator: Operator, now: datetime) -> bool:
    """Add to the public change log what the operator declares of itself, when it is not what it declared last.

    Raises StoreUnavailable.
    """
    declared = (operator.owner, *operator.funders, *operator.facilities_owned, operator.money_received)
    with store.writing() as connection:
        return note_site_owner(connection, " · ".join(filter(None, declared)), now)


class Chores:
    """Forgets what is past its time and closes the weeks of the desk, once an hour, as long as somebody calls `do`."""

    def __init__(self, store: Store, clock: Callable[[], float] = time.monotonic) -> None:
        self._store, self._clock = store, clock
        self._due = clock()

    def do(self, now: datetime) -> None:
        """Do what is due; a failure is logged, and tried again an hour later."""
        if self._clock() < self._due:
            return
        self._due = self._clock() + EVERY_SECONDS
        try:
            forgotten = forget_addresses(self._store, now)
            forget_old_openings(self._store, now)
            close_weeks(self._store, now)
        except StoreUnavailable:
            log.exception("what is past its time could not be forgotten")
        else:
            if forgotten:
                log.info("forgot reply_addresses=%d", forgotten)
