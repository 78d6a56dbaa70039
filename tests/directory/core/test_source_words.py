"""What sources state in English is read in Spanish where we know it, and never half of it is guessed."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path

import msgspec
import pytest

from directory.answers.cards import edition_words
from directory.disclosure.number_words import number_statement
from directory.disclosure.source_words import in_language
from directory.sources.records import AnsweredBy, AnsweredByFact
from index.listing import SourceRef

STARTER = json.loads((Path(__file__).parents[3] / "data" / "providers.json").read_text(encoding="utf-8"))
ENGLISH = re.compile(
    r"\b(the|and|to|of|for|or|with|press|text|day|hours|list|directory|facilities|monday|sunday|saturday|friday|am|pm|english|spanish)\b",
    re.IGNORECASE,
)
NAME = re.compile(r"[A-Z]")  # who answers is a name, except where it begins without a capital


def stated_in_the_starter_data() -> list[str]:
    """Every short text of the starter listings that a page shows and that is nobody's name."""
    hours = [one["hours"] for one in (*STARTER["answered_by"], *STARTER["listings"]) if one.get("hours")]
    described = [one["description"] for one in STARTER["listings"] if one.get("description")]
    answering = [one["operator_name"] for one in STARTER["answered_by"] if not NAME.match(one.get("operator_name", "A"))]
    return sorted({*hours, *described, *answering, *(source["title"] for source in STARTER["sources"])})


@pytest.mark.parametrize("text", stated_in_the_starter_data())
def test_nothing_of_the_starter_data_stays_english_on_a_spanish_page(text: str):
    """Opening hours, remarks, who answers, and what our lists are called."""
    assert not ENGLISH.search(in_language(text, "es"))
    assert in_language(text, "en") == text


@pytest.mark.parametrize(
    ("stated", "spanish"),
    [
        ("Monday to Friday, 8:30 am to 4:30 pm", "lunes a viernes, de 8:30 a. m. a 4:30 p. m."),
        ("Saturday and Sunday, 9 am to 1 pm (Pacific)", "sábado y domingo, de 9 a. m. a 1 p. m. (hora del Pacífico)"),
        ("Tuesday, 10 am to 12 pm", "martes, de 10 a. m. a 12 p. m."),
        ("24/7; text START", "las 24 horas, todos los días; envíe START por texto"),
    ],
)
def test_hours_are_read_as_people_write_them(stated: str, spanish: str):
    assert in_language(stated, "es").replace("\N{NO-BREAK SPACE}", " ") == spanish


@pytest.mark.parametrize("stated", ["", "Every first Monday of the month", "by appointment", "Monday to Friday, mornings"])
def test_what_is_not_known_stays_as_it_was_stated(stated: str):
    """Half a translation could send somebody at the wrong hour."""
    assert in_language(stated, "es") == stated


def test_a_number_says_who_answers_and_when_in_spanish():
    fact = AnsweredByFact(
        number="988",
        answered_by=AnsweredBy.CALL_CENTER,
        operator_name="988 Lifeline network of local crisis centers",
        hours="24/7; press 2 for Spanish",
        cost="free",
        source_url="https://example.org",
        checked_on=date(2026, 11, 1),
    )
    said = number_statement(fact, "", 1, "es")
    assert "llega a la red de centros locales de crisis de la Línea 988: un centro de llamadas." in said
    assert "Horario: las 24 horas, todos los días; marque 2 para español." in said


def test_a_and_el_are_one_word():
    fact = AnsweredByFact(number="211", answered_by=AnsweredBy.CALL_CENTER, operator_name="the local 211 service")
    assert "Este número llega al servicio local del 211: un centro de llamadas." in number_statement(fact, "", 1, "es")
    assert "Este número llega al lugar mismo." in number_statement(
        AnsweredByFact(number="988", answered_by=AnsweredBy.FACILITY), "", 1, "es"
    )


def test_hours_that_end_with_a_point_end_a_sentence_once():
    fact = AnsweredByFact(number="988", answered_by=AnsweredBy.PUBLIC_AGENCY, hours="Monday, 9 am to 1 pm")
    assert ".." not in number_statement(fact, "", 1, "es")


@pytest.mark.parametrize(
    ("lang", "article", "words"),
    [
        ("en", False, "starter list 2026-11"),
        ("en", True, "the starter list, 2026-11"),
        ("es", False, "lista inicial de 2026-11"),
        ("es", True, "la lista inicial de 2026-11"),
    ],
)
def test_our_own_list_has_a_short_name(lang, article, words):
    """As the federal one has."""
    source = SourceRef(name="starter", title="Starter list of the Treatment Directory", key="1", edition="2026-11")
    assert edition_words(source, lang, article=article) == words


@pytest.mark.parametrize(
    ("lang", "article", "words"),
    [
        ("en", False, "Meeting list of Exampletown NA 2021"),
        ("en", True, "the meeting list of Exampletown NA 2021"),
        ("es", False, "Lista de reuniones de Exampletown NA 2021"),
        ("es", True, "la lista de reuniones de Exampletown NA 2021"),
    ],
)
def test_a_list_that_we_named_is_named_in_both_languages(lang, article, words):
    source = SourceRef(name="feed", title="Meeting list of Exampletown NA", key="1", edition="2021")
    assert edition_words(source, lang, article=article) == words


@pytest.mark.parametrize(
    ("lang", "words"),
    [("en", "the federal list of methadone clinics, 2021"), ("es", "la lista federal de clínicas de metadona de 2021")],
)
def test_the_list_of_clinics_is_named_by_what_it_holds(lang, words):
    source = SourceRef(name="samhsa-otp", title="SAMHSA Opioid Treatment Program Directory", key="1", edition="2021")
    assert edition_words(source, lang, article=True) == words


@pytest.mark.parametrize(("lang", "words"), [("en", "County list, no date"), ("es", "County list, sin fecha")])
def test_a_list_without_a_date_says_that_it_has_none(lang, words):
    """The day on which it was fetched is a date too, which is said where ages are."""
    undated = SourceRef(name="county", title="County list", key="1")
    assert edition_words(undated, lang) == words
    assert edition_words(msgspec.structs.replace(undated, retrieved_on=date(2026, 11, 1)), lang) == "County list"
