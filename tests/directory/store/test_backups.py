"""A backup is one verified file; restoring it never overwrites by accident."""

from __future__ import annotations

import sqlite3
import stat
from dataclasses import replace
from pathlib import Path

import pytest
from store_factory import names, place

from directory.errors import SettingsError
from directory.settings import Settings
from directory.store import Store
from directory.upkeep.backup import BackupError, back_up, restore_backup


@pytest.fixture
def settings(store, tmp_path) -> Settings:
    return Settings(home=tmp_path, database_url=str(store.engine.url), secret_key="-")


@pytest.fixture
def backup(settings, bring_in, tmp_path) -> Path:
    """A backup of a store with one listing."""
    bring_in(place("Cedar House"))
    back_up(settings, tmp_path / "backup.sqlite3")
    return tmp_path / "backup.sqlite3"


@pytest.fixture
def elsewhere(settings, tmp_path) -> Settings:
    """The settings of another copy, which has no database yet."""
    return replace(settings, database_url=f"sqlite:///{tmp_path / 'elsewhere' / 'directory.sqlite3'}")


def test_what_was_backed_up_comes_back(backup, elsewhere):
    """In another copy, with the same ids and listings."""
    restore_backup(elsewhere, backup)

    assert names(Store(elsewhere.database_url)) == ["Cedar House"]


def test_it_is_one_file_for_the_owner_only(backup):
    """No log files beside it, and nobody else can read what is not public."""
    assert [found.name for found in backup.parent.glob("backup*")] == ["backup.sqlite3"]
    assert stat.S_IMODE(backup.stat().st_mode) == 0o600


def test_a_database_is_not_replaced_without_being_told(backup, settings, store):
    """The way back must not be a way to lose today's data."""
    with pytest.raises(BackupError, match="may be replaced"):
        restore_backup(settings, backup)


def test_a_running_store_notices_the_replacement(backup, settings, store, bring_in):
    """Readers that were open see the restored data at their next question."""
    bring_in(place("Elm House"), allow_shrink=True)
    assert names(store) == ["Elm House"]

    restore_backup(settings, backup, replace=True)

    assert names(store) == ["Cedar House"]


def test_an_existing_backup_is_not_overwritten(backup, settings):
    """Yesterday's backup stays."""
    with pytest.raises(BackupError, match="exists already"):
        back_up(settings, backup)


@pytest.mark.parametrize("content", [b"", b"not a database at all" * 50], ids=["empty", "text"])
def test_what_is_no_backup_is_refused(elsewhere, tmp_path, content):
    """Before anything is replaced."""
    (tmp_path / "wrong").write_bytes(content)

    with pytest.raises(BackupError, match="is no backup"):
        restore_backup(elsewhere, tmp_path / "wrong")


def test_another_programs_database_is_refused(elsewhere, tmp_path):
    """Its tables are named."""
    sqlite3.connect(tmp_path / "other.sqlite3").execute("CREATE TABLE recipes (id INTEGER)").connection.close()

    with pytest.raises(BackupError, match="listings"):
        restore_backup(elsewhere, tmp_path / "other.sqlite3")


def test_postgresql_has_its_own_tools(settings, tmp_path):
    """The message names them."""
    with pytest.raises(SettingsError, match="pg_dump"):
        back_up(replace(settings, database_url="postgresql://localhost/directory"), tmp_path / "x")
