"""A store in a file of its own, and a short way to import into it."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from pathlib import Path

import msgspec
import pytest
from store_factory import NOW, only_monument, source

from directory.feeds.importing import ImportReport, run_import
from directory.sources.records import PROVIDERS_SCHEMA, AnsweredByFact, ListingRecord, SourceInfo
from directory.store import Store


@pytest.fixture(scope="session")
def migrated(tmp_path_factory) -> Path:
    """An empty database with its schema, migrated once for all tests."""
    path = tmp_path_factory.mktemp("migrated") / "directory.sqlite3"
    opened = Store(f"sqlite:///{path}")
    opened.migrate()
    opened.close()
    return path


@pytest.fixture
def store(tmp_path, migrated) -> Store:
    """An empty store with its schema; its gazetteer knows one town."""
    shutil.copy(migrated, tmp_path / "directory.sqlite3")
    opened = Store(f"sqlite:///{tmp_path / 'directory.sqlite3'}", city_point=only_monument)
    yield opened
    opened.close()


@pytest.fixture
def bring_in(store, tmp_path) -> Callable[..., ImportReport]:
    """Import listings as a providers file of the feed `county`, or another."""

    def bring_in(
        *listings: ListingRecord | dict[str, object],
        sources: Sequence[SourceInfo] = (source(),),
        answered_by: Sequence[AnsweredByFact] = (),
        feed: str = "county",
        **options,
    ) -> ImportReport:
        document = {"schema": PROVIDERS_SCHEMA, "sources": sources, "answered_by": answered_by, "listings": listings}
        file = Path(tmp_path / f"{feed}.json")
        file.write_bytes(msgspec.json.encode(document))
        return run_import(store, "providers", str(file), **{"feed": feed, "now": NOW} | options)

    return bring_in
