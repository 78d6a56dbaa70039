"""The parts of the desk in a real browser: shortlist, keys, state, announcements, looks, practice."""

from __future__ import annotations

import browsing
import pytest
from at_the_desk import Keys, kept, violations
from playwright.sync_api import expect

pytestmark = pytest.mark.browser
PAUSE_MS, REST_MS = 140, 900  # after which words are searched, and an answer is announced


class TestShortlist:
    def test_it_is_reordered_by_keyboard_and_the_script_follows(self, sit_down):
        with sit_down() as page:
            keys = Keys(page)
            keys.type("detox 80132")
            keys.keep(1, 2)
            before = kept(page).all_inner_texts()
            keys.press("Alt+l", "Alt+ArrowDown")

            expect(kept(page)).to_have_text(before[::-1])
            page.wait_for_function("name => document.activeElement.textContent === name", arg=before[0])
            expect(page.locator(".script .part-place").first).to_contain_text(before[1])
            expect(page.locator("#said")).to_have_text(f"{before[0]} is number 2.")

    def test_who_answers_stands_before_the_number(self, sit_down):
        with sit_down() as page:
            keys = Keys(page)
            keys.type("719-555-0122")
            keys.press("Alt+1")
            head = page.locator(".kept-head").first.text_content() or ""
            assert head.index("This number reaches Example Agency: a public agency.") < head.index("(719) 555-0122")

    def test_ticks_move_with_their_place(self, sit_down):
        with sit_down() as page:
            keys = Keys(page)
            keys.type("detox 80132")
            keys.press("Alt+1", "Alt+2")
            page.locator(".kept-item").first.locator("[data-asked=wait]").check()
            page.locator("[data-move='1']").first.click()
            expect(page.locator(".kept-item").nth(1).locator("[data-asked=wait]")).to_be_checked()

    def test_miles_are_spoken_in_the_language_of_the_script(self, sit_down):
        """Only the page knows them."""
        with sit_down() as page:
            keys = Keys(page)
            keys.type("detox 80132")
            keys.press("Alt+1")
            expect(page.locator(".script [data-miles-of]").first).to_contain_text("miles.")
            keys.press("Alt+i")
            expect(page.locator(".script[lang=es] [data-miles-of]").first).to_contain_text("millas.")

    def test_an_address_opens_it_again(self, sit_down, desk):
        ids = ",".join(desk.directory.id_of(name) for name in ("Elm Outpatient", "Birch Detox"))
        with sit_down(f"/helpline?ids={ids}") as page:
            expect(kept(page)).to_have_text(["Elm Outpatient", "Birch Detox"])
            assert page.locator(".kept-item").nth(1).locator(".kept-name").inner_text().startswith("Paid advertisement:")

    def test_taking_a_place_off_takes_its_tick_out_of_the_answer(self, sit_down):
        with sit_down() as page:
            keys = Keys(page)
            keys.type("detox 80132")
            keys.press("Alt+1")
            page.locator("[data-remove]").first.click()
            expect(kept(page)).to_have_count(0)
            expect(page.locator("#hits input").first).not_to_be_checked()


class TestKeys:
    def test_a_shortcut_is_changed_and_kept(self, sit_down, address):
        """With the account: after a reload the new keys work and the old ones do not."""
        with sit_down() as page:
            page.keyboard.press("Control+k")
            page.keyboard.type("shortcuts")
            page.keyboard.press("Enter")
            page.locator("[data-command=danger].small-button").click()
            page.keyboard.press("Alt+d")
            page.locator("#keys-save").click()
            expect(page.locator("#keys-dialog")).to_be_hidden()
            page.reload()

            page.keyboard.press("F2")
            expect(page.locator("#danger-dialog")).to_be_hidden()
            page.keyboard.press("Alt+d")
            expect(page.locator("#danger-dialog")).to_be_visible()

    def test_a_single_letter_is_refused(self, sit_down):
        with sit_down() as page:
            page.keyboard.press("Control+k")
            page.keyboard.type("shortcuts")
            page.keyboard.press("Enter")
            page.locator("[data-command=danger].small-button").click()
            page.keyboard.press("d")
            expect(page.locator("#keys-problem")).to_contain_text("A shortcut needs")

    def test_switched_off_they_do_nothing(self, sit_down):
        """Everything is still reached by Tab and buttons."""
        with sit_down() as page:
            page.keyboard.press("Control+k")
            page.keyboard.type("shortcuts")
            page.keyboard.press("Enter")
            page.locator("#keys-on").uncheck()
            page.locator("#keys-save").click()
            expect(page.locator("#keys-dialog")).to_be_hidden()
            page.keyboard.press("F2")
            expect(page.locator("#danger-dialog")).to_be_hidden()
            page.locator(".tool.danger").click()
            expect(page.locator("#danger-dialog")).to_be_visible()

    def test_letters_are_letters(self, sit_down):
        """Whatever is typed outside the box runs nothing: there is no shortcut of one character."""
        with sit_down() as page:
            page.locator("#main").focus()
            page.keyboard.type("abcdefghijklmnopqrstuvwxyz0123456789?/.")
            assert page.locator("dialog[open]").count() == 0


class TestStateOfACall:
    def test_every_change_is_a_function_of_what_was(self, sit_down):
        """Eight places at most, nothing twice, moves within the list only, and an end that keeps the language alone."""
        with sit_down() as page:
            address = page.locator("script[type=module]").get_attribute("src").replace("desk.js", "state.js")
            said = page.evaluate(
                """async (address) => {
                    const { newCall, next, has, MOST_KEPT } = await import(address);
                    const place = (id) => ({ id, name: id, miles: {} });
                    let call = newCall("es");
                    for (let id = 0; id < 12; id += 1) call = next(call, { type: "kept", place: place(`p${id}`) });
                    call = next(call, { type: "kept", place: place("p1") });
                    const full = call.kept.length === MOST_KEPT && has(call, "p7") && !has(call, "p8");
                    const first = next(call, { type: "moved", id: "p0", by: -1 });
                    const moved = next(call, { type: "moved", id: "p0", by: 1 }).kept.map((one) => one.id).slice(0, 2);
                    const ticked = next(call, { type: "ticked", id: "p2", what: "cost", on: true });
                    const ended = next(next(ticked, { type: "dangerChecked" }), { type: "ended" });
                    return [full, first.kept[0].id, moved, ticked.kept[2].asked, call.kept[2].asked, ended];
                }""",
                address,
            )
        ended = {"service": "waiting", "danger": "unasked", "kept": [], "speak": "es"}
        assert said == [True, "p0", ["p1", "p0"], ["cost"], [], ended]


class TestAnnouncements:
    def test_count_and_first_name_after_a_rest(self, sit_down):
        """And nothing while typing."""
        with sit_down() as page:
            page.clock.install(time=0)
            page.clock.pause_at(1000)
            page.locator("#q").fill("detox 80132")
            page.clock.run_for(PAUSE_MS)
            page.locator("#answer input[name=asked][value='detox 80132']").wait_for(state="attached")
            page.clock.run_for(REST_MS - 1)
            expect(page.locator("#said")).to_have_text("")
            page.clock.run_for(1)
            expect(page.locator("#said")).to_have_text("3 found. First: Aspen Detox.")


class TestLooks:
    @pytest.mark.parametrize(("width", "dark"), [(360, False), (1024, True), (1280, False)])
    def test_axe_finds_nothing_in_a_call(self, sit_down, width, dark):
        """With a notice, a paying place, a list and each of its views."""
        with sit_down(width=width, dark=dark) as page:
            keys = Keys(page)
            keys.type("klonopin 80903")
            keys.keep(1, 4)  # the fourth pays
            for panel in ("F4", "F8", "F9"):
                keys.press(panel)
                assert violations(page) == []

    @pytest.mark.parametrize("key", ["F2", "Control+k", "Alt+q"])
    def test_axe_finds_nothing_in_dialogs(self, sit_down, key):
        with sit_down() as page:
            Keys(page).type("detox 80132")
            page.keyboard.press(key)
            page.locator("dialog[open]").wait_for()
            assert violations(page) == []

    def test_axe_finds_nothing_in_practice_or_at_the_start(self, sit_down):
        for path in ("/helpline?lang=es", "/helpline/practice"):
            with sit_down(path) as page:
                assert violations(page) == []

    @pytest.mark.parametrize("width", [320, 360, 768, 1024])
    def test_nothing_scrolls_sideways(self, sit_down, width):
        with sit_down("/helpline?lang=es", width=width) as page:
            keys = Keys(page)
            keys.type("klonopin 80903")
            keys.keep(1, 2, 4)
            for panel in ("F4", "F8", "F9"):
                keys.press(panel)
                assert page.evaluate("document.documentElement.scrollWidth") <= width

    def test_the_first_places_are_seen_on_an_old_monitor(self, sit_down):
        """1024 by 768, with a notice and filters above them."""
        with sit_down(width=1024, height=768) as page:
            Keys(page).type("klonopin detox 80903")
            assert page.locator(".hit .call-number").first.bounding_box()["y"] < 768

    def test_nothing_moves_while_the_list_is_read_aloud(self, sit_down):
        """Typing on changes the answer, and not the script."""
        with sit_down() as page:
            keys = Keys(page)
            keys.type("detox 80132")
            keys.keep(1)
            before = page.locator(".script").bounding_box()
            keys.type(" medicaid")
            assert page.locator(".script").bounding_box() == before


class TestPractice:
    def test_it_counts_keys_and_loads_no_panels(self, sit_down):
        """Nothing of practice is recorded anywhere."""
        asked: list[str] = []
        with sit_down("/helpline/practice") as page:
            page.on("request", lambda request: asked.append(request.url))
            keys = Keys(page)
            keys.type("detox 80132")
            keys.press("Alt+1")
            expect(page.locator("#practice-count")).to_contain_text(f"{keys.count} keys")
            page.locator(".hit summary").first.click()
            page.locator(".hit details[open]").first.wait_for()
            browsing.hear_everything_asked(page)
        assert not [url for url in asked if "/listings/" in url]
