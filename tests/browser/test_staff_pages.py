"""The staff pages in a real browser: an editor's own telephone shows them whole."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

sys.path.insert(0, str(Path(__file__).parent.parent / "directory" / "sponsoring"))

import browsing
from paying_places import PASSWORD, open_copy

from directory import create_app
from directory.duties import staffing

pytestmark = pytest.mark.browser
SECTIONS = ("", "cases", "listings", "numbers", "sponsorships", "calls", "duplicates", "sources", "staff", "audit", "password")


@pytest.fixture
def page(chromium: Browser, tmp_path: Path) -> Iterator[Page]:
    """A screen of 320 px on which an administrator has logged in."""
    places = open_copy(tmp_path)
    places.sponsor("Aspen House")
    staffing.add_staff(places.store, "ada", "admin", PASSWORD, by="test", now=datetime.now().astimezone())
    size = {"width": 320, "height": 640}
    with (
        browsing.served(create_app(places.settings)) as address,
        browsing.page_of(chromium, viewport=size, base_url=address) as opened,
    ):
        opened.goto("/admin/login")
        opened.fill("[name=login]", "ada")
        opened.fill("[name=password]", PASSWORD)
        opened.keyboard.press("Enter")
        opened.wait_for_url("**/admin/")
        opened.goto(f"/admin/listings/{places.id_of('Aspen House')}")
        yield opened
    places.store.close()


class TestSmallScreens:
    def test_nothing_scrolls_sideways_and_axe_finds_nothing(self, page: Page) -> None:
        """On every section, and on the page of a listing."""
        listing = page.url
        for address in (listing, *(f"/admin/{section}" for section in SECTIONS)):
            answer = page.goto(address)
            assert answer is not None
            assert answer.status == 200, address
            assert page.evaluate("document.documentElement.scrollWidth") <= 320, address
            assert [found["id"] for found in Axe().run(page).response["violations"]] == [], address
