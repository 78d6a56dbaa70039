"""Both languages say the same; keys are kept with the account and none is a single character; practice is labelled."""

from __future__ import annotations

import re
from pathlib import Path
from string import Formatter

import pytest

import directory.helpline
from directory.disclosure import LANGUAGES
from directory.helpline.staff.keys import COMMANDS, is_chord
from directory.helpline.staff.practice import sample_calls
from directory.helpline.words import SCRIPT_WORDS, WORDS

ROOM = Path(directory.helpline.__file__).parent


def slots(text: str) -> set[str]:
    return {name for _text, name, _spec, _conversion in Formatter().parse(text) if name}


class TestWords:
    @pytest.mark.parametrize("table", [WORDS, SCRIPT_WORDS])
    def test_both_languages_have_the_same_keys_and_slots(self, table):
        assert table["en"].keys() == table["es"].keys()
        for name, english in table["en"].items():
            assert slots(english) == slots(table["es"][name]), name

    @pytest.mark.parametrize("table", [WORDS, SCRIPT_WORDS])
    def test_hardly_any_word_is_the_same_in_both(self, table):
        """What is the same was forgotten, but for a few names."""
        same = {name for name, english in table["en"].items() if english == table["es"][name]}
        assert same <= {"pdf"}

    def test_every_word_that_a_template_asks_for_is_there(self):
        asked = set()
        for template in (ROOM / "templates" / "helpline").glob("*.html"):
            asked |= set(re.findall(r"\b(?:w|card\.words)\.(\w+)", template.read_text(encoding="utf-8")))
        assert asked - set(WORDS["en"]) == set()

    def test_none_is_hidden_by_what_a_dictionary_can_do(self):
        """A template that asks for `w.copy` would get the method."""
        assert {name for name in WORDS["en"] if hasattr({}, name)} == set()

    def test_every_word_that_a_script_asks_for_is_there(self):
        asked = set()
        for script in (ROOM / "static").glob("*.js"):
            asked |= set(re.findall(r"\bwords\.(\w+)", script.read_text(encoding="utf-8")))
        assert asked - set(SCRIPT_WORDS["en"]) == set()

    @pytest.mark.parametrize("lang", LANGUAGES)
    def test_the_whole_desk_is_in_one_language(self, ana, lang):
        """No sentence of the other language stands on the page, but in the danger card, which is there in both."""
        other = next(one for one in LANGUAGES if one != lang)
        page = ana.client.get(f"/helpline?lang={lang}").text
        outside = re.sub(r'<dialog id="danger-dialog".*?</dialog>', "", page, flags=re.S)
        mine = set(WORDS[lang].values())
        alien = [said for said in WORDS[other].values() if len(said) > 20 and "{" not in said and said not in mine]
        assert [said for said in alien if said in outside] == []


class TestKeys:
    def test_every_command_has_a_name(self):
        named = {f"command_{'keep' if command.startswith('keep') else command}" for command in COMMANDS}
        assert named <= set(SCRIPT_WORDS["en"])

    def test_page_and_server_know_the_same_commands(self):
        script = (ROOM / "static" / "keys.js").read_text(encoding="utf-8")
        table = script.partition("const FIRST = {")[2].partition("};")[0]
        assert {*re.findall(r"(\w+): \"", table)} == {one for one in COMMANDS if not one.startswith("keep")}

    @pytest.mark.parametrize("chord", ["F2", "F12", "Alt+1", "Mod+K", "Mod+Shift+Enter", "Alt+ArrowUp", "Shift+F4", ""])
    def test_a_modifier_or_a_function_key_makes_a_shortcut(self, chord):
        assert is_chord(chord)

    @pytest.mark.parametrize("chord", ["K", "Shift+K", "?", "F1x", "Mod+", "Alt+Mod+K", "F13", "a b", "Alt+" + "x" * 15, "Enter"])
    def test_a_single_character_does_not(self, chord):
        """Speech input and slips of the hand press those (WCAG 2.1.4)."""
        assert not is_chord(chord)

    def test_they_are_kept_with_the_account(self, desk, ana):
        """Another browser of the same person knows them, another person does not."""
        assert ana.send("/helpline/keys", on="1", **{"key-danger": "Alt+D", "key-end": ""}).status_code == 204
        kept = 'data-keys="{&#34;on&#34;:true,&#34;keys&#34;:{&#34;danger&#34;:&#34;Alt+D&#34;,&#34;end&#34;:&#34;&#34;}}"'
        assert kept in ana.client.get("/helpline").text
        assert kept not in desk.staff(login="ben").client.get("/helpline").text

    def test_all_can_be_switched_off(self, ana):
        ana.send("/helpline/keys", on="0")
        assert "{&#34;on&#34;:false" in ana.client.get("/helpline").text
        ana.send("/helpline/keys", on="1")
        assert "{&#34;on&#34;:true" in ana.client.get("/helpline").text

    @pytest.mark.parametrize("chord", ["K", "<b>", "jane called from 44102"])
    def test_nothing_else_can_be_kept_there(self, ana, chord):
        assert ana.send("/helpline/keys", on="1", **{"key-danger": chord}).status_code == 400

    def test_an_unknown_command_is_left_out(self, ana):
        ana.send("/helpline/keys", on="1", **{"key-anything": "Alt+D"})
        assert "anything" not in ana.client.get("/helpline").text


class TestPractice:
    @pytest.mark.parametrize("lang", LANGUAGES)
    def test_it_is_labelled(self, ana, lang):
        page = ana.client.get(f"/helpline/practice?lang={lang}").text
        assert {"en": "these callers are made up", "es": "estas personas son inventadas"}[lang] in page

    def test_both_languages_have_the_same_calls(self):
        assert [len(call.goals) for call in sample_calls("en")] == [len(call.goals) for call in sample_calls("es")]

    def test_every_call_begins_with_danger_or_a_number(self):
        """What new staff should learn first."""
        for call in sample_calls("en"):
            assert "danger" in " ".join(call.goals) or "number" in call.goals[0]

    def test_only_numbers_that_nobody_has_are_named(self):
        said = " ".join(f"{call.caller} {call.says} {' '.join(call.goals)}" for lang in LANGUAGES for call in sample_calls(lang))
        assert set(re.findall(r"\d{3}-\d{3}-\d{4}", said)) == {"719-555-0142"}

    def test_a_search_stays_in_practice_without_scripts(self, ana):
        page = ana.client.post("/helpline/search", data={"form_token": ana.token, "q": "detox", "practice": "1"})
        assert "these callers are made up" in page.text
