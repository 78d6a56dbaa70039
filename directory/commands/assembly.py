"""What every command needs, made from the environment: settings, store, publisher, lookup."""

from __future__ import annotations

import os

import click

from directory.publish import Publisher
from directory.settings import Settings
from directory.settings_names import unknown_settings
from directory.store import Store, open_store
from index.language.vocabulary import Vocabulary


def open_settings_and_store() -> tuple[Settings, Store]:
    """Return the settings of the environment and their store, its schema brought up to date."""
    for sentence in unknown_settings(os.environ):
        click.echo(f"Warning: {sentence}", err=True)
    settings = Settings.from_environment()
    store = open_store(settings)
    store.migrate()
    return settings, store


def publisher_of(settings: Settings, store: Store) -> Publisher:
    """Return the publisher of a copy."""
    return Publisher(store, settings.index_root, Vocabulary.load())
