"""The measure itself: it must tell easy from hard, or it protects nobody."""

from __future__ import annotations

import pytest
from reading_grade import english_grade, english_syllables, spanish_ease, spanish_syllables

from directory.guides.words import WORDS


@pytest.mark.parametrize(
    ("word", "syllables"),
    [
        ("call", 1),
        ("asked", 1),
        ("needed", 2),
        ("little", 2),
        ("people", 2),
        ("overdose", 3),
        ("naloxone", 3),
        ("benzodiazepine", 6),
        ("FDA", 3),
    ],
)
def test_english_words_have_their_syllables(word, syllables):
    assert english_syllables(word) == syllables


@pytest.mark.parametrize(
    ("word", "syllables"),
    [("llame", 2), ("día", 2), ("quien", 1), ("guía", 2), ("ansiedad", 3), ("aunque", 2), ("respiración", 4), ("ahora", 3)],
)
def test_spanish_words_have_their_syllables(word, syllables):
    assert spanish_syllables(word) == syllables


def test_plain_words_are_easy_and_learned_ones_are_not():
    plain = ["Call 911. Stay with the person until help comes."]
    learned = ["Concomitant administration of benzodiazepines potentiates respiratory depression in susceptible individuals."]

    assert english_grade(plain) < 4 < 12 < english_grade(learned)


def test_the_same_holds_in_spanish():
    plain = ["Llame al 911. Quédese con la persona hasta que llegue la ayuda."]
    learned = ["La administración concomitante de benzodiacepinas potencia la depresión respiratoria en individuos susceptibles."]

    assert spanish_ease(learned) < 30 < 70 < spanish_ease(plain)


def test_the_words_around_a_guide_are_plain():
    assert english_grade(list(WORDS["en"].values())) <= 8
    assert spanish_ease(list(WORDS["es"].values())) >= 60
