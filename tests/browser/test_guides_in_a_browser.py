"""Guides and the questions in a real browser: small and large, light and dark, without script, by keyboard, on paper."""

from __future__ import annotations

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

GUIDE, LIST, QUESTIONS = "/guides/benzodiazepines-and-clonazepam", "/guides", "/for-someone-else"
PAGES = [pytest.param(path, id=path.strip("/")) for path in (GUIDE, LIST, "/guides/glossary", QUESTIONS, "/not-sure")]
STRICTEST = {
    "runOnly": {"type": "rule", "values": ["color-contrast-enhanced"]},
    "rules": {"color-contrast-enhanced": {"enabled": True}},
}


def violations(page, options=None) -> list[str]:
    """What axe finds wrong, in words."""
    found = Axe().run(page, options=options).response["violations"]
    return [f"{item['id']}: {node['html'][:120]}" for item in found for node in item["nodes"]]


@pytest.mark.parametrize("path", PAGES)
class TestEveryPage:
    def test_axe_finds_nothing_and_nothing_scrolls_sideways_on_a_small_screen(self, visit, path):
        with visit(path, width=320) as page:
            assert violations(page) == []
            assert page.evaluate("document.documentElement.scrollWidth") <= 320

    def test_spanish_fits_too(self, visit, path):
        with visit(f"{path}?lang=es", width=320) as page:
            assert page.evaluate("document.documentElement.scrollWidth") <= 320

    def test_it_is_sound_on_a_large_dark_screen(self, visit, path):
        """Also for the strictest contrast of text."""
        with visit(path, dark=True) as page:
            assert violations(page) == []
            assert violations(page, STRICTEST) == []


class TestAGuide:
    def test_the_danger_signs_begin_on_the_first_screen(self, visit):
        """A frightened person with a small phone need not scroll to the first number."""
        with visit(GUIDE, width=360, height=640) as page:
            first = page.locator("#danger + ul a[href='tel:911']").first.bounding_box()
            assert first["y"] + first["height"] <= 640

    def test_a_table_becomes_blocks_that_say_their_heading(self, visit):
        with visit(GUIDE, width=320) as page:
            cell = page.locator("td[data-heading]").first
            assert cell.evaluate("cell => getComputedStyle(cell, '::before').content") == '"What can happen: "'

    def test_on_paper_it_keeps_text_and_sources_and_drops_what_is_pressed(self, visit):
        with visit(GUIDE) as page:
            page.emulate_media(media="print")

            assert page.locator(".crisis").is_visible()
            assert page.locator("#danger").is_visible()
            assert page.locator("#source-1").is_visible()
            assert not page.locator(".contents").is_visible()


class TestTheQuestions:
    @pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
    def test_a_newcomer_finds_detox_for_a_relative_in_two_clicks_from_home(self, visit, script):
        """The door, and the button beside the place; a list with numbers to call stands there."""
        with visit("/", script=script, width=360, height=640) as page:
            page.get_by_role("link", name="For someone else").first.click()
            page.locator("#known-near").fill("Exampletown")
            page.get_by_role("button", name="Find detox").press("Enter")  # completions may be on their way over it
            expect(page.locator(".card .button").first).to_be_visible()

            assert page.url.partition("?")[0].endswith("/search")
            assert page.locator(".card .button").first.get_attribute("href").startswith("tel:")

    def test_the_questions_lead_to_a_list_that_they_explain(self, visit):
        """Without script: the door, the answers, the list."""
        with visit("/", script=False) as page:
            page.get_by_role("link", name="For someone else").first.click()
            page.get_by_label("To stop safely, without getting ill").check()
            page.get_by_label("Where does the person live?").fill("Exampletown")
            page.get_by_role("button", name="Make my list").click()
            expect(page.get_by_text("Only places that say they do detox")).to_be_visible()
            assert page.url.endswith(QUESTIONS)

            page.get_by_role("button", name="Show the list").click()
            expect(page).to_have_url(re.compile(r"/search\?"))
            expect(page.locator(".card").first).to_be_visible()

    def test_the_keyboard_answers(self, visit):
        """Arrow keys move inside a question, Tab from one to the next."""
        with visit(QUESTIONS) as page:
            page.locator("input[name=age][value=unsaid]").focus()
            page.keyboard.press("ArrowUp")
            page.keyboard.press("Tab")

            expect(page.locator("input[name=age][value=older]")).to_be_checked()
            page.wait_for_function("document.activeElement.name === 'about'")
