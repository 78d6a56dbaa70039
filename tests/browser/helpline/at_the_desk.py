"""Hands on a keyboard, and what they see."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

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


def kept(page: Page) -> list[str]:
    return page.locator("#kept .name").all_inner_texts()


def violations(page: Page) -> list[str]:
    """What axe finds wrong, in words."""
    found = Axe().run(page).response["violations"]
    return [f"{item['id']}: {node['html'][:120]}" for item in found for node in item["nodes"]]
