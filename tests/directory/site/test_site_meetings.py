"""Meetings as people read them: when, what kind, how old the list is, and where to look when there is none."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pages
import pytest
from pages import FakeLookup, Shop, listing, program, result_page

from directory import create_app
from directory.asking.query import SearchQuery
from directory.page import ResultPage
from directory.site.meetings.hours import next_time, weekly
from directory.site.meetings.lists import Elsewhere, Finder, Finders, age
from index.listing import ConceptId, Kind, Phone, Session, SourceRef
from index.request import LocalWindow

DENVER = "America/Denver"
# Saturday 21 November 2026, 18:30 in Denver.
NOW = datetime(2026, 11, 22, 1, 30, tzinfo=UTC)
SATURDAY_SEVEN = Session(weekday=5, start_minute=19 * 60, end_minute=20 * 60)
SUNDAY_NINE = Session(weekday=6, start_minute=9 * 60, end_minute=9 * 60)
WEDNESDAY_NOON = Session(weekday=2, start_minute=12 * 60, end_minute=13 * 60)
SPACE = "\u202f"  # as clocks are written: a narrow one before AM


def plain(text: str) -> str:
    return text.replace(SPACE, " ").replace("\xa0", " ")


def coming(*sessions: Session, windows=(), now: datetime = NOW, lang="en") -> str:
    return plain(next_time(sessions, DENVER, windows, now, lang))


@pytest.fixture(autouse=True)
def english(app):
    """Words need a request's language."""
    with app.test_request_context("/"):
        yield


class TestNextTime:
    def test_it_is_named_as_people_name_it(self):
        """On the place's own clock, whatever the server's is."""
        assert coming(SATURDAY_SEVEN, SUNDAY_NINE) == "Tonight at 7:00 PM"
        assert coming(SUNDAY_NINE) == "Tomorrow at 9:00 AM"
        assert coming(WEDNESDAY_NOON) == "Wednesday at 12:00 PM"

    def test_one_that_just_began_can_still_be_joined(self):
        """A quarter past seven it has begun; at eight it is next week's."""
        assert coming(SATURDAY_SEVEN, now=datetime(2026, 11, 22, 2, 15, tzinfo=UTC)) == "Began at 7:00 PM"
        assert coming(SATURDAY_SEVEN, now=datetime(2026, 11, 22, 3, 0, tzinfo=UTC)) == "Saturday at 7:00 PM"

    def test_a_time_that_was_asked_for_comes_first(self):
        """Who asked for Wednesday is not told of tonight."""
        wednesday = LocalWindow(DENVER, 2 * 1440, 3 * 1440)
        assert coming(SATURDAY_SEVEN, WEDNESDAY_NOON, windows=(wednesday,)) == "Wednesday at 12:00 PM"

    def test_without_times_or_zone_nothing_is_said(self):
        assert coming() == ""
        assert next_time([SUNDAY_NINE], "", (), NOW, "en") == ""


def test_days_of_one_hour_stand_together():
    """Seven lines of the same hour would hide the one that differs."""
    days = [Session(weekday=day, start_minute=450, end_minute=540) for day in (2, 3, 4)]
    assert [plain(line) for line in weekly([*days, SUNDAY_NINE], "en")] == [
        "Wednesday, Thursday and Friday, 7:30 AM–9:00 AM",
        "Sunday, 9:00 AM",
    ]
    assert plain(weekly([replace_day(day) for day in range(7)], "en")[0]).startswith("Every day, ")


def replace_day(day: int) -> Session:
    return Session(weekday=day, start_minute=450, end_minute=540)


class TestAge:
    @pytest.mark.parametrize(
        ("edition", "old"),
        [("2026-11-01", False), ("2026-08-01", True), ("2021-04-28", True), ("", True), ("2024", True)],
    )
    def test_after_ninety_days_a_list_may_have_changed(self, edition: str, old: bool):
        """One without a date may be of any age."""
        source = SourceRef(name="feed", title="Meeting list of Example Intergroup", key="1", edition=edition)
        found = age(meeting(), source, date(2026, 11, 21), "en")

        assert (bool(found.warning), found.entity) == (old, "Example Intergroup")


def meeting(edition: str = "2021-04-28", **changes):
    source = SourceRef(
        name="samhsa", title="Meeting list of Example Intergroup", key="1", edition=edition, url="https://example.org/"
    )
    held = program(
        source=source,
        offers=(ConceptId("fmt.open"), ConceptId("group.na"), ConceptId("lang.english")),
        schedule=(SATURDAY_SEVEN,),
    )
    values = {"kind": Kind.MEETING, "phones": (), "programs": (held,), "time_zone": DENVER, "website": ""}
    return listing("Night Owls", **(values | changes))


@pytest.fixture
def page(lookup: FakeLookup, html):
    """The results page with one meeting."""

    def show(place=None, lang: str = "en") -> str:
        row = Shop().row(place or meeting(), lang=lang)
        parts = SearchQuery(kinds=(Kind.MEETING,), near="Exampletown, CO", lang=lang)
        lookup.answer, lookup.follows_language = result_page([row], query=parts, lang=lang), False
        return plain(html(f"/search?near=Exampletown&lang={lang}"))

    return show


class TestRow:
    def test_it_says_when_before_anything_else(self, page):
        """Then what kind of meeting, then all its weekly times."""
        shown = page()
        order = ['class="when"', "Narcotics Anonymous · Open meeting", "Saturday, 7:00 PM–8:00 PM", "12 Example Street"]

        assert [shown.index(part) for part in order] == sorted(shown.index(part) for part in order)
        assert "(Mountain Time)" in shown

    def test_an_old_list_says_so_and_names_whom_to_ask(self, page):
        """Right below the next time, before anything that makes one want to go."""
        shown = page()
        warning = "This list is over a year old, of April 28, 2021. The meeting may be gone."
        assert f'<p class="aging"><strong>{warning}</strong> Before you go, check with ' in shown
        assert shown.index('class="when"') < shown.index(warning) < shown.index("Narcotics Anonymous · Open meeting")
        assert '<a href="https://example.org/" rel="noreferrer nofollow">Example Intergroup</a>' in page()

    def test_it_is_not_said_to_lack_a_phone(self, page):
        """Groups have none."""
        assert "No phone number" not in page()

    def test_an_online_one_can_be_joined(self, page):
        assert 'href="https://example.org/room"' in page(meeting(conference_url="https://example.org/room"))

    def test_a_line_to_join_by_phone_is_said_to_be_no_group_s_own(self, page):
        """Hundreds of meetings share it, and it asks for a number that nobody imports."""
        shown = page(meeting(phones=(Phone(number="+17195550100", label="dial-in"),)))
        assert "A line to join by phone, from the federal list, 2021-04-28. It asks for the meeting's number" in shown.replace(
            "&#39;", "'"
        )
        assert "We have not checked who answers" not in shown

    def test_groups_do_not_endorse_the_site(self, page):
        """Said once a page."""
        assert page().count("no group endorses it") == 1

    def test_nobody_keeps_a_page_that_names_the_next_time(self, page, client):
        page()
        assert client.get("/search?near=Exampletown").headers["Cache-Control"] == "no-store"

    def test_in_spanish(self, page):
        shown = page(lang="es")
        assert "Esta lista tiene más de un año: es del 28 de abril de 2021." in shown
        assert "Antes de ir, pregunte a " in shown
        assert "Sábado, 7:00" in shown


def test_its_own_page_shows_the_clock_and_the_age(lookup: FakeLookup, html):
    lookup.listings["place-42"] = pages.listing_page(meeting())
    shown = plain(html("/listing/place-42"))

    assert "7:00 PM–8:00 PM" in shown
    assert "(Mountain Time)" in shown
    assert "The meeting may be gone." in shown
    assert "No phone number" not in shown


class FewLists(FakeLookup):
    """A lookup without meetings, and with the line of one fellowship."""

    def search(self, query: SearchQuery, *, now: datetime) -> ResultPage:
        if query.kinds == (Kind.HELPLINE,):
            offers = (ConceptId("group.na"),)
            line = listing(
                "Narcotics Anonymous", kind=Kind.HELPLINE, website="https://na.example.org/", programs=(program(offers=offers),)
            )
            return result_page([Shop().row(line)] if query.offers == offers else [])
        return result_page([], query=query)


class TestNoList:
    def page(self, **parts) -> ResultPage:
        return result_page([], query=SearchQuery(near="Exampletown, CO", **parts))

    def test_the_fellowships_own_finder_is_named(self):
        """An area without a list is not an area without meetings."""
        found = Finders().where_no_list_is(self.page(kinds=(Kind.MEETING,)), FewLists(), NOW)
        assert found == Elsewhere((Finder("Narcotics Anonymous", "https://na.example.org/"),))

    def test_the_page_never_counts_meetings_that_it_cannot_know(self):
        """ "0 meetings" would read as "there is no meeting"."""
        shown = create_app(lookup=FewLists()).test_client().get("/search?kind=meeting&near=Exampletown").text

        assert "We have no meeting list here. Find one at:" in shown
        assert 'href="https://na.example.org/"' in shown
        assert "0 meetings" not in shown
        assert "Nothing in this list" not in shown

    def test_where_meetings_are_listed_no_finder_is_named(self):
        """Nothing on Tuesday evening does not mean that there is no list."""
        assert not Finders().where_no_list_is(self.page(kinds=(Kind.MEETING,)), FakeLookup(), NOW)

    def test_without_a_place_there_is_no_here(self):
        page = replace(self.page(kinds=(Kind.MEETING,)), place=None, parts=SearchQuery(kinds=(Kind.MEETING,)))
        assert not Finders().where_no_list_is(page, FewLists(), NOW)
