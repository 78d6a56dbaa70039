"""The pages in a real browser: small and large screens, light and dark, with script and without, by keyboard, on paper."""

from __future__ import annotations

import re

import browsing
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

HOME, RESULTS, LISTING = "/", "/search?near=Exampletown", "/listing/place-42"
PAGES = [
    pytest.param(HOME, id="home"),
    pytest.param(RESULTS, id="results"),
    pytest.param(LISTING, id="listing"),
    pytest.param("/about", id="about"),
    pytest.param("/privacy", id="privacy"),
    pytest.param("/search?radius=x", id="error"),
]
MAIN_PAGES = PAGES[:3]
PAUSE_MS = 150  # after which what was typed is completed


def violations(page) -> list[str]:
    """What axe finds wrong, in words."""
    found = Axe().run(page).response["violations"]
    return [f"{item['id']}: {node['html'][:120]}" for item in found for node in item["nodes"]]


class TestAccessibility:
    @pytest.mark.parametrize("path", PAGES)
    def test_axe_finds_nothing_on_a_small_light_screen(self, visit, path):
        """WCAG rules and axe's best practices."""
        with visit(path, width=320) as page:
            assert violations(page) == []

    @pytest.mark.parametrize("path", MAIN_PAGES)
    def test_axe_finds_nothing_on_a_large_dark_screen(self, visit, path):
        """The dark colours are designed, not inverted."""
        with visit(path, dark=True) as page:
            assert violations(page) == []

    def test_text_has_the_highest_contrast(self, visit):
        """AAA: 7 to 1 for text, in both schemes."""
        rule = {
            "runOnly": {"type": "rule", "values": ["color-contrast-enhanced"]},
            "rules": {"color-contrast-enhanced": {"enabled": True}},
        }
        for dark in (False, True):
            with visit(RESULTS, dark=dark) as page:
                found = Axe().run(page, options=rule).response["violations"]
                assert [node["html"][:120] for item in found for node in item["nodes"]] == []

    def test_the_keyboard_meets_the_ways_out_first(self, visit):
        """Skip, leave, the crisis numbers, then the site."""
        with visit(RESULTS) as page:
            reached = []
            for _ in range(6):
                page.keyboard.press("Tab")
                reached.append(page.evaluate("document.activeElement.getAttribute('href')"))

        assert reached == ["#results", "https://www.weather.gov/", "tel:911", "tel:988", "sms:988", "tel:+18002221222"]

    def test_a_paid_heading_is_announced_with_its_label(self, visit):
        """The accessible name of the result's heading starts with the label."""
        with visit(RESULTS) as page:
            assert page.get_by_role("heading", name="Paid advertisement : Riverbend Clinic").count() == 1


class TestLeaving:
    """The way out, early in the order of the keyboard."""

    ELSEWHERE = "https://www.weather.gov/"

    def left(self, page, how) -> tuple[str, int]:
        """Where the reader is after leaving, and how many pages the history holds."""
        page.route(f"{self.ELSEWHERE}**", lambda route: route.fulfill(body="weather"))
        before = page.evaluate("history.length")
        how()
        page.wait_for_url(self.ELSEWHERE)
        return page.url, page.evaluate("history.length") - before

    def test_the_link_leaves_no_page_to_go_back_to(self, visit):
        """It replaces the page in the history."""
        with visit(RESULTS) as page:
            assert self.left(page, page.get_by_role("link", name="Leave this site", exact=True).click) == (self.ELSEWHERE, 0)

    def test_it_works_without_script(self, visit):
        """A plain link, which the history then keeps."""
        with visit(RESULTS, script=False) as page:
            page.route(f"{self.ELSEWHERE}**", lambda route: route.fulfill(body="weather"))
            page.get_by_role("link", name="Leave this site", exact=True).click()
            page.wait_for_url(self.ELSEWHERE)

    def test_shift_three_times_leaves_too_and_says_so(self, visit):
        """The first press is answered for who does not see the page."""
        with visit(RESULTS) as page:
            page.keyboard.press("Shift")
            expect(page.get_by_role("status").last).to_have_text("Press Shift three times to leave this site.")
            page.keyboard.press("a")  # counting begins again: the three presses below come one right after the other

            def press_three_times() -> None:
                for _ in range(3):
                    page.keyboard.press("Shift")

            assert self.left(page, press_three_times) == (self.ELSEWHERE, 0)

    def test_capital_letters_do_not_leave(self, visit, address):
        """Shift in a text box, and Shift with other keys, write."""
        with visit(HOME) as page:
            page.route(f"{self.ELSEWHERE}**", lambda route: route.fulfill(body="weather"))
            page.locator("#q").focus()
            for _ in range(3):
                page.keyboard.press("Shift")
            page.locator("main").focus()
            for key in ("Shift", "Shift", "A", "Shift"):
                page.keyboard.press(key)
            assert page.evaluate("[location.href, document.body.hidden]") == [address + HOME, False]


class TestFirstScreenful:
    def test_lines_to_call_are_painted_before_the_style_sheet_is_there(self, visit):
        """On a slow line the crisis strip waits for nothing."""
        with visit("/about", script=False) as page:
            page.route("**/later.css", lambda _route: None)  # it never comes
            page.goto(page.url, wait_until="commit")
            strip = page.locator(".crisis")
            strip.wait_for(state="visible")
            assert strip.evaluate("strip => getComputedStyle(strip).backgroundColor") != "rgba(0, 0, 0, 0)"


class TestBudget:
    def test_a_page_of_results_is_small(self, visit):
        """At most 60 KB with everything, compressed, and six requests, all of them to this site."""
        with visit(HOME) as page:
            answered = []
            page.on("response", lambda answer: answered.append(answer))
            page.context.new_cdp_session(page).send("Network.setCacheDisabled", {"cacheDisabled": True})
            page.goto(page.url.rstrip("/") + RESULTS, wait_until="networkidle")
            sizes = [answer.request.sizes()["responseBodySize"] for answer in answered]

        assert 2 <= len(sizes) <= 6
        assert sum(sizes) <= 60_000
        assert {answer.url.split("/")[2] for answer in answered} == {page.url.split("/")[2]}


class TestLargeText:
    @pytest.mark.parametrize("path", MAIN_PAGES)
    def test_twice_the_size_of_text_squeezes_nothing(self, visit, path):
        """As a reader may set it without zooming: columns give way to words, no word is cut and nothing scrolls sideways."""
        with visit(path) as page:
            page.evaluate("document.documentElement.style.fontSize = '200%'")
            narrowest = page.evaluate(
                "Math.min(...[...document.querySelectorAll('main :is(h1, h2, h3, p, dd, label)')]"
                ".filter(e => e.checkVisibility() && !e.closest('.unseen, svg') && !e.matches('.unseen'))"
                ".filter(e => e.textContent.trim().length > 40).map(e => e.getBoundingClientRect().width))"
            )

            assert page.evaluate("document.documentElement.scrollWidth") <= 1280
            assert narrowest >= 200


class TestOnPaperToo:
    def test_numbers_of_the_list_are_read_where_backgrounds_are_printed(self, visit):
        """They were black on black."""
        with visit(RESULTS) as page:
            page.emulate_media(media="print")
            shown = page.locator(".miles").first.evaluate(
                "e => { const seen = getComputedStyle(e, '::before'); return [seen.content, seen.color, seen.backgroundColor] }"
            )
            assert shown == ["counter(list-item)", "rgb(0, 0, 0)", "rgba(0, 0, 0, 0)"]


class TestSmallScreens:
    @pytest.mark.parametrize("path", PAGES)
    def test_nothing_scrolls_sideways(self, visit, path):
        """At 320 px, which is also 400 % zoom of 1280 px, and with a very long name."""
        with visit(path, width=320) as page:
            assert page.evaluate("document.documentElement.scrollWidth") <= 320

    def test_spanish_fits_too(self, visit):
        """Its words are longer."""
        with visit(RESULTS + "&lang=es", width=320) as page:
            assert page.evaluate("document.documentElement.scrollWidth") <= 320

    def test_the_first_number_is_near(self, visit):
        """With a notice on the page, the first Call button starts within one and a half screens of 360 by 640."""
        with visit(RESULTS, width=360, height=640) as page:
            assert page.locator(".cards .call").first.bounding_box()["y"] <= 1.5 * 640

    def test_numbers_are_easy_to_touch(self, visit):
        """44 px and more."""
        with visit(RESULTS, width=360) as page:
            boxes = [button.bounding_box() for button in page.locator(".cards .call").all()]

        assert boxes
        assert min(box["height"] for box in boxes) >= 44

    def test_the_narrowest_strip_keeps_the_two_numbers(self, visit):
        """At 170 px."""
        with visit(HOME, width=170) as page:
            assert page.locator(".crisis .briefly").inner_text() == "Emergency 911 · Crisis 988"


class TestPaidLabel:
    @pytest.mark.parametrize("width", [320, 768, 1280])
    def test_it_is_seen_at_once(self, visit, width):
        """At body size or larger, at the left edge, above the name, in a card with a border; nothing to click or scroll."""
        with visit(RESULTS, width=width) as page:
            card, label = page.locator(".card.paid"), page.locator(".card.paid .paid-label")
            size, border = label.evaluate("e => [parseFloat(getComputedStyle(e).fontSize), getComputedStyle(e).visibility]")
            body = page.evaluate("parseFloat(getComputedStyle(document.body).fontSize)")

            assert size >= body
            assert border == "visible"
            assert label.bounding_box()["y"] < card.locator("h3 a").bounding_box()["y"]
            assert label.bounding_box()["x"] - card.bounding_box()["x"] <= 24
            assert card.evaluate("e => parseFloat(getComputedStyle(e).borderTopWidth)") >= 2

    def test_it_is_the_first_text_without_any_style(self, visit):
        """With CSS off the label still stands before the name."""
        with visit(RESULTS, script=True) as page:
            page.evaluate("document.querySelectorAll('link[rel=stylesheet]').forEach(sheet => sheet.remove())")

            assert page.locator(".card.paid").inner_text().startswith("Paid advertisement")


class TestWithoutScript:
    def test_a_search_works(self, visit, address):
        """Type, send, and stand at an address that can be shared."""
        with visit(HOME, script=False) as page:
            page.get_by_label("What do you need?").fill("detox")
            page.get_by_label("Where?").fill("Exampletown")
            page.get_by_role("button", name="Search").click()

            expect(page).to_have_url(address + "/search?near=Exampletown%2C+CO&offers=care.detox&offers=pay.medicaid")
            expect(page.get_by_role("link", name="Call (303) 555-0142").first).to_be_visible()

    def test_the_radius_can_be_changed(self, visit):
        """A plain form with a button."""
        with visit(RESULTS, script=False) as page:
            page.get_by_label("How far").select_option("50")
            page.get_by_role("button", name="Update").click()

            expect(page).to_have_url(re.compile("radius=50"))

    def test_filters_fold_on_a_small_screen_and_stand_open_on_a_large_one(self, visit):
        """A details element on a phone, a column on a desk."""
        with visit(RESULTS, width=360, script=False) as page:
            assert not page.get_by_label("How far").is_visible()
            page.get_by_text("Change, filter or sort").click()
            expect(page.get_by_label("How far")).to_be_visible()
        with visit(RESULTS, width=1280, script=False) as page:
            assert page.get_by_label("How far").is_visible()

    @pytest.mark.parametrize("path", MAIN_PAGES)
    def test_the_page_is_complete(self, visit, path):
        """The same text with script and without."""
        with visit(path, script=True) as page:
            with_script = page.locator("main").inner_text()
        with visit(path, script=False) as page:
            assert page.locator("main").inner_text() == with_script


class TestWithScript:
    def test_a_suggestion_is_taken_by_keyboard(self, visit):
        """Arrow down, Enter: the words stand in the box and nothing is sent yet."""
        with visit(HOME) as page:
            box = page.get_by_role("combobox", name="Where?")
            box.fill("exam")  # at once: an answer to its first letters would be replaced by the answer to all of them
            page.get_by_role("option", name="Exampletown, CO").wait_for()
            box.press("ArrowDown")
            expect(box).to_have_attribute("aria-activedescendant", "near-choices-0")
            assert violations(page) == []
            box.press("Enter")

            expect(box).to_have_value("Exampletown, CO")
            assert page.url.endswith("/")

    def test_escape_closes_the_list_and_keeps_the_words(self, visit):
        """What was typed is never lost."""
        with visit(HOME) as page:
            box = page.get_by_role("combobox", name="What do you need?")
            box.fill("det")
            page.get_by_role("option", name="Detox").wait_for()
            box.press("Escape")

            expect(page.get_by_role("listbox")).to_have_count(0)
            assert box.input_value() == "det"

    @pytest.mark.parametrize("key", ["ArrowDown", "Escape"])
    def test_who_moves_in_the_list_or_closes_it_is_left_alone(self, visit, key):
        """The answer to a last letter used to replace the list in mid-choice, or to open it again."""
        with visit(HOME) as page:
            asked = []
            page.clock.install(time=0)
            page.clock.pause_at(1000)
            box = page.get_by_role("combobox", name="What do you need?")
            box.fill("det")
            page.clock.run_for(PAUSE_MS)
            page.get_by_role("option", name="Detox").wait_for()
            page.on("request", lambda request: asked.append(request.url))
            box.fill("deto")
            box.press(key)
            page.clock.run_for(PAUSE_MS)
            browsing.hear_everything_asked(page)

            assert [url for url in asked if "suggest" in url] == []


class TestQuietly:
    @pytest.mark.parametrize("path", MAIN_PAGES)
    def test_nothing_is_loaded_from_elsewhere_and_nothing_is_stored(self, visit, address, path):
        """At most six requests, all to this copy; no cookie, no storage; no complaint of the browser."""
        with visit("/privacy") as page:
            asked, complaints = [], []
            page.on("request", lambda request: asked.append(request.url))
            page.on("console", lambda message: complaints.append(message.text))
            page.goto(address + path)

            assert 0 < len(asked) <= 6
            assert all(url.startswith(address) for url in asked)
            assert page.context.cookies() == []
            assert page.evaluate("localStorage.length + sessionStorage.length") == 0
            assert complaints == []


class TestOnPaper:
    def test_labels_numbers_and_lines_are_printed_and_controls_are_not(self, visit):
        """Black on white, with the crisis strip and who funds the site."""
        with visit(RESULTS) as page:
            page.emulate_media(media="print")

            assert page.locator(".crisis").is_visible()
            assert page.locator(".card.paid .paid-label").is_visible()
            assert page.locator(".card.paid").evaluate("e => getComputedStyle(e).borderTopWidth") == "2px"
            assert page.get_by_text("(303) 555-0142").first.is_visible()
            assert "has not said who runs it" in page.locator(".on-paper").inner_text()
            assert not page.locator(".refine").is_visible()

    def test_the_strip_and_the_funding_line_repeat_on_every_sheet(self, visit):
        """Browsers repeat the header and footer groups of a table on each printed page."""
        with visit(RESULTS) as page:
            page.emulate_media(media="print")
            shown = [page.locator(part).evaluate("e => getComputedStyle(e).display") for part in (".crisis", ".footer")]

        assert shown == ["table-header-group", "table-footer-group"]
