"""The outbox emptied without publishing, so that a test sees what enters it next."""

from __future__ import annotations

from sqlalchemy import delete

from directory.store import Store
from directory.store.tables import outbox


def forget_outbox(store: Store) -> int:
    """Forget every entry, as after a publication; return how many there were."""
    with store.writing() as connection:
        return connection.execute(delete(outbox)).rowcount
