"""The safety notices: each must fire, and must not, in English and in Spanish; and where no advertisement may stand."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from directory.safety import MOST_NOTICES, ads_allowed, crisis_lines, lines_for, notices_for
from directory.safety.texts import CARDS, CRISIS_STRIP, CRISIS_STRIP_SHORT
from index.geo.places import Gazetteer
from index.language.names.listed import NoNames
from index.language.understanding import Understanding, understand
from index.language.vocabulary import Vocabulary
from index.language.vocabulary_file import Kind

VOCABULARY = Vocabulary.load()
OLD_NUMBERS = ("1-833-943-5746", "press 3", "oprima 3")

FIRES = {
    "emergency-911": (["my friend is overdosing", "not breathing", "having a seizure"], ["no respira", "sobredosis"]),
    # Prevention, training and grief are ordinary searches (no crisis, results stay: see the reading's tests), and yet 988 stands
    # every time suicide is spoken of: the shared word rules ask for both, and a miss costs more than a notice too many.
    "crisis-988": (
        [
            "i want to die",
            "hearing voices",
            "im in crisis",
            "suicide prevention training",
            "suicide loss support",
            "lost my brother to suicide grief group",
        ],
        ["me quiero morir", "escucho voces", "prevención del suicidio"],
    ),
    "partner-violence": (["he hits me", "my husband beats me"], ["me pega", "mi novio me golpea"]),
    "sexual-assault": (["i was raped", "my boyfriend raped me", "rainn number"], ["me violaron", "abusaron de mí"]),
    "child-danger": (["my kids are in danger", "child abuse hotline"], ["niños en peligro"]),
    "withdrawal-prescribed-sedative": (
        [
            "klonopin",
            "stop ativan",
            "is it safe to stop lorazepam on my own",
            "is it safe to stop my meds on my own",
            "xanax detox near denver",
            "phenobarbital taper",
            "doctor cut me off my meds",
        ],
        ["dejar el clonazepam", "alprazolam"],
    ),
    "withdrawal-alcohol": (
        ["alcohol detox", "quit drinking", "my mom drinks every day"],
        ["dejar de tomar", "toma todos los días"],
    ),
    "withdrawal-sedative": (["etizolam", "ghb withdrawal", "phenibut", "street xanax"], ["benzodiacepinas de la calle"]),
    "withdrawal-medetomidine": (["medetomidine", "rhino tranq"], ["medetomidina"]),
    "opioid-tolerance": (
        ["heroin detox", "relapsed on fentanyl", "get off suboxone", "oxy addicton tretment"],
        ["desintoxicación de heroína"],
    ),
    "pregnancy": (["pregnant on heroin", "pregnant and drinking", "pregnant xanax"], ["embarazada y uso heroína"]),
    "seizure-medicine": (
        ["klonopin for seizures", "i take klonopin for my seizures", "on meds for seizures need rehab"],
        ["medicina para convulsiones clonazepam"],
    ),
}
STAYS_QUIET = {
    "emergency-911": (["overdose prevention training", "history of seizures"], ["prevención de sobredosis"]),
    "crisis-988": (["suicide squad movie", "opioid crisis facts"], ["quiero seguir en tratamiento"]),
    "partner-violence": (["domestic violence survivor program", "hit rock bottom"], ["grupo para sobrevivientes de violencia"]),
    "sexual-assault": (["sexual trauma counseling", "he hits me"], ["terapia de trauma"]),
    "child-danger": (["i am drinking and my kids are left alone, need rehab", "program for kids"], ["rehabilitación con niños"]),
    "withdrawal-prescribed-sedative": (["cocaine rehab", "quit smoking cold turkey", "street xanax"], ["tratamiento de cocaína"]),
    "withdrawal-alcohol": (["alcohol counselor", "aa meeting"], ["reunión de AA"]),
    "withdrawal-sedative": (["klonopin taper", "alcohol detox"], ["dejar el clonazepam"]),
    "withdrawal-medetomidine": (["xylazine"], ["xilazina"]),
    "opioid-tolerance": (["meth detox", "heroin anonymous meeting"], ["desintoxicación de cristal"]),
    "pregnancy": (["pregnant women housing", "heroin detox"], ["embarazada busca vivienda"]),
    "seizure-medicine": (["klonopin taper", "having a seizure"], ["está convulsionando"]),
}


def read(text: str) -> Understanding:
    return understand(text, vocabulary=VOCABULARY, places=Gazetteer.load(), names=NoNames())


def fired(text: str, lang: str = "en") -> list[str]:
    return [notice.id for notice in notices_for(read(text), lang)]


def cases(table: dict[str, tuple[list[str], list[str]]]) -> list[object]:
    return [
        pytest.param(notice, text, lang, id=f"{notice}: {text}")
        for notice, (english, spanish) in table.items()
        for lang, texts in (("en", english), ("es", spanish))
        for text in texts
    ]


@pytest.mark.parametrize(
    "text", ["suicide prevention training", "suicide loss support", "lost my brother to suicide grief group"]
)
def test_words_of_prevention_and_grief_stay_ordinary_searches(text):
    """The line stands above, and nothing is taken for an emergency."""
    assert read(text).crisis is None


def test_every_notice_is_tested():
    """Each row of the table has texts that must and must not fire it."""
    assert set(FIRES) == set(STAYS_QUIET) == set(CARDS)


@pytest.mark.parametrize(("notice", "text", "lang"), cases(FIRES))
def test_fires(notice, text, lang):
    """What the table names fires the notice."""
    assert notice in fired(text, lang)


@pytest.mark.parametrize(("notice", "text", "lang"), cases(STAYS_QUIET))
def test_stays_quiet(notice, text, lang):
    """Look-alikes do not."""
    assert notice not in fired(text, lang)


def test_most_urgent_first_and_two_at_most():
    """Three dangers show the two worst."""
    assert fired("pregnant, he is not breathing after heroin detox and i want to die") == ["emergency-911", "crisis-988"]
    assert MOST_NOTICES == 2


def test_shared_search_gives_the_same_notice():
    """Concepts alone, without the words, fire the notice too."""
    from dataclasses import replace

    understanding = read("klonopin detox")

    assert [notice.id for notice in notices_for(replace(understanding, text="", words=()), "en")] == [
        "withdrawal-prescribed-sedative"
    ]


class TestTexts:
    def test_both_languages_are_complete(self):
        """Each notice has a title and one to three lines in English and Spanish."""
        for card in CARDS.values():
            for text in (card.en, card.es):
                assert text.title
                assert 1 <= len(text.lines) <= 3
            assert len(card.en.lines) == len(card.es.lines)

    def test_no_number_that_ended(self):
        """Numbers and options that ended appear nowhere."""
        said = " ".join(line for card in CARDS.values() for text in (card.en, card.es) for line in text.lines)
        said += " ".join(f"{line.call} {line.note} {line.note_es}" for line in crisis_lines().values())

        assert not [old for old in OLD_NUMBERS if old in said.casefold()]

    def test_no_doses(self):
        """No dose and no taper schedule is named."""
        said = " ".join(line for card in CARDS.values() for text in (card.en, card.es) for line in text.lines)

        assert " mg" not in said
        assert "%" not in said

    def test_strip_in_both_languages(self):
        """The strip names the three numbers in each language."""
        for lang in ("en", "es"):
            said = " ".join(CRISIS_STRIP[lang])
            assert all(number in said for number in ("911", "988", "1-800-222-1222"))
            assert "911" in CRISIS_STRIP_SHORT[lang]

    def test_violence_notice_has_a_way_out(self):
        """The notice about violence asks for the Leave button, and calls its own line first."""
        (notice,) = notices_for(read("he hits me"), "en")

        assert notice.leave_button
        assert notice.call_lines[0].call == "1-800-799-7233"


class TestLines:
    def test_every_line_names_its_owner_and_day(self):
        """A number has the owner's page and the day it was checked."""
        for line in crisis_lines().values():
            assert line.owner_url.startswith("https://")
            assert line.checked_on >= date(2026, 1, 1)
            assert line.call or line.text_to

    def test_file_lists_each_line_once(self):
        """No line stands twice in the file."""
        listed = json.loads((Path(__file__).parents[3] / "data" / "crisis_lines.json").read_text(encoding="utf-8"))["lines"]

        assert len({line["id"] for line in listed}) == len(listed)

    def test_every_crisis_has_a_line_beside_911(self):
        """Each crisis concept names confirmed lines; none falls back to 911 alone but where only 911 helps."""
        for concept in VOCABULARY.concepts:
            if concept.kind is Kind.CRISIS:
                known = {line.id for line in lines_for(concept.resources, "en")}
                assert known == set(concept.resources)
                assert known - {"help.911"} or concept.id in {"crisis.chest_pain", "crisis.seizure"}

    def test_spanish_line_presses_two(self):
        """In Spanish the lifeline is reached by 2, and the text word is Spanish."""
        lifeline, text_line = lines_for(["help.988", "help.crisis_text"], "es")

        assert (lifeline.press, text_line.text_word) == ("2", "AYUDA")


class TestAdvertisements:
    @pytest.mark.parametrize(
        "text",
        [
            "i want to die",
            "alcohol withdrawal",
            "fentanyl rehab",
            "suboxone clinic",
            "pregnant rehab",
            "rehab for teens",
            "overdose",
            "detox",
            "klonopin",
        ],
    )
    def test_none_beside_a_signal(self, text):
        """Crisis, withdrawal, opioids, pregnancy and under 18 keep advertisements away."""
        understanding = read(text)

        assert not ads_allowed(understanding, notices_for(understanding, "en"))

    @pytest.mark.parametrize("text", ["outpatient counseling denver", "sober living for men", "cocaine rehab"])
    def test_ordinary_search_may_have_them(self, text):
        """Other searches may."""
        understanding = read(text)

        assert ads_allowed(understanding, notices_for(understanding, "en"))
