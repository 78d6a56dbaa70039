"""A desk in a real browser, with its own store for each test; Birch Detox pays, ana is at work."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

sys.path.insert(0, str(Path(__file__).parents[2] / "directory" / "helpline"))
sys.path.insert(0, str(Path(__file__).parent))

import browsing
from at_the_desk import Open
from desk_copy import PASSWORD, Desk, open_desk

from directory.duties import staffing
from directory.web import current


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """A desk at which ana works now; Birch Detox pays."""
    opened = open_desk(tmp_path)
    opened.app.config[current.CLOCK] = current.system_clock
    opened.directory.sponsor("Birch Detox")
    staffing.add_staff(opened.directory.store, "ana", "helpline", PASSWORD, by="test", now=datetime.now().astimezone())
    yield opened
    opened.directory.store.close()


@pytest.fixture
def address(desk: Desk) -> Iterator[str]:
    """The address of that desk."""
    with browsing.served(desk.app) as served:
        yield served


@pytest.fixture
def sit_down(chromium: Browser, address: str) -> Open:
    """Log in and open the desk: `with sit_down(width=360, dark=True) as page`."""

    @contextmanager
    def opened(path: str = "/helpline", *, width: int = 1280, height: int = 900, dark: bool = False) -> Iterator[Page]:
        scheme = "dark" if dark else "light"
        with browsing.page_of(chromium, viewport={"width": width, "height": height}, color_scheme=scheme) as page:
            page.goto(f"{address}/helpline/login")
            page.fill("[name=login]", "ana")
            page.fill("[name=password]", PASSWORD)
            page.keyboard.press("Enter")
            page.wait_for_url("**/helpline")
            if path != "/helpline":
                page.goto(address + path)
            expect(page.locator("[data-command=palette]")).to_be_visible()
            expect(page.locator("#q")).to_be_focused()  # what is typed from here on stands in the box
            yield page

    return opened
