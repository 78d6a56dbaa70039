"""The danger card is read from its top, whatever the window."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser


class TestDangerCard:
    @pytest.mark.parametrize(("width", "height"), [(1024, 768), (360, 640), (320, 256)])
    def test_it_opens_at_its_question(self, sit_down, width, height):
        """On an old monitor, a phone, and a monitor of 1280 by 1024 at 400 %; Enter still says that nobody is in danger."""
        with sit_down(width=width, height=height) as page:
            page.keyboard.press("F2")
            dialog = page.locator("#danger-dialog")
            dialog.locator("h2 >> visible=true").wait_for()

            assert dialog.evaluate("element => element.scrollTop") == 0
            expect(dialog.locator("[data-danger=clear] >> visible=true")).to_be_focused()
            expect(dialog.locator("h2 >> visible=true")).to_be_in_viewport()

    def test_what_to_do_is_seen_without_scrolling_on_an_old_monitor(self, sit_down):
        """The question, whom to call, and the two answers."""
        with sit_down(width=1024, height=768) as page:
            page.keyboard.press("F2")
            for seen in ("a[href='tel:911']", "a[href='tel:988']", "[data-danger=clear]"):
                expect(page.locator(f"#danger-dialog {seen} >> visible=true").first).to_be_in_viewport(ratio=1)

    def test_the_other_language_keeps_the_keyboard(self, sit_down):
        """It is read from the top too, and one key goes back."""
        with sit_down(width=1024, height=768) as page:
            page.keyboard.press("F2")
            dialog = page.locator("#danger-dialog")
            dialog.get_by_role("button", name="En español").press("Enter")

            expect(dialog.get_by_role("button", name="In English")).to_be_focused()
            expect(dialog.get_by_role("heading", name="¿Hay alguien en peligro ahora?")).to_be_in_viewport()

    def test_no_number_touches_the_words_beside_it(self, sit_down):
        """The longest is that of Poison Help."""
        with sit_down(width=1024, height=768) as page:
            page.keyboard.press("F2")
            page.locator("#danger-dialog").wait_for()
            lines = page.locator("#danger-dialog .danger-lines li >> visible=true").all()
            gaps = [line.locator("strong").bounding_box()["x"] - right_of(line.locator("a").bounding_box()) for line in lines]

        assert len(gaps) == 3
        assert min(gaps) > 0


def right_of(box: dict[str, float]) -> float:
    """Where a box ends."""
    return box["x"] + box["width"]
