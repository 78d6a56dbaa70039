"""The helpline desk in a real browser: whole calls by keyboard alone, what the network sees of them, and how things end."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

import pytest
from at_the_desk import Keys, kept, panels_speak_of
from desk_copy import PASSWORD
from playwright.sync_api import Request, Route, expect

pytestmark = pytest.mark.browser
FEW_KEYS = 25


class TestThreeCalls:
    def test_one_with_number_keys(self, sit_down):
        """Danger check, words, three numbers; then the text message is there to copy."""
        with sit_down() as page:
            keys = Keys(page)
            keys.check_danger()
            keys.type("detox 80132")
            keys.keep(1, 2, 3)

            expect(kept(page)).to_have_count(3)
            assert keys.count < FEW_KEYS
            keys.press("F9")
            expect(page.locator("#give-message")).to_have_value(re.compile(r"\[AD\] Birch Detox"))
            expect(page.locator("[data-tab=handover]")).to_be_focused()

    def test_one_with_arrows_and_a_filter_from_the_palette(self, sit_down):
        """Down into the answer, Enter keeps, the palette switches a filter, and the place of the keyboard is kept."""
        with sit_down() as page:
            keys = Keys(page)
            keys.type("detox 80903")
            keys.press("ArrowDown", "Enter", "ArrowDown", "Enter", "ArrowDown", "Enter")
            expect(kept(page)).to_have_count(3)
            assert keys.count < FEW_KEYS

            page.keyboard.press("Control+k")
            page.keyboard.type("medicaid")
            page.keyboard.press("Enter")
            expect(page.locator("button[value='-pay.medicaid']").first).to_have_attribute("aria-pressed", "true")
            page.wait_for_function("document.activeElement.name === 'ids'")

    def test_one_in_spanish_with_enter_and_space(self, sit_down):
        """A page in Spanish: the script and what is handed over too."""
        with sit_down("/helpline?lang=es") as page:
            keys = Keys(page)
            keys.type("detox 80903")
            keys.press("Enter")
            expect(page.locator("#hits input").first).to_be_focused()
            keys.press(" ", "ArrowDown", " ", "ArrowDown", " ")
            expect(kept(page)).to_have_count(3)
            assert keys.count < FEW_KEYS

            panels_speak_of(page, 3)
            assert "No tiene que dar su nombre." in page.locator(".script").inner_text()
            keys.press("F9")
            assert page.locator("#give-message").input_value().startswith("Su lista guardada:")


class TestNetwork:
    def test_it_holds_no_word_of_a_caller_but_the_search_itself(self, sit_down, address):
        """A whole call with ticks, order, script, comparison and end: the words are in bodies of the search alone."""
        seen: list[Request] = []
        with sit_down() as page:
            page.on("request", lambda request: seen.append(request))
            keys = Keys(page)
            keys.type("klonopin 80903 quuxingham")
            keys.keep(1, 2, 3)
            page.locator("[data-asked=cost]").first.check()
            keys.press("F8", "F4", "F9", "Alt+i")
            page.wait_for_selector(".script[lang=es]", state="attached")
            with page.expect_response("**/helpline/list"):
                page.locator("[data-move='1']").first.click()

            searches = [one for one in seen if one.url == f"{address}/helpline/search"]
            others = [one for one in seen if one not in searches]
            assert searches
            assert {one.method for one in searches} == {"POST"}
            assert others
            for request in others:
                said = f"{request.url} {request.post_data or ''} {request.headers}".lower()
                assert not [word for word in ("klonopin", "quuxingham", "80903", "cost", "miles") if word in said], request.url

    def test_nothing_leaves_for_elsewhere_and_nothing_is_stored(self, sit_down, address):
        """No other host, no storage, no cookie that a script could read."""
        seen: list[str] = []
        with sit_down() as page:
            page.on("request", lambda request: seen.append(request.url))
            keys = Keys(page)
            keys.type("detox 80132")
            keys.keep(1)
            stored = page.evaluate("[localStorage.length, sessionStorage.length, document.cookie, location.href]")
            databases = page.evaluate("indexedDB.databases().then(all => all.length)")

        assert {url.startswith(address) for url in seen} == {True}
        assert stored == [0, 0, "", f"{address}/helpline"]
        assert databases == 0


class TestEnds:
    def test_end_call_clears_everything(self, sit_down):
        """Asked once, then box, answer, list, ticks and danger check are as at the start."""
        with sit_down() as page:
            keys = Keys(page)
            keys.check_danger()
            keys.type("detox 80132")
            keys.keep(1)
            keys.press("Alt+q", "Enter")

            expect(page.locator("#q")).to_have_value("")
            expect(page.locator("#q")).to_be_focused()
            expect(page.locator(".waiting")).to_be_visible()
            expect(kept(page)).to_have_count(0)
            expect(page.locator(".script")).to_have_count(0)
            assert "Aspen" not in page.locator("main").inner_text()

    def test_a_session_that_ends_asks_in_place(self, sit_down, desk):
        """The password is asked, the same search is answered, and the list stands as it was."""
        with sit_down() as page:
            keys = Keys(page)
            keys.type("detox 80132")
            keys.keep(1)
            desk.at(datetime.now().astimezone() + timedelta(hours=2))
            page.locator("#q").fill("detox 80132 medicaid")

            expect(page.locator("#login-title")).to_be_focused()
            page.keyboard.press("Tab")
            page.keyboard.type("wrong password")
            page.keyboard.press("Enter")
            expect(page.locator("#login-dialog .problem")).to_have_text("Login or password is wrong.")
            page.keyboard.type(PASSWORD)
            page.keyboard.press("Enter")

            expect(page.locator("button[value='-pay.medicaid']").first).to_have_attribute("aria-pressed", "true")
            expect(kept(page)).to_have_text(["Aspen Detox"])

    def test_a_lost_connection_keeps_list_lines_and_last_answer(self, sit_down):
        """The danger card opens without a server; when it is back, one button asks again."""
        with sit_down() as page:
            keys = Keys(page)
            keys.type("detox 80132")
            keys.keep(1)
            page.route("**/helpline/search", lambda route: route.abort())
            page.locator("#q").fill("detox 80132 me")

            expect(page.locator("#trouble")).to_be_visible()
            expect(page.locator("#trouble")).to_contain_text("The directory cannot answer now. Your shortlist stays here.")
            expect(page.locator("#trouble")).to_contain_text("What stands below is the last answer.")
            expect(kept(page)).to_have_text(["Aspen Detox"])
            assert page.locator(".hit").count() >= 3
            page.keyboard.press("F2")
            expect(page.locator("#danger-dialog a[href='tel:911']").first).to_be_visible()
            page.keyboard.press("Escape")
            page.unroute("**/helpline/search")
            page.locator("#try-again").click()
            expect(page.locator("#trouble")).to_be_hidden()

    def test_a_slow_answer_never_replaces_a_newer_one(self, sit_down, address):
        """What was typed last counts, whichever answer comes first."""
        held: list[Route] = []

        def hold_the_first(route: Route) -> None:
            if held:
                route.continue_()
            else:
                held.append(route)

        with sit_down() as page:
            page.route("**/helpline/search", hold_the_first)
            with page.expect_request("**/helpline/search"):
                page.keyboard.type("outpatient denver")
            page.locator("#q").fill("")
            Keys(page).type("detox 80132")
            held[0].abort()
            expect(page.locator(".hit h3").first).to_have_text(re.compile("Aspen Detox$"))
            expect(page.locator("#trouble")).to_be_hidden()
