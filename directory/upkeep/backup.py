"""One file that holds everything a copy must not lose, and the way back from it.

The file is a SQLite database: the store itself, copied while the service runs. The index is derived from it and is not in it.
Neither is the secret key: whoever gets the backup must not get that too.
"""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Final

from sqlalchemy.engine import make_url

from directory.errors import DirectoryError, SettingsError
from directory.settings import Settings
from directory.store import migrate

_TABLES: Final = frozenset({"listings", "records", "sources", "sponsorships", "disclosure_version", "alembic_version"})
_PAGES_AT_ONCE: Final = 2_000  # between these steps the service may write


class BackupError(DirectoryError):
    """A backup could not be written or is not one; nothing was replaced."""


def back_up(settings: Settings, path: Path) -> None:
    """Copy the database to one file, which is verified before it gets its name; the service may go on.

    Raises BackupError when the file exists already or the copy fails its check, SettingsError for a PostgreSQL store, which
    has `pg_dump`.
    """
    source = _database_file(settings)
    if path.exists():
        raise BackupError(f"{path} exists already: name a new file")
    if not source.exists():
        raise BackupError(f"there is no database at {source}")
    unfinished = path.with_name(f"{path.name}.unfinished")
    unfinished.unlink(missing_ok=True)
    try:
        _copy(source, unfinished)
        verify_backup(unfinished)
        unfinished.chmod(0o600)  # it holds what is not public
        _make_durable(unfinished)
        unfinished.rename(path)
    except (sqlite3.Error, OSError) as error:
        raise BackupError(f"the backup could not be written: {error}") from error
    finally:
        unfinished.unlink(missing_ok=True)


def verify_backup(path: Path) -> None:
    """Check that a file is a whole database of this service. Raises BackupError saying what is wrong."""
    try:
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as database:
            tables = {name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
            sound = database.execute("PRAGMA integrity_check").fetchone()[0]
            broken = database.execute("PRAGMA foreign_key_check").fetchone()
    except sqlite3.Error as error:
        raise BackupError(f"{path} is no backup: {error}") from error
    if missing := _TABLES - tables:
        raise BackupError(f"{path} is no backup of a directory: tables {', '.join(sorted(missing))} are missing")
    if sound != "ok" or broken:
        raise BackupError(f"{path} is damaged: {sound}")


def restore_backup(settings: Settings, path: Path, *, replace: bool = False) -> None:
    """Make a backup the database of this copy, brought to the newest schema; publish afterwards. Stop the service first.

    Raises BackupError when the file is no sound backup, or when there is a database already and `replace` is not set.
    """
    verify_backup(path)
    target = _database_file(settings)
    if target.exists() and not replace:
        raise BackupError(f"{target} exists: say that it may be replaced")
    target.parent.mkdir(parents=True, exist_ok=True)
    unfinished = target.with_name(f"{target.name}.restoring")
    unfinished.unlink(missing_ok=True)
    try:
        _copy(path, unfinished)
        _make_durable(unfinished)
        for leftover in ("-wal", "-shm"):
            target.with_name(target.name + leftover).unlink(missing_ok=True)
        unfinished.replace(target)
    except (sqlite3.Error, OSError) as error:
        raise BackupError(f"the backup could not be restored: {error}") from error
    finally:
        unfinished.unlink(missing_ok=True)
    migrate(settings)


def _database_file(settings: Settings) -> Path:
    url = make_url(settings.database_url)
    if url.get_backend_name() != "sqlite" or not url.database:
        raise SettingsError("backup and restore are for SQLite; use pg_dump and pg_restore for PostgreSQL")
    return Path(url.database)


def _copy(source: Path, target: Path) -> None:
    """Copy a live database as one state of it, in a single file without a write-ahead log."""
    with closing(sqlite3.connect(f"file:{source}?mode=ro", uri=True)) as from_, closing(sqlite3.connect(target)) as to:
        from_.backup(to, pages=_PAGES_AT_ONCE)
        to.execute("PRAGMA journal_mode = DELETE")


def _make_durable(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
