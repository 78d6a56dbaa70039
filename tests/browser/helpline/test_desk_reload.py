"""A page that is loaded anew in the middle of a call, and somebody who logs in beside it: the list stays, the search goes on."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from at_the_desk import Keys, kept, panels_speak_of
from desk_copy import PASSWORD
from playwright.sync_api import Page, expect

from directory.duties import staffing

pytestmark = pytest.mark.browser
PLACES = ["Aspen Detox", "Birch Detox"]


def keep_two(page: Page) -> None:
    """Ask, keep two places and tick that one was asked for its cost."""
    keys = Keys(page)
    keys.type("detox 80132 quuxingham")
    expect(page.locator("#hits .hit").nth(1)).to_be_visible()
    for name in PLACES:
        page.get_by_role("checkbox", name=name).check()
    panels_speak_of(page, 2)
    page.locator("[data-asked=cost]").first.check()


class TestAnotherLoading:
    def test_brings_the_list_back(self, sit_down):
        """Its order, its ticks, the language of its script; the words of the caller are gone."""
        with sit_down() as page:
            keep_two(page)
            page.keyboard.press("Alt+i")
            page.reload()

            expect(kept(page)).to_have_text(PLACES)
            expect(page.locator("[data-asked=cost]").first).to_be_checked()
            expect(page.locator(".script[lang=es] [data-miles-of]")).to_have_count(2)
            expect(page.locator("#q")).to_have_value("")

    def test_leaves_nothing_but_listings_with_the_tab(self, sit_down, desk):
        """Neither words nor miles nor a name of a place stand in what the tab remembers of its page."""
        with sit_down() as page:
            keep_two(page)
            page.wait_for_function("history.state.kept.length === 2 && history.state.kept[0].asked.length === 1")
            ids = [desk.directory.id_of(name) for name in PLACES]
            assert page.evaluate("history.state") == {
                "kept": [{"id": ids[0], "asked": ["cost"]}, {"id": ids[1], "asked": []}],
                "speak": "en",
                "danger": "unasked",
            }

    def test_says_now_who_pays_now(self, sit_down, desk):
        """Not what was true when the place was kept."""
        with sit_down() as page:
            keep_two(page)
            desk.directory.sponsor("Aspen Detox")
            page.reload()
            expect(page.locator("#kept .paid-label").first).to_have_text("Paid advertisement: ")

    def test_names_how_many_are_listed_no_more(self, sit_down, desk):
        with sit_down() as page:
            keep_two(page)
            desk.directory.take_down("Birch Detox")
            page.reload()
            expect(page.locator("#not-back")).to_contain_text("No longer listed, so not on the list: 1.")
            expect(kept(page)).to_have_text(PLACES[:1])

    def test_waits_for_a_server_that_does_not_answer(self, sit_down):
        """The list is asked for again with one button, as often as it takes."""
        with sit_down() as page:
            keep_two(page)
            page.route("**/helpline/kept", lambda route: route.abort())
            page.reload()
            expect(page.locator("#not-back")).to_contain_text("Your shortlist could not be read again yet.")
            page.unroute("**/helpline/kept")
            page.locator("#not-back button").click()
            expect(kept(page)).to_have_text(PLACES)
            expect(page.locator("#not-back")).to_be_hidden()

    def test_after_the_session_has_ended_brings_it_back_too(self, sit_down, desk):
        """The password is asked for in place of the page; a wrong one is said there."""
        with sit_down() as page:
            keep_two(page)
            desk.at(datetime.now().astimezone() + timedelta(hours=2))
            page.reload()
            page.fill("[name=login]", "ana")
            page.fill("[name=password]", "wrong password")
            page.keyboard.press("Enter")
            expect(page.locator(".problem")).to_have_text("Login or password is wrong.")
            page.fill("[name=password]", PASSWORD)
            page.keyboard.press("Enter")

            expect(kept(page)).to_have_text(PLACES)
            expect(page.locator("[data-asked=cost]").first).to_be_checked()

    def test_in_the_other_language_takes_the_list_along(self, sit_down):
        with sit_down() as page:
            keep_two(page)
            page.get_by_role("link", name="Español").click()
            page.wait_for_url("**/helpline?lang=es")
            expect(kept(page)).to_have_text(PLACES)
            expect(page.locator("#kept .kept-who").first).to_contain_text("Número tomado de")

    def test_after_the_call_has_ended_brings_nothing_back(self, sit_down):
        with sit_down() as page:
            keep_two(page)
            page.keyboard.press("Alt+q")
            expect(page.locator("#end-dialog button[value=end]")).to_be_focused()
            page.keyboard.press("Enter")
            expect(kept(page)).to_have_count(0)
            assert page.evaluate("history.state") is None
            page.reload()
            expect(page.locator("[data-command=palette]")).to_be_visible()
            assert page.evaluate("history.state") is None

    def test_another_room_opens_beside_the_call(self, sit_down):
        """Looking at the board of openings does not end it."""
        with sit_down() as page:
            keep_two(page)
            with page.context.expect_page() as board:
                page.get_by_role("link", name="Openings").click()
            board.value.wait_for_url("**/helpline/openings")
            expect(kept(page)).to_have_text(PLACES)

    def test_a_list_that_an_address_names_goes_with_no_search(self, sit_down, desk):
        """What is kept and what is asked never travel together."""
        ids = ",".join(desk.directory.id_of(name) for name in PLACES)
        with sit_down(f"/helpline?ids={ids}") as page:
            expect(kept(page)).to_have_text(PLACES)
            with page.expect_request("**/helpline/search") as asked:
                page.locator("#q").fill("outpatient denver")
            assert desk.directory.id_of("Aspen Detox") not in (asked.value.post_data or "")


class TestSomebodyBeside:
    def test_who_logs_in_beside_the_page_does_not_stop_its_search(self, sit_down, desk):
        """The page goes on in the name of who is logged in now, and says who that is."""
        staffing.add_staff(desk.directory.store, "bo", "helpline", PASSWORD, by="test", now=datetime.now().astimezone())
        with sit_down() as page:
            keep_two(page)
            beside = page.context.new_page()
            beside.goto(page.url.replace("/helpline", "/admin/login"))
            beside.fill("[name=login]", "bo")
            beside.fill("[name=password]", PASSWORD)
            beside.keyboard.press("Enter")
            beside.wait_for_url("**/admin/")
            page.bring_to_front()
            page.get_by_role("checkbox", name="Grove Center").check()
            page.locator("#q").fill("detox 80132 medicaid")

            expect(page.locator("button[value='-pay.medicaid']").first).to_have_attribute("aria-pressed", "true")
            expect(page.locator("#at-work")).to_have_text("bo")
            expect(page.locator("#trouble")).to_be_hidden()
            expect(kept(page)).to_have_text([*PLACES, "Grove Center"])
            panels_speak_of(page, 3)  # two requests at once found the old session gone
