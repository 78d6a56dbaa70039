"""Streets on a map in a real browser: not one request to their server before they are asked for, and nothing told but squares."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

import pages
import pytest
from axe_playwright_python.sync_playwright import Axe
from browsing import served
from pages import EXAMPLETOWN, FakeLookup, Shop
from playwright.sync_api import Browser, Page, Request, Route, expect

from directory import create_app
from directory.tile_settings import TileServer

pytestmark = pytest.mark.browser
TILES = TileServer("https://tiles.example.org/{z}/{x}/{y}.svg", "https://tiles.example.org", "tiles.example.org", "© Example")
PATH = "/search?near=Exampletown"
PICTURE = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="256" height="256"><rect width="256" height="256" fill="#e8e4da"/>'
    '<path d="M0 60h256M0 190h256M80 0v256M200 0v256" stroke="#fff" stroke-width="8"/></svg>'
)


@pytest.fixture(scope="module")
def copy() -> Iterator[str]:
    """A copy whose operator named a tile server."""
    answer = pages.result_page((Shop().row(pages.listing(), 1),), place=EXAMPLETOWN, radius_miles=25.0)
    lookup = FakeLookup(answer=answer, settings=replace(pages.settings(), tiles=TILES), follows_language=False)
    with served(create_app(lookup=lookup)) as address:
        yield address


@dataclass
class Visit:
    """A page, what it asked the tile server for, and which requests were refused or broke."""

    page: Page
    asked: list[Request] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)

    def answer(self, route: Route) -> None:
        """Send a picture, as the tile server would."""
        self.asked.append(route.request)
        route.fulfill(body=PICTURE, content_type="image/svg+xml")


@pytest.fixture(params=[True, False], ids=["with script", "without script"])
def visit(request: pytest.FixtureRequest, chromium: Browser, copy: str) -> Iterator[Visit]:
    """A phone on the results page; the tile server is played by this test."""
    context = chromium.new_context(viewport={"width": 320, "height": 700}, java_script_enabled=request.param)
    opened = Visit(context.new_page())
    opened.page.on("console", lambda message: opened.refused.append(message.text) if message.type == "error" else None)
    opened.page.route("https://tiles.example.org/**", opened.answer)
    opened.page.goto(copy + PATH)
    yield opened
    context.close()


def test_nothing_is_fetched_until_the_link_is_pressed(visit):
    """Then the pictures are, under the same pins, and the page still fits a phone."""
    assert visit.asked == []
    visit.page.get_by_role("link", name="Show streets").click()
    expect(visit.page.get_by_role("link", name="Hide streets")).to_be_visible()
    visit.page.wait_for_load_state("load")

    assert len(visit.asked) == visit.page.locator(".map image").count() > 0
    assert visit.refused == []
    assert visit.page.locator(".map .pin").first.is_visible()
    assert visit.page.evaluate("document.documentElement.scrollWidth") <= 320


def test_the_server_learns_squares_and_not_where_the_reader_came_from(visit):
    """No referrer, no cookie, no words."""
    visit.page.get_by_role("link", name="Show streets").click()
    expect(visit.page.get_by_role("link", name="Hide streets")).to_be_visible()
    visit.page.wait_for_load_state("load")

    assert visit.asked
    for request in visit.asked:
        assert re.fullmatch(r"https://tiles\.example\.org/\d+/\d+/\d+\.svg", request.url)
        assert {"referer", "cookie", "origin"}.isdisjoint(request.headers)


@pytest.mark.parametrize("visit", [True], ids=["with script"], indirect=True)
def test_axe_finds_nothing_with_streets(visit):
    visit.page.get_by_role("link", name="Show streets").click()
    expect(visit.page.get_by_role("link", name="Hide streets")).to_be_visible()
    assert [found["id"] for found in Axe().run(visit.page, context=".map").response["violations"]] == []
