"""A completion stands for every place of its name: where only some of them pay, it says of how many, and accuses nobody."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from paying_places import NOW, PayingPlaces, offer, place, providers_file

from directory.duties.sponsoring import add_sponsorship
from directory.feeds.importing import run_import
from directory.lookup import Lookup
from directory.publish import Publisher
from directory.settings import Operator, Settings
from directory.store import Store
from index.engine.whoosh_engine import WhooshEngine
from index.geo.places import Gazetteer
from index.language.vocabulary import Vocabulary

TWINS = (
    place(1, "Aspen House", "care.outpatient", organization="Twin Homes"),
    place(2, "Birch House", "care.outpatient", organization="Twin Homes"),
)


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home where two places bear one organization's name beside their own."""
    home = tmp_path_factory.mktemp("twins")
    store = Store(f"sqlite:///{home / 'directory.sqlite3'}")
    store.migrate()
    run_import(store, "providers", providers_file(home / "county.json", TWINS), now=NOW)
    Publisher(store, home / "index", Vocabulary.load()).publish()
    store.close()
    return home


@pytest.fixture
def twins(published: Path, tmp_path: Path) -> Iterator[PayingPlaces]:
    """A test's own copy of it; nobody pays yet."""
    shutil.copy(published / "directory.sqlite3", tmp_path)
    (tmp_path / "index").symlink_to(published / "index")
    database = f"sqlite:///{tmp_path / 'directory.sqlite3'}"
    copy = opened(Settings(home=tmp_path, database_url=database, secret_key="0123456789abcdef"), Store(database))
    yield copy
    copy.store.close()


def sponsor(copy: PayingPlaces, name: str) -> None:
    add_sponsorship(copy.store, offer(copy.id_of(name)), by="editor", now=NOW)


def opened(settings: Settings, store: Store) -> PayingPlaces:
    lookup = Lookup(WhooshEngine(settings.index_root), store, Vocabulary.load(), Gazetteer.load(), settings)
    return PayingPlaces(settings, store, lookup)


def completion(copy: PayingPlaces, typed: str, lang: str = "en") -> tuple[str, str, str]:
    """The text, id and detail of the one name that begins so."""
    [found] = [one for one in copy.lookup.suggest(typed, lang, today=NOW.date()) if one.kind == "name"]
    return found.text, found.id, found.detail


def test_it_follows_who_pays(twins):
    """Nobody, one of two, both: each from the next answer on."""
    assert completion(twins, "twin") == ("Twin Homes", "Twin Homes", "")

    sponsor(twins, "Aspen House")
    assert completion(twins, "twin") == ("Twin Homes", "Twin Homes", "Paid advertisement: 1 of 2 places with this name")
    assert completion(twins, "twin", "es")[2] == "Anuncio pagado: 1 de 2 lugares con este nombre"
    assert completion(twins, "aspen")[0] == "Paid advertisement: Aspen House"

    sponsor(twins, "Birch House")
    assert completion(twins, "twin") == ("Paid advertisement: Twin Homes", "Twin Homes", "")


def test_what_the_operator_owns_is_counted_apart(twins):
    """Each label with its own places."""
    sponsor(twins, "Aspen House")
    owned = Operator(owner="Example County", facilities_owned=(twins.id_of("Birch House"),))
    text, _, detail = completion(opened(replace(twins.settings, operator=owned), twins.store), "twin")

    assert text == "Twin Homes"
    assert detail.split(" · ") == [
        "Paid advertisement: 1 of 2 places with this name",
        "Owned by the operator of this site: 1 of 2 places with this name",
    ]
