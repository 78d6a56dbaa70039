"""The keyboard shortcuts that a member of staff changed: which command, which keys. "" switches one off, `*` stands for all."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from sqlalchemy import CheckConstraint, Column, Connection, ForeignKey, String, Table, delete, insert, select

from directory.store.tables import metadata

staff_keys: Final = Table(
    "staff_keys",
    metadata,
    Column("staff_id", ForeignKey("staff.id"), primary_key=True),
    Column("command", String(12), primary_key=True),
    Column("keys", String(24), nullable=False),
    CheckConstraint("length(command) <= 12 AND length(keys) <= 24", name="short"),
)


def keys_of(connection: Connection, member: int) -> Mapping[str, str]:
    """Return the keys that a member changed, by command."""
    query = select(staff_keys.c.command, staff_keys.c["keys"]).where(staff_keys.c.staff_id == member)
    return {row.command: row[1] for row in connection.execute(query)}


def keep_keys(connection: Connection, member: int, keys: Mapping[str, str]) -> None:
    """Replace the keys that a member changed."""
    connection.execute(delete(staff_keys).where(staff_keys.c.staff_id == member))
    if keys:
        rows = [{"staff_id": member, "command": command, "keys": chord} for command, chord in keys.items()]
        connection.execute(insert(staff_keys), rows)
