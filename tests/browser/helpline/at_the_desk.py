"""Hands on a keyboard, and what they see."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, expect

Open = Callable[..., AbstractContextManager[Page]]


class Keys:
    """Hands on a keyboard: counts every key, a chord as one."""

    def __init__(self, page: Page) -> None:
        self.page, self.count = page, 0

    def type(self, text: str) -> None:
        """Type letters and wait for their answer."""
        self.count += len(text)
        self.page.keyboard.type(text)
        asked = self.page.locator("#q").input_value().strip()
        self.page.wait_for_selector(f'#answer input[name=asked][value="{asked}"]', state="attached")

    def press(self, *keys: str) -> None:
        """Press keys one after the other."""
        for key in keys:
            self.count += 1
            self.page.keyboard.press(key)

    def check_danger(self) -> None:
        """Open the card of dangers and close it with Enter; the keyboard is in the box again."""
        self.press("F2", "Enter")
        expect(self.page.locator("#danger-dialog")).to_be_hidden()
        expect(self.page.locator("#q")).to_be_focused()

    def keep(self, *numbers: int) -> None:
        """Keep places of the answer by their numbers, and wait until the script speaks of all of them and no more."""
        self.press(*(f"Alt+{number}" for number in numbers))
        panels_speak_of(self.page, len(numbers))


def kept(page: Page) -> Locator:
    """The names on the shortlist."""
    return page.locator("#kept .name")


def panels_speak_of(page: Page, places: int) -> None:
    """Wait for the panels of so many places: they come a moment after each change of the shortlist."""
    expect(page.locator("#panels .script [data-miles-of]")).to_have_count(places)


def violations(page: Page) -> list[str]:
    """What axe finds wrong, in words."""
    found = Axe().run(page).response["violations"]
    return [f"{item['id']}: {node['html'][:120]}" for item in found for node in item["nodes"]]
