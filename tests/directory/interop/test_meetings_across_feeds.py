"""The same meeting in two feeds is one listing; what only looks alike is not."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from small_directory import NOW

from directory.feeds.importing import run_import
from directory.sources.feed_options import FeedOptions
from directory.store import Store


def meeting(**stated: Any) -> dict[str, Any]:
    row = {
        "slug": "sunrise",
        "name": "Sunrise Group",
        "day": 1,
        "time": "19:30",
        "types": ["O"],
        "address": "12 Elm Street",
        "city": "Monument",
        "state": "CO",
        "postal_code": "80132",
        "latitude": 39.09,
        "longitude": -104.87,
    }
    return row | stated


@pytest.fixture
def bring_in(empty_store: Store, tmp_path: Path):
    """Import rows as a Meeting Guide feed of a name."""

    def bring_in(feed: str, *rows: dict[str, Any], fellowship: str = "AA") -> None:
        file = tmp_path / f"{feed}.json"
        file.write_text(json.dumps(rows))
        options = FeedOptions(source=feed, fellowship=fellowship)
        run_import(empty_store, "meeting-guide", str(file), now=NOW, options=options)

    return bring_in


def listed(store: Store) -> list[tuple[str, int]]:
    return sorted((listing.name, len(listing.programs)) for listing in store.public_listings())


def test_one_group_in_two_feeds_is_one_listing(empty_store, bring_in):
    """A county's list and a state's list have the same group under keys of their own."""
    bring_in("county", meeting())
    bring_in("state", meeting(slug="17", address="12 Elm St."))

    assert listed(empty_store) == [("Sunrise Group", 2)]


@pytest.mark.parametrize(
    "other",
    [
        pytest.param({"time": "06:30"}, id="another time"),
        pytest.param({"address": "99 Oak Street"}, id="another place"),
        pytest.param({"name": "Sunset Group"}, id="another name"),
    ],
)
def test_another_time_place_or_name_is_another_meeting(empty_store, bring_in, other):
    bring_in("county", meeting())
    bring_in("state", meeting(**other))

    assert [programs for _, programs in listed(empty_store)] == [1, 1]


def test_two_fellowships_never_share_a_listing(empty_store, bring_in):
    """AA and Al-Anon meet in one hall at one hour under one name."""
    bring_in("county", meeting())
    bring_in("families", meeting(), fellowship="Al-Anon")

    assert len(listed(empty_store)) == 2


def test_without_a_street_two_feeds_are_not_compared(empty_store, bring_in):
    """Two groups called "Tuesday Night" in one town may be two."""
    bring_in("county", meeting(address=""))
    bring_in("state", meeting(address=""))

    assert len(listed(empty_store)) == 2


def test_a_merged_group_answers_under_both_addresses(empty_store, bring_in, tmp_path):
    """Staff found that one group is spelt in two ways; its facts say which list states them."""
    from federal_places import served_over

    from directory.feeds.merging import merge

    bring_in("county", meeting())
    bring_in("state", meeting(name="The Sunrise Group", slug="17", website="https://sunrise.example.org/"))
    ids = {listing.name: listing.id for listing in empty_store.public_listings()}
    merge(empty_store, ids["The Sunrise Group"], ids["Sunrise Group"], by="sam", now=NOW)

    client = served_over(empty_store, tmp_path)
    assert client.get(f"/api/v1/listings/{ids['The Sunrise Group']}").status_code == 301
    answer = client.get(f"/api/v1/listings/{ids['Sunrise Group']}").get_json()
    assert {one["source"] for one in answer["programs"]} == {"meeting-guide:county", "meeting-guide:state"}
    assert answer["website"] == "https://sunrise.example.org/"
    sources = {one["id"]: one["source"] for one in answer["programs"]}
    said = {one["field"]: sources[one["program"]] for one in answer["stated_by"]}
    assert (said["name"], said["website"]) == ("meeting-guide:county", "meeting-guide:state")
