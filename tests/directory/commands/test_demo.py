"""The demonstration: fictional places that pay, in a copy of its own."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from directory.cli import main
from directory.commands.demo import PAYING
from directory.duties.sponsoring import sponsorships_of
from directory.store import Store


def run(home: Path, **more: str):
    return CliRunner().invoke(main, ["demo"], env={"DIRECTORY_HOME": str(home), **more})


def test_it_loads_fictional_places_that_pay(tmp_path: Path):
    """Every name says that it is fictional; a second run changes nothing."""
    assert [run(tmp_path).exit_code for _ in range(2)] == [0, 0]
    store = Store(f"sqlite:///{tmp_path / 'directory.sqlite3'}")

    assert len(sponsorships_of(store)) == len(PAYING)
    assert all("(fictional)" in listing.name for listing in store.public_listings())
    store.close()


def test_it_shows_a_number_whose_calls_are_sold_and_a_disputed_fact(tmp_path: Path):
    """So that both can be seen; once, however often it is loaded."""
    assert [run(tmp_path).exit_code for _ in range(2)] == [0, 0]
    store = Store(f"sqlite:///{tmp_path / 'directory.sqlite3'}")
    records = store.disclosure_records(date(2026, 11, 22))

    assert [fact.payers[0] for fact in records.answered_by.values()] == ["Sample Rehab Group (fictional)"]
    assert [len(disputed) for disputed in records.disputes.values()] == [1]
    store.close()


@pytest.mark.parametrize("flag", ["yes"])
def test_it_is_refused_in_production(tmp_path: Path, flag: str):
    refused = run(tmp_path, DIRECTORY_PRODUCTION=flag)
    assert (refused.exit_code, "DIRECTORY_PRODUCTION" in refused.output) == (1, True)
