"""What the disk refuses ends in one line that says what was kept, never in a traceback."""

from __future__ import annotations

import errno
import json
import os
import sqlite3
from pathlib import Path
from typing import NoReturn

import pytest
from command_line import Commands
from sqlalchemy import event

from directory import publish
from directory.errors import StoreUnavailable
from directory.feeds import rejects
from directory.settings import Settings
from directory.store import open_store
from directory.store.database import reason_of
from index.engine.generation import current


def refusing(code: int):
    """Return what fails as a system call does."""

    def refuse(*_: object, **__: object) -> NoReturn:
        raise OSError(code, os.strerror(code), "some/file")

    return refuse


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EDQUOT, errno.EACCES, errno.EROFS])
def test_a_publication_that_cannot_be_written_is_one_line(filled: Commands, monkeypatch: pytest.MonkeyPatch, code: int):
    """What answered goes on answering, and the line says so."""
    before = current(filled.home / "index")
    monkeypatch.setattr(publish, "prepare_base", refusing(code))

    result = filled("publish", "--whole")

    assert result.exit_code == 1
    assert result.output.splitlines() == [
        f"Error: {os.strerror(code)}: some/file. This step changed nothing: what was stored and served before still is."
    ]
    assert current(filled.home / "index") == before


def test_what_nobody_expected_still_shows_where_it_happened(filled: Commands, monkeypatch: pytest.MonkeyPatch):
    """An error that is no refusal of the disk is a fault of the program: hiding its place would help nobody."""
    monkeypatch.setattr(publish, "prepare_base", refusing(errno.EBADF))
    assert isinstance(filled("publish", "--whole").exception, OSError)


class TestRejectsFile:
    @pytest.fixture
    def one_wrong(self, places: Path) -> Path:
        """Nine sound places and one that is no place on earth."""
        content = json.loads(places.read_bytes())
        content["listings"][0]["lat"] = 200
        places.write_text(json.dumps(content))
        return places

    def test_one_that_cannot_be_opened_is_a_warning(self, directory: Commands, one_wrong: Path, tmp_path: Path, caplog):
        """The nine sound rows matter more than the list of what was wrong."""
        result = directory("import", "providers", one_wrong, "--rejects", tmp_path / "nowhere" / "rejects.csv")

        assert result.exit_code == 0
        assert "9 imported, 0 merged, 1 rejected" in result.output
        assert "All rejected rows" not in result.output
        assert "Rejected rows are not written to" in caplog.text

    @pytest.mark.parametrize("step", ["write", "close"])
    def test_one_that_fills_the_disk_is_one_warning(self, monkeypatch: pytest.MonkeyPatch, caplog, step: str):
        """At its first row, or when it is closed: nothing is raised."""

        class Full:
            """A file on a full disk."""

            def write(self, text: str) -> int:
                return refusing(errno.ENOSPC)() if step == "write" else len(text)

            def close(self) -> None:
                refusing(errno.ENOSPC)()

        monkeypatch.setattr(rejects.Path, "open", lambda *_, **__: Full())
        report = rejects.RejectsFile(Path("rejects.csv"))
        report.add(rejects.Reject(1, "lat", "no place on earth"))
        report.close()

        assert report.failure == os.strerror(errno.ENOSPC)
        assert caplog.text.count("Rejected rows are not written to") == 1


class TestReading:
    def test_a_command_that_only_reads_writes_nothing(self, filled: Commands):
        """On a full disk an operator must still see what is stored: the schema is looked at, not written."""
        store = open_store(Settings.from_environment())
        begun: list[str] = []
        event.listen(store.engine, "before_cursor_execute", lambda _c, _k, statement, *_: begun.append(statement))

        store.migrate()

        assert begun
        assert not [one for one in begun if not one.lstrip().upper().startswith(("SELECT", "PRAGMA", "BEGIN"))]
        assert "BEGIN IMMEDIATE" not in begun
        store.close()

    def test_a_failing_database_is_named_in_its_own_words(self, filled: Commands):
        """No statement, no values of a row, and no address of a library's pages."""
        (filled.home / "directory.sqlite3").write_bytes(b"no database at all, but long enough to be looked at" * 40)
        for left in ("-wal", "-shm"):
            (filled.home / f"directory.sqlite3{left}").unlink(missing_ok=True)

        assert filled("status").output == "Error: the database cannot be read: file is not a database\n"

    def test_a_failing_statement_keeps_its_values_to_itself(self, filled: Commands):
        """They may be numbers and names that are not public."""
        store = open_store(Settings.from_environment())
        with pytest.raises(StoreUnavailable, match=r"no such table: nowhere$"), store.writing() as connection:
            connection.exec_driver_sql("INSERT INTO nowhere VALUES ('+17195550123')")
        store.close()

    def test_no_room_for_the_file_that_readers_share_is_explained(self):
        """SQLite calls it "disk I/O error", which sounds like a broken disk."""
        assert "is the disk full?" in reason_of(sqlite3.OperationalError("disk I/O error"))
