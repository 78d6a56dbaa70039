"""Pages as wide as the phones that people have, 360 to 430 px: nothing wider than the screen, nothing squeezed into a strip."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

sys.path.insert(0, str(Path(__file__).parent.parent / "directory" / "sponsoring"))

import browsing
import pages
from pages import FakeLookup, Shop
from paying_places import open_copy, worker

from directory import create_app
from index.listing import Phone

pytestmark = pytest.mark.browser
Open = Callable[..., AbstractContextManager[Page]]
WIDTHS = (320, 360, 390, 412, 430)
LONG_NUMBER = Phone(number="+13035550142", extension="17500")
TOLERANCE_PX = 1.0  # of rounding


@pytest.fixture
def open_page(chromium: Browser) -> Open:
    """Open an address at a width: `with open_page(readers_list, 390) as page`."""

    @contextmanager
    def opened(address: str, width: int) -> Iterator[Page]:
        with browsing.page_of(chromium, viewport={"width": width, "height": 800}) as page:
            page.goto(address)
            yield page

    return opened


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    """A Spanish copy whose only place has a number with an extension, on the page of results and on its own."""
    place = pages.listing(phones=(LONG_NUMBER,))
    answer = pages.result_page((Shop().row(place, 1, "es"),), total=1, lang="es")
    lookup = FakeLookup(answer=answer, listings={"place-42": pages.listing_page(place, lang="es")}, follows_language=False)
    with browsing.served(create_app(lookup=lookup)) as address:
        yield address


@pytest.fixture(scope="module")
def readers_list(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a list of two places, one of them paying."""
    places = open_copy(tmp_path_factory.mktemp("phones"))
    places.sponsor("Aspen House")
    ids = ",".join(map(places.id_of, ("Aspen House", "Birch House")))
    with browsing.served(worker(places.settings)) as address:
        yield f"{address}/list?ids={ids}"
    places.store.close()


class TestLongNumbers:
    """A number with an extension, on a button whose words are longer in Spanish."""

    @pytest.mark.parametrize("path", ["/search?near=Exampletown&lang=es", "/listing/place-42?lang=es"])
    @pytest.mark.parametrize("width", WIDTHS)
    def test_nothing_scrolls_sideways(self, open_page, site, path, width):
        """At 390 px the button once was 422 px wide; at 320 px it was not."""
        with open_page(f"{site}{path}", width) as page:
            assert page.locator(".call").first.inner_text().startswith("Llamar al")
            assert page.evaluate("document.documentElement.scrollWidth") <= width

    @pytest.mark.parametrize("width", WIDTHS)
    def test_the_number_is_never_broken(self, open_page, site, width):
        """Where the button has two lines, the digits stand on one."""
        with open_page(f"{site}/search?near=Exampletown&lang=es", width) as page:
            lines = page.locator(".call .digits").first.evaluate("digits => digits.getClientRects().length")
            button = page.locator(".call").first.evaluate("e => e.scrollWidth <= e.clientWidth")
            assert (lines, button) == (1, True)


class TestReadersList:
    """The list that a person prints and sends."""

    @pytest.mark.parametrize("width", [*WIDTHS, 768, 900])
    def test_every_fact_is_as_wide_as_its_place(self, open_page, readers_list, width):
        """Where each place is a block: "Where" once stood in a strip 37 px wide, a letter or two a line."""
        with open_page(readers_list, width) as page:
            narrower = page.locator(".comparing tbody tr").evaluate_all(
                "rows => rows.flatMap(row => { const style = getComputedStyle(row);"
                " const room = row.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight);"
                " return [...row.children].map(cell => room - cell.getBoundingClientRect().width); })"
            )
            assert len(narrower) == 12
            assert max(narrower) <= TOLERANCE_PX

    def test_six_columns_share_a_wide_screen(self, open_page, readers_list):
        """There each fact is a column, wide enough for a street."""
        with open_page(readers_list, 1280) as page:
            widths = page.locator(".comparing tbody tr").first.evaluate(
                "row => [...row.children].map(cell => cell.getBoundingClientRect().width)"
            )
            assert len(widths) == 6
            assert min(widths) >= 100
