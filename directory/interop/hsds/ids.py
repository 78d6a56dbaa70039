"""HSDS wants UUIDs: they derive from the ids that this service minted (UUID version 5), so they are the same for ever."""

from __future__ import annotations

from typing import Final
from uuid import UUID, uuid5

NAMESPACE: Final = UUID("6b4f3c1e-8a52-5d0f-9c7e-2f6d1a0b7c35")  # drawn once for this project


def uuid_of(entity: str, *minted: str) -> str:
    """Return the UUID of an entity ("service", "location") from minted ids.

    >>> uuid_of("service", "ab12") == uuid_of("service", "ab12") != uuid_of("location", "ab12")
    True
    """
    return str(uuid5(NAMESPACE, "|".join((entity, *minted))))
