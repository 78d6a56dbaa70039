"""A meeting's own page says each thing once, and nothing that makes no sense for a group."""

from __future__ import annotations

import msgspec
import pages
import pytest
from pages import FakeLookup, program

from directory.page import ListingPage
from directory.site.meetings.facts import sources_once, who_says_what
from index.listing import ConceptId, Kind, Phone, Session, SourceRef

DENVER = "America/Denver"


def source(title: str = "Meeting list of Example Intergroup", name: str = "feed", key: str = "1") -> SourceRef:
    return SourceRef(name=name, title=title, key=key, edition="2026-11-01", url="https://example.org/")


def entry(day: int, *concepts: str, **stated):
    """One entry of a list: an hour at seven in the evening."""
    held = {"source": source(key=str(day)), "phones": (), "schedule": (Session(weekday=day, start_minute=1140, end_minute=1200),)}
    offers = tuple(map(ConceptId, ("group.na", "fmt.open", *concepts)))
    return msgspec.structs.replace(program(**{"offers": offers} | held | stated), id=f"p{day}")


@pytest.fixture
def page(lookup: FakeLookup, html):
    """The page of a group with these entries."""

    def show(*programs, lang: str = "en", **stated) -> str:
        held = {"kind": Kind.MEETING, "phones": (), "time_zone": DENVER, "website": "", "programs": programs}
        lookup.listings["place-42"] = pages.listing_page(pages.listing("Night Owls", **held | stated), lang=lang)
        return html(f"/listing/place-42?lang={lang}").replace("\u202f", " ")

    return show


class TestPage:
    def test_entries_of_one_kind_are_said_once(self, page):
        """A daily group has seven entries in its list, and is one kind of meeting."""
        shown = page(*[entry(day) for day in range(7)])
        assert shown.count("Group and form") == 1
        assert shown.count("Narcotics Anonymous · Open meeting</dd>") == 1
        assert "Every day, 7:00 PM–8:00 PM" in shown
        assert shown.count('<th scope="row">Night Owls</th>') == 1

    def test_days_of_another_kind_stand_apart_with_their_times(self, page):
        """Tuesday is for women."""
        shown = page(entry(0), entry(1, "pop.women"), entry(2))
        assert shown.count("Group and form") == 2
        assert "Monday and Wednesday, 7:00 PM–8:00 PM</h3>" in shown
        assert shown.index("Tuesday, 7:00 PM–8:00 PM</h3>") < shown.index("Women")

    @pytest.mark.parametrize("line", ["Owner", "License", "FindTreatment.gov", "Can they help me?", "programs:"])
    def test_what_is_for_treatment_places_is_not_asked_of_a_group(self, page, line):
        assert line not in page(entry(0), entry(1))

    def test_an_online_one_has_a_button_to_join(self, page):
        """A line to join by phone is nothing to call before one goes."""
        dial_in = (Phone(number="+17195550100", label="dial-in"),)
        shown = page(entry(0), conference_url="https://example.org/room", phones=dial_in)
        assert '<a class="button call" href="https://example.org/room" rel="noreferrer nofollow">Join online</a>' in shown
        assert "Call before you go." not in shown.partition("How do I reach them?")[2].partition("<dt>")[0]

    def test_groups_do_not_endorse_the_site(self, page):
        assert "no group endorses it" in page(entry(0))

    def test_the_next_time_is_named_and_the_page_is_kept_by_nobody(self, page, client):
        """It passes. It stands before all else, and under it how old the list is."""
        shown = page(entry(0, source=msgspec.structs.replace(source(), edition="2021")))
        order = ["</h1>", '<p class="when"><strong>', '<p class="aging">', "What kind of meeting is it?"]
        assert sorted(order, key=shown.index) == order
        assert client.get("/listing/place-42").headers["Cache-Control"] == "no-store"

    def test_in_spanish(self, page):
        shown = page(entry(0), lang="es")
        assert "¿Qué tipo de reunión es?" in shown
        assert "Grupo y forma" in shown


class TestSources:
    def held(self, *programs, **stated) -> ListingPage:
        return pages.listing_page(pages.listing("Night Owls", programs=programs, **stated))

    def test_a_list_is_named_once(self):
        page = self.held(entry(0), entry(1), entry(2, source=source("Another list", "other")))
        assert [one.source.title for one in sources_once(page)] == ["Meeting list of Example Intergroup", "Another list"]

    def test_where_two_lists_speak_each_fact_has_its_list(self):
        page = self.held(
            entry(0),
            entry(1, source=source("Another list", "other")),
            stated_by=(("name", "p0"), ("website", "p1"), ("hours", "p1")),
        )
        assert who_says_what(page) == (
            ("Name", "Meeting list of Example Intergroup 2026-11-01"),
            ("Website, Hours", "Another list 2026-11-01"),
        )
