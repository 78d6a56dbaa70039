"""The desk's own list keeps its own ids: they are found by typing them, and shown beside the place."""

from __future__ import annotations

import pytest
from paying_places import NOW

from directory.desk.own_ids import listings_of_own_id, own_ids_of
from directory.feeds.importing import run_import
from directory.publish import Publisher
from directory.sources.feed_options import FeedOptions
from index.language.vocabulary import Vocabulary

OWN_LIST = "id,name,address,city,state,zip,phone\nTD-0042,Gate House,5 Oak Road,Monument,CO,80132,719-555-0142\n"
MAPPING = """
[columns]
key = "id"
name = "name"
street = "address"
city = "city"
state = "state"
zip = "zip"
phone = "phone"
[source]
name = "ours"
title = "Our list"
"""
WITHOUT_IDS = "name,address,city,state,zip,phone\nLake House,6 Oak Road,Monument,CO,80132,719-555-0143\n"


@pytest.fixture
def own_list(places, tmp_path):
    """Import a table as the desk's own list, named after its file."""

    def own_list(text: str, name: str = "our-list") -> None:
        file = tmp_path / f"{name}.csv"
        file.write_text(text, encoding="utf-8")
        mapping = MAPPING if text.startswith("id") else MAPPING.replace('key = "id"\n', "")
        run_import(places.store, "table", str(file), now=NOW, options=FeedOptions(mapping=mapping.encode()))

    return own_list


class TestOwnIds:
    @pytest.mark.parametrize("typed", ["TD-0042", "td-0042", "  TD-0042 "])
    def test_a_place_is_found_by_the_id_that_the_desk_gave_it(self, places, own_list, typed):
        own_list(OWN_LIST)
        found = places.store.public_listings_by_id(listings_of_own_id(places.store, typed))
        assert [listing.name for listing in found.values()] == ["Gate House"]

    def test_it_is_shown_with_its_list(self, places, own_list):
        own_list(OWN_LIST)
        listing_id = next(iter(listings_of_own_id(places.store, "TD-0042")))
        assert [(own.key, own.feed) for own in own_ids_of(places.store, [listing_id])[listing_id]] == [("TD-0042", "our-list")]

    def test_a_list_without_ids_gives_none(self, places, own_list):
        """A key made of name and street is nobody's id."""
        own_list(WITHOUT_IDS)
        everything = [listing.id for listing in places.store.public_listings()]
        assert own_ids_of(places.store, everything) == {}

    def test_keys_of_other_feeds_are_not_the_desks(self, places):
        assert listings_of_own_id(places.store, "Aspen House") == frozenset()

    @pytest.mark.parametrize("typed", ["", "   ", "x" * 61, "TD-9999"])
    def test_what_is_no_id_finds_nothing(self, places, own_list, typed):
        own_list(OWN_LIST)
        assert listings_of_own_id(places.store, typed) == frozenset()


class TestAtTheDesk:
    def test_typing_it_answers_with_the_place(self, places, own_list, ana):
        own_list(OWN_LIST)
        _publish_for(places)
        page = ana.send("/helpline/search", q="td-0042").text

        assert "Found by the id in your own list." in page
        assert "Gate House" in page
        assert "Own id: TD-0042 (our-list)" in page

    def test_a_zip_code_is_a_place_first(self, places, own_list, ana):
        """An own id of five digits must not hide a town."""
        own_list(OWN_LIST.replace("TD-0042", "80132"))
        assert "Found by the id" not in ana.send("/helpline/search", q="80132").text


def _publish_for(places) -> None:
    """Give this copy an index of its own that holds the list."""
    index = places.settings.home / "index"
    index.unlink()
    Publisher(places.store, index, Vocabulary.load()).publish()
