"""What a Meeting Guide feed says of people is never imported."""

from __future__ import annotations

from collections.abc import Callable

import msgspec
import pytest
from meeting_guide_feeds import meeting, read, record

from directory.sources.meetings.meeting_guide import MeetingGuideReader

Read = Callable[..., MeetingGuideReader]


class TestAnonymity:
    SECRETS = ("Jane", "Doe", "555-0142", "5550142", "jane@", "hunter2", "4711", "venmo", "JaneD", "janes-phone")

    def planted(self) -> MeetingGuideReader:
        return read(
            meeting(
                name="Sunrise Group (passcode: 4711)",
                notes="Contact Jane D. 719-555-0142 jane@example.org, passcode hunter2",
                location_notes="Ask Jane Doe for the key",
                group_notes="Venmo @JaneD",
                contact_1_name="Jane Doe",
                contact_1_phone="719-555-0142",
                contact_1_email="jane@example.org",
                email="jane@example.org",
                phone="719-555-0142",
                venmo="@JaneD",
                paypal="JaneD",
                square="$JaneD",
                author="Jane Doe",
                conference_url="https://zoom.us/j/123?pwd=hunter2#4711",
                conference_url_notes="Password: hunter2",
                conference_phone="+13035550100,,123#,,,,*4711#",
                conference_phone_notes="janes-phone",
                feedback_emails=["jane@example.org"],
                location="Cedar Hall, contact: Jane Doe",
                website="https://example.org/group?token=hunter2",
                url="https://example.org/meetings?meeting=sunrise&edit=hunter2",
            )
        )

    def test_nothing_personal_is_taken_over(self):
        """Names, phones, e-mails, passcodes and payment handles of members appear nowhere in what is imported."""
        reader = self.planted()
        (found,) = reader
        stored = (msgspec.json.encode(found) + msgspec.json.encode(reader.sources)).decode()

        assert [secret for secret in self.SECRETS if secret.casefold() in stored.casefold()] == []

    def test_what_is_public_stays(self):
        """The link without its code, the line's own number, the group's page."""
        (found,) = self.planted()
        program = found.programs[0]

        assert found.conference_url == "https://zoom.us/j/123"
        assert program.phones[0].number == "+13035550100"
        assert (program.website, program.url) == ("https://example.org/group", "https://example.org/meetings?meeting=sunrise")

    def test_a_personal_room_is_not_linked(self):
        """Its address is its owner's name."""
        assert record(conference_url="https://zoom.us/my/jane.doe").conference_url == ""

    @pytest.mark.parametrize(
        ("field", "written"),
        [
            *(("name", f"Sunrise Group{behind}") for behind in (
                *(", call Jane Doe", " - text Jane", " with Jane D", " w/ Jane D.", " pass: hunter2", " (code 4711)"),
                *(" janedoe@gmail", " jane (at) example.org", " - code is 4711"),
            )),
            *(("location", venue) for venue in (
                *("Home of Jane Doe", "Jane's home", "Jane Doe's house", "c/o Jane Doe", "Hall; door code 4711"),
                *("Hall, gate code #4711", "Hall, 719–555–0142", "Hall, 719·555·0142", "Jane D’s garage"),
            )),
            ("address", "12 Elm Street (Jane Doe 719-555-0142)"),
            ("address", "c/o Jane Doe, 12 Elm Street"),
            ("address", "12 Elm Street c/o Jane Doe"),
            ("city", "Monument (jane@example.org)"),
            ("types", ["O", "jane@example.org"]),
            ("slug", "jane@example.org"),
            ("conference_phone", "+13035550100x4711"),
            ("conference_phone", "+13035550100 ext. 4711"),
            ("conference_url", "https://us02web.zoom.us/s/janedoe"),
            ("conference_url", "https://meet.example.org/lookup/janedoe"),
            ("website", "https://example.org/~janedoe"),
        ],
    )  # fmt: skip
    def test_however_it_is_written(self, field, written):
        """What people really write into the few fields that are read."""
        stored = msgspec.json.encode(record(**{field: written})).decode().casefold()
        assert [secret for secret in self.SECRETS if secret.casefold() in stored] == []

    def test_two_rows_of_private_keys_stay_two(self):
        """And each is known again at the next import."""
        keys = [record(slug=slug).programs[0].key for slug in ("jane@example.org", "ann@example.org", "jane@example.org")]
        assert keys[0] == keys[2] != keys[1]

    def test_what_stands_behind_a_wall_of_letters_is_cut_off(self):
        """A name has no thousands of letters, and reading them all would stop an import for minutes."""
        assert record(name="a" * 20_000 + " jane@example.org").name == "a" * 400

    def test_names_of_groups_survive(self):
        """Words that only look private stay: a founder, a place, a book."""
        for name in (
            "Bill W. Group",
            "Conscious Contact",
            "Basic Text Study",
            "12x12 at 7:00",
            "Take the Steps @UCI",
            "Pin Oak Group",
            *("Wake Up Call Group", "Last Call", "Code Blue Group", "Plan B Group", "House of Prayer Group", "Together with God"),
        ):
            assert record(name=name).name == name

    @pytest.mark.parametrize(
        "venue",
        [
            *(
                "St John's Home For Boys",
                "Veterans' Home",
                "Veteran's Home",
                "House of Hope",
                "Dr. Bob's House",
                "St. Mary's House",
            ),
            *("St. Mary's House", "Children's Home", "First Church, Room B", "The Pass Church"),
        ],
    )
    def test_venues_survive(self, venue):
        assert record(location=venue).address.street2 == venue

    @pytest.mark.parametrize(
        "street",
        [
            *("1109-1115 Martin L. King Blvd", "12 Pin Oak Lane", "75 E. Olive St. @ River Rd", "5 Call Street"),
            *("4 Broadway N.", "7 County Road K.", "9 Avenue J."),
        ],
    )
    def test_streets_survive(self, street):
        """House numbers, corners and streets named after people are no secrets."""
        assert record(address=street).address.street == street

    @pytest.mark.parametrize(("written", "shown"), [("12 Elm Street Jane D.", "12 Elm Street"), ("Jane D.", "")])
    def test_who_signs_behind_a_street_goes(self, written, shown):
        """A member who lends a room is not part of its address."""
        assert record(address=written).address.street == shown

    def test_a_phone_behind_a_street_goes(self):
        """Somebody's number is no address."""
        assert record(address="12 Elm Street, contact: Jane 719-555-0142").address.street == "12 Elm Street"

    def test_certain_weeks_are_remarked_without_the_note(self):
        """A note that speaks of certain weeks leaves only these words behind."""
        assert record(notes="Jane leads the 1st Saturday").description == "Some weeks may differ (1st Saturday)."
