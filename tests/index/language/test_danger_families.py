"""Families of danger that leave the usual words: hands at a throat, a drink that nobody wakes from; and what is long over."""

from __future__ import annotations

import pytest

from index.geo.places import Gazetteer
from index.language.names.listed import NoNames
from index.language.understanding import Understanding, understand
from index.language.vocabulary import Vocabulary

AT_THE_THROAT = [
    "boyfriend put his hands around my throat hes high again",
    "he grabbed me by the neck last night",
    "my husband had his arm around my neck till i couldnt breathe",
    "my ex tried to smother me",
    "he held a pillow over my face",
    "my wife squeezed my throat when she was drunk",
    "mi esposo me agarro del cuello",
    "me puso las manos en el cuello",
    "mi novio trató de ahorcarme",
]
NOBODY_WAKES = [
    "roommate chugged a whole bottle of vodka and i cant wake him up",
    "she downed a fifth of tequila and shes not responding",
    "cant wake my husband he drank a handle of rum",
    "my friend drank too much whiskey and is unresponsive",
    "my son guzzled a bottle of everclear and he wont wake up",
    "se tomó una botella de mezcal y no despierta",
    "no reacciona mi hermano, tomó mucho tequila",
]
LOCKED_IN = [
    "my husband locked us in the garage",
    "he trapped me in the bedroom hes high",
    "she locked me inside and left",
    "mi marido me encerró en la casa",
    "my ex took my keys and phone so i cant leave",
    "my boyfriend is punching walls and im hiding in the closet",
    "im hiding from my stepdad hes drunk again",
]
THINKING_OF_IT = [
    "i keep thinking about jumping",
    "im scared she will do something drastic",
    "he might do something stupid tonight",
]
TWITCHING = ["off xanax two days and my arms keep twitching", "jerking and sweating since i stopped drinking"]
SEIZURES_NOW = [
    "dad had a seizure this morning after stopping drinking",
    "she had a seizure yesterday, off xanax 3 days",
    "had a seizure a few hours ago",
    "mi hijo tuvo convulsiones anoche",
]
GOES_ON = [
    "he used to hit me years ago and now he started again",
    "my ex used to beat me years ago and he found me",
    "my ex used to hit me years ago now my husband beats me",
    "me pegaba hace dos años y tengo miedo que vuelva",
    "he hits me",
]
LONG_OVER = [
    "my ex used to hit me years ago now i drink. trauma program for women",
    "dad used to beat me when i was a kid, need trauma therapy",
    "mi ex me pegaba hace muchos años, busco terapia",
]
ORDINARY = [
    "he locked me out of our bank account",
    "locked in to a lease, sober living",
    "did something stupid like relapse, need iop",
    "thinking of jumping into sober living",
    "my eye twitches, therapist for anxiety",
    "he hides vodka in the bathroom, help",
    "my son punched a wall at school, counselor",
    "my brother is locked up in prison",
    "had a seizure from withdrawal 3 years ago, which detox takes me",
    "history of seizures, last night no sleep, outpatient",
    "my toddler had a fit at the store, parenting class",
    "yoga for neck pain and opioid withdrawal",
    "sore throat on suboxone",
    "drinking a bottle of wine every night need outpatient",
    "tomo tequila todas las noches quiero dejarlo",
]


def read(text: str) -> Understanding:
    return understand(text, vocabulary=Vocabulary.load(), places=Gazetteer.load(), names=NoNames())


def signs(text: str) -> set[str]:
    return {concept for concept in read(text).ids() if concept.startswith("crisis.")}


@pytest.mark.parametrize("text", AT_THE_THROAT)
def test_hands_at_a_throat_are_violence_at_home(text: str) -> None:
    """Whoever is held by the throat is in danger, whatever word is used for it."""
    assert "crisis.domestic_violence" in signs(text)


@pytest.mark.parametrize("text", NOBODY_WAKES)
def test_a_drink_that_nobody_wakes_from_is_alcohol_poisoning(text: str) -> None:
    """Any drink counts, and the words in either order."""
    assert "crisis.alcohol_poisoning" in signs(text)


@pytest.mark.parametrize("text", GOES_ON)
def test_violence_that_goes_on_is_danger(text: str) -> None:
    """What happened years ago hides nothing that happens now."""
    assert "crisis.domestic_violence" in signs(text)


@pytest.mark.parametrize("text", LONG_OVER)
def test_violence_that_is_long_over_is_an_ordinary_search(text: str) -> None:
    """Somebody who tells of years ago looks for care, not for a way out."""
    assert "crisis.domestic_violence" not in signs(text)


@pytest.mark.parametrize("text", ORDINARY)
def test_look_alikes_are_no_danger(text: str) -> None:
    """Pain in a neck and wine every night are searches."""
    assert not signs(text) & {"crisis.domestic_violence", "crisis.alcohol_poisoning"}


@pytest.mark.parametrize("text", LOCKED_IN)
def test_who_is_locked_in_is_in_danger(text: str) -> None:
    assert read(text).crisis == "crisis.domestic_violence"


@pytest.mark.parametrize("text", SEIZURES_NOW)
def test_a_seizure_of_the_last_day_is_an_emergency(text: str) -> None:
    assert read(text).crisis == "crisis.seizure"


@pytest.mark.parametrize("text", THINKING_OF_IT)
def test_hints_at_an_end_are_heard(text: str) -> None:
    assert read(text).crisis == "crisis.suicide"


@pytest.mark.parametrize("text", TWITCHING)
def test_twitching_after_stopping_is_dangerous_withdrawal(text: str) -> None:
    assert read(text).crisis == "crisis.severe_withdrawal"
