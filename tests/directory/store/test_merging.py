"""Two listings of one place: shown to staff, merged by them alone, and parted again without a loss."""

from __future__ import annotations

from datetime import date

import msgspec
import pytest
from outbox import forget_outbox
from sqlalchemy import insert, update
from store_factory import NOW, names, phone, place, program, source

from directory.feeds.merging import MergeRefused, doubts, keep_apart, merge, merges_of, undo, weak_matches
from directory.store.staff import latest_audit
from directory.store.tables import listings, sponsorships
from index.listing import Kind, Reach, Redistribute, Session

CITY = source("city", url="https://city.example.org/", edition="2026-10")


@pytest.fixture
def two(store, bring_in):
    """Cedar House in the county's list, Cedar House Inc at the same door in the city's."""
    bring_in(place("Cedar House", program("a", phones=(phone(),), website="https://cedar.example.org/")))
    bring_in(
        place("Cedar House Inc", program("b", source="city", phones=(phone(),), name="Evenings"), hours="Mon–Fri 09:00–17:00"),
        sources=[CITY],
        feed="city",
    )
    return {listing.name: listing.id for listing in store.public_listings()}


class TestWeakMatches:
    def test_one_door_and_a_similar_name_are_shown_and_not_merged(self, store, two):
        (weak,) = doubts(store).weak
        assert {weak.first.name, weak.second.name} == set(two) == {"Cedar House", "Cedar House Inc"}
        assert weak.clues == ("same address", "same number")

    def test_records_of_one_source_are_what_it_says_they_are(self, store, bring_in):
        """It tells its own branches apart."""
        bring_in(place("Cedar House"), place("Cedar House Inc"))
        assert doubts(store).weak == ()

    def test_another_name_at_the_same_door_is_another_program(self, store, bring_in):
        bring_in(place("Cedar House"))
        bring_in(place("Riverbend Clinic", program("b", source="city")), sources=[CITY], feed="city")
        assert doubts(store).weak == ()

    def test_a_group_in_the_same_house_is_another_kind(self, store, bring_in):
        bring_in(place("Cedar House"))
        group = msgspec.structs.replace(place("Cedar House", program("b", source="city")), kind=Kind.MEETING)
        bring_in(group, sources=[CITY], feed="city")
        assert doubts(store).weak == ()

    @pytest.mark.parametrize(("minute", "shown"), [(1140, 1), (1200, 0)])
    def test_meetings_are_compared_by_group_place_and_hour(self, store, bring_in, minute, shown):
        def meeting(name: str, listed: str, start: int):
            held = program(
                name, source=listed, offers=("group.aa",), schedule=(Session(weekday=1, start_minute=start, end_minute=start),)
            )
            return msgspec.structs.replace(place(name, held), kind=Kind.MEETING, match_key=name)

        bring_in(meeting("Sunrise Group", "county", 1140))
        bring_in(meeting("The Sunrise Group", "city", minute), sources=[CITY], feed="city")
        assert len(doubts(store).weak) == shown

    def test_a_number_on_many_listings_is_no_clue(self, store, bring_in):
        """A hotline tells nothing of a place; nor is every pair of them compared."""
        many = [place(f"House {at}", program(f"h{at}", phones=(phone(),)), street=f"{at} Elm") for at in range(20)]
        bring_in(*many)
        bring_in(place("House 21", program("b", source="city", phones=(phone(),)), street="99 Oak"), sources=[CITY], feed="city")
        assert weak_matches(store.public_listings()) == ()


class TestMerging:
    def test_the_old_id_redirects_and_both_lists_speak(self, store, two):
        merge(store, two["Cedar House Inc"], two["Cedar House"], by="sam", now=NOW)

        (listing,) = store.public_listings()
        assert listing.id == two["Cedar House"]
        assert {one.source.name for one in listing.programs} == {"county", "city"}
        assert store.redirect_of(two["Cedar House Inc"]) == listing.id
        assert doubts(store).weak == ()

    def test_each_fact_says_whose_it_is(self, store, two):
        """The county states the website, the city the hours; the city's program names its list and its edition."""
        merge(store, two["Cedar House Inc"], two["Cedar House"], by="sam", now=NOW)

        (listing,) = store.public_listings()
        programs = {one.id: one.source for one in listing.programs}
        said = {name: programs[program].name for name, program in listing.stated_by}
        assert (said["website"], said["hours"]) == ("county", "city")
        assert {one.edition for one in programs.values() if one.name == "city"} == {"2026-10"}

    def test_a_listing_of_one_source_needs_no_such_list(self, store, two):
        assert all(listing.stated_by == () for listing in store.public_listings())

    def test_the_next_import_goes_on_into_the_kept_listing(self, store, two, bring_in):
        merge(store, two["Cedar House Inc"], two["Cedar House"], by="sam", now=NOW)
        bring_in(place("Cedar House Inc", program("b", source="city", name="Days")), sources=[CITY], feed="city")

        (listing,) = store.public_listings()
        assert {one.name for one in listing.programs} == {"", "Days"}

    def test_undoing_parts_them_as_they_were(self, store, two):
        before = {listing.id: listing for listing in store.public_listings()}
        merge(store, two["Cedar House Inc"], two["Cedar House"], by="sam", now=NOW)

        undo(store, two["Cedar House Inc"], by="kim", now=NOW)
        assert {listing.id: listing for listing in store.public_listings()} == before
        assert merges_of(store) == ()
        assert store.redirect_of(two["Cedar House Inc"]) is None

    def test_the_publisher_hears_of_both(self, store, two):
        forget_outbox(store)
        merge(store, two["Cedar House Inc"], two["Cedar House"], by="sam", now=NOW)
        assert {one.listing_id for one in store.outbox()} == set(two.values())

    def test_who_did_it_is_written_down(self, store, two):
        merge(store, two["Cedar House Inc"], two["Cedar House"], by="sam", now=NOW)
        undo(store, two["Cedar House Inc"], by="kim", now=NOW)
        with store.reading() as connection:
            assert [(one.login, one.action) for one in latest_audit(connection, 5)] == [
                ("kim", "listing.unmerge"),
                ("sam", "listing.merge"),
            ]

    def test_a_merge_into_a_merged_listing_is_undone_from_its_end(self, store, two, bring_in):
        """C joins B, B joins A: parting C from B while B is a part of A would take C's facts from A."""
        bring_in(place("Oak House", program("o")), feed="oaks")
        third = next(one.id for one in store.public_listings() if one.name == "Oak House")
        merge(store, third, two["Cedar House Inc"], by="sam", now=NOW)
        merge(store, two["Cedar House Inc"], two["Cedar House"], by="sam", now=NOW)

        with pytest.raises(MergeRefused, match="does not stand by itself"):
            undo(store, third, by="sam", now=NOW)
        undo(store, two["Cedar House Inc"], by="sam", now=NOW)
        undo(store, third, by="sam", now=NOW)
        assert names(store) == ["Cedar House", "Cedar House Inc", "Oak House"]


class TestRefusals:
    def test_kinds_never_mix(self, store, two, bring_in):
        line = msgspec.structs.replace(
            place("Line", program("l"), street=""), kind=Kind.HELPLINE, reach=Reach.NATION, match_key="l"
        )
        bring_in(line, feed="lines")
        number = next(one.id for one in store.public_listings() if one.name == "Line")
        with pytest.raises(MergeRefused, match="never one listing"):
            merge(store, number, two["Cedar House"], by="sam", now=NOW)

    def test_what_somebody_pays_for_does_not_vanish_into_another(self, store, two):
        """Its label would go with it."""
        with store.writing() as connection:
            values = {"payer": "Example Payer", "compensation": "flat_fee", "licence": "CO 1", "source": "contract"}
            days = {"starts_on": date(2026, 1, 1), "ends_on": date(2026, 12, 31), "recorded_by": "sam", "recorded_at": NOW}
            connection.execute(insert(sponsorships).values(listing_id=two["Cedar House Inc"], **values, **days))
        with pytest.raises(MergeRefused, match="pays for"):
            merge(store, two["Cedar House Inc"], two["Cedar House"], by="sam", now=NOW)

    def test_what_was_taken_down_is_not_brought_back(self, store, two):
        with store.writing() as connection:
            taken = listings.c.id == two["Cedar House Inc"]
            connection.execute(update(listings).where(taken).values(taken_down=True))
        with pytest.raises(MergeRefused, match="taken down"):
            merge(store, two["Cedar House Inc"], two["Cedar House"], by="sam", now=NOW)

    @pytest.mark.parametrize("other", ["nobody", "Cedar House"])
    def test_two_listings_are_needed(self, store, two, other):
        with pytest.raises(MergeRefused):
            merge(store, two.get(other, other), two["Cedar House"], by="sam", now=NOW)

    def test_what_is_not_merged_cannot_be_parted(self, store, two):
        with pytest.raises(MergeRefused, match="not merged"):
            undo(store, two["Cedar House Inc"], by="sam", now=NOW)


class TestApart:
    def test_two_places_are_not_asked_about_again(self, store, two):
        """Whichever is named first."""
        keep_apart(store, two["Cedar House Inc"], two["Cedar House"], by="sam", now=NOW)
        keep_apart(store, two["Cedar House"], two["Cedar House Inc"], by="sam", now=NOW)
        assert doubts(store).weak == ()

    def test_an_ambiguous_record_is_settled_by_a_merge_and_by_saying_so(self, store, bring_in):
        """A third list means one of two branches: merging it, or keeping it apart from both, ends the question."""
        branches = [
            place("Cedar House", program(key, phones=(phone(),)), street=street)
            for key, street in (("a", "1 Elm"), ("b", "2 Oak"))
        ]
        bring_in(*branches)
        bring_in(
            place("Cedar House", program("c", source="city", phones=(phone(),)), street="3 Fir"), sources=[CITY], feed="city"
        )
        (question,) = doubts(store).questions

        merge(store, question.listing_id, question.candidates[0], by="sam", now=NOW)
        assert doubts(store).questions == ()
        undo(store, question.listing_id, by="sam", now=NOW)
        assert doubts(store).questions == (question,)
        for candidate in question.candidates:
            keep_apart(store, question.listing_id, candidate, by="sam", now=NOW)
        assert doubts(store).questions == ()


def test_what_may_be_handed_on_speaks_first(store, bring_in):
    """The name of a listing does not hang on a list that keeps it back, and what only that list states stays here."""
    from directory.answers.kept_here import handed_on

    closed = source("city", redistribute=Redistribute.NO)
    bring_in(
        place("Cedar House", program("b", source="city"), hours="Mon 09:00–10:00", website="https://city.example.org/"),
        sources=[closed],
        feed="city",
    )
    bring_in(place("Cedar  House", program("a"), website="https://county.example.org/"))

    (listing,) = store.public_listings()
    given = handed_on(listing)
    assert (listing.hours, listing.website) == ("Mon 09:00–10:00", "https://county.example.org/")
    assert (given.hours, given.website, len(given.programs)) == ("", "https://county.example.org/", 1)
