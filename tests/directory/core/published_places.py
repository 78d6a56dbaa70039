"""Editing the small directory, and what is searchable of it."""

from __future__ import annotations

from pathlib import Path

import msgspec
from small_directory import RECORDS, fill

from directory.publish import Publisher
from index.engine.whoosh_engine import WhooshEngine


def rename(publisher: Publisher, home: Path, old: str, new: str) -> None:
    """Store the small directory with one place renamed."""
    fill(publisher.store, home, [msgspec.structs.replace(one, name=new) if one.name == old else one for one in RECORDS])


def served(publisher: Publisher) -> set[str]:
    """Return the names that a worker would find now."""
    return {listing.name for listing in WhooshEngine(publisher.root).all_listings()}
