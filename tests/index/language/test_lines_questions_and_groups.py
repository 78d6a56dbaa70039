"""Numbers to call, questions, names without a list, and families of needs: each line beside one that only looks like it."""

from __future__ import annotations

import pytest

from index.geo.places import Gazetteer
from index.language.names.listed import NoNames
from index.language.signals.intent import Intent
from index.language.understanding import Understanding, understand
from index.language.vocabulary import Vocabulary

LINES = {
    "help.veterans_crisis": ["is there a number i can text if im a veteran", "who can i call as a veteran", "text line for vets"],
    "help.nami": ["nami phone number", "whats the phone number for nami"],
    "help.quitline": ["1800 quit now", "1800quitnow"],
    "help.gambling": ["number for someone to talk about my gambling", "numero para ludopatia", "who do i call about gambling"],
    "help.samhsa": ["number for someone to talk to about my meth use"],
}
PLACES_TO_GO = ["veterans rehab denver", "gambling addiction treatment", "detox for veterans", "quit smoking program tampa"]
QUESTIONS = [
    "what even happens at an NA meeting",
    "whats rehab like",
    "what goes on at an aa meeting",
    "where do i get trained to use narcan in dayton ohio",
    "que se hace en una junta de aa",
]
SEARCHES = ["counselor trained in emdr", "facility certified in dbt", "free narcan columbus oh", "meetings like smart recovery"]
NAMES = ["harbor house", "hope house", "Operation PAR", "is this the site for Cenikor in houston", "liberty house denver"]
NO_NAMES = ["site for detox in houston", "website for sober living", "sober house", "detox near harbor or"]
NEEDS = {
    "care.taper": [
        "i take klonopin for epilepsy and want to get off it slowly",
        "come off paxil gradually",
        "dejar clonazepam despacio",
    ],
    "sub.other_rx": ["need to come off zoloft slow who can help", "stop taking seroquel"],
    "acc.transport": ["ride to the methodone clinic every morning tacoma", "need a lift to detox"],
    "group.alateen": [
        "my dad drinks im 15 is there a group for kids like me",
        "im only 13 my parents drink, any group",
        "teens with alcoholic parents group",
    ],
    "group.coda": ["codependant support group richmond", "codependency meetings", "grupo de codependencia"],
    "group.smart_family": ["smart recovry for familys saturday", "smart recovery family meeting"],
    "fmt.phone": ["beginner na meeting phone"],
    "pop.immigrants": ["no tengo papeles ni seguro"],
    "sub.fentanyl": ["fake percs", "pressed blues"],
    "sub.cocaine": ["my daughter is on blow"],
    "care.assessment": ["dui evaluation marietta"],
    "care.mental_health": ["necesito un sicologo"],
    "care.otp": ["walk in methadone intake tomorrow"],
    "svc.employment": ["oxford house and job help"],
    "tx.sud_counseling": ["SUD counseling ASL"],
    "sub.heroin": ["kicking H is killing me"],
    "group.smart": ["lifering or smart", "smart or aa meeting"],
    "group.lifering": ["lifering or smart"],
    "sched.morning": ["AA tomorrow morning"],
    "sched.evening": ["AA tomorrow night"],
    "pop.adolescents": ["terapia para niños con ansiedad"],
    "med.buprenorphine_naloxone": ["pregnant taking subs who will see me"],
}
NOT_NEEDED = [
    ("zoloft for depression", "sub.other_rx"),
    ("get off heroin fast", "care.taper"),
    ("im 15 years sober my mom drinks meeting", "group.alateen"),
    ("my dad drinks he is 65 group", "group.alateen"),
    ("aa meeting phone number", "fmt.phone"),
    ("blow up at my wife anger management", "sub.cocaine"),
    ("overdose while driving to work", "acc.transport"),
    ("nami support group denver", "help.nami"),
    ("rainn hotline", "help.samhsa"),
    ("childhelp helpline", "help.samhsa"),
    ("getting off work late need evening meetings", "care.detox"),
    ("doing laps at H street", "sub.heroin"),
    ("smart people need rehab too", "group.smart"),
]


def read(text: str) -> Understanding:
    return understand(text, vocabulary=Vocabulary.load(), places=Gazetteer.load(), names=NoNames())


@pytest.mark.parametrize(("line", "text"), [(line, text) for line, texts in LINES.items() for text in texts])
def test_a_number_to_call_is_the_line_meant(line: str, text: str) -> None:
    """Whoever asks for a number is answered with the line for what troubles them."""
    found = read(text)
    assert line in found.ids()
    assert found.intent is Intent.HELPLINE


@pytest.mark.parametrize("text", PLACES_TO_GO)
def test_care_for_the_same_people_is_no_line(text: str) -> None:
    """Treatment for veterans or gambling is a place to go."""
    assert read(text).intent is Intent.FIND_FACILITY


@pytest.mark.parametrize("text", QUESTIONS)
def test_what_happens_somewhere_is_a_question(text: str) -> None:
    """What a meeting is like and how something is learnt asks for knowledge, also beside a place."""
    assert read(text).intent is Intent.INFO


@pytest.mark.parametrize("text", SEARCHES)
def test_a_trained_counselor_is_looked_for(text: str) -> None:
    """What somebody is trained in is a wish for care."""
    assert read(text).intent in {Intent.FIND_FACILITY, Intent.FIND_MEETING}


@pytest.mark.parametrize("text", NAMES)
def test_a_name_without_a_list_is_told_by_its_shape(text: str) -> None:
    """Houses, operations and the site of somebody are names."""
    assert read(text).intent is Intent.PROVIDER_NAME


def test_a_house_is_no_town_of_that_name() -> None:
    """Nobody who types "harbor house" means the town of Harbor."""
    assert read("harbor house").place is None


@pytest.mark.parametrize("text", NO_NAMES)
def test_a_description_is_no_name(text: str) -> None:
    """A site that lists detox is no organization."""
    assert read(text).intent is not Intent.PROVIDER_NAME


@pytest.mark.parametrize(("concept", "text"), [(concept, text) for concept, texts in NEEDS.items() for text in texts])
def test_a_family_of_sentences_means_its_concept(concept: str, text: str) -> None:
    """English and Spanish, short and misspelt."""
    assert concept in read(text).ids()


@pytest.mark.parametrize(("text", "concept"), NOT_NEEDED)
def test_a_look_alike_means_something_else(text: str, concept: str) -> None:
    """The same words with another sense."""
    assert concept not in read(text).ids()


@pytest.mark.parametrize("text", ["cheap liquor store open now", "vape store", "smoke shop tampa", "weed dispensary near me"])
def test_a_shop_is_nothing_that_we_list(text: str) -> None:
    """A time or a town beside a shop asks for nothing of this field."""
    assert read(text).intent is None


@pytest.mark.parametrize("text", ["i dont mind the god stuff need aa", "not sure about the bible thing but need detox"])
def test_somebody_who_does_not_mind_rules_nothing_out(text: str) -> None:
    """A denial of minding is no denial of faith."""
    assert not read(text).excluded


def test_what_is_bought_in_the_street_is_no_home() -> None:
    """Who buys in the street does not say that they live there."""
    assert "pop.homeless" not in read("ahora compro en la calle y no tengo seguro").ids()
