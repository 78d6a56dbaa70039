"""The frame on somebody else's page, and the page that writes the snippet, in a real browser."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect
from test_widget import directory, host, violations, visit_host

pytestmark = pytest.mark.browser
__all__ = ["directory", "host", "visit_host"]


class TestFrame:
    def test_the_style_of_the_host_cannot_reach_it(self, visit_host):
        """Nor can its scripts: another origin."""
        with visit_host("frame.html") as page:
            frame = page.frame_locator("iframe")
            expect(frame.locator(".paid-label").first).to_be_visible()
            expect(frame.locator(".crisis")).to_be_visible()

    def test_it_grows_with_its_results(self, visit_host):
        """By the message that it sends to the page around it."""
        with visit_host("frame.html") as page:
            page.wait_for_function("document.querySelector('iframe').height > 400")
            page.frames[1].wait_for_function("document.documentElement.scrollHeight - innerHeight <= 1")

    def test_a_search_inside_stays_inside_without_script(self, visit_host):
        """Type, send; the page around it stays."""
        with visit_host("frame.html", java_script_enabled=False) as page:
            frame = page.frame_locator("iframe")
            frame.get_by_label("What do you need?").fill("detox")
            frame.get_by_role("button", name="Search").click()
            page.frames[1].wait_for_url("**/embed")  # the list before it says page 1 of 3 too
            frame.get_by_text("Page 1 of 3").wait_for()
            frame.get_by_role("button", name="Next").click()
            frame.get_by_text("Page 2 of 3").wait_for()

            assert page.url.endswith("/frame.html")

    @pytest.mark.wcag("1.3.1", "1.4.3", "1.4.10", "2.4.2", "2.4.4", "3.1.1", "3.3.2", "4.1.2")
    def test_axe_finds_nothing_in_it(self, visit_host, directory):
        """Looked at by itself, small."""
        with visit_host("frame.html", width=320) as page:
            page.goto(f"{directory}/embed?near=80132&offers=care.detox")
            assert violations(page) == []
            assert page.evaluate("document.documentElement.scrollWidth") <= 320


class TestSnippetWriter:
    def test_the_widget_is_seen_as_chosen(self, visit_host, directory):
        """In the language and colour of the choice, under this site's own policy."""
        with visit_host("plain.html") as page:
            page.goto(f"{directory}/widget?near=80132&language=es&accent=%23aa0000")
            page.locator("treatment-search .card").first.wait_for()
            colour = page.locator("treatment-search .call, treatment-search [part=call]").first.evaluate(
                "e => getComputedStyle(e).backgroundColor"
            )

            assert colour == "rgb(170, 0, 0)"
            assert page.locator("treatment-search .label").first.inner_text() == "No es un anuncio"

    def test_how_it_looks_stays_in_sight_while_it_is_chosen(self, visit_host, directory):
        """On a wide screen it stands beside the fields, down to the last one; it was several screens below them."""
        with visit_host("plain.html", width=1280) as page:
            page.goto(f"{directory}/widget?near=80132")
            page.locator("treatment-search .card").first.wait_for()
            page.get_by_label("Color of buttons and links").focus()  # the last field, which scrolls into view

            form, preview = page.locator(".writer > form").bounding_box(), page.locator(".preview").bounding_box()
            assert form["x"] + form["width"] <= preview["x"]
            expect(page.get_by_role("heading", name="How it looks")).to_be_in_viewport()

    def test_it_needs_no_script(self, visit_host, directory):
        """Choose, press Show, and copy."""
        with visit_host("plain.html", java_script_enabled=False) as page:
            page.goto(f"{directory}/widget")
            page.get_by_label("Place to start with").fill("80132")
            page.get_by_role("button", name="Show").click()

            expect(page.get_by_label("Always the newest version")).to_have_value(re.compile('near="80132"'))

    @pytest.mark.wcag("1.3.1", "1.4.3", "1.4.10", "2.4.2", "2.4.4", "3.1.1", "3.3.2", "4.1.2")
    def test_axe_finds_nothing_on_it(self, visit_host, directory):
        """Widget included, at 320 px."""
        with visit_host("plain.html", width=320) as page:
            page.goto(f"{directory}/widget?near=80132")
            page.locator("treatment-search .card").first.wait_for()
            assert violations(page) == []
            assert page.evaluate("document.documentElement.scrollWidth") <= 320

    def test_the_snippet_with_an_integrity_hash_works_on_another_site(self, visit_host, directory):
        """Copied as it stands."""
        with visit_host("plain.html", java_script_enabled=False) as page:
            page.goto(f"{directory}/widget?near=80132")
            snippet = page.get_by_label("A fixed version").input_value()
        with visit_host("frame.html") as page:
            page.evaluate("lines => document.body.append(document.createRange().createContextualFragment(lines))", snippet)
            page.locator("treatment-search .card").first.wait_for()

            assert "integrity=" in snippet
