"""The advertisement block, the reader's list, the pages on money and the staff pages in a real browser, at three widths."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import datetime
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page
from werkzeug.serving import WSGIRequestHandler, make_server

sys.path.insert(0, str(Path(__file__).parent.parent / "directory" / "sponsoring"))

from paying_places import PASSWORD, PayingPlaces, open_copy, worker

from directory.staffing import add_staff

pytestmark = pytest.mark.browser
Open = Callable[..., AbstractContextManager[Page]]
RESULTS = "/search?near=80132&offers=care.outpatient"
WIDTHS = (320, 768, 1280)
LABEL = "Paid advertisement"
PUBLIC = ("/paid-listings", "/how-results-are-ordered", "/where-do-calls-go", "/health-data", "/for-providers", "/state/CO")


class _Quiet(WSGIRequestHandler):
    def log_request(self, *_args: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def places(tmp_path_factory: pytest.TempPathFactory) -> PayingPlaces:
    """A copy with advertisements on, where Aspen House and Cedar House pay."""
    opened = open_copy(tmp_path_factory.mktemp("money"))
    for name in ("Aspen House", "Cedar House"):
        opened.sponsor(name)
    add_staff(opened.store, "admin", "admin", PASSWORD, by="test", now=datetime.now().astimezone())
    return opened


@pytest.fixture(scope="module")
def site(places: PayingPlaces) -> Iterator[str]:
    """The address of that copy."""
    server = make_server("127.0.0.1", 0, worker(places.settings), threaded=True, request_handler=_Quiet)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def look(chromium: Browser, site: str) -> Open:
    """Open a page of that copy: `with look("/list", width=320, script=False) as page`."""

    @contextmanager
    def opened(path: str, *, width: int = 1280, script: bool = True, css: bool = True) -> Iterator[Page]:
        context = chromium.new_context(viewport={"width": width, "height": 900}, java_script_enabled=script, locale="en-US")
        page = context.new_page()
        if not css:
            page.route("**/*.css", lambda route: route.abort())
        page.goto(site + path)
        yield page
        context.close()

    return opened


def wrong(page: Page) -> list[str]:
    """What axe finds wrong, and whether the page scrolls sideways."""
    found = Axe().run(page).response["violations"]
    words = [f"{item['id']}: {node['html'][:120]}" for item in found for node in item["nodes"]]
    return words + ["scrolls sideways"] * page.evaluate("document.documentElement.scrollWidth > innerWidth")


class TestBlock:
    @pytest.mark.parametrize("width", WIDTHS)
    def test_the_label_is_seen_first_in_each_card(self, look, width):
        """First text, left edge, at least body size, with a border round the card: disclosure rows 3 and 4."""
        with look(RESULTS, width=width, script=False) as page:
            cards = page.locator("section[aria-labelledby=advertisements] .card")
            assert cards.count() == 2
            for card in cards.all():
                label = card.locator(".paid-label")
                assert card.inner_text().startswith(LABEL)
                assert label.is_visible()
                assert label.bounding_box()["x"] <= card.locator("h3 a").bounding_box()["x"]
                assert card.evaluate("card => parseFloat(getComputedStyle(card).borderTopWidth)") >= 1

    def test_without_styles_it_stands_there_too(self, look):
        with look(RESULTS, css=False) as page:
            assert page.locator("section[aria-labelledby=advertisements] .card").first.inner_text().startswith(LABEL)

    def test_it_comes_after_every_result(self, look):
        """In reading order, so also for a screen reader."""
        with look(RESULTS) as page:
            block = page.locator("#advertisements").bounding_box()["y"]
            assert block > max(card.bounding_box()["y"] for card in page.locator("ol.cards .card").all())

    def test_the_heading_is_announced_with_its_label(self, look):
        """The accessible name begins with it: disclosure row 5."""
        with look(RESULTS) as page:
            headings = page.get_by_role("heading", level=3).filter(has_text="Aspen House")
            assert headings.first.inner_text().startswith(LABEL)


class TestList:
    def test_it_is_made_by_ticking_without_script(self, look, places):
        """Boxes and one button; the address is the list."""
        with look(RESULTS, script=False) as page:
            for box in page.locator("ol.cards input[name=ids]").all()[:2]:
                box.check()
            page.get_by_role("button", name="Compare, print or send what you ticked").click()
            assert page.url.count("ids=") == 2
            assert page.locator("table.comparing tbody tr").count() == 2

    @pytest.mark.parametrize("width", WIDTHS)
    def test_nothing_is_wrong_with_it(self, look, places, width):
        with look(f"/list?ids={places.id_of('Aspen House')},{places.id_of('Birch House')}", width=width) as page:
            assert wrong(page) == []
            assert page.locator("tr.paid th").inner_text().startswith(LABEL)


class TestPages:
    @pytest.mark.parametrize("path", PUBLIC)
    def test_nothing_is_wrong_on_a_small_screen(self, look, path):
        with look(path, width=320) as page:
            assert wrong(page) == []

    def test_the_report_form_is_sound(self, look, places):
        with look(f"/listing/{places.id_of('Aspen House')}/report", width=320) as page:
            assert wrong(page) == []

    @pytest.mark.parametrize("width", [320, 1280])
    def test_staff_pages_are_sound(self, look, places, width):
        """Login, then each page of an admin."""
        with look("/admin/login", width=width) as page:
            assert wrong(page) == []
            page.fill("#login", "admin")
            page.fill("#password", PASSWORD)
            page.click("main button")
            for path in ("", "cases", "sponsorships", "staff", "audit", "password", f"listings/{places.id_of('Aspen House')}"):
                page.goto(f"{page.url.partition('/admin')[0]}/admin/{path}")
                assert wrong(page) == [], path
