"""Care that costs nothing: hardly any place states it, many lower the fee."""

from __future__ import annotations

from pathlib import Path

from small_directory import DENVER, MONUMENT, directory_over, fill, names, place, publisher_of

from directory.store import Store
from index.engine.whoosh_engine import WhooshEngine


def test_who_asks_for_free_care_also_sees_low_cost(empty_store: Store, tmp_path: Path):
    """In a group of its own that says what it is, with an address that shows the same."""
    houses = [
        place("Harbor House", MONUMENT, "care.detox", "pay.free", number=101),
        place("Cedar House", DENVER, "care.detox", "pay.sliding_scale", number=102),
        place("Ridge House", DENVER, "care.detox", "pay.private", number=103),
    ]
    fill(empty_store, tmp_path, houses)
    publisher_of(empty_store, tmp_path).publish()
    directory = directory_over(WhooshEngine(tmp_path / "index"), empty_store, tmp_path)

    page = directory.search("free detox", near="80202", radius_miles=10)
    (group,) = [group for group in page.beyond if group.id == "low_cost"]

    assert (names(page.rows), names(group.rows)) == ([], ["Cedar House"])
    assert names(directory.follow(group.url).rows) == ["Cedar House"]
