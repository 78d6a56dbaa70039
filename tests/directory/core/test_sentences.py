"""The sentences of a page: plain words for what was searched, how far a place is, and why it stands there."""

from __future__ import annotations

import pytest
from small_directory import VOCABULARY

from directory.query import SearchQuery
from directory.sentences import joined, miles_words, phrase, stated_phrase, understood_sentence, why_sentences
from index.geo.places import Gazetteer
from index.listing import ConceptId, Kind, Precision

FACILITIES = (Kind.FACILITY,)


def sentence(*groups: tuple[str, ...], near: str = "", kinds: tuple[Kind, ...] = FACILITIES, **parts) -> str:
    place = Gazetteer.load().resolve(near).place if near else None
    return understood_sentence(SearchQuery(near=near, **parts), groups, kinds, place, VOCABULARY)


class TestWhatWasUnderstood:
    def test_alternatives_are_joined_by_or_and_groups_by_and(self):
        said = sentence(("pay.medicaid", "pay.private"), ("lang.spanish",), near="80132")
        assert said == "Places that say they take Medicaid or private insurance and offer Spanish, near Monument, CO 80132."

    def test_nothing_asked_says_what_is_shown(self):
        assert sentence() == "Places, in the whole country."
        assert sentence(kinds=(), near="Colorado") == "Places, meetings and lines, in Colorado."

    def test_exclusions_speak_of_what_is_said_not_of_what_is(self):
        """Silence is not a no: nobody knows that a place lacks something."""
        said = sentence(("care.outpatient",), leave_out=(ConceptId("pay.private"),), near="Denver")
        assert "say they offer outpatient treatment but do not say they offer private insurance, near" in said

    def test_a_line_serves_a_state(self):
        assert sentence(kinds=(Kind.HELPLINE,), near="Utah").endswith(", in Utah.")
        said = understood_sentence(
            SearchQuery(kinds=(Kind.HELPLINE,)), (), (Kind.HELPLINE,), Gazetteer.load().resolve("Utah").place, VOCABULARY
        )
        assert said == "Lines you can call, that serve UT."

    def test_in_spanish(self):
        said = sentence(("pay.medicaid",), lang="es", near="Denver")
        assert said == "Lugares que dicen que aceptan Medicaid, cerca de Denver, CO."


class TestPhrases:
    @pytest.mark.parametrize(
        ("concept", "lang", "said"),
        [
            ("pay.private", "en", "private insurance"),
            ("pay.medicaid", "es", "Medicaid"),
            ("group.aa", "en", "Alcoholics Anonymous"),
            ("group.aa", "es", "Alcohólicos Anónimos"),
            ("lang.spanish", "en", "Spanish"),
            ("pay.va", "es", "beneficios de la VA"),
        ],
    )
    def test_names_keep_their_capital_and_other_words_lose_it(self, concept: str, lang: str, said: str):
        assert phrase(concept, VOCABULARY, lang) == said

    def test_a_drug_is_said_as_what_its_code_means(self):
        assert stated_phrase("sub.alcohol", VOCABULARY, "en") == "detox for alcohol"

    def test_lists(self):
        assert (joined(["a"], "or"), joined(["a", "b", "c"], "and")) == ("a", "a, b and c")


class TestMiles:
    @pytest.mark.parametrize(
        ("miles", "precision", "said"),
        [
            (None, Precision.NONE, ""),
            (0.04, Precision.ROOFTOP, "less than 0.1 mi"),
            (2.13, Precision.STREET, "2.1 mi"),
            (23.4, Precision.STREET, "23 mi"),
            (0.3, Precision.ZIP, "about 5 miles or less"),
            (17.2, Precision.CITY, "about 17 miles"),
        ],
    )
    def test_nobody_is_told_more_than_is_known(self, miles: float | None, precision: Precision, said: str):
        """A ZIP's point is off by up to five miles: "0.3 miles" would be made up."""
        assert miles_words(miles, precision, "en") == said


def test_a_reason_for_every_row():
    assert why_sentences(("detox",), ("Medicaid",), "2.1 mi", "Denver, CO", "en", by_name=True) == (
        "Its name matches your words.",
        "It states: detox.",
        "It does not say: Medicaid.",
        "2.1 mi in a straight line from Denver, CO.",
    )
