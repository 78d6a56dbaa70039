"""Every notice as a browser paints it: each word, link and button in it can be read, by day and by night."""

from __future__ import annotations

from collections.abc import Iterator

import pages
import pytest
from axe_playwright_python.sync_playwright import Axe
from browsing import page_of, served
from playwright.sync_api import Browser

from directory import create_app
from directory.safety.texts import CARDS

pytestmark = pytest.mark.browser
CONTRAST = ("color-contrast", "color-contrast-enhanced")  # the second looks away below 4.5 to 1, which is the first one's


@pytest.fixture(scope="module")
def copy() -> Iterator[str]:
    """A copy whose every search shows all notices at once."""
    answer = pages.result_page(notices=tuple(pages.notice(name) for name in CARDS))
    with served(create_app(lookup=pages.FakeLookup(answer=answer, follows_language=False))) as address:
        yield address


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_each_can_be_read(chromium: Browser, copy: str, scheme: str):
    """AAA: 7 to 1. The button that leaves was red on green in the one for partner violence."""
    with page_of(chromium, color_scheme=scheme, viewport={"width": 320, "height": 640}) as page:
        page.goto(f"{copy}/search?near=Exampletown")
        assert page.locator(".notice").count() == len(CARDS)
        assert page.locator(".notice .button").count() >= 1

        options = {"runOnly": {"type": "rule", "values": CONTRAST}, "rules": {name: {"enabled": True} for name in CONTRAST}}
        found = Axe().run(page, context=".notices", options=options).response["violations"]
        assert [node["html"][:120] for item in found for node in item["nodes"]] == []


def test_the_way_out_in_a_notice_is_as_large_as_a_finger(chromium: Browser, copy: str):
    with page_of(chromium, viewport={"width": 320, "height": 640}) as page:
        page.goto(f"{copy}/search?near=Exampletown")
        assert page.locator(".notice [data-leave]").first.bounding_box()["height"] >= 44
