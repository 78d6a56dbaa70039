"""The map of a results page as a browser draws it: read out as one image, skipped by one key, nothing over anything."""

from __future__ import annotations

import itertools
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

sys.path.insert(0, str(Path(__file__).parents[1] / "directory" / "site"))

import browsing
import pages
from pages import EXAMPLETOWN, FakeLookup, Shop

from directory import create_app
from index.listing import Precision

pytestmark = pytest.mark.browser
PATH = "/search?near=Exampletown"
OVERLAPS = """() => {
  const boxes = [...document.querySelectorAll('.map .pin rect, .map svg > text')].map(e => e.getBoundingClientRect());
  const meet = (a, b) => a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 2 && b.top < a.bottom - 2;
  return boxes.flatMap((a, i) => boxes.slice(i + 1).filter(b => meet(a, b))).length;
}"""


def crowded():
    """Fifteen places in a few blocks, five of them known by their ZIP code alone."""
    for position, (north, east) in enumerate(itertools.product(range(5), range(3)), 1):
        precision = Precision.ZIP if position % 3 == 0 else Precision.STREET
        place = pages.listing(number=position, lat=39.7 + north / 200, lon=-105.0 + east / 150, precision=precision)
        yield replace(Shop().row(place, position), distance_miles=position / 4, precision=precision)


@pytest.fixture(scope="module")
def copy() -> Iterator[str]:
    """A copy whose every search finds the same crowded places near Exampletown."""
    answer = pages.result_page(tuple(crowded()), place=EXAMPLETOWN, radius_miles=25.0)
    app = create_app(lookup=FakeLookup(answer=answer, follows_language=False))
    with browsing.served(app) as address:
        yield address


@pytest.fixture(scope="module", params=[(320, "dark"), (1280, "light")], ids=["320 dark", "1280 light"])
def page(request: pytest.FixtureRequest, chromium: Browser, copy: str) -> Iterator[Page]:
    """The page on a phone in the dark, and on a desk by day."""
    width, scheme = request.param
    with browsing.page_of(chromium, viewport={"width": width, "height": 900}, color_scheme=scheme) as opened:
        opened.goto(copy + PATH)
        yield opened


def test_it_is_one_image_with_a_name(page):
    """And nothing inside it is read out number by number."""
    picture = page.get_by_role("img", name="Map of the places in this list around Exampletown, CO")
    assert picture.is_visible()
    assert "Within 2 miles: 1–8." in picture.locator("desc").text_content()


def test_each_card_shows_the_number_that_the_map_shows(page):
    """Seen beside its miles: the list starts at the number of its page."""
    shown = page.evaluate(
        "[...document.querySelectorAll('.list > ol > li .miles')].map(e => getComputedStyle(e, '::before').content)"
    )
    assert set(shown) == {"counter(list-item)"}
    assert len(shown) == 15


def test_no_label_covers_another(page):
    """As the browser's own font draws them."""
    assert page.evaluate(OVERLAPS) == 0


def test_it_stays_inside_the_page(page):
    """No reader has to scroll to the side."""
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]


def test_one_link_skips_it(page):
    """Unseen until it has the focus; then the focus is behind the map."""
    link = page.get_by_role("link", name="Skip the map")
    link.focus()
    assert link.bounding_box()["width"] > 40
    link.press("Enter")
    page.wait_for_function("document.activeElement.id === 'after-map'")


def test_axe_finds_nothing(page):
    assert [found["id"] for found in Axe().run(page, context=".map").response["violations"]] == []


def test_it_is_drawn_in_the_colours_that_a_reader_forces(chromium, copy):
    """Pins are told from the ground without any color of ours."""
    with browsing.page_of(chromium, forced_colors="active") as opened:
        opened.goto(copy + PATH)
        pin, land = (
            opened.locator(name).first.evaluate("e => getComputedStyle(e).fill")
            for name in (".map .pin:not(.open) rect", ".map .land")
        )
    assert pin != land
