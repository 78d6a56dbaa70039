"""Signs of danger: what must be seen, in English and Spanish, and what must not."""

from __future__ import annotations

import pytest

from index.geo.places import Gazetteer
from index.language.names.listed import NoNames
from index.language.signals.intent import Intent
from index.language.understanding import Understanding, understand
from index.language.vocabulary import Vocabulary


def read(text: str) -> Understanding:
    return understand(text, vocabulary=Vocabulary.load(), places=Gazetteer.load(), names=NoNames())


@pytest.mark.parametrize(
    ("text", "concept"),
    [
        ("i dont want to be here anymore", "crisis.suicide"),
        ("i feel like dying", "crisis.suicide"),
        ("whats the point of living", "crisis.suicide"),
        ("i just want the pain to stop", "crisis.suicide"),
        ("estoy cansada de vivir", "crisis.suicide"),
        ("no quiero seguir", "crisis.hopeless"),
        ("drank bleach", "crisis.poisoning"),
        ("girl 14 cutting", "crisis.self_harm"),
        ("my son od'd last night", "crisis.overdose"),
        ("everyone would be better off without me", "crisis.suicide"),
        ("kil myslef", "crisis.suicide"),
        ("ya no quiero vivir", "crisis.suicide"),
        ("my daughter keeps cutting herself", "crisis.self_harm"),
        ("i cant keep doing this anymore", "crisis.hopeless"),
        ("no aguanto mas", "crisis.hopeless"),
        ("she took the whole bottle", "crisis.overdose"),
        ("i took 40 tylenol", "crisis.overdose"),
        ("se tomó todas las pastillas", "crisis.overdose"),
        ("he wont wake up", "crisis.not_breathing"),
        ("lips are blue", "crisis.overdose"),
        ("no respira", "crisis.not_breathing"),
        ("chest hurts after coke", "crisis.chest_pain"),
        ("having a siezure", "crisis.seizure"),
        ("seizing right now, takes keppra for his seizures", "crisis.seizure"),
        ("my son just had a seizure he takes keppra for his seizures", "crisis.seizure"),
        ("está convulsionando, toma keppra para sus convulsiones", "crisis.seizure"),
        ("i stopped ativan on my own and feel bad", "crisis.abrupt_stop"),
        ("is it safe to stop my meds on my own", "crisis.abrupt_stop"),
        ("can someone help me quit heroin cold turkey i am sick", "crisis.abrupt_stop"),
        ("can i quit weed? i stopped xanax suddenly", "crisis.abrupt_stop"),
        ("está convulsionando", "crisis.seizure"),
        ("stopped drinking and seeing things", "crisis.severe_withdrawal"),
        ("ran out of klonopin", "crisis.abrupt_stop"),
        ("dejé de golpe", "crisis.abrupt_stop"),
        ("my husband choked me", "crisis.domestic_violence"),
        ("my daughter's boyfriend hits her", "crisis.domestic_violence"),
        ("mi novio me golpea", "crisis.domestic_violence"),
        ("toddler ate a gummy", "crisis.poisoning"),
        ("he has a gun and is drunk", "crisis.homicidal"),
        ("hearing voices", "crisis.psychosis"),
        ("i was raped", "crisis.sexual_assault"),
        ("think it was laced", "crisis.contaminated_batch"),
    ],
)
def test_danger_is_seen(text, concept):
    """A sign of danger is read whatever else the text says."""
    assert concept in read(text).ids()


@pytest.mark.parametrize(
    "text",
    [
        "overdose prevention training",
        "naloxone class after my cousin overdosed last year",
        "my son died of an overdose support group",
        "suicide prevention program",
        "suicide squad movie",
        "history of seizures alcohol detox",
        "klonopin for seizures",
        "i take klonopin for my seizures and need a new prescriber",
        "clonazepam para mis convulsiones",
        "phenobarbital for her epilepsy and alcohol rehab",
        "is it safe to stop lorazepam on my own",
        "can i quit klonopin on my own",
        "is stopping heroin cold turkey dangerous",
        "can you stop gabapentin cold turkey",
        "es seguro dejar el clonazepam de golpe",
        "heart attack last year rehab",
        "cutting back on drinking",
        "daughter keeps cutting class",
        "what is the point of detox",
        "quiero seguir en tratamiento",
        "no quiero seguir tomando",
        "hit rock bottom",
        "my back is killing me",
        "dying to get sober",
        "this addiction is killing me",
        "blue cross blue shield detox",
        "opioid crisis facts",
        "food poisoning",
        "my mother abused me as a child therapist",
        "capacitación sobre sobredosis",
        "first episode psychosis program",
    ],
)
def test_ordinary_search_is_no_crisis(text):
    """Prevention, grief, history, idioms and titles are ordinary searches."""
    assert read(text).crisis is None


def test_danger_beyond_the_read_part():
    """The crisis pass looks at all of a long text."""
    assert read("detox " * 2_000 + "i want to kill myself").crisis == "crisis.suicide"


def test_emergency_leads():
    """Of several signs the most urgent leads."""
    assert read("i want to die and he is not breathing").crisis == "crisis.not_breathing"


def test_plea_alone_is_a_crisis():
    """ "Need help now" by itself is a plea; with a service it is urgency."""
    assert read("i need help now").crisis == "crisis.mental_health"
    assert read("need help now with detox in Boise").crisis is None


def test_line_by_name():
    """A crisis line asked for by name leads the page, and is a search for a line."""
    understanding = read("suicide hotline number")

    assert understanding.crisis == "help.988"
    assert understanding.intent is Intent.HELPLINE


def test_crisis_center_is_a_place():
    """A crisis center is searched for; the crisis line stands above."""
    understanding = read("24/7 walk in crisis center tulsa")

    assert understanding.intent is Intent.FIND_FACILITY
    assert understanding.crisis == "crisis.mental_health"


def test_parent_who_drinks_gets_help_first():
    """Who names their own drinking is not sent to a report line."""
    assert "crisis.child_danger" not in read("i am drinking and my kids are left alone, need rehab").ids()
