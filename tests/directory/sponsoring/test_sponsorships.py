"""A sponsorship is a flat fee, named, licensed and answered by the place itself; it is ended and never deleted."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from paying_places import NOW, PayingPlaces, offer
from sqlalchemy import delete, update
from sqlalchemy.exc import DBAPIError

from directory.duties.answering import StatedAnswer, establish_answer
from directory.duties.sponsoring import (
    SponsorshipRefused,
    add_sponsorship,
    answered_elsewhere,
    end_listing_sponsorships,
    problem_in_sponsor_name,
    sponsorships_of,
)
from directory.store.tables import public_changes, sponsorships
from directory.upkeep.quality import check_quality

TODAY = NOW.date()


def refusal(places: PayingPlaces, **stated: object) -> SponsorshipRefused:
    with pytest.raises(SponsorshipRefused) as refused:
        places.sponsor("Aspen House", **stated)
    assert sponsorships_of(places.store) == ()
    return refused.value


class TestRefusals:
    @pytest.mark.parametrize("compensation", ["per_call", "per_lead", "per_admission", "commission", "percentage", "", "free"])
    def test_money_for_referrals_is_refused_by_the_name_of_the_law(self, places, compensation):
        """Disclosure row 16: anything but a flat fee names EKRA."""
        refused = refusal(places, compensation=compensation)
        assert (refused.field, "EKRA (18 USC 220)" in str(refused)) == ("compensation", True)

    def test_no_licence_no_sponsorship(self, places):
        """A sponsor needs a state licence on file."""
        assert refusal(places, licence=" ").field == "licence"

    @pytest.mark.parametrize("answered_by", ["call_center", "paid_advertisers", "public_agency", "unknown", ""])
    def test_a_phone_that_others_answer_is_refused(self, places, answered_by):
        """The form must say that the facility or its operator answers."""
        assert refusal(places, answered_by=answered_by).field == "answered_by"

    def test_a_phone_known_to_sell_calls_is_refused_whatever_the_form_says(self, places):
        """What was established about a number weighs more than what a sponsor states."""
        with pytest.raises(SponsorshipRefused, match="Example Calls"):
            places.sponsor("Elm House")

    @pytest.mark.parametrize("answered_by", ["public_agency", "peer_volunteers", "call_center"])
    def test_so_is_one_that_is_known_to_reach_anybody_else(self, places, answered_by):
        establish_answer(places.store, StatedAnswer("719-555-0101", answered_by), by="editor", now=NOW)
        assert refusal(places).field == "answered_by"

    @pytest.mark.parametrize("answered_by", ["facility", "operator"])
    def test_one_that_is_known_to_reach_the_place_is_taken(self, places, answered_by):
        establish_answer(places.store, StatedAnswer("719-555-0101", answered_by), by="editor", now=NOW)
        assert places.sponsor("Aspen House").runs_on(TODAY)

    def test_what_is_found_out_later_is_a_question_for_staff(self, places):
        """The report of `directory check` names the payer whose number others answer."""
        places.sponsor("Aspen House")
        assert answered_elsewhere(places.store, TODAY) == {}
        stated = StatedAnswer("719-555-0101", "call_center", operator_name="Example Desk")
        establish_answer(places.store, stated, by="editor", now=NOW)

        assert answered_elsewhere(places.store, TODAY) == {places.id_of("Aspen House"): "Example Desk"}
        found = {one.what: one.listings for one in check_quality(places.settings, places.store, today=TODAY).findings}
        assert found["Paid for, though its number is known to be answered by somebody else"] == 1

    def test_an_unnamed_payer_is_refused(self, places):
        """Readers see the payer's name beside the label."""
        assert refusal(places, payer="").field == "payer"

    def test_an_unknown_listing_is_refused(self, places):
        with pytest.raises(SponsorshipRefused, match="no listing"):
            add_sponsorship(places.store, offer("nowhere"), by="editor", now=NOW)

    def test_the_last_day_is_not_before_the_first(self, places):
        assert refusal(places, starts_on=TODAY, ends_on=TODAY - timedelta(days=1)).field == "ends_on"

    def test_one_payer_pays_once(self, places):
        """A second record of the same payer would say nothing new."""
        places.sponsor("Aspen House")
        with pytest.raises(SponsorshipRefused, match="already"):
            places.sponsor("Aspen House")


class TestSponsorText:
    @pytest.mark.parametrize(
        "words",
        [
            *("Best Rehab", "top care", "Vetted Homes", "VERIFIED", "Trusted Inc", "guaranteed", "La mejor casa", "Garantizado"),
            *("#1 Rehab", "Rehab # 1", "No. 1 Care", "Number one care", "Award-winning Homes", "5-star care", "guarantees help"),
            *("Líder Inc", "lider", "La número uno", "Nº 1"),
        ],
    )
    def test_praise_is_refused(self, places, words):
        """Disclosure row 19, in English and Spanish."""
        assert refusal(places, payer=words).field == "payer"

    def test_a_phone_number_is_refused(self, places):
        """A sponsor can't bring in a number that is not the listing's."""
        assert refusal(places, payer="Call (719) 555-0199").field == "payer"

    @pytest.mark.parametrize("words", ["www.payer.example", "Payer at payer.org", "desk@payer.example", "https://payer.example"])
    def test_an_address_is_refused(self, places, words):
        """The only way to the place is the listing's own."""
        assert refusal(places, payer=words).field == "payer"

    @pytest.mark.parametrize("words", ["B\u0435st Homes", "\u0422op Care", "Tr\u03c5sted Inc"])
    def test_letters_that_only_look_latin_do_not_hide_praise(self, places, words):
        assert refusal(places, payer=words).field == "payer"

    @pytest.mark.parametrize(
        "words",
        [
            "Stopford Homes Inc",
            "Bestow Trust",
            "Harbor 2000 LLC",
            "Example Payer Inc",
            "Leadership Co.",
            "Haus Nr. 12 Co",
            "Надежда",
        ],
    )
    def test_names_that_only_look_like_praise_pass(self, words):
        """Whole words count, not letters inside a name."""
        assert problem_in_sponsor_name(words) == ""


class TestLife:
    def test_it_runs_from_today_until_it_is_ended(self, places):
        """Without a last day nobody reads "not paid" while the payer still pays."""
        recorded = places.sponsor("Aspen House")

        assert recorded.runs_on(TODAY)
        assert recorded.runs_on(TODAY + timedelta(days=4000))
        assert not recorded.runs_on(TODAY - timedelta(days=1))

    def test_it_is_ended_and_kept(self, places):
        """Ending writes who and when; the record stays."""
        places.sponsor("Aspen House")
        [ended] = end_listing_sponsorships(places.store, places.id_of("Aspen House"), by="admin", now=NOW)

        assert (ended.ended_by, ended.ended_at, ended.runs_on(TODAY)) == ("admin", NOW, False)
        assert sponsorships_of(places.store) == (ended,)

    def test_ending_what_does_not_run_is_refused(self, places):
        with pytest.raises(SponsorshipRefused, match="no sponsorship to end"):
            end_listing_sponsorships(places.store, places.id_of("Aspen House"), by="admin", now=NOW)

    def test_an_ended_one_never_begins_again(self, places):
        """The database itself refuses to take an end back."""
        places.sponsor("Aspen House")
        end_listing_sponsorships(places.store, places.id_of("Aspen House"), by="admin", now=NOW)

        with places.store.engine.connect() as connection, pytest.raises(DBAPIError, match="never begins again"):
            connection.execute(update(sponsorships).values(ended_at=None))

    def test_who_answers_is_not_rewritten(self, places):
        places.sponsor("Aspen House")
        with places.store.engine.connect() as connection, pytest.raises(DBAPIError, match="never rewritten"):
            connection.execute(update(sponsorships).values(answered_by="operator"))

    def test_a_future_one_shows_from_its_first_day(self, places):
        """Days are whole, and the first one counts."""
        listing_id = places.id_of("Aspen House")
        places.sponsor("Aspen House", starts_on=date(2026, 12, 1), ends_on=date(2026, 12, 2))
        paid = [listing_id in places.store.disclosure_records(date(2026, 12, day)).payers for day in (1, 2, 3)]

        assert places.store.disclosure_records(date(2026, 11, 30)).payers == {}
        assert paid == [True, True, False]

    def test_the_log_is_only_added_to(self, places):
        """Nobody can take a line out of the public change log."""
        places.sponsor("Aspen House")
        for statement in (delete(public_changes), update(public_changes).values(subject="Nobody")):
            with places.store.engine.connect() as connection, pytest.raises(DBAPIError, match="only ever added to"):
                connection.execute(statement)
