"""An import that is killed half-way leaves what was there, and the next run completes."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest
from store_factory import NOW, names

from directory.feeds.importing import run_import

ROOT = Path(__file__).parents[3]
ROWS = 2500
# Kills itself without a warning at the eighth tick of the progress, which is row 2,000: a thousand are written by then.
SCRIPT = """
import os, signal, sys
from datetime import UTC, datetime
from directory.feeds.importing import run_import
from directory.store import Store

ticks = []

def progress(done, total):
    ticks.append(done)
    if len(ticks) == 8:
        os.kill(os.getpid(), signal.SIGKILL)

run_import(Store(sys.argv[1]), "table", sys.argv[2], feed="county", now=datetime.now(UTC), allow_shrink=True, progress=progress)
"""


@pytest.fixture
def table(tmp_path) -> Path:
    """A list of places that is longer than what is written to the database at a time."""
    file = tmp_path / "list.csv"
    rows = [f"House {number},{number} Oak Street,Monument,CO,80132" for number in range(ROWS)]
    file.write_text("\n".join(["Agency,Address,City,State,Zip", *rows]) + "\n")
    return file


def test_killed_half_way_it_changes_nothing_and_the_next_run_completes(store, table, tmp_path):
    first = tmp_path / "county.csv"
    first.write_text("Agency,Address,City,State,Zip\nCedar House,12 Elm Street,Monument,CO,80132\n")
    run_import(store, "table", str(first), feed="county", now=NOW)

    killed = subprocess.run(
        [sys.executable, "-c", SCRIPT, str(store.engine.url), str(table)], cwd=ROOT, check=False, capture_output=True, text=True
    )
    assert killed.returncode == -signal.SIGKILL, killed.stderr
    assert names(store) == ["Cedar House"]
    assert len(store.outbox()) == 1

    report = run_import(store, "table", str(table), feed="county", now=NOW, allow_shrink=True)
    assert (report.rows_imported, report.retired) == (ROWS, 1)
    assert len(names(store)) == ROWS
