"""What other programs read of a listing: schema.org data, link previews, calendar entries. The label is part of the name."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import msgspec
import pytest
from paying_places import NOW, PayingPlaces

from directory.channels.calendar import calendar
from directory.channels.structured import preview, schema_org
from directory.page import ListingPage
from index.listing import Session

MONDAY_EVENING = Session(weekday=0, start_minute=18 * 60, end_minute=19 * 60)


def page_of(places: PayingPlaces, name: str, lang: str = "en") -> ListingPage:
    return places.lookup.listing(places.id_of(name), lang, today=NOW.date())


def meeting(places: PayingPlaces, *sessions: Session, zone: str = "America/Denver", name: str = "Aspen House") -> ListingPage:
    """The page of a place as if it met at these times."""
    page = page_of(places, name)
    program = msgspec.structs.replace(page.listing.programs[0], schedule=sessions)
    listing = msgspec.structs.replace(page.listing, programs=(program,), time_zone=zone)
    return ListingPage(**{field: getattr(page, field) for field in page.__dataclass_fields__} | {"listing": listing})


class TestSchemaOrg:
    def test_the_label_prefixes_the_name(self, places):
        """Disclosure row 20: a search engine shows the name and drops what it does not know."""
        data = schema_org(page_of(places, "Aspen House"), "https://help.example.org")
        assert data["name"] == "Paid advertisement: Aspen House"
        assert data["description"].startswith("Paid advertisement. This place pays us a flat fee")

    def test_others_keep_their_name(self, places):
        data = schema_org(page_of(places, "Birch House"), "https://help.example.org")
        assert (data["name"], data["description"].split(".")[0]) == ("Birch House", "Not an ad")

    def test_who_answers_stands_with_each_number(self, places):
        data = schema_org(page_of(places, "Elm House"), "")
        assert [point["description"].split(":")[0] for point in data["contactPoint"]] == ["Paid line"]

    def test_it_has_an_address_of_its_own(self, places):
        """Data beside the page, so that the page needs no script that the security policy would have to allow."""
        answer = places.client().get(f"/listing/{places.id_of('Aspen House')}/schema.json")
        assert (answer.mimetype, answer.get_json(force=True)["@context"]) == ("application/ld+json", "https://schema.org")


class TestPreview:
    @pytest.mark.parametrize(("lang", "label"), [("en", "Paid advertisement"), ("es", "Anuncio pagado")])
    def test_a_shared_link_shows_the_label_first(self, places, lang, label):
        shown = preview(page_of(places, "Aspen House", lang))
        assert shown["og:title"] == f"{label}: Aspen House"
        assert shown["og:description"].startswith(label)


class TestCalendar:
    def test_an_entry_recurs_weekly_from_the_next_time(self, places):
        """On the wall clock of the meeting's own zone; the 21st of November 2026 is a Saturday."""
        text = calendar(meeting(places, MONDAY_EVENING), NOW, "help.example.org")
        assert "DTSTART;TZID=America/Denver:20261123T180000\r\n" in text
        assert "DTEND;TZID=America/Denver:20261123T190000\r\n" in text
        assert "RRULE:FREQ=WEEKLY;BYDAY=MO\r\n" in text

    def test_the_label_prefixes_the_name_and_the_money_is_said(self, places):
        text = calendar(meeting(places, MONDAY_EVENING), NOW, "h").replace("\r\n ", "")
        assert "SUMMARY:Paid advertisement: Aspen House\r\n" in text
        assert "DESCRIPTION:Paid advertisement. This place pays us a flat fee" in text

    def test_the_zone_says_when_its_clocks_change(self, places):
        """The second Sunday of March at two, the first Sunday of November at two (15 USC 260a)."""
        text = calendar(meeting(places, MONDAY_EVENING), NOW, "h")
        spring = "BEGIN:DAYLIGHT\r\nDTSTART:20250309T020000\r\nTZOFFSETFROM:-0700\r\nTZOFFSETTO:-0600\r\n"
        autumn = "BEGIN:STANDARD\r\nDTSTART:20251102T020000\r\nTZOFFSETFROM:-0600\r\nTZOFFSETTO:-0700\r\n"

        assert f"{spring}RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=2SU\r\n" in text
        assert f"{autumn}RRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=1SU\r\n" in text

    def test_a_zone_whose_clocks_stay_has_one_rule(self, places):
        text = calendar(meeting(places, MONDAY_EVENING, zone="America/Phoenix"), NOW, "h")
        assert text.count("BEGIN:STANDARD") == 1
        assert "DAYLIGHT" not in text

    def test_a_time_that_just_began_is_next_week(self, places):
        during = datetime(2026, 11, 24, 1, 30, tzinfo=UTC)  # Monday 18:30 in Denver
        assert "20261130T180000" in calendar(meeting(places, MONDAY_EVENING), during, "h")

    def test_no_line_is_too_long(self, places):
        """75 octets at most, in pieces that begin with a blank."""
        text = calendar(meeting(places, MONDAY_EVENING), NOW, "h")
        assert max(len(line.encode()) for line in text.split("\r\n")) <= 75

    def test_an_old_list_says_that_the_meeting_may_be_gone(self, places):
        """An entry comes back every week, long after the page was read."""
        page = meeting(places, MONDAY_EVENING)
        card = replace(page.card, age_note="This list is old. The meeting may be gone.")
        text = calendar(replace(page, card=card), NOW, "h").replace("\r\n ", "")
        assert "DESCRIPTION:This list is old. The meeting may be gone. " in text

    def test_a_place_that_is_no_meeting_says_nothing_of_the_kind(self, places):
        assert "meeting may be gone" not in calendar(meeting(places, MONDAY_EVENING), NOW, "h").replace("\r\n ", "")

    def test_a_place_without_times_has_none(self, places):
        assert places.client().get(f"/listing/{places.id_of('Aspen House')}/calendar.ics").status_code == 404
