"""Nothing about a caller has a place in the database: every column of the desk is named here, and a whole call leaves no word."""

from __future__ import annotations

import re
import sqlite3

import pytest

from directory.store.tables import metadata

# Every table of the desk with all its columns. A new one must be written here, where somebody asks what it could hold.
DESK = {
    "call_outcomes": {
        *("id", "listing_id", "number", "kind", "days", "called_on", "recorded_by", "recorded_at", "undone_at"),
        *("decided_by", "decided_at", "confirmed"),
    },
    "place_answers": {
        *("id", "listing_id", "statement", "told_by", "told_at", "told_on", "published_at", "published_by"),
        *("ended_at", "ended_by"),
    },
    "intake_facts": {"id", "listing_id", "kind", "text", "set_by", "set_at", "expires_on", "ended_at", "ended_by"},
    "opening_links": {"id", "listing_id", "token_hash", "made_by", "made_at", "revoked_at", "revoked_by"},
    "openings": {"id", "listing_id", "places", "told_by", "link_id", "told_at"},
    "week_tallies": {"week", "dimension", "measure", "key", "number"},
    "week_reports": {"week", "dimension", "measure", "key", "number"},
}
OF_A_CALLER = re.compile(
    r"caller|client|patient|person|visitor|search|query|words|typed|address$|ip$|cookie|browser|agent|birth|gender|shortlist",
    re.IGNORECASE,
)
# What bears such a name and is about somebody else, or nobody.
KNOWN = {
    "cases.reply_address",  # of somebody who reports a problem with a listing; deleted when the report closes
}
SAID = "w pregnant zzqxy meth medicaid 80132"  # with a word that stands nowhere else
NUMBER = "+17195550101"


def everything(database: str) -> str:
    """Every value of every table, and the file itself, so that nothing hides in a page that was freed."""
    with sqlite3.connect(database) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        tables = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        rows = [str(row) for table in tables for row in connection.execute(f'SELECT * FROM "{table}"')]
    return "\n".join(rows)


class TestTheSchema:
    def test_every_column_of_the_desk_is_named_here(self):
        found = {name: {column.name for column in metadata.tables[name].columns} for name in DESK}
        assert found == DESK

    def test_every_row_of_the_desk_hangs_on_a_listing_or_a_whole_week(self):
        for name in DESK:
            assert {"listing_id", "week"} & {column.name for column in metadata.tables[name].columns}, name

    def test_no_column_of_the_whole_store_is_for_a_caller(self):
        named = {f"{table.name}.{column.name}" for table in metadata.tables.values() for column in table.columns}
        assert {one for one in named if OF_A_CALLER.search(one.partition(".")[2])} == KNOWN

    def test_counts_are_of_one_dimension_at_a_time(self):
        """A row cannot say which need went with which county, nor when in the week."""
        assert metadata.tables["week_tallies"].primary_key.columns.keys() == ["week", "dimension", "measure", "key"]


class TestAWholeCall:
    @pytest.fixture
    def after_a_call(self, places, aspen, ana) -> str:
        """What the database holds after a call: searched, opened, read aloud, handed over, recorded, counted, ended."""
        ana.send("/helpline/search", q=SAID)
        ana.send("/helpline/search", q="zzqxy 719-555-0199")
        ana.get(f"/helpline/listings/{aspen}/panel")
        ana.send("/helpline/list", ids=aspen, speak="es")
        ana.send(f"/helpline/listings/{aspen}/calls", number=NUMBER, kind="full", sure="1")
        ana.send("/helpline/count", given="1", need_detox="met", where="80132")
        return everything(str(places.settings.home / "directory.sqlite3"))

    @pytest.mark.parametrize("word", ["zzqxy", "7195550199", "719-555-0199"])
    def test_leaves_no_word_of_the_caller(self, after_a_call, word):
        assert word not in after_a_call

    def test_leaves_the_outcome_and_the_counts(self, after_a_call):
        """The test above could not fail if nothing at all were written."""
        assert "'full', None, '2026-11-21', 'ana'" in after_a_call
        assert "'county', 'met', 'El Paso County, CO', 1" in after_a_call

    def test_the_files_of_this_copy_hold_none_either(self, places, after_a_call):
        """Also where a database leaves what it wrote over."""
        files = [path for path in places.settings.home.iterdir() if path.is_file()]
        assert files
        assert not [path.name for path in files if b"zzqxy" in path.read_bytes()]

    def test_no_address_holds_a_word(self, places):
        """Whatever stands in an address can stand in a log: what is typed goes in the body alone."""
        from paying_places import worker

        rules = [rule for rule in worker(places.settings).url_map.iter_rules() if rule.endpoint.startswith("helpline.")]
        assert {argument for rule in rules for argument in rule.arguments} <= {"listing_id", "digest", "name"}
        assert {tuple(sorted(rule.methods - {"OPTIONS"})) for rule in rules if rule.endpoint == "helpline.search"} == {("POST",)}
