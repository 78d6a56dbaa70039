"""The database of record; other rooms of the service import from here."""

from directory.store import merges  # noqa: F401 - its tables belong to the schema
from directory.store.listings import street_points  # noqa: F401 - the same
from directory.store.staff import keys  # noqa: F401 - the same
from directory.store.store import Store, migrate, open_store

__all__ = ["Store", "migrate", "open_store"]
