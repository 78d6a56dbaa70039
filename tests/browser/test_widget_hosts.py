"""The widget on pages that are not hostile, only different: dark, from right to left, reset, with sizes of their own."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page
from test_widget import directory, host, violations, visit_host

pytestmark = pytest.mark.browser
__all__ = ["directory", "host", "visit_host"]

SPACING = """* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important }
p { margin-bottom: 2em !important }"""
CUT = """root => [...root.querySelectorAll('.frame :not(.unseen)')].filter(e =>
  e.scrollWidth > e.clientWidth + 1 && getComputedStyle(e).overflowX !== 'visible').map(e => e.outerHTML.slice(0, 80))"""
LARGE = """() => {
  const label = document.querySelector("treatment-search").shadowRoot.querySelector(".card .label");
  return parseFloat(getComputedStyle(label).fontSize) > 25;
}"""
OUTLINES = """root => [...root.querySelectorAll('a, button, input, select, summary')].filter(e => e.checkVisibility()).map(e => {
  e.focus({ focusVisible: true });
  return parseFloat(getComputedStyle(e).outlineWidth);
})"""


def of_widget(page: Page, script: str) -> object:
    """What a function of the shadow root says."""
    return page.locator("treatment-search").evaluate(f"element => ({script})(element.shadowRoot)")


class TestADarkPageFromRightToLeft:
    def test_it_reads_as_anywhere(self, visit_host):
        """From left to right, upright, in the reader's own size, not in the nine pixels or the capitals of the page."""
        with visit_host("dark.html", ready=".card") as page:
            style = of_widget(
                page,
                """root => { const s = getComputedStyle(root.querySelector('.card p:not(.small)'));
                return [s.direction, s.fontStyle, s.fontSize, s.textTransform, s.textAlign] }""",
            )

        assert style == ["ltr", "normal", "16px", "none", "start"]

    def test_it_follows_the_device_where_the_host_asks(self, visit_host):
        """`theme="auto"`: light letters on dark for a reader who prefers that."""
        with visit_host("dark.html", ready=".card", color_scheme="dark") as page:
            assert of_widget(page, "root => getComputedStyle(root.querySelector('.frame')).backgroundColor") == "rgb(23, 21, 17)"

    @pytest.mark.wcag("1.3.1", "1.4.3", "2.4.4", "3.3.2", "4.1.2")
    def test_axe_finds_nothing_in_it(self, visit_host):
        """On a dark device; the page around it has faults of its own."""
        with visit_host("dark.html", ready=".card", color_scheme="dark") as page:
            assert violations(page, within="treatment-search") == []

    def test_its_style_stays_inside(self, visit_host):
        """The heading of the page keeps what the page made of it."""
        with visit_host("dark.html", ready=".card") as page:
            assert page.locator("h1").evaluate("e => getComputedStyle(e).color") == "rgb(255, 0, 0)"


class TestReadersOwnSizes:
    @pytest.mark.wcag("1.4.4", "1.4.10")
    def test_twice_the_usual_size_of_text_stays_inside(self, visit_host):
        """The size of the browser's settings counts, not that of the page; nothing is cut off at 320 px."""
        with visit_host("plain.html", width=320, ready=".card") as page:
            page.context.new_cdp_session(page).send("Page.setFontSizes", {"fontSizes": {"standard": 32}})
            page.wait_for_function(LARGE)

            assert of_widget(page, CUT) == []
            assert page.locator("treatment-search").evaluate("e => e.scrollWidth <= e.clientWidth")

    @pytest.mark.wcag("1.4.12")
    def test_wider_spacing_cuts_nothing_off(self, visit_host):
        """Lines, letters, words and paragraphs as far apart as the criterion asks."""
        with visit_host("plain.html", width=320, ready=".card") as page:
            of_widget(
                page,
                f"root => {{ const own = new CSSStyleSheet(); own.replaceSync(`{SPACING}`); root.adoptedStyleSheets.push(own) }}",
            )

            assert of_widget(page, CUT) == []


class TestFocusAndNames:
    @pytest.mark.wcag("2.4.7", "1.4.11")
    def test_focus_is_seen_on_everything(self, visit_host):
        """A line of three pixels in the color of the text around."""
        with visit_host("plain.html", ready=".card") as page:
            widths = of_widget(page, OUTLINES)

        assert len(widths) > 10
        assert set(widths) == {3}

    @pytest.mark.wcag("2.5.3")
    def test_names_begin_with_the_words_that_are_seen(self, visit_host):
        """Who speaks to the device says what stands there."""
        with visit_host("plain.html", ready=".card") as page:
            call = page.get_by_role("link", name=re.compile("^Call"))

            assert call.first.is_visible()
            assert page.get_by_role("button", name="Leave this site").is_visible()
