"""The pages of states, towns, kinds of care and coverage in a real browser, over a small real directory."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

sys.path.insert(0, str(Path(__file__).parents[1] / "directory" / "core"))

import browsing
from small_directory import SPRINGS, directory_over, fill, place, publisher_of, settings_of

from directory import create_app
from directory.store import open_store
from index.engine.whoosh_engine import WhooshEngine

pytestmark = pytest.mark.browser
RECORDS = tuple(place(f"Aspen House {number}", SPRINGS, "care.detox", number=number) for number in range(101, 107))
PATHS = ("/coverage", "/state/CO", "/state/CO/care/detox", "/state/CO/town/colorado-springs", "/care/detox")


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A running copy with six places in one town."""
    home = tmp_path_factory.mktemp("found")
    store = open_store(settings_of(home))
    fill(store, home, RECORDS)
    publisher_of(store, home).publish()
    lookup = directory_over(WhooshEngine(home / "index"), store, home).lookup
    with browsing.served(create_app(lookup=lookup)) as address:
        yield address
    store.close()


@pytest.fixture(scope="module", params=[(320, "dark"), (1280, "light")], ids=["320 dark", "1280 light"])
def page(request: pytest.FixtureRequest, chromium: Browser, copy: str) -> Iterator[Page]:
    """A phone in the dark, and a desk by day."""
    width, scheme = request.param
    with browsing.page_of(chromium, viewport={"width": width, "height": 900}, color_scheme=scheme, base_url=copy) as opened:
        yield opened


@pytest.mark.parametrize("path", PATHS)
def test_axe_finds_nothing_and_nothing_is_wider_than_the_page(page, path):
    """Tables scroll inside themselves."""
    page.goto(path)
    assert [found["id"] for found in Axe().run(page).response["violations"]] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]


def test_from_the_country_to_a_place_by_links_alone(page):
    """Coverage, state, kind of care, listing: each one click from the last."""
    page.goto("/coverage")
    page.get_by_role("link", name="Colorado", exact=True).click()
    expect(page).to_have_url(re.compile("/state/CO$"))  # other pages have the link that comes next, too
    page.get_by_role("link", name="Detox (withdrawal care)").click()
    expect(page).to_have_url(re.compile("/state/CO/care/detox$"))
    page.get_by_role("link", name="Aspen House 101").first.click()
    page.get_by_role("heading", name="How do I reach them?").wait_for()
