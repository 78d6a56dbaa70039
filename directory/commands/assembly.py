"""What every command needs, made from the environment: settings, store, publisher, lookup."""

from __future__ import annotations

from directory.lookup import Lookup
from directory.publish import Publisher
from directory.settings import Settings
from directory.store import Store, open_store
from index.engine.protocol import Engine
from index.engine.whoosh_engine import WhooshEngine
from index.geo.places import Gazetteer
from index.language.vocabulary import Vocabulary


def open_settings_and_store() -> tuple[Settings, Store]:
    """Return the settings of the environment and their store, its schema brought up to date."""
    settings = Settings.from_environment()
    store = open_store(settings)
    store.migrate()
    return settings, store


def publisher_of(settings: Settings, store: Store) -> Publisher:
    """Return the publisher of a copy."""
    return Publisher(store, settings.index_root, Vocabulary.load())


def lookup_of(settings: Settings, store: Store, engine: Engine | None = None) -> Lookup:
    """Return the lookup of a copy, over its own engine unless another is given."""
    return Lookup(engine or WhooshEngine(settings.index_root), store, Vocabulary.load(), Gazetteer.load(), settings)
