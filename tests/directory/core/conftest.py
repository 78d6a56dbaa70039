"""The small directory, built once into a real store and a real generation, and searched through both engines."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from small_directory import SmallDirectory, directory_over, fill, publisher_of, settings_of

from directory.publish import Publisher
from directory.store import Store, open_store
from index.engine.oracle import OracleEngine
from index.engine.protocol import Engine
from index.engine.whoosh_engine import WhooshEngine


@pytest.fixture(scope="session")
def published_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with the small directory stored and published; tests may add sponsorships and withdraw, never edit."""
    home = tmp_path_factory.mktemp("small")
    store = open_store(settings_of(home))
    fill(store, home)
    publisher_of(store, home).publish()
    store.close()
    return home


@pytest.fixture(scope="session", params=[WhooshEngine, OracleEngine], ids=["whoosh", "oracle"])
def engine(request: pytest.FixtureRequest, published_home: Path) -> Engine:
    """Each engine in turn: both must give the same answers."""
    return request.param(published_home / "index")


@pytest.fixture(scope="session")
def kept_directory(engine: Engine, published_home: Path) -> SmallDirectory:
    return directory_over(engine, open_store(settings_of(published_home)), published_home)


@pytest.fixture
def directory(kept_directory: SmallDirectory) -> Iterator[SmallDirectory]:
    """The small directory with nobody paying and nothing withdrawn."""
    yield kept_directory
    kept_directory.forget_changes()


@pytest.fixture
def publisher(empty_store: Store, tmp_path: Path) -> Publisher:
    """The small directory, stored and published once, free to be edited."""
    fill(empty_store, tmp_path)
    made = publisher_of(empty_store, tmp_path)
    made.publish()
    return made


@pytest.fixture
def empty_store(tmp_path: Path) -> Store:
    store = open_store(settings_of(tmp_path))
    store.migrate()
    return store
