"""The migrations and the tables say the same, and can be run again at any time."""

from __future__ import annotations

import os

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from store_factory import names, place, program, source

from directory.errors import SettingsError
from directory.settings import Settings
from directory.store import Store, migrate, open_store
from directory.store.tables import metadata

POSTGRES = os.environ.get("DIRECTORY_TEST_POSTGRES_URL", "")


def test_migrations_create_exactly_the_tables(store):
    """Nothing is in one and not in the other."""
    with store.engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []


def test_migrating_again_keeps_everything(store, bring_in):
    """Every start migrates; only the first one does something."""
    bring_in(place("Cedar House"))
    store.migrate()

    assert names(store) == ["Cedar House"]


def test_settings_name_the_database(tmp_path):
    """One function opens, one migrates, both by settings."""
    settings = Settings(home=tmp_path, database_url=f"sqlite:///{tmp_path / 'a.sqlite3'}", secret_key="-")
    migrate(settings)

    assert open_store(settings).counts().listings == 0


@pytest.mark.parametrize(("pragma", "value"), [("journal_mode", "wal"), ("foreign_keys", 1), ("busy_timeout", 60_000)])
def test_sqlite_is_set_up_for_a_service(store, pragma, value):
    """Readers never wait for a writer, references hold, and a second writer waits for the first."""
    with store.engine.connect() as connection:
        assert connection.exec_driver_sql(f"PRAGMA {pragma}").scalar() == value


def test_an_address_that_is_none_is_refused():
    """The message names the setting."""
    with pytest.raises(SettingsError, match="DIRECTORY_DATABASE_URL"):
        Store("nonsense")


@pytest.mark.skipif(not POSTGRES, reason="DIRECTORY_TEST_POSTGRES_URL names no database")
class TestPostgreSQL:
    @pytest.fixture
    def store(self):
        opened = Store(POSTGRES)
        with opened.engine.begin() as connection:
            connection.exec_driver_sql("DROP SCHEMA public CASCADE")
            connection.exec_driver_sql("CREATE SCHEMA public")
        opened.migrate()
        yield opened
        opened.close()

    def test_migrations_create_exactly_the_tables(self, store):
        """The schema is the same on both databases."""
        with store.engine.connect() as connection:
            assert compare_metadata(MigrationContext.configure(connection), metadata) == []

    def test_an_import_works_and_changes_nothing_twice(self, store, bring_in):
        """Import, read, import again."""
        bring_in(place("Cedar House", program("a")), place("Elm House", program("b"), street="1 Oak Road"))
        version = store.disclosure_version()

        assert bring_in(place("Cedar House", program("a")), allow_shrink=True).retired == 1
        assert names(store) == ["Cedar House"]
        assert store.disclosure_version() == version

    def test_the_disclosure_version_moves(self, store, bring_in):
        """Triggers of PostgreSQL do what those of SQLite do."""
        bring_in(place("Cedar House"))
        before = store.disclosure_version()
        bring_in(place("Cedar House"), sources=[source(terms="new")])

        assert store.disclosure_version() > before
