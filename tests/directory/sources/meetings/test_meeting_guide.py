"""Meeting Guide feeds, in every dialect that has been seen."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from meeting_guide_feeds import accounted, meeting, read, record, reject

from directory.errors import ImportRefused
from directory.sources.feed_options import FeedOptions
from directory.sources.fields.meeting_places import read_formatted
from directory.sources.meetings.fellowships import Fellowships
from directory.sources.meetings.meeting_guide import MeetingGuideReader
from index.geo.places import Gazetteer
from index.language.vocabulary import Vocabulary
from index.listing import Precision, Reach, Session

Read = Callable[..., MeetingGuideReader]


class TestWhatAMeetingIs:
    def test_a_row_becomes_a_listing_with_its_session(self):
        """Weekdays count from Sunday in the feed and from Monday here; minutes are those of the place's own clock."""
        found = record()

        assert found.programs[0].schedule == (Session(weekday=0, start_minute=1170, end_minute=1230),)
        assert (found.time_zone, found.precision, found.reach) == ("America/Denver", Precision.STREET, Reach.LOCAL)
        assert found.address.street2 == "Cedar Hall"

    def test_types_and_fellowship_become_concepts(self):
        """Open and women are stated by types, the fellowship by the feed's name, in person by the place."""
        assert record().programs[0].offers == ("group.aa", "fmt.open", "pop.women", "fmt.in_person")

    def test_unknown_types_are_kept_and_reported(self):
        """A type outside the specification stays in the record's codes and is counted."""
        reader = read(meeting(types=["O", "XYZZY"]))
        (found,) = reader

        assert found.programs[0].source_codes == ("O", "XYZZY")
        assert reader.unknown_codes == {"XYZZY": 1}

    def test_an_edit_is_no_verification(self):
        """`updated` dates the feed; only a stated last contact says that somebody checked."""
        reader = read(meeting(updated="2026-03-05 10:00:00"), meeting(slug="b", updated="2026-02-01", last_contact="2026-01-09"))
        first, second = reader

        assert reader.sources[0].edition == "2026-03-05"
        assert (first.programs[0].checked_on, str(second.programs[0].checked_on)) == (None, "2026-01-09")

    def test_the_feed_names_its_entity(self):
        """The intergroup that keeps the list is the source's publisher, and its site the source's address."""
        reader = read(meeting(entity="Example Intergroup", entity_url="https://example.org/?x=1"))

        assert reader.sources[0].publisher == "Example Intergroup"
        assert reader.sources[0].url == "https://example.org/"


class TestDays:
    @pytest.mark.parametrize(
        ("day", "weekdays"),
        [
            pytest.param(0, [6], id="number"),
            pytest.param("2", [1], id="digit in a string"),
            pytest.param([1, 3, "5"], [0, 2, 4], id="list"),
            pytest.param("Sunday", [6], id="name"),
            pytest.param("Monday, Friday", [0, 4], id="several names"),
            pytest.param("Miércoles", [2], id="Spanish name"),
        ],
    )
    def test_days_are_read_in_every_dialect(self, day, weekdays):
        """Feeds write a day as a number, a string, a name or a list of them."""
        assert [session.weekday for session in record(day=day).programs[0].schedule] == weekdays

    def test_a_meeting_by_appointment_has_no_schedule(self):
        """Without a day there is no weekly session, and the meeting stays."""
        assert record(day=None, time=None).programs[0].schedule == ()

    @pytest.mark.parametrize(("field", "value"), [("day", 9), ("time", "quarter past"), ("end_time", "25:00")])
    def test_a_wrong_value_rejects_the_row_by_its_field(self, field, value):
        """The reject names the field and keeps the key, so that what is stored from this row stays."""
        found = reject(**{field: value})

        assert found.field == field
        assert found.keys == (("meeting-guide:aa-example", "sunrise"),)

    def test_a_meeting_may_end_after_midnight(self):
        """An end before the start belongs to the next day."""
        assert record(time="23:30", end_time="00:30").programs[0].schedule[0].end_minute == 1470


class TestDialects:
    def test_types_as_a_bracketed_string(self):
        """One plugin writes `[open]` where the specification wants a list."""
        assert record(types="[open]").programs[0].source_codes == ("O",)

    def test_types_by_name(self):
        """Sheets write names where feeds write codes."""
        assert record(types="Open, Wheelchair Access").programs[0].source_codes == ("O", "X")

    def test_numbers_for_slug_and_postal_code(self):
        """A slug of digits is a key like any other, and a ZIP code gets its zeros back."""
        found = record(slug=254, postal_code=2139, state="MA", city="Cambridge", latitude=None, longitude=None)

        assert (found.programs[0].key, found.address.zip, found.precision) == ("254", "02139", Precision.ZIP)

    def test_one_formatted_address(self):
        """Where the parts are not split, they are taken from the line."""
        line = "12 Elm Street, Monument, CO 80132, USA"
        found = record(address=None, city=None, state=None, postal_code=None, country=None, formatted_address=line)

        assert (found.address.street, found.address.city, found.address.state, found.address.zip) == (
            "12 Elm Street",
            "Monument",
            "CO",
            "80132",
        )

    def test_a_whole_line_as_the_address(self):
        """Sheets without a column for the town write everything into one."""
        found = record(address="12 Elm Street, Monument, CO 80132", city=None, state=None, postal_code=None, country=None)

        assert (found.address.street, found.address.city, found.address.zip) == ("12 Elm Street", "Monument", "80132")

    @pytest.mark.parametrize(
        ("line", "city", "state", "zip5"),
        [
            pytest.param("12 Elm Street, Monument, CO 80132", "Monument", "CO", "80132", id="no country"),
            pytest.param("Suite 4, 12 Elm St, Monument, Colorado 80132-1234, US", "Monument", "CO", "80132", id="spelt out"),
            pytest.param("Calle Sol, San Juan, 00901, Puerto Rico", "San Juan", "PR", "00901", id="territory last"),
            pytest.param("Monument, CO, USA", "Monument", "CO", "", id="town only"),
        ],
    )
    def test_formatted_addresses_of_several_hands(self, line, city, state, zip5):
        """The last parts are country, state and ZIP code; the town stands before them."""
        written = read_formatted(line, Gazetteer.load().state_of)

        assert (written.city, written.state, written.zip) == (city, state, zip5)

    def test_an_approximate_point_is_a_towns(self):
        """What a feed calls approximate is no street and no exact point."""
        found = record(approximate="yes", types=["O"])

        assert (found.address.street, found.precision) == ("", Precision.CITY)

    def test_a_sheet_with_a_header_row(self):
        """A sheet's answer has a row of names and rows of cells."""
        head = ["Name", "Day", "Time", "Types", "Address", "City", "State", "Postal Code", "Slug"]
        cells = ["Sunrise Group", "Monday", "7:30 PM", "Open", "12 Elm Street", "Monument", "Colorado", "80132", "sunrise"]
        content = json.dumps({"values": [head, cells]}).encode()
        (found,) = MeetingGuideReader(content, file_name="aa.json", vocabulary=Vocabulary.load(), gazetteer=Gazetteer.load())

        assert found.address.state == "CO"
        assert found.programs[0].schedule[0].start_minute == 1170

    def test_a_town_stands_in_for_missing_coordinates(self):
        """Without point and ZIP code the town's point is used, and said to be one."""
        assert record(latitude=None, longitude=None, postal_code=None).precision == Precision.CITY

    def test_a_point_in_another_state_is_not_believed(self):
        """A longitude typed wrong would put the meeting in an ocean."""
        assert record(longitude=104.87).precision == Precision.ZIP

    def test_what_is_no_feed_is_refused(self):
        """A page of HTML is not an empty feed."""
        with pytest.raises(ImportRefused):
            MeetingGuideReader(b"<html>", file_name="x", vocabulary=Vocabulary.load(), gazetteer=Gazetteer.load())


class TestAttendance:
    def test_an_online_meeting_has_no_place(self):
        """It stands beyond the results of a place, with its link and its clock."""
        found = record(address=None, latitude=None, longitude=None, types=["ONL"], conference_url="https://zoom.us/j/1")

        assert (found.reach, found.lat, found.conference_url) == (Reach.ONLINE, None, "https://zoom.us/j/1")
        assert found.programs[0].offers == ("group.aa", "fmt.online")
        assert found.time_zone == "America/Denver"

    def test_a_hybrid_meeting_is_both(self):
        """Whoever filters for online or for in person finds it."""
        offers = record(conference_url="https://zoom.us/j/1").programs[0].offers

        assert {"fmt.hybrid", "fmt.in_person", "fmt.online"} <= set(offers)

    @pytest.mark.parametrize("stated", [{}, {"attendance_option": "hybrid"}])
    def test_a_closed_place_with_a_link_is_online(self, stated):
        """The type TC says that the place is closed for now, whatever else is stated."""
        assert record(types=["TC"], conference_url="https://zoom.us/j/1", **stated).reach == Reach.ONLINE

    @pytest.mark.parametrize(("stated", "zone"), [("America/Chicago", "America/Chicago"), ("Central Time", "America/Denver")])
    def test_an_unknown_zone_is_not_believed(self, stated, zone):
        """An online meeting's own zone counts when it is one; else its town's."""
        found = record(address=None, latitude=None, longitude=None, types=["ONL"], timezone=stated)

        assert found.time_zone == zone

    @pytest.mark.parametrize(
        "stated",
        [
            {"attendance_option": "inactive"},
            {"inactive": True},
            {"name": "Sunrise Group (SUSPENDED)"},
            {"types": ["TC"]},
        ],
    )
    def test_what_does_not_take_place_is_dropped_and_counted(self, stated):
        """Its reject keeps nothing of an earlier import alive, so the stored meeting is retired."""
        reader = read(meeting(**stated))
        (found,) = reader

        assert (found.field, found.keys, found.name) == ("inactive", (), "")
        assert reader.repairs["inactive"] == 1

    def test_a_meeting_abroad_is_rejected(self):
        """This directory lists the United States."""
        assert reject(country="Canada", state="BC", postal_code=None, latitude=49.1, longitude=-122.6).field == "country"

    def test_an_online_meeting_abroad_stays(self):
        """Anybody can join it; its name says in which zone its time is meant."""
        line = {"address": None, "city": None, "state": None, "postal_code": None, "country": None}
        found = record(
            **line, formatted_address="Berlin, Germany", latitude=52.5, longitude=13.4, types=["ONL"],
            attendance_option="online", time="05:00", end_time=None, name="Early Meeting - 5am Eastern",
        )  # fmt: skip

        assert (found.reach, found.time_zone) == (Reach.ONLINE, "America/New_York")


class TestIdentity:
    def test_weekdays_of_one_group_meet_in_one_listing(self):
        """Same fellowship, name, place and starting time: the rows share a match key and keep a program each."""
        monday, tuesday = read(meeting(), meeting(slug="sunrise-2", day=2, types=["C"]))

        assert monday.match_key == tuesday.match_key
        assert monday.programs[0].key != tuesday.programs[0].key

    def test_another_time_is_another_meeting(self):
        """Two meetings of one group on one evening are counted as two."""
        early, late = read(meeting(), meeting(slug="late", time="21:00", end_time="22:00"))

        assert early.match_key != late.match_key

    def test_one_slug_on_several_days_is_one_program(self):
        """A list that repeats a slug for each weekday states one meeting with several sessions."""
        reader = read(meeting(day=1), meeting(day=3), meeting(day=5))
        (found,) = reader

        assert [session.weekday for session in found.programs[0].schedule] == [0, 2, 4]
        assert reader.rows_merged == 2

    def test_one_meeting_entered_twice_is_one(self):
        """Rows that differ in nothing but their key are merged."""
        assert accounted(read(meeting(), meeting(slug="again"))) == (2, 1, 0, 1)

    def test_a_slug_used_twice_keeps_both_meetings(self):
        """Different meetings under one slug are numbered in the feed's order."""
        first, second = read(meeting(), meeting(name="Moonrise Group"))

        assert (first.programs[0].key, second.programs[0].key) == ("sunrise", "sunrise:2")

    def test_every_row_is_accounted_for(self):
        """Imported, rejected and merged rows add up to those read; what is no object is a reject too."""
        reader = read(meeting(), meeting(slug="x", day="never"), meeting(), "text", meeting(slug="y", inactive=1))

        assert accounted(reader) == (5, 1, 3, 1)

    def test_reading_twice_gives_the_same(self):
        """An import of an unchanged feed changes nothing."""
        rows = [meeting(), meeting(slug="b", day=[2, 4]), meeting(slug="c", day=None)]

        assert list(read(*rows)) == list(read(*rows))


class TestFellowship:
    @pytest.mark.parametrize(
        ("file_name", "stated", "fellowship"),
        [
            pytest.param("list.json", {"entity": "Example Intergroup of Alcoholics Anonymous"}, "group.aa", id="entity"),
            pytest.param("list.json", {"url": "https://www.alanonexample.org/m"}, "group.alanon", id="host"),
            pytest.param("eda_2026.json.gz", {}, "group.eda", id="file name"),
            pytest.param(
                "aa.json", {"fellowship": "Narcotics Anonymous", "entity": "AA Area"}, "group.na", id="the row's own field"
            ),
            pytest.param("list.json", {"types": ["SMART Recovery", "O"]}, "group.smart", id="types"),
            pytest.param("list.json", {"name": "Nar-Anon of Monument"}, "group.naranon", id="name"),
            pytest.param("california_ca.json", {}, "group.any", id="nobody says: CA is a state"),
        ],
    )
    def test_the_fellowship_comes_from_what_the_feed_says(self, file_name, stated, fellowship):
        """Entity, pages, file name, types and names are asked in turn; otherwise it is a support group."""
        (found,) = read(meeting(**stated), file_name=file_name)

        assert found.programs[0].offers[0] == fellowship

    def test_every_fellowship_is_known_by_its_full_name(self):
        """As our own feed writes it."""
        vocabulary = Vocabulary.load()
        groups = [one for one in vocabulary.concepts if one.group == "fellowship"]
        known = Fellowships(vocabulary)
        assert [known.stated(one.label) for one in groups] == [one.id for one in groups]

    def test_whoever_adds_the_feed_may_say_it(self):
        """An option outweighs what the feed's names look like."""
        (found,) = read(meeting(), options=FeedOptions(fellowship="NA"))

        assert found.programs[0].offers[0] == "group.na"
