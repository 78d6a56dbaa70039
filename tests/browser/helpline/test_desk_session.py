"""A session that ends in the middle of a sentence: the sentence goes on in its own box."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from at_the_desk import Keys, kept
from desk_copy import PASSWORD
from playwright.sync_api import expect

pytestmark = pytest.mark.browser
PAUSE_MS, REST_MS = 140, 700  # after which words are searched, and the password is asked


class TestASessionThatEndsInMidWord:
    def test_the_password_is_asked_when_the_hands_rest(self, sit_down, desk):
        """No word of a caller ends in the box of the password, also not of who goes on typing; then the sentence is answered."""
        with sit_down() as page:
            Keys(page).type("detox 80132")
            page.clock.install(time=0)
            page.clock.pause_at(1000)
            desk.at(datetime.now().astimezone() + timedelta(hours=2))
            page.keyboard.type(" med")
            with page.expect_response("**/helpline/search"):
                page.clock.run_for(PAUSE_MS)
            page.keyboard.type("icaid")
            page.clock.resume()

            expect(page.locator("#login-title")).to_be_focused()
            page.keyboard.type("woman")
            expect(page.locator("#login-dialog [name=password]")).to_have_value("")
            expect(page.locator("#q")).to_have_value("detox 80132 medicaid")
            page.keyboard.press("Tab")
            expect(page.locator("#login-dialog [name=password]")).to_be_focused()
            page.keyboard.type(PASSWORD)
            page.keyboard.press("Enter")
            page.locator('#answer input[name=asked][value="detox 80132 medicaid"]').wait_for(state="attached")

    def test_danger_goes_before_the_password(self, sit_down, desk):
        """F2 opens the card over the question, and leads back to it."""
        with sit_down() as page:
            desk.at(datetime.now().astimezone() + timedelta(hours=2))
            page.keyboard.type("detox")
            expect(page.locator("#login-title")).to_be_focused()
            page.keyboard.press("F2")
            expect(page.locator("#danger-dialog a[href='tel:911']").first).to_be_visible()
            page.keyboard.press("Escape")
            expect(page.locator("#danger-dialog")).to_be_hidden()
            expect(page.locator("#login-title")).to_be_focused()

    def test_who_does_not_log_in_is_told_that_the_session_ended(self, sit_down, desk):
        """Not that the directory cannot answer; one button asks for the password again."""
        with sit_down() as page:
            desk.at(datetime.now().astimezone() + timedelta(hours=2))
            page.keyboard.type("detox")
            expect(page.locator("#login-title")).to_be_focused()
            page.keyboard.press("Escape")
            expect(page.locator("#trouble [data-session-ended]")).to_be_visible()
            expect(page.locator("#trouble [data-own]")).to_be_hidden()
            page.locator("#try-again").click()
            expect(page.locator("#login-dialog")).to_be_visible()

    def test_the_shortlist_and_its_ticks_stay(self, sit_down, desk):
        """Another list, asked for after the session ended, is read aloud once the password was given."""
        with sit_down() as page:
            keys = Keys(page)
            keys.type("detox 80132")
            keys.keep(1)
            page.locator("[data-asked=cost]").first.check()
            desk.at(datetime.now().astimezone() + timedelta(hours=2))
            keys.press("Alt+2")
            page.locator("#login-dialog [name=password]").fill(PASSWORD)
            page.keyboard.press("Enter")

            expect(page.locator("#panels .script [data-miles-of]")).to_have_count(2)
            expect(kept(page)).to_have_count(2)
            expect(page.locator("[data-asked=cost]").first).to_be_checked()
