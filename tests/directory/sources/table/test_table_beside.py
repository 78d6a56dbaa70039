"""The file beside a list."""

from __future__ import annotations

from pathlib import Path

import pytest

from directory.errors import ImportRefused
from directory.sources.feed_options import FeedOptions
from directory.sources.table.beside import options_beside, write_first_mapping
from index.listing import Redistribute


class TestOptionsBeside:
    def test_what_the_file_says_is_taken(self, tmp_path: Path):
        """Its section about the source, and its whole content for a table."""
        (tmp_path / "list.csv.toml").write_text('[source]\npublisher = "Example County"\nredistribute = "no"\n')
        said = options_beside(str(tmp_path / "list.csv"))

        assert (said.publisher, said.redistribute) == ("Example County", Redistribute.NO)
        assert b"Example County" in said.mapping

    def test_without_one_nothing_is_said(self, tmp_path: Path):
        """Neither for a list alone nor for an address."""
        assert options_beside(str(tmp_path / "list.csv")) == FeedOptions()
        assert options_beside("https://example.org/feed.json") == FeedOptions()

    def test_a_damaged_one_is_refused(self, tmp_path: Path):
        """Importing with half of what was meant would be worse."""
        (tmp_path / "list.csv.toml").write_text('[source]\npayment = "maybe"\n')

        with pytest.raises(ImportRefused, match=r"list\.csv\.toml"):
            options_beside(str(tmp_path / "list.csv"))


class TestFirstMapping:
    def test_it_is_written_beside_the_list(self, tmp_path: Path):
        """Ready to be edited."""
        (tmp_path / "list.csv").write_text("Agency,City\nCedar House,Monument\n")
        written = write_first_mapping(str(tmp_path / "list.csv"))

        assert written.name == "list.csv.toml"
        assert 'name = "Agency"' in written.read_text()

    def test_an_edited_one_is_never_overwritten(self, tmp_path: Path):
        """Somebody's work stays."""
        (tmp_path / "list.csv").write_text("Agency\nCedar House\n")
        (tmp_path / "list.csv.toml").write_text("mine")

        with pytest.raises(ImportRefused, match="already"):
            write_first_mapping(str(tmp_path / "list.csv"))
        assert (tmp_path / "list.csv.toml").read_text() == "mine"
