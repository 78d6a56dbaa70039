"""The advertisement block, the reader's list, the pages on money and the staff pages in a real browser, at three widths."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import datetime
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

sys.path.insert(0, str(Path(__file__).parent.parent / "directory" / "sponsoring"))

import browsing
from paying_places import PASSWORD, PayingPlaces, open_copy, worker

from directory.duties.staffing import add_staff

pytestmark = pytest.mark.browser
Open = Callable[..., AbstractContextManager[Page]]
RESULTS = "/search?near=80132&offers=care.outpatient"
WIDTHS = (320, 768, 1280)
LABEL = "Paid advertisement"
PUBLIC = ("/paid-listings", "/how-results-are-ordered", "/where-do-calls-go", "/health-data", "/for-providers", "/state/CO")


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
    with browsing.served(worker(places.settings)) as address:
        yield address


@pytest.fixture
def look(chromium: Browser, site: str) -> Open:
    """Open a page of that copy: `with look("/list", width=320, script=False) as page`."""

    @contextmanager
    def opened(path: str, *, width: int = 1280, script: bool = True, off: str = "", scheme: str = "light") -> Iterator[Page]:
        size = {"width": width, "height": 900}
        with browsing.page_of(chromium, viewport=size, java_script_enabled=script, color_scheme=scheme) as page:
            if off:
                page.route("**/*", lambda route: route.abort() if route.request.resource_type in off else route.continue_())
            page.goto(site + path)
            yield page

    return opened


def wrong(page: Page) -> list[str]:
    """What axe finds wrong, and whether the page scrolls sideways."""
    found = Axe().run(page).response["violations"]
    words = [f"{item['id']}: {node['html'][:120]}" for item in found for node in item["nodes"]]
    return words + ["scrolls sideways"] * page.evaluate("document.documentElement.scrollWidth > innerWidth")


# WCAG 2.2's relative luminance and contrast of what is really painted, of the label, the body text and the card's border.
MEASURE = """card => {
  const numbers = text => text.match(/[\\d.]+/g).map(Number);
  const channel = value => (value /= 255) <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  const luminance = ([r, g, b]) => 0.2126 * channel(r) + 0.7152 * channel(g) + 0.0722 * channel(b);
  const behind = element => {
    for (; element; element = element.parentElement) {
      const found = numbers(getComputedStyle(element).backgroundColor);
      if (found.length < 4 || found[3] > 0) return found;
    }
    return [255, 255, 255];
  };
  const contrast = (one, other) => {
    const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b);
    return (light + 0.05) / (dark + 0.05);
  };
  const label = card.querySelector(".paid-label"), style = getComputedStyle(label), border = getComputedStyle(card);
  return {
    size: parseFloat(style.fontSize), body: parseFloat(getComputedStyle(document.body).fontSize),
    text: contrast(numbers(style.color), behind(label)), width: parseFloat(border.borderTopWidth),
    border: contrast(numbers(border.borderTopColor), behind(card.parentElement)),
  };
}"""


def paid_cards(page: Page):
    """The cards of paying places: two in the block, and their rows among the results."""
    cards = page.locator(".card").filter(has=page.locator(".paid-label"))
    assert cards.count() == 4
    return cards.all()


class TestLabel:
    @pytest.mark.parametrize("scheme", ["light", "dark"])
    @pytest.mark.parametrize("width", WIDTHS)
    def test_it_is_large_and_plain_and_the_card_has_a_border(self, look, width, scheme):
        """Disclosure row 3: at least body size, contrast 4.5:1, the card's border 3:1, at the left edge before the name."""
        with look(RESULTS, width=width, scheme=scheme) as page:
            for card in paid_cards(page):
                seen = card.evaluate(MEASURE)
                assert seen["size"] >= seen["body"]
                assert (seen["text"] >= 4.5, seen["border"] >= 3, seen["width"] >= 1) == (True, True, True), seen
                assert card.locator(".paid-label").bounding_box()["x"] <= card.locator("h3 a").bounding_box()["x"]

    @pytest.mark.parametrize("off", ["stylesheet", "script", "image", "stylesheet script image"])
    @pytest.mark.parametrize("width", WIDTHS)
    def test_it_is_seen_first_without_a_click_whatever_is_off(self, look, width, off):
        """Disclosure row 4: no styles, no script, no images, or none of them."""
        with look(RESULTS, width=width, off=off, script="script" not in off) as page:
            for card in paid_cards(page):
                assert card.inner_text().startswith(LABEL)
                assert card.locator(".paid-label").is_visible()

    @pytest.mark.parametrize("width", WIDTHS)
    def test_nothing_inside_the_card_must_be_scrolled(self, look, width):
        with look(RESULTS, width=width) as page:
            for card in paid_cards(page):
                assert card.evaluate(
                    "card => card.scrollHeight <= card.clientHeight + 1 && card.scrollWidth <= card.clientWidth + 1"
                )

    def test_the_heading_is_announced_with_its_label(self, look):
        """Disclosure row 5: the accessible name of the result's heading starts with the label."""
        with look(RESULTS) as page:
            names = [card.get_by_role("heading", level=3).aria_snapshot() for card in paid_cards(page)]
            assert all(name.lstrip("- '").startswith(f'heading "{LABEL} : ') for name in names), names


class TestBlock:
    def test_it_comes_after_every_result(self, look):
        """In reading order, so also for a screen reader."""
        with look(RESULTS) as page:
            block = page.locator("#advertisements").bounding_box()["y"]
            assert block > max(card.bounding_box()["y"] for card in page.locator("ol.cards .card").all())


class TestList:
    def test_it_is_made_by_ticking_without_script(self, look, places):
        """Boxes and one button; the address is the list."""
        with look(RESULTS, script=False) as page:
            for box in page.locator("ol.cards input[name=ids]").all()[:2]:
                box.check()
            page.get_by_role("button", name="Compare, print or send what you ticked").click()
            expect(page).to_have_url(re.compile("ids=.*ids="))
            expect(page.locator("table.comparing tbody tr")).to_have_count(2)

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
        listing = f"listings/{places.id_of('Aspen House')}"
        with look("/admin/login", width=width) as page:
            assert wrong(page) == []
            page.fill("#login", "admin")
            page.fill("#password", PASSWORD)
            page.click("main button")
            page.wait_for_url("**/admin/")
            for path in ("", "cases", "sponsorships", "numbers", "staff", "audit", "password", "listings?q=house", listing):
                page.goto(f"{page.url.partition('/admin')[0]}/admin/{path}")
                assert "/login" not in page.url
                assert wrong(page) == [], path
