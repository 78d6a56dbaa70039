"""Meetings of a BMLT server."""

from __future__ import annotations

import json
from typing import Any

import msgspec
import pytest

from directory.sources.feed_options import FeedOptions
from directory.sources.meetings.bmlt import BmltReader
from directory.sources.reading import Reject
from directory.sources.records import ListingRecord
from index.geo.places import Gazetteer
from index.language.vocabulary import Vocabulary
from index.listing import Precision, Reach, Session


def read(*rows: Any, formats: list[Any] | None = None, options: FeedOptions | None = None) -> BmltReader:
    content = json.dumps({"meetings": rows, "formats": formats} if formats else rows).encode()
    vocabulary, gazetteer = Vocabulary.load(), Gazetteer.load()
    return BmltReader(content, file_name="bmlt_example.json", vocabulary=vocabulary, gazetteer=gazetteer, options=options)


def meeting(**stated: str) -> dict[str, str]:
    """Return a complete row of a published meeting in Monument, Colorado."""
    return {
        "id_bigint": "12",
        "service_body_name": "Example Area",
        "weekday_tinyint": "1",
        "start_time": "19:30:00",
        "duration_time": "01:15:00",
        "formats": "O,St,WC",
        "longitude": "-104.87",
        "latitude": "39.09",
        "published": "1",
        "meeting_name": "Clear Skies",
        "location_text": "Cedar Hall",
        "location_street": "12 Elm Street",
        "location_municipality": "Monument",
        "location_province": "CO",
        "location_postal_code_1": "80132",
        "location_nation": "USA",
    } | stated


def record(**stated: str) -> ListingRecord:
    (found,) = read(meeting(**stated))
    assert isinstance(found, ListingRecord), found
    return found


class TestRows:
    def test_the_week_starts_on_sunday_with_one(self):
        """The day 1 is Sunday, and the duration gives the end."""
        assert record().programs[0].schedule == (Session(weekday=6, start_minute=1170, end_minute=1245),)

    def test_formats_become_concepts_and_stay(self):
        """The server's codes are kept beside what they mean."""
        program = record().programs[0]

        assert program.offers == ("group.na", "fmt.open", "fmt.step_study", "acc.wheelchair", "fmt.in_person")
        assert program.source_codes == ("O", "St", "WC")

    def test_a_format_can_say_no(self):
        """No smoking and no children are stated answers, not silence."""
        assert record(formats="NS,NC").programs[0].denies == ("acc.smoking_allowed", "fmt.child_friendly")

    def test_unknown_formats_are_reported(self):
        """A server's own code that nobody explains is counted."""
        reader = read(meeting(formats="O,ZZ"))
        list(reader)

        assert reader.unknown_codes == {"ZZ": 1}

    def test_a_server_explains_its_own_codes(self):
        """Where the answer holds the formats, their world code counts before the default list."""
        formats = [{"key_string": "ZZ", "world_id": "WCHR", "name_string": "Ramp"}]
        (found,) = read(meeting(formats="ZZ"), formats=formats)

        assert "acc.wheelchair" in found.programs[0].offers

    def test_the_clock_is_the_places(self):
        """No row states a time zone, so the town's is used; without a ZIP code too."""
        assert record(location_postal_code_1="").time_zone == "America/Denver"

    def test_unpublished_rows_are_dropped_and_counted(self):
        """They are rejected without a key, so that an earlier import of them is retired."""
        reader = read(meeting(published="0"))
        (found,) = reader

        assert (found.field, found.keys) == ("published", ())
        assert reader.repairs["unpublished"] == 1

    def test_a_wrong_weekday_rejects_the_row(self):
        """The reject names the field."""
        (found,) = read(meeting(weekday_tinyint="8"))

        assert isinstance(found, Reject)
        assert found.field == "weekday_tinyint"

    def test_one_meeting_entered_twice_is_merged(self):
        """The same meeting under two ids is one."""
        reader = read(meeting(), meeting(id_bigint="13"))

        assert (len(list(reader)), reader.rows_merged, reader.rows_read) == (1, 1, 2)


class TestVenues:
    @pytest.mark.parametrize(
        ("stated", "reach", "formats"),
        [
            pytest.param({"venue_type": "1"}, Reach.LOCAL, {"fmt.in_person"}, id="in person"),
            pytest.param({"venue_type": "2"}, Reach.ONLINE, {"fmt.online"}, id="virtual"),
            pytest.param({"venue_type": "3"}, Reach.LOCAL, {"fmt.hybrid", "fmt.in_person", "fmt.online"}, id="hybrid"),
            pytest.param({"formats": "VM", "location_street": ""}, Reach.ONLINE, {"fmt.online"}, id="format only"),
            pytest.param({"formats": "VM,TC"}, Reach.ONLINE, {"fmt.online"}, id="place closed for now"),
        ],
    )
    def test_the_venue_decides_how_one_takes_part(self, stated, reach, formats):
        """The venue type counts, and where an older server has none, the formats."""
        found = record(**({"formats": ""} | stated))

        assert found.reach == reach
        assert formats == {offer for offer in found.programs[0].offers if offer.startswith("fmt.")}

    def test_a_virtual_meeting_has_no_point(self):
        """Its stored address is the group's town at most."""
        found = record(venue_type="2", virtual_meeting_link="https://zoom.us/j/9?pwd=hunter2")

        assert (found.lat, found.precision, found.address.street) == (None, Precision.NONE, "")
        assert found.conference_url == "https://zoom.us/j/9"


class TestAnonymity:
    def test_nothing_personal_is_taken_over(self):
        """Contacts, comments and the notes around a virtual meeting are never read."""
        (found,) = read(
            meeting(
                contact_name_1="Jane Doe",
                contact_phone_1="719-555-0142",
                contact_email_1="jane@example.org",
                email_contact="jane@example.org",
                comments="Call Jane D. 719-555-0142, password hunter2",
                virtual_meeting_additional_info="Password: hunter2",
                virtual_meeting_link="https://zoom.us/j/9?pwd=hunter2",
                phone_meeting_number="+13035550100,,9#,,*4711#",
                location_info="Ring at Doe",
                meeting_name="Clear Skies pw hunter2",
            )
        )
        stored = msgspec.json.encode(found).decode()

        assert [secret for secret in ("Jane", "Doe", "0142", "hunter2", "4711") if secret in stored] == []
        assert found.name == "Clear Skies"
