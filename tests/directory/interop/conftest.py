"""Interoperation is tested over the small directory of the core."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient

sys.path.insert(0, str(Path(__file__).parents[1] / "core"))

from federal_places import FEDERAL, fill_federal
from small_directory import NOW, SmallDirectory, directory_over, publisher_of, settings_of

from directory import create_app
from directory.store import Store, open_store
from directory.web import current
from index.engine.whoosh_engine import WhooshEngine

__all__ = ["FEDERAL"]


@pytest.fixture
def empty_store(tmp_path: Path) -> Store:
    store = open_store(settings_of(tmp_path))
    store.migrate()
    return store


@pytest.fixture(scope="session")
def kept_directory(tmp_path_factory: pytest.TempPathFactory) -> SmallDirectory:
    """Federal places, meetings and a line, stored and published once."""
    home = tmp_path_factory.mktemp("interop")
    store = open_store(settings_of(home))
    fill_federal(store, home)
    publisher_of(store, home).publish()
    return directory_over(WhooshEngine(home / "index"), store, home)


@pytest.fixture
def directory(kept_directory: SmallDirectory) -> Iterator[SmallDirectory]:
    """The same, with nobody paying and nothing withdrawn."""
    yield kept_directory
    kept_directory.forget_changes()


@pytest.fixture
def client(directory: SmallDirectory) -> FlaskClient:
    application = create_app(lookup=directory.lookup)
    application.config[current.CLOCK] = lambda: NOW
    return application.test_client()
