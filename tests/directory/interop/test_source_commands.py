"""`directory sources`, `sync`, `duplicates` and the options of `import`, as an operator uses them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from federal_places import program
from small_directory import MONUMENT, RECORDS, feed_file, place

from directory.cli import main
from directory.store import Store
from index.listing import Address


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Run `directory` on an empty copy."""
    for name in ("DIRECTORY_DATABASE_URL", "DIRECTORY_OWNER", "DIRECTORY_FUNDERS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("DIRECTORY_HOME", str(tmp_path / "home"))

    def run(*arguments: object) -> Result:
        return CliRunner().invoke(main, [str(argument) for argument in arguments], prog_name="directory")

    return run


@pytest.fixture
def meetings(tmp_path: Path) -> Path:
    file = tmp_path / "weekly.json"
    row = {"slug": "one", "name": "Sunrise Group", "day": 1, "time": "19:30", "address": "12 Elm Street"}
    file.write_text(json.dumps([row | {"city": "Monument", "state": "CO", "postal_code": "80132"}]))
    return file


def stored(tmp_path: Path) -> Store:
    return Store(f"sqlite:///{tmp_path / 'home' / 'directory.sqlite3'}")


class TestSources:
    def test_a_feed_is_added_run_listed_and_removed(self, run, tmp_path):
        file = feed_file(tmp_path / "county.json")
        assert run("sources", "add", "county", "providers", file, "--every", "12").exit_code == 0
        assert "never imported" in run("sources").output
        first, second = run("sync"), run("sync")
        assert f"{len(RECORDS)} rows read" in first.output
        assert "0 feeds were due" in second.output
        assert "county: providers, every 12 h, due " in run("sources").output
        assert run("sources", "remove", "county").exit_code == 0
        assert run("sources", "remove", "county").exit_code == 1

    def test_sources_are_listed_with_their_terms(self, run, tmp_path):
        run("import", "providers", feed_file(tmp_path / "county.json"))
        assert "Source gathered: The gathered list; payment unknown, redistribute yes" in run("sources").output

    def test_a_broken_feed_is_said_after_the_others_ran(self, run, tmp_path):
        run("sources", "add", "a-broken", "providers", tmp_path / "missing.json")
        run("sources", "add", "b-sound", "providers", feed_file(tmp_path / "county.json"))
        result = run("sync")
        assert result.exit_code == 1
        assert "Feed a-broken: refused: " in result.output
        assert f"Feed b-sound: {len(RECORDS)} rows read" in result.output
        assert "2 feeds were due, 1 refused" in result.output

    def test_what_is_said_of_a_feed_is_remembered(self, run, meetings, tmp_path):
        run("sources", "add", "weekly", "meeting-guide", meetings, "--fellowship", "NA", "--source", "springs")
        run("sync")
        (listing,) = stored(tmp_path).public_listings()
        assert "group.na" in listing.programs[0].offers
        assert listing.programs[0].source.name == "meeting-guide:springs"


class TestImportOptions:
    def test_fellowship_payment_and_source(self, run, meetings, tmp_path):
        result = run(
            "import", "meeting-guide", meetings, "--fellowship", "Al-Anon", "--payment", "unknown", "--source", "families"
        )
        assert result.exit_code == 0, result.output
        (info,) = stored(tmp_path).sources()
        assert (info.name, info.payment) == ("meeting-guide:families", "unknown")

    def test_an_option_leaves_the_rest_to_the_file_beside(self, run, meetings, tmp_path):
        Path(f"{meetings}.toml").write_text('[source]\ntitle = "Weekly list"\nfellowship = "AA"\n')
        run("import", "meeting-guide", meetings, "--fellowship", "NA")
        (info,) = stored(tmp_path).sources()
        (listing,) = stored(tmp_path).public_listings()
        assert info.title == "Weekly list"
        assert "group.na" in listing.programs[0].offers

    def test_a_first_mapping_is_guessed_and_nothing_imported(self, run, tmp_path):
        table = tmp_path / "list.csv"
        table.write_text("Agency,Address,City,State,Zip\nCedar House,12 Elm Street,Monument,CO,80132\n")
        result = run("import", "table", table, "--guess")
        assert result.exit_code == 0, result.output
        assert 'name = "Agency"' in Path(f"{table}.toml").read_text()
        assert not (tmp_path / "home" / "directory.sqlite3").exists()

    @pytest.mark.parametrize(
        "content",
        [
            pytest.param(b"root:x:0:0:root:/root:/bin/sh\nsync:x:4:65534:sync:/bin:/bin/sync\n", id="lines with colons"),
            pytest.param(b"Dear all, the meeting is moved.\nYours, Kim\n", id="a letter"),
            pytest.param(b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", id="a picture"),
        ],
    )
    def test_nothing_is_written_beside_what_is_no_table(self, run, tmp_path, content):
        """A slip of the hand leaves no file behind, wherever it points."""
        (tmp_path / "other").write_bytes(content)
        result = run("import", "table", tmp_path / "other", "--guess")
        assert (result.exit_code, "is no table of places" in result.output) == (1, True)
        assert not (tmp_path / "other.toml").exists()

    def test_a_mapping_is_never_written_over(self, run, tmp_path):
        """Somebody may have spent an hour on it."""
        (tmp_path / "list.csv").write_text("Agency,City\nCedar House,Monument\n")
        (tmp_path / "list.csv.toml").write_text("mine")
        result = run("import", "table", tmp_path / "list.csv", "--guess")
        assert (result.exit_code, "is there already" in result.output) == (1, True)
        assert (tmp_path / "list.csv.toml").read_text() == "mine"

    def test_only_a_table_is_guessed(self, run, meetings):
        assert run("import", "meeting-guide", meetings, "--guess").exit_code == 2


class TestDuplicates:
    def test_none(self, run):
        assert run("duplicates").output == "No record fits several listings, and no two listings look alike.\n"

    def test_a_record_that_fits_two_places_is_listed_with_both(self, run, tmp_path):
        """Two branches bear one name and phone; a third list means one of them."""

        def branch(key: str, street: str):
            address = Address(street=street, city="Monument", state="CO", zip="80132")
            held = program(key, number=150, source="county")
            return place("Cedar House", MONUMENT, programs=(held,), number=150, address=address)

        def renamed(record, street: str):
            import msgspec

            from directory.sources.matching import place_match_key

            return msgspec.structs.replace(record, match_key=place_match_key("Cedar House", street, "80132"))

        first = [renamed(branch("a", "1 Elm"), "1 Elm"), renamed(branch("b", "2 Oak"), "2 Oak")]
        run("import", "providers", feed_file(tmp_path / "one.json", first))
        run("import", "providers", feed_file(tmp_path / "two.json", [renamed(branch("c", "3 Fir"), "3 Fir")]))

        said = run("duplicates").output
        assert said.startswith("county c (feed two, ")
        assert said.count("may be    ") == 2
        assert "Cedar House, 1 Elm Monument" in said
