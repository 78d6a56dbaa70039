"""The `directory` command as an operator uses it: what it prints, and the exit code that a script sees."""

from __future__ import annotations

import csv
import io
import json
import socket
from pathlib import Path

import pytest
from command_line import Commands
from small_directory import RECORDS, feed_file

from directory.cli import main
from index.engine.publishing.locks import PublisherLock


class TestImport:
    def test_it_accounts_for_every_row(self, directory: Commands, places: Path):
        result = directory("import", "providers", places)
        assert result.exit_code == 0
        assert "10 rows read: 10 imported, 0 merged, 0 rejected" in result.output

    def test_rejected_rows_are_reported_and_the_others_go_in(self, directory: Commands, places: Path, tmp_path: Path):
        """Exit 0: one bad record is no reason to stop a nightly import."""
        content = json.loads(places.read_bytes())
        content["listings"][0]["lat"] = 200
        places.write_text(json.dumps(content))

        result = directory("import", "providers", places, "--rejects", tmp_path / "rejects.csv")

        assert result.exit_code == 0
        assert "9 imported, 0 merged, 1 rejected" in result.output
        assert f"All rejected rows: {tmp_path / 'rejects.csv'}" in result.output
        assert len((tmp_path / "rejects.csv").read_text().splitlines()) == 2

    def test_an_unusable_file_fails(self, directory: Commands, tmp_path: Path):
        (tmp_path / "broken.json").write_text("{")
        result = directory("import", "providers", tmp_path / "broken.json")
        assert (result.exit_code, result.output.startswith("Error: ")) == (1, True)

    def test_a_feed_that_shrinks_too_much_is_refused(self, directory: Commands, places: Path):
        """A truncated file must not empty the directory; `--allow-shrink` says that it is meant."""
        directory("import", "providers", places)
        feed_file(places, RECORDS[:3])
        assert directory("import", "providers", places).exit_code == 1
        assert directory("import", "providers", places, "--allow-shrink").exit_code == 0

    def test_exactly_one_origin_is_needed(self, directory: Commands, places: Path):
        assert directory("import", "providers").exit_code == 2
        assert directory("import", "providers", places, "--url", "https://example.org/x").exit_code == 2


class TestPublish:
    def test_it_says_what_it_did(self, directory: Commands, places: Path):
        directory("import", "providers", places)
        first, second = directory("publish"), directory("publish")
        assert "a whole generation, 10 changed listings" in first.output
        assert second.output.startswith("Nothing to publish: ")
        assert (first.exit_code, second.exit_code) == (0, 0)

    def test_it_can_refuse_to_wait(self, filled: Commands):
        with PublisherLock(filled.home / "index"):
            result = filled("publish", "--no-wait")
        assert (result.exit_code, "another publisher is at work" in result.output) == (1, True)

    def test_a_rollback_holds_until_unpinned(self, filled: Commands):
        filled("publish", "--whole")
        assert "It stays until `directory publish --unpin`" in filled("rollback").output
        assert filled("publish").exit_code == 1
        assert "(pinned by a rollback)" in filled("status").output
        assert "a whole generation" in filled("publish", "--unpin").output

    def test_there_must_be_something_to_return_to(self, filled: Commands):
        assert filled("rollback").exit_code == 1


class TestSearch:
    def test_it_prints_a_table_with_status_and_who_answers(self, filled: Commands):
        result = filled("search", "detox", "--near", "80132")
        assert result.exit_code == 0
        assert "Aspen Detox" in result.output
        assert "Not an ad" in result.output
        assert "nobody has said who" in result.output
        assert "(719) 555-0101" in result.output

    def test_options_are_filters(self, filled: Commands):
        result = filled("search", "--near", "Colorado", "--offers", "care.detox", "--not", "pay.medicaid", "--unpaid-only")
        assert "Grove Center" in result.output
        assert "Birch Detox" not in result.output
        assert "Fir Recovery" not in result.output

    def test_words_that_ask_for_nothing_are_answered_without_a_count(self, filled):
        """Nothing was searched, so nothing was found or ordered."""
        result = filled("search", "qwertz plugh")

        assert "Nothing was searched yet." in result.output
        assert " found, " not in result.output

    def test_danger_comes_first(self, filled: Commands):
        result = filled("search", "i want to kill myself")
        assert result.output.startswith("! ")
        assert "988" in result.output.splitlines()[1]

    def test_both_engines_print_the_same(self, filled: Commands):
        """The oracle is the plain way to the same answer."""
        fast, plain = (filled("search", "detox", "--near", "Colorado", "--engine", engine) for engine in ("whoosh", "oracle"))
        assert fast.output == plain.output

    @pytest.mark.parametrize(
        ("arguments", "said"),
        [
            (("detox", "--near", "Nowhereville, CO"), "Error: no place matches"),
            (("--offers", "care.detx"), "Error: offers names no concept"),
            (("detox", "--near", "80132", "--page", "9"), "Error: page 9 is past the end"),
        ],
    )
    def test_what_cannot_be_answered_fails_in_one_sentence(self, filled: Commands, arguments: tuple[str, ...], said: str):
        result = filled("search", *arguments)
        assert result.exit_code == 1
        assert result.output.startswith(said)

    def test_without_a_generation_it_fails(self, directory: Commands):
        """An empty answer would be a guess; what makes one is named."""
        result = directory("search", "detox")
        assert result.exit_code == 1
        assert "`directory publish` makes one" in result.output

    def test_the_order_is_chosen_in_the_words_of_the_api(self, filled: Commands):
        assert filled("search", "detox", "--near", "Colorado", "--sort", "name").exit_code == 0

    def test_a_misspelt_setting_is_told(self, filled: Commands, monkeypatch: pytest.MonkeyPatch):
        """It would be as if it were not there."""
        monkeypatch.setenv("DIRECTORY_FUNDRES", "nobody")
        assert "Did you mean DIRECTORY_FUNDERS?" in filled("search", "detox").output


class TestCare:
    def test_status_tells_what_is_stored_and_served(self, filled: Commands):
        said = filled("status").output
        assert "Stored: 10 listings with 11 programs" in said
        assert "Served: generation " in said
        assert "Waiting to be published: 0" in said
        assert "Nobody is named as the operator: set DIRECTORY_OWNER" in said

    def test_status_of_an_empty_copy(self, directory: Commands):
        result = directory("status")
        assert (result.exit_code, "Served: nothing" in result.output) == (0, True)

    def test_check_fails_until_the_operator_is_named(self, filled: Commands, monkeypatch: pytest.MonkeyPatch):
        assert filled("check").exit_code == 1
        monkeypatch.setenv("DIRECTORY_OWNER", "Example County")
        monkeypatch.setenv("DIRECTORY_FUNDERS", "Example County")
        assert filled("check").exit_code == 0

    def test_export_as_a_table(self, filled: Commands):
        rows = list(csv.DictReader(io.StringIO(filled("export", "--format", "csv").stdout)))
        assert len(rows) == 10
        assert {row["paid_status"] for row in rows} == {"not_paid", "unknown"}

    def test_export_as_json(self, filled: Commands):
        assert len(json.loads(filled("export", "--format", "json").stdout)["listings"]) == 10

    def test_a_backup_brings_everything_back(self, filled: Commands, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
        assert filled("backup", tmp_path / "copy.sqlite3").exit_code == 0
        monkeypatch.setenv("DIRECTORY_HOME", str(tmp_path / "other"))

        assert filled("restore", tmp_path / "copy.sqlite3").exit_code == 0
        assert filled("publish", "--whole").exit_code == 0
        assert "Aspen Detox" in filled("search", "detox", "--near", "80132").output

    def test_nothing_is_replaced_unasked(self, filled: Commands, tmp_path: Path):
        filled("backup", tmp_path / "copy.sqlite3")
        assert filled("backup", tmp_path / "copy.sqlite3").exit_code == 1
        assert filled("restore", tmp_path / "copy.sqlite3").exit_code == 1
        assert filled("restore", tmp_path / "copy.sqlite3", "--replace").exit_code == 0


class TestSettings:
    def test_a_bad_setting_is_one_sentence(self, directory: Commands, monkeypatch: pytest.MonkeyPatch):
        monkeypatch.setenv("DIRECTORY_WORKERS", "many")
        result = directory("status")
        assert result.exit_code == 1
        assert result.output == "Error: DIRECTORY_WORKERS must be a whole number from 1 to 64, got 'many'\n"

    def test_a_taken_port_is_one_sentence(self, directory: Commands, monkeypatch: pytest.MonkeyPatch):
        """Before anything is imported or started."""
        with socket.create_server(("127.0.0.1", 0)) as taken:
            monkeypatch.setenv("PORT", str(taken.getsockname()[1]))
            result = directory("serve", "--prepare")
        assert result.exit_code == 1
        assert "Stop what uses it, or set another PORT" in result.output


def test_every_command_explains_itself():
    """`directory --help` and each `directory COMMAND --help` say what they do."""
    assert all(command.help for command in main.commands.values())
    assert set(main.commands) >= {
        *("import", "publish", "rollback", "search", "status"),
        *("export", "backup", "restore", "check", "serve"),
    }
