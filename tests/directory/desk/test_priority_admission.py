"""Who must be admitted first: shown to staff with its rule, when the search or the listing is about them, and to nobody else."""

from __future__ import annotations

import pytest

from directory.desk.priority import PRIORITIES, prompts_for_listing, prompts_for_search


def shown(text: str, *concepts: str) -> list[str]:
    return [prompt.id for prompt in prompts_for_search(text, concepts, "en")]


class TestASearch:
    @pytest.mark.parametrize(
        ("text", "ids"),
        [
            ("w pregnant meth medicaid 44102", ["pregnancy"]),
            ("embarazada metanfetamina 44102", ["pregnancy"]),
            ("she injects heroin", ["injection"]),
            ("shooting up denver", ["injection"]),
            ("iv drug use", ["injection"]),
            ("se inyecta heroína", ["injection"]),
            ("pregnant and injecting", ["pregnancy", "injection"]),
        ],
    )
    def test_it_is_shown_when_the_words_say_so(self, text, ids):
        assert shown(text) == ids

    @pytest.mark.parametrize("text", ["", "klonopin detox denver", "photo shoot help", "IV fluids clinic", "ivy league rehab"])
    def test_other_words_show_nothing(self, text):
        assert shown(text) == []

    def test_what_was_understood_counts_too(self):
        """A filter that staff switched on, with no word of it in the box."""
        assert shown("detox", "pop.pregnant") == ["pregnancy"]


class TestAListing:
    def test_it_is_shown_where_the_place_has_a_program_for_them(self):
        assert [prompt.id for prompt in prompts_for_listing(["pop.pregnant", "care.otp"], "en")] == ["pregnancy", "injection"]

    def test_other_places_show_nothing(self):
        assert prompts_for_listing(["care.outpatient", "pay.state_funded"], "en") == ()

    @pytest.mark.parametrize(("offers", "funded"), [(["pop.pregnant"], False), (["pop.pregnant", "pay.state_funded"], True)])
    def test_it_says_whether_the_place_says_that_public_money_pays(self, offers, funded):
        """The rule binds only programs that a block grant pays for."""
        assert prompts_for_listing(offers, "en")[0].says_it_is_funded is funded


@pytest.mark.parametrize("priority", PRIORITIES, ids=lambda one: one.id)
class TestTheWords:
    def test_they_name_the_rule_and_where_it_stands(self, priority):
        assert priority.rule.startswith("45 CFR 96.1")
        assert priority.rule_url.startswith("https://www.ecfr.gov/current/title-45/section-96.1")

    def test_they_bind_only_who_gets_the_money(self, priority):
        """Nobody is promised a place where the rule does not hold."""
        assert "block grant pays" in priority.lead["en"]
        assert "block grant" in priority.words["es"]

    def test_they_stand_in_both_languages(self, priority):
        assert priority.lead["en"] != priority.lead["es"]
        assert priority.words["en"] != priority.words["es"]


def test_the_desk_shows_them_with_its_answer(ana):
    page = ana.send("/helpline/search", q="pregnant injecting outpatient 80132").text
    assert "45 CFR 96.131" in page
    assert "45 CFR 96.126" in page


def test_readers_do_not_get_the_words_of_the_desk(places):
    assert "CFR 96" not in places.client().get("/search?q=pregnant+injecting+outpatient&near=80132").text
