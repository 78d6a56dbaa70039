"""The helpline desk in a real browser: whole calls by keyboard alone, what the network sees of them, and how things end."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Request, Route, expect
from werkzeug.serving import WSGIRequestHandler, make_server

sys.path.insert(0, str(Path(__file__).parent.parent / "directory" / "helpline"))

from desk_copy import PASSWORD, Desk, open_desk

from directory import current, staffing

pytestmark = pytest.mark.browser
Open = Callable[..., AbstractContextManager[Page]]
FEW_KEYS = 25
REST_MS = 900  # after which an answer is announced


class _Quiet(WSGIRequestHandler):
    def log_request(self, *_args: object) -> None:
        """Say nothing."""


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """A desk at which ana works now; Birch Detox pays."""
    opened = open_desk(tmp_path)
    opened.app.config[current.CLOCK] = current.system_clock
    opened.directory.sponsor("Birch Detox")
    staffing.add_staff(opened.directory.store, "ana", "helpline", PASSWORD, by="test", now=datetime.now().astimezone())
    yield opened
    opened.directory.store.close()


@pytest.fixture
def address(desk: Desk) -> Iterator[str]:
    """The address of that desk."""
    server = make_server("127.0.0.1", 0, desk.app, threaded=True, request_handler=_Quiet)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def sit_down(chromium: Browser, address: str) -> Open:
    """Log in and open the desk: `with sit_down(width=360, dark=True) as page`."""

    @contextmanager
    def opened(path: str = "/helpline", *, width: int = 1280, height: int = 900, dark: bool = False) -> Iterator[Page]:
        scheme = "dark" if dark else "light"
        context = chromium.new_context(viewport={"width": width, "height": height}, color_scheme=scheme, locale="en-US")
        page = context.new_page()
        page.set_default_timeout(10_000)
        page.goto(f"{address}/helpline/login")
        page.fill("[name=login]", "ana")
        page.fill("[name=password]", PASSWORD)
        page.keyboard.press("Enter")
        page.wait_for_url("**/helpline")
        if path != "/helpline":
            page.goto(address + path)
        expect(page.locator("[data-command=palette]")).to_be_visible()
        yield page
        context.close()

    return opened


class Keys:
    """Hands on a keyboard: counts every key, a chord as one."""

    def __init__(self, page: Page) -> None:
        self.page, self.count = page, 0

    def type(self, text: str) -> None:
        """Type letters and wait for their answer."""
        self.count += len(text)
        self.page.keyboard.type(text)
        asked = self.page.locator("#q").input_value().strip()
        self.page.wait_for_selector(f'#answer input[name=asked][value="{asked}"]', state="attached")

    def press(self, *keys: str) -> None:
        """Press keys one after the other."""
        for key in keys:
            self.count += 1
            self.page.keyboard.press(key)


def kept(page: Page) -> list[str]:
    return page.locator("#kept .name").all_inner_texts()


def violations(page: Page) -> list[str]:
    """What axe finds wrong, in words."""
    found = Axe().run(page).response["violations"]
    return [f"{item['id']}: {node['html'][:120]}" for item in found for node in item["nodes"]]


class TestThreeCalls:
    def test_one_with_number_keys(self, sit_down):
        """Danger check, words, three numbers; then the text message is there to copy."""
        with sit_down() as page:
            keys = Keys(page)
            keys.press("F2", "Enter")
            keys.type("detox 80132")
            keys.press("Alt+1", "Alt+2", "Alt+3")

            assert (len(kept(page)), keys.count < FEW_KEYS) == (3, True)
            page.wait_for_selector("#tab-handover")
            keys.press("F9")
            assert "[AD] Birch Detox" in page.locator("#give-message").input_value()
            assert page.locator("[data-tab=handover]").evaluate("tab => tab === document.activeElement")

    def test_one_with_arrows_and_a_filter_from_the_palette(self, sit_down):
        """Down into the answer, Enter keeps, the palette switches a filter, and the place of the keyboard is kept."""
        with sit_down() as page:
            keys = Keys(page)
            keys.type("detox 80903")
            keys.press("ArrowDown", "Enter", "ArrowDown", "Enter", "ArrowDown", "Enter")
            assert (len(kept(page)), keys.count < FEW_KEYS) == (3, True)

            page.keyboard.press("Control+k")
            page.keyboard.type("medicaid")
            page.keyboard.press("Enter")
            expect(page.locator("button[value='-pay.medicaid']").first).to_have_attribute("aria-pressed", "true")
            assert page.evaluate("document.activeElement.name") == "ids"

    def test_one_in_spanish_with_enter_and_space(self, sit_down):
        """A page in Spanish: the script and what is handed over too."""
        with sit_down("/helpline?lang=es") as page:
            keys = Keys(page)
            keys.type("detox 80903")
            keys.press("Enter")
            expect(page.locator("#hits input").first).to_be_focused()
            keys.press(" ", "ArrowDown", " ", "ArrowDown", " ")
            assert (len(kept(page)), keys.count < FEW_KEYS) == (3, True)

            page.wait_for_selector("#tab-script")
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
            keys.type("klonopin detox 80903 quuxingham")
            keys.press("Alt+1", "Alt+2", "Alt+3")
            page.locator("[data-asked=cost]").first.check()
            page.wait_for_selector("#tab-compare")
            keys.press("F8", "F4", "F9", "Alt+i")
            page.wait_for_selector(".script[lang=es]", state="attached")
            page.locator("[data-move='1']").first.click()
            page.wait_for_load_state("networkidle")

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
            keys.press("Alt+1")
            page.wait_for_selector(".script")
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
            keys.press("F2", "Enter")
            keys.type("detox 80132")
            keys.press("Alt+1")
            page.wait_for_selector(".script")
            keys.press("Alt+q", "Enter")

            expect(page.locator("#q")).to_have_value("")
            expect(page.locator("#q")).to_be_focused()
            expect(page.locator(".waiting")).to_be_visible()
            assert kept(page) == []
            assert page.locator(".script").count() == 0
            assert "Aspen" not in page.locator("main").inner_text()

    def test_a_session_that_ends_asks_in_place(self, sit_down, desk):
        """The password is asked, the same search is answered, and the list stands as it was."""
        with sit_down() as page:
            keys = Keys(page)
            keys.type("detox 80132")
            keys.press("Alt+1")
            page.wait_for_selector(".script")
            desk.at(datetime.now().astimezone() + timedelta(hours=2))
            page.keyboard.type(" medicaid")

            expect(page.locator("#login-dialog")).to_be_visible()
            page.keyboard.type("wrong password")
            page.keyboard.press("Enter")
            expect(page.locator("#login-dialog .problem")).to_have_text("Login or password is wrong.")
            page.keyboard.type(PASSWORD)
            page.keyboard.press("Enter")

            expect(page.locator("button[value='-pay.medicaid']").first).to_have_attribute("aria-pressed", "true")
            assert kept(page) == ["Aspen Detox"]

    def test_a_lost_connection_keeps_list_lines_and_last_answer(self, sit_down):
        """The danger card opens without a server; when it is back, one button asks again."""
        with sit_down() as page:
            keys = Keys(page)
            keys.type("detox 80132")
            keys.press("Alt+1")
            page.wait_for_selector(".script")
            page.route("**/helpline/search", lambda route: route.abort())
            page.locator("#q").fill("detox 80132 me")

            expect(page.locator("#trouble")).to_be_visible()
            expect(page.locator("#trouble")).to_contain_text("The directory cannot answer now. Your shortlist stays here.")
            expect(page.locator("#trouble")).to_contain_text("What stands below is the last answer.")
            assert kept(page) == ["Aspen Detox"]
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
            page.wait_for_load_state("networkidle")
            assert page.locator(".hit h3").first.inner_text().endswith("Aspen Detox")
            expect(page.locator("#trouble")).to_be_hidden()


class TestShortlist:
    def test_it_is_reordered_by_keyboard_and_the_script_follows(self, sit_down):
        with sit_down() as page:
            keys = Keys(page)
            keys.type("detox 80132")
            keys.press("Alt+1", "Alt+2")
            page.wait_for_selector(".script [data-of]")
            before = kept(page)
            keys.press("Alt+l", "Alt+ArrowDown")

            assert kept(page) == before[::-1]
            assert page.evaluate("document.activeElement.textContent") == before[0]
            expect(page.locator(".script .part-place").first).to_contain_text(before[1])
            assert page.locator("#said").inner_text() == f"{before[0]} is number 2."

    def test_who_answers_stands_before_the_number(self, sit_down):
        with sit_down() as page:
            keys = Keys(page)
            keys.type("719-555-0122")
            keys.press("Alt+1")
            head = page.locator(".kept-head").first.text_content() or ""
            assert head.index("This number reaches Example Agency: a public agency.") < head.index("(719) 555-0122")

    def test_ticks_move_with_their_place(self, sit_down):
        with sit_down() as page:
            keys = Keys(page)
            keys.type("detox 80132")
            keys.press("Alt+1", "Alt+2")
            page.locator(".kept-item").first.locator("[data-asked=wait]").check()
            page.locator("[data-move='1']").first.click()
            assert page.locator(".kept-item").nth(1).locator("[data-asked=wait]").is_checked()

    def test_miles_are_spoken_in_the_language_of_the_script(self, sit_down):
        """Only the page knows them."""
        with sit_down() as page:
            keys = Keys(page)
            keys.type("detox 80132")
            keys.press("Alt+1")
            expect(page.locator(".script [data-miles-of]").first).to_contain_text("miles.")
            keys.press("Alt+i")
            expect(page.locator(".script[lang=es] [data-miles-of]").first).to_contain_text("millas.")

    def test_an_address_opens_it_again(self, sit_down, desk):
        ids = ",".join(desk.directory.id_of(name) for name in ("Elm Outpatient", "Birch Detox"))
        with sit_down(f"/helpline?ids={ids}") as page:
            assert kept(page) == ["Elm Outpatient", "Birch Detox"]
            assert page.locator(".kept-item").nth(1).locator(".kept-name").inner_text().startswith("Paid advertisement:")

    def test_taking_a_place_off_takes_its_tick_out_of_the_answer(self, sit_down):
        with sit_down() as page:
            keys = Keys(page)
            keys.type("detox 80132")
            keys.press("Alt+1")
            page.locator("[data-remove]").first.click()
            assert kept(page) == []
            assert not page.locator("#hits input").first.is_checked()


class TestKeys:
    def test_a_shortcut_is_changed_and_kept(self, sit_down, address):
        """With the account: after a reload the new keys work and the old ones do not."""
        with sit_down() as page:
            page.keyboard.press("Control+k")
            page.keyboard.type("shortcuts")
            page.keyboard.press("Enter")
            page.locator("[data-command=danger].small-button").click()
            page.keyboard.press("Alt+d")
            page.locator("#keys-save").click()
            expect(page.locator("#keys-dialog")).to_be_hidden()
            page.reload()

            page.keyboard.press("F2")
            expect(page.locator("#danger-dialog")).to_be_hidden()
            page.keyboard.press("Alt+d")
            expect(page.locator("#danger-dialog")).to_be_visible()

    def test_a_single_letter_is_refused(self, sit_down):
        with sit_down() as page:
            page.keyboard.press("Control+k")
            page.keyboard.type("shortcuts")
            page.keyboard.press("Enter")
            page.locator("[data-command=danger].small-button").click()
            page.keyboard.press("d")
            expect(page.locator("#keys-problem")).to_contain_text("A shortcut needs")

    def test_switched_off_they_do_nothing(self, sit_down):
        """Everything is still reached by Tab and buttons."""
        with sit_down() as page:
            page.keyboard.press("Control+k")
            page.keyboard.type("shortcuts")
            page.keyboard.press("Enter")
            page.locator("#keys-on").uncheck()
            page.locator("#keys-save").click()
            expect(page.locator("#keys-dialog")).to_be_hidden()
            page.keyboard.press("F2")
            expect(page.locator("#danger-dialog")).to_be_hidden()
            page.locator(".tool.danger").click()
            expect(page.locator("#danger-dialog")).to_be_visible()

    def test_letters_are_letters(self, sit_down):
        """Whatever is typed outside the box runs nothing: there is no shortcut of one character."""
        with sit_down() as page:
            page.locator("#main").focus()
            page.keyboard.type("abcdefghijklmnopqrstuvwxyz0123456789?/.")
            assert page.locator("dialog[open]").count() == 0


class TestAnnouncements:
    def test_count_and_first_name_after_a_rest(self, sit_down):
        """And nothing while typing."""
        with sit_down() as page:
            Keys(page).type("detox 80132")
            assert page.locator("#said").inner_text() == ""
            expect(page.locator("#said")).to_have_text("3 found. First: Aspen Detox.", timeout=REST_MS + 5000)


class TestLooks:
    @pytest.mark.parametrize(("width", "dark"), [(360, False), (1024, True), (1280, False)])
    def test_axe_finds_nothing_in_a_call(self, sit_down, width, dark):
        """With a notice, a paying place, a list and each of its views."""
        with sit_down(width=width, dark=dark) as page:
            keys = Keys(page)
            keys.type("klonopin detox 80903")
            keys.press("Alt+1", "Alt+2")
            page.wait_for_selector("#tab-script")
            for panel in ("F4", "F8", "F9"):
                keys.press(panel)
                assert violations(page) == []

    @pytest.mark.parametrize("key", ["F2", "Control+k", "Alt+q"])
    def test_axe_finds_nothing_in_dialogs(self, sit_down, key):
        with sit_down() as page:
            Keys(page).type("detox 80132")
            page.keyboard.press(key)
            assert violations(page) == []

    def test_axe_finds_nothing_in_practice_or_at_the_start(self, sit_down):
        for path in ("/helpline?lang=es", "/helpline/practice"):
            with sit_down(path) as page:
                assert violations(page) == []

    @pytest.mark.parametrize("width", [320, 360, 768, 1024])
    def test_nothing_scrolls_sideways(self, sit_down, width):
        with sit_down("/helpline?lang=es", width=width) as page:
            keys = Keys(page)
            keys.type("klonopin detox 80903")
            keys.press("Alt+1", "Alt+2", "Alt+3")
            page.wait_for_selector("#tab-script")
            for panel in ("F4", "F8", "F9"):
                keys.press(panel)
                assert page.evaluate("document.documentElement.scrollWidth") <= width

    def test_the_first_places_are_seen_on_an_old_monitor(self, sit_down):
        """1024 by 768, with a notice and filters above them."""
        with sit_down(width=1024, height=768) as page:
            Keys(page).type("klonopin detox 80903")
            assert page.locator(".hit .call-number").first.bounding_box()["y"] < 768

    def test_nothing_moves_while_the_list_is_read_aloud(self, sit_down):
        """Typing on changes the answer, and not the script."""
        with sit_down() as page:
            keys = Keys(page)
            keys.type("detox 80132")
            keys.press("Alt+1")
            page.wait_for_selector(".script [data-of]")
            before = page.locator(".script").bounding_box()
            keys.type(" medicaid")
            page.wait_for_load_state("networkidle")
            assert page.locator(".script").bounding_box() == before


class TestPractice:
    def test_it_counts_keys_and_loads_no_panels(self, sit_down):
        """Nothing of practice is recorded anywhere."""
        asked: list[str] = []
        with sit_down("/helpline/practice") as page:
            page.on("request", lambda request: asked.append(request.url))
            keys = Keys(page)
            keys.type("detox 80132")
            keys.press("Alt+1")
            expect(page.locator("#practice-count")).to_contain_text(f"{keys.count} keys")
            page.locator(".hit summary").first.click()
            page.wait_for_load_state("networkidle")
        assert not [url for url in asked if "/listings/" in url]
