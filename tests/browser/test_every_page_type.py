"""Every other kind of page that a reader can reach: nothing that axe finds, the highest contrast, nothing wider than a phone.

Home, results, listings, guides, questions, places by state and the map have tests of their own beside this one.
"""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe

pytestmark = pytest.mark.browser

PATHS = (
    *("/health-data", "/how-results-are-ordered", "/where-do-calls-go", "/paid-listings", "/for-providers", "/widget"),
    *("/list?ids=place-42", "/listing/place-42/report", "/listing/nobody", "/nowhere", "/search?radius=x"),
)
STRICTEST = ("color-contrast-enhanced", "target-size")  # AAA for text, and room for a finger: both are off unless asked for


def found_wrong(page) -> list[str]:
    """What axe finds wrong, its usual rules and the strictest."""
    rules = {"rules": {name: {"enabled": True} for name in STRICTEST}}
    return [
        f"{item['id']}: {node['html'][:120]}"
        for item in Axe().run(page, options=rules).response["violations"]
        for node in item["nodes"]
    ]


@pytest.mark.parametrize("path", PATHS)
class TestEveryPage:
    def test_a_phone_by_day_in_english(self, visit, path):
        with visit(path, width=320) as page:
            assert found_wrong(page) == []
            assert page.evaluate("document.documentElement.scrollWidth") <= 320

    def test_a_desk_at_night_in_spanish(self, visit, path):
        with visit(f"{path}{'&' if '?' in path else '?'}lang=es", dark=True) as page:
            assert page.locator("html").get_attribute("lang") == "es"
            assert found_wrong(page) == []
