"""Places whose name says that they are religious, left out where somebody asks for something that is not."""

from __future__ import annotations

from pathlib import Path

import pytest
from small_directory import DENVER, SmallDirectory, directory_over, fill, names, place, publisher_of

from directory.asking.faith import says
from directory.store import Store
from index.engine.whoosh_engine import WhooshEngine


@pytest.fixture
def three_houses(empty_store: Store, tmp_path: Path) -> SmallDirectory:
    fill(
        empty_store,
        tmp_path,
        [
            place("Harbor Christian Ministries", DENVER, "care.residential", number=101),
            place("Harbor House", DENVER, "care.residential", number=102),
            place("Falls Church Family Center", DENVER, "care.residential", number=103),
        ],
    )
    publisher_of(empty_store, tmp_path).publish()
    return directory_over(WhooshEngine(tmp_path / "index"), empty_store, tmp_path)


class TestNamesThatSayIt:
    def test_such_places_are_left_out_and_the_page_says_so(self, three_houses: SmallDirectory):
        """A town's name that sounds like one leaves nobody out."""
        page = three_houses.search("residential not religious denver")
        assert sorted(names(page.rows)) == ["Falls Church Family Center", "Harbor House"]
        assert any("name says that they are religious" in remark for remark in page.remarks)

    def test_the_shared_address_leaves_out_the_same(self, three_houses: SmallDirectory):
        """What was understood stands in the address."""
        page = three_houses.search("residential not religious denver")
        assert names(three_houses.follow(page.url).rows) == names(page.rows)

    def test_nobody_is_left_out_otherwise(self, three_houses: SmallDirectory):
        """A faith is no reason to hide a place from who did not rule it out."""
        assert "Harbor Christian Ministries" in names(three_houses.search("residential denver").rows)

    def test_words_must_stand_side_by_side(self):
        """Parts of a phrase say nothing."""
        assert says("Salvation Army Center", ("salvation", "army"))
        assert not says("Army Street Salvation", ("salvation", "army"))
