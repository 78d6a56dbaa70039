"""What staff correct of a meeting's times and venue counts on every page, survives a new import, and says who said it.

A fictional group in Monument meets on Tuesdays at seven and, for women, on Thursdays at seven, as its feed states.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from paying_places import NOW

from directory.asking.query import SearchQuery
from directory.disclosure.provenance import correction_sentence
from directory.duties.correcting import NEW_TIME, CorrectionRefused, correct, corrections_of, withdraw
from directory.duties.disputing import dispute, disputes_of
from directory.feeds.importing import run_import
from directory.publish import Publisher
from directory.sources.fields.clock import UnreadableTime
from directory.sources.fields.weekly_times import read_weekly_time, weekly_time_text
from index.language.vocabulary import Vocabulary
from index.listing import Kind, Precision, Reach, Session

TUESDAY, THURSDAY = "time:Tue 19:00-20:00", "time:Thu 19:00-20:00"
ROW = {
    "name": "Sunrise Group",
    "time": "19:00",
    "end_time": "20:00",
    "address": "12 Elm Street",
    "city": "Monument",
    "state": "CO",
    "postal_code": "80132",
    "latitude": 39.0917,
    "longitude": -104.8728,
}
ROWS = ({"slug": "sunrise-1", "day": 2, "types": ["O"], **ROW}, {"slug": "sunrise-2", "day": 4, "types": ["W"], **ROW})


@pytest.fixture
def feed(tmp_path: Path) -> str:
    path = tmp_path / "aa-monument.json"
    path.write_text(json.dumps(ROWS), encoding="utf-8")
    return str(path)


@pytest.fixture
def group(places, feed) -> str:
    """The id of the group."""
    run_import(places.store, "meeting-guide", feed, now=NOW)
    return next(one.id for one in places.store.public_listings() if one.kind is Kind.MEETING)


def say(places, group: str, field: str, value: str) -> None:
    correct(places.store, group, field, value, said_by="Called the group", by="editor", now=NOW)


def stored(places, group: str):
    return places.store.public_listings_by_id([group])[group]


def times(places, group: str) -> list[list[str]]:
    """The weekly times of each of the group's programs."""
    return [[weekly_time_text(one) for one in program.schedule] for program in stored(places, group).programs]


def told(places, group: str, lang: str = "en") -> list[str]:
    return [correction_sentence(one, lang) for one in corrections_of(places.store, group)]


class TestTimes:
    def test_a_corrected_time_stands_in_the_program_that_stated_it(self, places, group):
        """The women's meeting keeps its own."""
        say(places, group, TUESDAY, "wed 7:30 pm - 9 pm")
        assert times(places, group) == [["Wed 19:30-21:00"], ["Thu 19:00-20:00"]]

    def test_it_survives_a_new_import(self, places, group, feed):
        say(places, group, TUESDAY, "Wed 19:30-21:00")
        run_import(places.store, "meeting-guide", feed, now=NOW)
        assert times(places, group)[0] == ["Wed 19:30-21:00"]

    def test_the_next_publication_answers_by_it(self, tmp_path, places, group):
        """On Wednesday it is found, on Tuesday no more."""
        say(places, group, TUESDAY, "Wed 19:30-21:00")
        (tmp_path / "index").unlink()
        Publisher(places.store, tmp_path / "index", Vocabulary.load()).publish(whole=True)

        def found(day: str) -> int:
            return places.lookup.search(SearchQuery(text=f"AA {day} monument colorado"), now=NOW).total

        assert (found("wednesday"), found("tuesday")) == (1, 0)

    def test_readers_learn_who_says_so_and_what_the_source_states(self, places, group):
        say(places, group, TUESDAY, "Wed 19:30")
        assert told(places, group) == [
            "Meeting time: corrected by our staff on November 21, 2026 (Called the group). The source states Tue 19:00-20:00."
        ]
        assert told(places, group, "es")[0].endswith("La fuente indica mar 19:00-20:00.")

    def test_a_time_that_no_source_states_is_added_once(self, places, group):
        say(places, group, NEW_TIME, "Saturday noon")
        assert times(places, group) == [["Tue 19:00-20:00", "Sat 12:00"], ["Thu 19:00-20:00"]]
        assert "Meeting time: added by our staff" in told(places, group)[0]

    def test_an_empty_value_takes_one_away(self, places, group):
        say(places, group, THURSDAY, "")
        assert times(places, group) == [["Tue 19:00-20:00"], []]

    def test_withdrawing_lets_the_source_speak_again(self, places, group):
        say(places, group, TUESDAY, "Wed 19:30")
        withdraw(places.store, group, TUESDAY, by="editor", now=NOW)
        assert times(places, group)[0] == ["Tue 19:00-20:00"]

    def test_a_second_correction_takes_the_place_of_the_first(self, places, group):
        """The form still names the time that the source states."""
        say(places, group, TUESDAY, "Wed 19:30")
        say(places, group, TUESDAY, "Fri 18:00")
        assert times(places, group)[0] == ["Fri 18:00"]

    @pytest.mark.parametrize("wrong", ["Wed", "19:00", "Someday 19:00", "Wed 25:00", "Wed 19:00-99:00", "y 19:00", "Wed 7"])
    def test_what_is_no_weekly_time_is_refused(self, places, group, wrong):
        with pytest.raises(CorrectionRefused):
            say(places, group, TUESDAY, wrong)
        assert corrections_of(places.store, group) == ()

    @pytest.mark.parametrize("field", ["time:Mon 01:00", "time:nonsense", "venue:online"])
    def test_a_time_that_it_never_had_cannot_be_corrected(self, places, group, field):
        with pytest.raises(CorrectionRefused):
            say(places, group, field, "Wed 19:00")

    def test_a_clinic_has_no_meeting_times(self, places, group):
        aspen = places.id_of("Aspen House")
        for field, value in ((NEW_TIME, "Wed 19:00"), ("venue", "online")):
            with pytest.raises(CorrectionRefused):
                say(places, aspen, field, value)

    def test_a_group_can_dispute_one(self, places, group):
        dispute(places.store, group, TUESDAY, "they say half past seven", by="editor", now=NOW)
        assert [one.field for one in disputes_of(places.store, group)] == [TUESDAY]


class TestVenue:
    def test_a_meeting_that_moved_online_has_no_street(self, places, group):
        """It stands among what is beyond the places that one can walk into."""
        say(places, group, "venue", "online")
        listing = stored(places, group)
        assert (listing.reach, listing.lat, listing.address.street, listing.address.city) == (Reach.ONLINE, None, "", "Monument")
        assert all({"fmt.online"} == {one for one in program.offers if one.startswith("fmt.on")} for program in listing.programs)
        assert all("fmt.in_person" not in program.offers for program in listing.programs)

    def test_other_facts_of_it_stay(self, places, group):
        say(places, group, "venue", "hybrid")
        listing = stored(places, group)
        assert {"fmt.hybrid", "fmt.in_person", "fmt.online", "pop.women"} <= set(listing.programs[1].offers)
        assert (listing.reach, listing.address.street) == (Reach.LOCAL, "12 Elm Street")

    def test_one_that_meets_in_a_room_again_stands_in_its_town_until_its_street_is_said(self, places, tmp_path):
        path = tmp_path / "aa-online.json"
        online = {
            "slug": "o",
            "name": "Online Group",
            "day": 2,
            "time": "19:00",
            "city": "Monument",
            "state": "CO",
            "types": ["ONL"],
        }
        path.write_text(json.dumps([online | {"conference_url": "https://zoom.us/j/5550100"}]), encoding="utf-8")
        run_import(places.store, "meeting-guide", str(path), now=NOW)
        group = next(one.id for one in places.store.public_listings() if one.kind is Kind.MEETING)
        assert stored(places, group).reach is Reach.ONLINE
        say(places, group, "venue", "in_person")
        assert (stored(places, group).reach, stored(places, group).precision) == (Reach.LOCAL, Precision.CITY)

    def test_only_what_a_meeting_can_be(self, places, group):
        for wrong in ("", "castle", "In person"):
            with pytest.raises(CorrectionRefused):
                say(places, group, "venue", wrong)


class TestTheStaffPage:
    def test_an_editor_corrects_a_time_and_the_venue(self, places, group, log_in, send):
        editor = log_in("editor")
        page = editor.get(f"/admin/listings/{group}").text
        assert 'value="time:Tue 19:00-20:00"' in page
        said = {"said_by": "Called the group"}
        for field, value in ((TUESDAY, "Wed 19:30-21:00"), (NEW_TIME, "Sun 9 am"), ("venue", "hybrid")):
            assert send(editor, f"/admin/listings/{group}", field=field, value=value, **said).status_code == 303
        page = editor.get(f"/admin/listings/{group}").text
        assert times(places, group) == [["Wed 19:30-21:00", "Sun 09:00"], ["Thu 19:00-20:00"]]
        assert "Wed 19:30-21:00" in page
        assert "corrected by editor" in page

    def test_what_cannot_be_read_is_said_beside_the_form(self, places, group, log_in, send):
        editor = log_in("editor")
        answer = send(editor, f"/admin/listings/{group}", field=TUESDAY, value="soon", said_by="Called")
        assert answer.status_code == 400
        assert "such as Wed 19:00-20:30" in answer.text

    def test_a_clinic_has_no_such_forms(self, places, log_in):
        assert "When it meets" not in log_in("editor").get(f"/admin/listings/{places.id_of('Aspen House')}").text


@given(st.integers(0, 6), st.integers(0, 1439), st.integers(0, 1439))
def test_what_is_written_is_read_back(weekday, start, length):
    """Whatever the hour; an end after midnight too."""
    session = Session(weekday=weekday, start_minute=start, end_minute=start + length)
    assert read_weekly_time(weekly_time_text(session)) == session


@given(st.text(max_size=40))
def test_any_text_is_a_time_or_refused(text):
    try:
        read = read_weekly_time(text)
    except UnreadableTime:
        return
    assert read_weekly_time(weekly_time_text(read)) == read
