"""The database of record; other rooms of the service import from here."""

from directory.store import merges, staff_keys, street_points  # noqa: F401 - their tables belong to the schema
from directory.store.store import Store, migrate, open_store

__all__ = ["Store", "migrate", "open_store"]
