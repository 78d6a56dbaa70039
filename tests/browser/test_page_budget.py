"""The page of results at its fullest fits a bad line: twenty places, a notice, filters, the map, styles, scripts and the icon."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pages
import pytest
from browsing import page_of, served
from pages import EXAMPLETOWN, FakeLookup, Shop
from playwright.sync_api import Browser, Response

from directory import create_app

pytestmark = pytest.mark.browser

PATH = "/search?near=Exampletown"
MOST_BYTES, MOST_REQUESTS = 60_000, 6  # compressed, with everything


def full_page() -> Iterator[pages.Row]:
    """Twenty places apart from each other, each with a name of its own."""
    for position in range(1, 21):
        place = pages.listing(f"{position} Quiet Harbor House of Exampletown", position, lat=39.5 + position / 50, lon=-105.0)
        yield replace(Shop().row(place, position), distance_miles=position * 1.2)


@pytest.fixture(scope="module")
def copy() -> Iterator[str]:
    """A copy whose every search finds twenty places, with a notice and a map."""
    answer = pages.result_page(tuple(full_page()), total=4000, notices=(pages.notice(),), place=EXAMPLETOWN, radius_miles=25.0)
    with served(create_app(lookup=FakeLookup(answer=answer, follows_language=False))) as address:
        yield address


def test_everything_of_a_full_page_stays_inside_the_budget(chromium: Browser, copy: str):
    """From this site alone, and nothing of it is asked for twice."""
    with page_of(chromium) as page:
        answers: list[Response] = []
        page.on("response", lambda answer: answers.append(answer))
        page.goto(copy + PATH, wait_until="networkidle")
        sizes = {answer.url: answer.request.sizes()["responseBodySize"] for answer in answers}

        assert page.locator(".map .pin").count() > 10
        assert page.locator(".card").count() >= 20
    assert len(answers) == len(sizes) <= MOST_REQUESTS
    assert sum(sizes.values()) <= MOST_BYTES
    assert all(url.startswith(copy) for url in sizes)
