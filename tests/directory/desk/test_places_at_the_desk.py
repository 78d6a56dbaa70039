"""The panel of a place: record in two steps, undo, intake facts with author and end; in the desk and without scripts."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from paying_places import NOW

from directory.desk.calls import Called, record_call
from directory.desk.intake import IntakeRefused, add_intake, end_intake, intake_of
from directory.helpline.places.words import PLACE_WORDS
from directory.store.desk.intake import IntakeFact

NUMBER = "+17195550101"
FULL = {"number": NUMBER, "kind": "full"}


def facts(places, listing_id: str, later: timedelta = timedelta()) -> tuple[IntakeFact, ...]:
    return intake_of(places.store, [listing_id], NOW + later).get(listing_id, ())


class TestRecordingAtTheDesk:
    def test_it_asks_before_it_records(self, aspen, ana):
        """One wrong key must not say that a place is full."""
        asked = ana.send(f"/helpline/listings/{aspen}/calls", **FULL).text
        assert "Record this?" in asked
        assert "Aspen House: Full · (719) 555-0101" in asked
        assert "None recorded." in ana.get(f"/helpline/listings/{aspen}/panel").text

    def test_confirmed_it_is_recorded_with_a_way_back(self, aspen, ana):
        recorded = ana.send(f"/helpline/listings/{aspen}/calls", sure="1", **FULL).text
        assert "Full · (719) 555-0101 · November 21, 2026, ana" in recorded
        assert "Undo (within 60 seconds)" in recorded

    def test_the_keyboard_goes_on_at_what_happened_and_not_at_the_way_back(self, aspen, ana):
        """Enter pressed once too often must not undo."""
        recorded = ana.send(f"/helpline/listings/{aspen}/calls", sure="1", **FULL).text
        assert re.search(r"<(\w+)[^>]* data-focus", recorded)[1] == "p"

    def test_the_way_back_is_shown_for_a_minute_and_to_nobody_else(self, aspen, ana, staff, clock):
        ben = staff("ben")
        ana.send(f"/helpline/listings/{aspen}/calls", sure="1", **FULL)
        assert "Undo" not in ben.get(f"/helpline/listings/{aspen}/panel").text

        clock.now = NOW + timedelta(seconds=61)
        assert "Undo" not in ana.get(f"/helpline/listings/{aspen}/panel").text

    def test_undone_it_is_gone(self, aspen, ana):
        recorded = ana.send(f"/helpline/listings/{aspen}/calls", sure="1", **FULL).text
        number = re.findall(r'name="number" value="(\d+)"', recorded)[0]
        undone = ana.send(f"/helpline/listings/{aspen}/calls/undo", number=number).text
        assert "Taken back." in undone
        assert "None recorded." in undone

    def test_too_late_it_says_who_can_strike_it(self, aspen, ana, clock):
        recorded = ana.send(f"/helpline/listings/{aspen}/calls", sure="1", **FULL).text
        number = re.findall(r'name="number" value="(\d+)"', recorded)[0]
        clock.now = NOW + timedelta(seconds=61)
        late = ana.send(f"/helpline/listings/{aspen}/calls/undo", number=number)
        assert (late.status_code, "An editor can strike it" in late.text) == (409, True)

    def test_going_back_records_nothing_and_keeps_what_was_chosen(self, aspen, ana):
        page = ana.send(f"/helpline/listings/{aspen}/calls", back="1", sure="1", **FULL).text
        assert 'value="full" required checked' in page
        assert "None recorded." in page

    def test_a_wait_needs_its_days(self, aspen, ana):
        answer = ana.send(f"/helpline/listings/{aspen}/calls", number=NUMBER, kind="waits")
        assert (answer.status_code, "A wait is a number of days" in answer.text) == (400, True)

    def test_what_is_internal_says_so(self, aspen, ana):
        page = ana.send(f"/helpline/listings/{aspen}/calls", sure="1", number=NUMBER, kind="closed").text
        assert "Staff only until an editor confirms it." in page

    def test_the_row_of_an_answer_says_the_last_outcome(self, places, aspen, ana):
        record_call(places.store, Called(aspen, NUMBER, "waits", "9"), by="ben", now=NOW)
        answer = ana.send("/helpline/search", q="outpatient 80132").text
        assert "There is a wait: 9 days · November 21, 2026, ben." in answer

    def test_without_scripts_it_is_a_page_of_its_own(self, aspen, ana):
        """After recording it is opened anew, so that a reload records nothing twice."""
        answer = ana.send(f"/helpline/listings/{aspen}/calls", in_page=False, sure="1", **FULL)
        assert (answer.status_code, answer.headers["Location"]) == (303, f"/helpline/listings/{aspen}")
        assert "<h1>What the desk knows: Aspen House</h1>" in ana.get(f"/helpline/listings/{aspen}").text

    @pytest.mark.parametrize("address", ["/helpline/listings/nowhere", "/helpline/listings/nowhere/panel"])
    def test_an_unknown_listing_is_404(self, ana, address):
        assert ana.get(address).status_code == 404

    def test_hostile_words_are_only_words(self, places, aspen, ana):
        add_intake(places.store, aspen, "note", "<script>alert(1)</script>", "30", by="ana", now=NOW)
        assert "<script>alert" not in ana.get(f"/helpline/listings/{aspen}/panel").text


class TestIntakeFacts:
    def test_a_fact_bears_its_author_and_its_end(self, aspen, ana):
        page = ana.send(f"/helpline/listings/{aspen}/intake", kind="walk_in", text="Mon-Fri 8 to 10", lasts="90").text
        assert "Walk-in times:" in page
        assert "(ana, November 21, 2026; until February 19, 2027)" in page

    def test_it_ends_on_its_day(self, places, aspen):
        add_intake(places.store, aspen, "hours", "Day and night", "30", by="ana", now=NOW)
        assert len(facts(places, aspen, timedelta(days=30))) == 1
        assert facts(places, aspen, timedelta(days=31)) == ()

    def test_anybody_at_the_desk_takes_a_wrong_one_away(self, places, aspen):
        add_intake(places.store, aspen, "hours", "Day and night", "30", by="ana", now=NOW)
        end_intake(places.store, aspen, facts(places, aspen)[0].id, by="ben", now=NOW)
        assert facts(places, aspen) == ()

    @pytest.mark.parametrize(
        ("kind", "text", "lasts", "field"),
        [
            ("gossip", "x", "30", "kind"),
            ("hours", "  ", "30", "text"),
            ("hours", "x" * 301, "30", "text"),
            ("hours", "x", "9999", "lasts"),
        ],
    )
    def test_what_cannot_be_kept_is_refused_by_its_field(self, places, aspen, kind, text, lasts, field):
        with pytest.raises(IntakeRefused) as refused:
            add_intake(places.store, aspen, kind, text, lasts, by="ana", now=NOW)
        assert refused.value.field == field

    def test_readers_never_see_it(self, places, aspen):
        """Neither the page nor the API nor the version that readers' answers hang on."""
        version = places.store.disclosure_version()
        add_intake(places.store, aspen, "note", "Ask for Pat", "30", by="ana", now=NOW)
        reader = places.client()

        assert "Ask for Pat" not in reader.get(f"/listing/{aspen}").text + reader.get(f"/api/v1/listings/{aspen}").text
        assert places.store.disclosure_version() == version


def test_both_languages_have_every_word():
    """And each differs, but for words that are the same in both."""
    same = {name for name, said in PLACE_WORDS["en"].items() if said == PLACE_WORDS["es"][name]}
    assert PLACE_WORDS["en"].keys() == PLACE_WORDS["es"].keys()
    assert same <= {"call_line"}
