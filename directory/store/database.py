"""Connections: SQLite with WAL, foreign keys and patience by default, PostgreSQL by address; and the migrations."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.pool import ConnectionPoolEntry

from directory.errors import SettingsError, StoreUnavailable

BUSY_TIMEOUT_MS: Final = 60_000  # how long a SQLite writer waits for another one: a large import is one transaction
_MIGRATIONS: Final = Path(__file__).parent / "migrations"
_NO_ROOM: Final = "disk I/O error"  # what SQLite says also when it finds no room for the small file that its readers share
_BEGIN: Final = "sqlite_begin"  # execution option: how a transaction of this connection begins


def connect(database_url: str) -> Engine:
    """Return the engine for a database address; nothing is opened yet.

    `postgresql://` is read as psycopg 3. Raises SettingsError for an address that SQLAlchemy cannot use.
    """
    try:
        url = make_url(database_url)
        if url.drivername in ("postgresql", "postgres"):
            url = url.set(drivername="postgresql+psycopg")
        engine = create_engine(url)
    except (SQLAlchemyError, ImportError) as error:
        raise SettingsError(f"DIRECTORY_DATABASE_URL cannot be used: {error}") from error
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    else:
        event.listen(engine, "before_cursor_execute", _without_zero_bytes, retval=True)
    return engine


def _without_zero_bytes(*asked: Any) -> tuple[str, Any]:  # Any: what a dialect hands to its driver
    """Replace the zero bytes of parameters, which PostgreSQL refuses: whatever a stranger sends, it is only text.

    SQLite takes them; a listing's id or a name with one exists in neither.
    """
    _connection, _cursor, statement, parameters, _context, _many = asked
    return statement, _clean(parameters)


def _clean(value: Any) -> Any:  # Any: a parameter, or a collection of them
    if isinstance(value, str):
        return value.replace("\0", "\ufffd")
    if isinstance(value, dict):
        return {name: _clean(one) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return type(value)(map(_clean, value))
    return value


def _prepare_sqlite(connection: Any, _: ConnectionPoolEntry) -> None:  # Any: the driver's own connection type
    # The driver's own transaction handling commits before DDL and begins late; SQLAlchemy begins for us instead.
    connection.isolation_level = None
    cursor = connection.cursor()
    cursor.execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT_MS}")
    cursor.execute("PRAGMA journal_mode = WAL")
    cursor.execute("PRAGMA synchronous = NORMAL")
    cursor.execute("PRAGMA foreign_keys = ON")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    connection.exec_driver_sql(connection.get_execution_options().get(_BEGIN, "BEGIN"))


def failures_of(engine: Engine) -> tuple[type[Exception], ...]:
    """Return what a failing database raises: SQLAlchemy's errors, and the driver's own while a connection is prepared."""
    return SQLAlchemyError, engine.dialect.loaded_dbapi.Error


def reason_of(error: Exception) -> str:
    """Return what the driver says: SQLAlchemy adds the statement, its values and an address of its own."""
    said = str(getattr(error, "orig", None) or error)
    return f"{said} (is the disk full? SQLite needs a little room even to read)" if said == _NO_ROOM else said


class DatabaseFile:
    """Watches the file of a SQLite database: an open connection would go on answering from a file that was removed."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        name = engine.url.database if engine.dialect.name == "sqlite" else None
        self._path = None if name in (None, "", ":memory:") else name
        self._seen: tuple[int, int] | None = None

    def check(self) -> None:
        """Connect anew when the file was replaced, as a restore does. Raises StoreUnavailable when it is gone."""
        if self._path is None:
            return
        try:
            found = os.stat(self._path)  # noqa: PTH116 - every request asks; a Path costs twice as much
        except OSError as error:
            raise StoreUnavailable(f"the database cannot be read: {error}") from error
        identity = found.st_dev, found.st_ino
        if self._seen not in (None, identity):
            self._engine.dispose()
        self._seen = identity


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """Yield a connection that sees one state of the database.

    Raises StoreUnavailable when the database cannot be read.
    """
    try:
        with engine.connect() as connection:
            yield connection
    except failures_of(engine) as error:
        raise StoreUnavailable(f"the database cannot be read: {reason_of(error)}") from error


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """Yield a connection in one write transaction, committed at the end, rolled back on any error.

    SQLite takes its write lock at once, so that two writers wait for each other instead of failing half way.
    Raises StoreUnavailable when the database cannot be written.
    """
    try:
        with engine.connect() as connection:
            connection.execution_options(**{_BEGIN: "BEGIN IMMEDIATE"})
            with connection.begin():
                yield connection
    except failures_of(engine) as error:
        raise StoreUnavailable(f"the database cannot be written, and holds what it held: {reason_of(error)}") from error


def migrate(engine: Engine) -> None:
    """Bring the database to the newest schema; nothing is written when it is there already, so that a full disk can be read.

    Raises StoreUnavailable when that fails; the database is then as before.
    """
    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS))
    with reading(engine) as connection:
        present = MigrationContext.configure(connection).get_current_revision()
    if present == ScriptDirectory.from_config(config).get_current_head():
        return
    with writing(engine) as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
