"""A directory with enough places for pages of their own in one town and one state, too few in another; the rest is in core."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "core"))

from flask.testing import FlaskClient
from small_directory import (
    DENVER,
    MONUMENT,
    NOW,
    SPRINGS,
    VOCABULARY,
    SmallDirectory,
    directory_over,
    fill,
    line,
    place,
    publisher_of,
    settings_of,
)

from directory import create_app
from directory.lookup import Lookup
from directory.store import open_store
from directory.web import current
from index.engine.whoosh_engine import WhooshEngine
from index.geo.places import Gazetteer

SITE = "https://help.example.org"
RECORDS = (
    *(place(f"Aspen House {number}", SPRINGS, "care.detox.residential", number=number) for number in range(101, 107)),
    place("Birch Clinic", SPRINGS, "care.outpatient", number=107, checked_on=date(2026, 11, 1)),
    place("Cedar Clinic", DENVER, "care.outpatient", number=108),
    place("Dogwood <b>House</b>", MONUMENT, "care.detox", number=109),
    line("Colorado Line", "care.assessment", number=120, states=("CO",)),
)


@pytest.fixture(scope="session")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with these places stored and published."""
    home = tmp_path_factory.mktemp("landing")
    store = open_store(settings_of(home))
    fill(store, home, RECORDS)
    publisher_of(store, home).publish()
    store.close()
    return home


@pytest.fixture
def places(published: Path) -> Iterator[SmallDirectory]:
    """The lookup of a copy whose operator has said where it is; nobody pays, nothing is taken down."""
    opened = directory_over(WhooshEngine(published / "index"), open_store(settings_of(published)), published)
    yield SmallDirectory(opened.store, at(opened, SITE), published)
    opened.forget_changes()
    opened.store.close()


def at(opened: SmallDirectory, public_url: str) -> Lookup:
    settings = replace(settings_of(opened.root), public_url=public_url)
    return Lookup(opened.lookup.engine, opened.store, VOCABULARY, Gazetteer.load(), settings)


@pytest.fixture
def client(places: SmallDirectory) -> FlaskClient:
    """A browser without JavaScript."""
    return client_of(places.lookup)


@pytest.fixture
def unnamed(places: SmallDirectory) -> FlaskClient:
    """A browser on a copy whose address nobody has set."""
    return client_of(at(places, ""))


def client_of(lookup: Lookup) -> FlaskClient:
    app = create_app(lookup=lookup)
    app.config[current.CLOCK] = lambda: NOW
    return app.test_client()
