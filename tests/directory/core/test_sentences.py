"""The sentences of a page: plain words for what was searched, how far a place is, and why it stands there."""

from __future__ import annotations

import pytest
from small_directory import VOCABULARY

from directory.asking.phrases import joined, phrase, stated_phrase
from directory.asking.query import SearchQuery
from directory.asking.sentences import miles_words, understood_sentence, why_sentences
from index.geo.places import Gazetteer
from index.listing import ConceptId, Kind, Precision

FACILITIES = (Kind.FACILITY,)


def sentence(*groups: tuple[str, ...], near: str = "", kinds: tuple[Kind, ...] = FACILITIES, **parts) -> str:
    place = Gazetteer.load().resolve(near).place if near else None
    return understood_sentence(SearchQuery(near=near, **parts), groups, kinds, place, VOCABULARY)


class TestWhatWasUnderstood:
    def test_alternatives_are_joined_by_or_and_groups_by_and(self):
        """The care comes first and the payment last, however they were typed."""
        said = sentence(("pay.medicaid", "pay.private"), ("lang.spanish",), near="Denver")
        assert said == (
            "Places that say they have staff or services in Spanish and take Medicaid or private insurance, near Denver, CO."
        )

    def test_nothing_asked_says_what_is_shown(self):
        assert sentence() == "Treatment places in the whole country."
        assert sentence(kinds=(), near="Colorado") == "Places, meetings and lines in Colorado."

    def test_exclusions_speak_of_what_is_said_not_of_what_is(self):
        """Silence is not a no: nobody knows that a place lacks something."""
        said = sentence(("care.outpatient",), leave_out=(ConceptId("pay.private"),), near="Denver")
        assert "say they offer outpatient treatment but do not say they take private insurance, near" in said

    def test_detox_and_its_drug_are_one_clause(self):
        """The source names the drug's class; the medicine that was asked for stands beside it."""
        asked = (ConceptId("sub.clonazepam"),)
        groups = (("care.detox",), ("pay.medicaid",), ("sub.benzodiazepines",))

        assert sentence(*groups, near="Denver", prefer=asked) == (
            "Places that say they do detox for benzodiazepines (Klonopin) and take Medicaid, near Denver, CO."
        )
        assert sentence(*groups, near="Denver", prefer=asked, lang="es") == (
            "Lugares que dicen que ofrecen desintoxicación de benzodiazepinas (Klonopin) y aceptan Medicaid, cerca de Denver, CO."
        )

    def test_a_kind_of_detox_keeps_its_drug(self):
        said = sentence(("care.detox.hospital",), ("sub.alcohol", "sub.opioids"))
        assert said == "Places that say they do hospital detox for alcohol or opioids, in the whole country."

    def test_a_verb_is_said_once(self):
        """Two programs are not one program for both."""
        assert "say they offer naloxone (Narcan) and HIV testing, in" in sentence(("svc.hiv_testing",), ("med.naloxone",))
        assert "have programs for women and for veterans" in sentence(("pop.women",), ("pop.veterans",))

    def test_a_line_serves_a_state(self):
        assert sentence(kinds=(Kind.HELPLINE,), near="Utah").endswith(" in Utah.")
        said = understood_sentence(
            SearchQuery(kinds=(Kind.HELPLINE,)), (), (Kind.HELPLINE,), Gazetteer.load().resolve("Utah").place, VOCABULARY
        )
        assert said == "Lines you can call that serve Utah."

    def test_the_lines_of_a_fellowship(self):
        said = sentence(("group.alanon",), kinds=(Kind.HELPLINE,))
        assert said == "Lines and meeting finders of Al-Anon Family Groups in the whole country."

    def test_in_spanish(self):
        said = sentence(("pay.medicaid",), lang="es", near="Denver")
        assert said == "Lugares que dicen que aceptan Medicaid, cerca de Denver, CO."

    @pytest.mark.parametrize("lang", ["en", "es"])
    def test_every_filter_makes_a_sentence(self, lang: str):
        """No label stands with slashes or a colon of its own, and no verb is missing."""
        for concept in VOCABULARY.concepts:
            if VOCABULARY.is_filterable(concept.id):
                said = sentence((concept.id,), lang=lang)
                assert " / " not in said
                assert ":" not in said


class TestMeetings:
    def test_form_audience_language_and_time_in_the_order_people_say_them(self):
        groups = (("group.aa",), ("pop.women",), ("lang.spanish",), ("fmt.online",))
        assert sentence(*groups, kinds=(Kind.MEETING,)) == (
            "Online Alcoholics Anonymous meetings for women in Spanish, in the whole country."
        )
        assert sentence(*groups, kinds=(Kind.MEETING,), lang="es") == (
            "Reuniones de Alcohólicos Anónimos en línea para mujeres en español, en todo el país."
        )

    def test_words_of_time_are_said(self):
        """They narrow the list, so the sentence must not keep them to itself."""
        tonight = sentence(("group.na",), kinds=(Kind.MEETING,), near="12207", prefer=(ConceptId("sched.tonight"),))
        morning = (ConceptId("sched.saturday"), ConceptId("sched.morning"))
        saturday = sentence(("group.na",), kinds=(Kind.MEETING,), near="Brooklyn, NY", prefer=morning, lang="es")

        assert tonight == "Narcotics Anonymous meetings tonight near Albany, NY 12207."
        assert saturday == "Reuniones de Narcóticos Anónimos el sábado por la mañana cerca de Brooklyn, NY."


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
            ("pay.tricare", "en", "TRICARE or military insurance"),
        ],
    )
    def test_names_keep_their_capital_and_other_words_lose_it(self, concept: str, lang: str, said: str):
        assert phrase(concept, VOCABULARY, lang) == said

    def test_a_drug_is_said_as_what_its_code_means(self):
        assert stated_phrase("sub.alcohol", VOCABULARY, "en") == "detox for alcohol"

    def test_a_reason_names_what_is_stated(self):
        assert stated_phrase("pop.women", VOCABULARY, "en") == "a program for women"
        assert stated_phrase("lang.spanish", VOCABULARY, "es") == "atención en español"
        assert stated_phrase("acc.carf", VOCABULARY, "en") == "CARF accredited"

    def test_lists(self):
        assert (joined(["a"], "or"), joined(["a", "b", "c"], "and")) == ("a", "a, b and c")

    def test_spanish_joins_by_sound(self):
        assert joined(["son", "indican"], "y") == "son e indican"
        assert joined(["siete", "ocho"], "o") == "siete u ocho"
        assert joined(["agua", "hielo"], "y") == "agua y hielo"


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
