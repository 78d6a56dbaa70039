"""Ids are minted once: the same place keeps its id through new editions, other feeds and moves."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import update
from store_factory import NOW, names, phone, place, program, source

from directory.feeds.importing import run_import
from directory.sources.federal.samhsa import program_key
from directory.sources.matching import place_match_key
from directory.store.listings.identity import mint_id
from directory.store.tables import listings, records

CITY = source("city")
SMALL_DIRECTORY = Path(__file__).parents[2] / "data" / "samhsa_small.csv"


def ids(store) -> dict[str, str]:
    return {listing.name: listing.id for listing in store.public_listings()}


@given(st.text(), st.integers(min_value=0, max_value=3))
def test_a_clash_of_ids_is_counted_round(key, clashes):
    """A new id is never one that is taken, and has twelve lower-case letters."""
    taken: set[str] = set()
    for _ in range(clashes):
        taken.add(mint_id(key, taken))

    minted = mint_id(key, taken)
    assert minted not in taken
    assert len(minted) == 12
    assert minted == minted.lower()


def test_one_place_in_two_feeds_is_one_listing(store, bring_in):
    """Equal normalised name, street and ZIP code make two programs of one listing."""
    bring_in(place("Cedar House", program("a", name="Detox")))

    other = place("CEDAR HOUSE", program("b", source="city", name="Counseling"), street="12 Elm St.")
    bring_in(other, sources=[CITY], feed="city")

    (listing,) = store.public_listings()
    assert {one.name for one in listing.programs} == {"Detox", "Counseling"}


def test_a_sources_own_key_is_stronger_than_an_address(store, bring_in):
    """A place that the source moved under the same key keeps its id."""
    bring_in(place("Cedar House", program("7")))
    before = ids(store)["Cedar House"]

    bring_in(place("Cedar Home", program("7"), street="99 Oak Avenue"))

    assert ids(store) == {"Cedar Home": before}


def test_phone_zip_and_name_find_a_place_that_moved(store, bring_in):
    """With a new key and a new street, and the old row gone, the same name and phone are the same place."""
    stay = [place(f"House {number}") for number in range(5)]
    bring_in(*stay, place("Cedar House", program("old", phones=(phone(),))))
    before = ids(store)["Cedar House"]

    bring_in(*stay, place("Cedar House", program("new", phones=(phone(),)), street="99 Oak Avenue"))

    assert ids(store)["Cedar House"] == before


def test_a_branch_with_the_same_phone_is_a_place_of_its_own(store, bring_in):
    """Two streets in one file are two places, although name, phone and ZIP code are equal."""
    bring_in(
        place("Cedar House", program("a", phones=(phone(),))),
        place("Cedar House", program("b", phones=(phone(),)), street="99 Oak Avenue"),
    )

    assert names(store) == ["Cedar House", "Cedar House"]


def test_an_ambiguous_record_stands_alone_and_goes_to_staff(store, bring_in):
    """Nobody guesses which of two branches a third list means."""
    first = place("Cedar House", program("a", phones=(phone(),)))
    second = place("Cedar House", program("b", phones=(phone(),)), street="99 Oak Avenue")
    bring_in(first, second)

    third = place("Cedar House", program("c", source="city", phones=(phone(),)), street="1 Elm")
    report = bring_in(third, sources=[CITY], feed="city")

    (question,) = store.ambiguous_matches()
    assert report.ambiguous == (("city", "c"),)
    assert len(names(store)) == 3
    assert set(question.candidates) == set(store.public_listings_by_id(question.candidates))


def test_a_merged_listing_answers_through_its_target(store, bring_in):
    """Records that fit a merged id join the listing it was merged into."""
    bring_in(place("Cedar House", program("a")), place("Cedar Home", program("b"), street="99 Oak Avenue"))
    found = ids(store)
    with store.writing() as connection:
        kept, merged = found["Cedar House"], found["Cedar Home"]
        connection.execute(update(listings).where(listings.c.id == merged).values(redirect_to=kept))
        connection.execute(update(records).where(records.c.listing_id == merged).values(listing_id=kept))

    bring_in(place("Cedar Home", program("c", source="city"), street="99 Oak Avenue"), sources=[CITY], feed="city")

    bring_in(place("Cedar House", program("a")), place("Cedar Home", program("b"), program("d"), street="99 Oak Avenue"))

    (listing,) = store.public_listings()
    assert listing.id == kept
    assert len(listing.programs) == 4
    assert store.redirect_of(merged) == kept


@pytest.mark.parametrize("own_feed_first", [True, False])
def test_the_sources_own_feed_wins_over_a_copy(store, bring_in, own_feed_first):
    """The same key through two feeds is one program; whichever came first, the source's own words count."""
    key = program_key("substance", place_match_key("Riverbend Clinic", "400 Riverbend Road", "80203"), "")
    copied = program(key, source="samhsa", name="As another list copied it")
    copy = place("Riverbend Clinic", copied, street="400 Riverbend Road", zip5="80203")

    def import_the_source() -> None:
        run_import(store, "samhsa", str(SMALL_DIRECTORY), now=NOW)

    def import_the_copy() -> None:
        bring_in(copy, sources=[source("samhsa", edition="2099")])

    steps = [import_the_source, import_the_copy] if own_feed_first else [import_the_copy, import_the_source]
    for step in steps:
        step()

    (listing,) = [one for one in store.public_listings() if one.name == "Riverbend Clinic"]
    assert [one.name for one in listing.programs] == [""]


def test_ids_do_not_depend_on_when_they_were_minted(store, bring_in):
    """Two copies of the service built from the same data agree on ids."""
    bring_in(place("Cedar House"))

    assert ids(store)["Cedar House"] == mint_id("cedar house|12 elm st|80132", set())
