"""A place that is ruled out: "near Denver but not in Denver"."""

from __future__ import annotations

from pathlib import Path

import pytest
from small_directory import DENVER, MONUMENT, SPRINGS, SmallDirectory, directory_over, fill, names, place, publisher_of

from directory.store import Store
from index.engine.whoosh_engine import WhooshEngine
from index.errors import InvalidRequest


@pytest.fixture
def three_towns(empty_store: Store, tmp_path: Path) -> SmallDirectory:
    fill(
        empty_store,
        tmp_path,
        [
            place("Harbor House", DENVER, "care.detox", number=101),
            place("Cedar House", SPRINGS, "care.detox", number=102),
            place("Ridge House", MONUMENT, "care.detox", number=103),
        ],
    )
    publisher_of(empty_store, tmp_path).publish()
    return directory_over(WhooshEngine(tmp_path / "index"), empty_store, tmp_path)


class TestWordsThatRuleATownOut:
    def test_its_addresses_are_left_out_and_the_sentence_says_so(self, three_towns: SmallDirectory):
        """The state is searched, but for that town."""
        page = three_towns.search("detox in colorado not denver")
        assert sorted(names(page.rows)) == ["Cedar House", "Ridge House"]
        assert page.sentence.endswith("in Colorado, but not in Denver, CO.")

    def test_the_shared_address_leaves_out_the_same(self, three_towns: SmallDirectory):
        """What was understood stands in the address."""
        page = three_towns.search("detox in colorado not denver")
        assert sorted(names(three_towns.follow(page.url).rows)) == ["Cedar House", "Ridge House"]


class TestTheParameter:
    @pytest.mark.parametrize(
        ("ruled_out", "left"),
        [
            ("80202", ["Cedar House", "Ridge House"]),
            ("Denver, CO", ["Cedar House", "Ridge House"]),
            ("El Paso County, CO", []),
            ("Utah", ["Cedar House", "Harbor House", "Ridge House"]),
        ],
    )
    def test_a_zip_a_town_a_county_or_a_state(self, three_towns: SmallDirectory, ruled_out: str, left: list[str]):
        """By the address that a listing states."""
        found = three_towns.follow(f"/search?near=Colorado&offers=care.detox&not_near={ruled_out.replace(' ', '+')}")
        assert sorted(names(found.rows)) == left

    def test_a_place_that_nobody_knows_is_refused(self, three_towns: SmallDirectory):
        """With the name of the parameter."""
        with pytest.raises(InvalidRequest) as refused:
            three_towns.follow("/search?near=Colorado&not_near=Zzyzzyva")
        assert refused.value.field == "not_near"


class TestMilesOfAState:
    def test_a_state_is_searched_whole_and_the_page_says_so(self, three_towns: SmallDirectory):
        """Ten miles round the middle of a state is nobody's question."""
        page = three_towns.follow("/search?near=Colorado&radius=10")
        assert page.total == 3
        assert "Miles count from a town or a ZIP code; name one to use them." in page.remarks
