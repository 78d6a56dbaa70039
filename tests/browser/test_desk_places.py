"""What the desk knows of places, in a real browser: recorded by keyboard alone, counted at the end, readable on any screen."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Request, expect

sys.path.insert(0, str(Path(__file__).parent.parent / "directory" / "sponsoring"))

import browsing
from paying_places import PASSWORD, PayingPlaces, open_copy

from directory import create_app
from directory.desk.calls import Called, record_call
from directory.desk.intake import add_intake
from directory.desk.openings import make_link, tell_openings
from directory.desk.weekly import WEEK, CountedCall, count_call
from directory.duties import staffing

pytestmark = pytest.mark.browser
Open = Callable[..., AbstractContextManager[Page]]
NUMBER = "+17195550101"


@dataclass(frozen=True)
class Desk:
    """A running desk of which everything is known: its address, a place, and the place's private link."""

    address: str
    places: PayingPlaces
    aspen: str
    token: str


def know_everything(places: PayingPlaces, aspen: str) -> str:
    """Record a call of each kind, facts, openings and a week of counts; return the private link of the place."""
    store, now = places.store, datetime.now().astimezone()
    for kind, by in (("full", "ben"), ("closed", "ben"), ("no_answer", "eva")):
        record_call(store, Called(aspen, NUMBER, kind), by=by, now=now)
    add_intake(store, aspen, "walk_in", "Mon-Fri 8 to 10, first come", "90", by="ben", now=now)
    tell_openings(store, aspen, "4", by="ben", now=now)
    for _ in range(20):
        count_call(store, CountedCall(2, frozenset({"detox"}), frozenset({"paying"}), "El Paso County, CO"), now - WEEK)
    return make_link(store, aspen, by="eda", now=now)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """A desk at which eda works, who is an editor, now."""
    places = open_copy(tmp_path, desk_report=True)
    staffing.add_staff(places.store, "eda", "editor", PASSWORD, by="test", now=datetime.now().astimezone())
    aspen = places.id_of("Aspen House")
    token = know_everything(places, aspen)
    with browsing.served(create_app(places.settings)) as address:
        yield Desk(address, places, aspen, token)
    places.store.close()


@pytest.fixture
def sit_down(chromium: Browser, desk: Desk) -> Open:
    """Log in and open an address of the desk."""

    @contextmanager
    def opened(path: str = "/helpline", *, width: int = 1024, dark: bool = False) -> Iterator[Page]:
        scheme = "dark" if dark else "light"
        with browsing.page_of(chromium, viewport={"width": width, "height": 768}, color_scheme=scheme) as page:
            page.goto(f"{desk.address}/helpline/login")
            page.fill("[name=login]", "eda")
            page.fill("[name=password]", PASSWORD)
            page.keyboard.press("Enter")
            page.wait_for_url("**/helpline")
            page.goto(desk.address + path)
            yield page

    return opened


def open_first_place(page: Page) -> None:
    """Search, and open the panel of the first place with the keyboard."""
    page.fill("#q", "outpatient 80132")
    more = page.locator("#hits .hit-more > summary").first
    more.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#hits .known").first).to_be_visible()


class TestRecordingByKeyboard:
    def test_a_call_is_recorded_and_taken_back(self, sit_down):
        """Choose, confirm, undo: the keyboard is always where the next step is."""
        with sit_down() as page:
            open_first_place(page)
            panel = page.locator("#hits .known").first
            panel.get_by_text("Record a call").focus()
            page.keyboard.press("Enter")
            for key in ("Tab", "Space", "ArrowDown", "Enter"):
                page.keyboard.press(key)
            expect(panel.get_by_role("button", name="Record it")).to_be_focused()
            page.keyboard.press("Enter")
            expect(panel.get_by_role("status")).to_be_focused()
            page.keyboard.press("Tab")
            expect(panel.get_by_role("button", name="Undo (within 60 seconds)").first).to_be_focused()
            page.keyboard.press("Enter")
            expect(panel.get_by_role("status")).to_have_text("Taken back.")

    def test_one_enter_too_many_undoes_nothing(self, sit_down):
        with sit_down() as page:
            open_first_place(page)
            panel = page.locator("#hits .known").first
            panel.get_by_text("Record a call").focus()
            for key in ("Enter", "Tab", "Space", "Enter"):
                page.keyboard.press(key)
            expect(panel.get_by_role("button", name="Record it")).to_be_focused()
            page.keyboard.press("Enter")
            expect(panel.get_by_role("status")).to_be_focused()
            asked: list[str] = []
            page.on("request", lambda request: asked.append(request.url))
            page.keyboard.press("Enter")
            browsing.hear_everything_asked(page)
            assert [url for url in asked if url.endswith("/calls/undo")] == []
            expect(panel.get_by_role("button", name="Undo (within 60 seconds)")).to_be_visible()


class TestWithoutAnAnswer:
    @pytest.mark.parametrize(
        "answer",
        [
            lambda route: route.abort(),
            lambda route: route.fulfill(status=503, content_type="text/html", body="<!doctype html><title>Not now</title>"),
        ],
        ids=["no connection", "a page for errors"],
    )
    def test_what_could_not_be_kept_is_said_and_stays_in_its_form(self, sit_down, answer):
        """Nobody believes that a place's openings were told when they were not."""
        with sit_down() as page:
            open_first_place(page)
            panel = page.locator("#hits .known").first
            page.route("**/openings", answer)
            panel.locator("[name=places]").fill("7")
            panel.get_by_role("button", name="Tell the desk").click()
            expect(panel.get_by_role("alert")).to_contain_text("Not kept: no answer.")
            expect(panel.locator("[name=places]")).to_have_value("7")
            page.unroute("**/openings")
            panel.get_by_role("button", name="Tell the desk").click()
            expect(panel.get_by_text("7 places, told by eda")).to_be_visible()


class TestCountingAtTheEnd:
    def _end(self, page: Page, *, count: bool) -> list[Request]:
        sent: list[Request] = []
        page.on("request", lambda request: sent.append(request) if request.url.endswith("/helpline/count") else None)
        page.fill("#q", "zzqxy outpatient 80132")
        page.locator("[data-command=end]").click()
        page.locator("#end-dialog summary").click()
        if count:
            page.locator("#end-dialog [name=count]").check()
        page.locator("#end-dialog [name=need_outpatient]").select_option("met")
        page.locator("#end-dialog [value=end]").click()
        expect(page.locator("#end-dialog")).to_be_hidden()
        browsing.hear_everything_asked(page)
        return sent

    def test_what_was_ticked_is_sent_and_no_word_of_the_call(self, sit_down):
        with sit_down() as page:
            sent = self._end(page, count=True)
            body = sent[0].post_data or ""
        assert 'name="need_outpatient"\r\n\r\nmet' in body
        assert "zzqxy" not in body

    def test_nothing_is_sent_unless_somebody_ticks_it(self, sit_down):
        with sit_down() as page:
            assert self._end(page, count=False) == []


PAGES = (
    "/helpline/listings/{id}",
    "/helpline/openings",
    "/helpline/count",
    "/helpline/report?by=county",
    "/admin/calls",
    "/admin/openings",
    "/openings/{token}",
)


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize(("width", "dark"), [(360, True), (1024, False)])
def test_axe_finds_nothing_and_nothing_scrolls_sideways(desk, sit_down, path, width, dark):
    with sit_down(path.format(id=desk.aspen, token=desk.token), width=width, dark=dark) as page:
        for summary in page.locator("main details > summary").all():
            summary.click()
        found = Axe().run(page)
        assert found.violations_count == 0, found.generate_report()
        assert page.evaluate("document.documentElement.scrollWidth") <= width
