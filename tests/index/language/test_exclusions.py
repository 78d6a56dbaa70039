"""What people rule out, in the many ways they say it, and what only looks like ruling out."""

from __future__ import annotations

import pytest

from index.geo.places import Gazetteer
from index.language.names.listed import NoNames
from index.language.understanding import Understanding, understand
from index.language.vocabulary import Vocabulary

RULED_OUT = {
    "group.aa": [
        "anything but AA",
        "tired of AA meetings looking for something else",
        "fed up with AA",
        "sick of AA want smart recovery instead",
        "aa isnt my thing",
        "aa is not for me",
        "i cant stand AA",
        "done with AA",
        "dont want to go to AA",
        "nada de AA",
        "odio las reuniones de AA",
        "que no me obliguen a ir a AA",
        "tampoco quiero AA",
        "en vez de AA",
    ],
    "group.na": ["sober living that doesnt make you go to NA", "i tried NA and hated it"],
    "tx.twelve_step": ["12 step no thanks", "refuse to do 12 steps", "without having to do 12 steps", "sin los doce pasos"],
    "care.faith_based": [
        "outpatient where nobody preaches at me",
        "any group for drinkers that doesnt do the god thing",
        "aa alternative thats not so preachy",
        "meetings that arent churchy",
        "i dont believe in god need rehab",
        "god free recovery group",
        "rehab que no hable de dios",
        "no creo en dios busco rehabilitacion",
        "id rather not go to a religious place",
        "keep god out of it, outpatient",
        "nothing christian",
        "no bible stuff",
        "skip the faith based ones",
        "that doesnt push religion",
        "i am not religious, need outpatient",
        "programa que no sea religioso",
        "no soy religioso busco tratamiento",
    ],
    "care.inpatient": ["cant do inpatient because of my job", "not going back to inpatient", "no quiero internarme"],
    "care.residential": ["not interested in residential", "dont send me to residential", "anything other than residential"],
    "care.telehealth": ["rather not do telehealth", "therapist but not telehealth please"],
    "med.methadone": [
        "methadone doesnt work for me need something else for heroin",
        "i wont take methadone",
        "opposed to methadone",
        "everything except methadone for fentanyl",
        "sin metadona",
        "menos metadona",
    ],
    "med.buprenorphine_naloxone": [
        "meds for opioids but i refuse suboxone",
        "suboxone made me sick, vivitrol instead",
        "prefer not to take suboxone",
        "allergic to suboxone need methadone",
    ],
    "tx.group": ["i hate group therapy", "no me gusta la terapia de grupo", "no group stuff just one on one counseling"],
    "med.psychiatric": ["depression treatment without medication", "help for anxiety but not with meds"],
}
RULES_NOTHING_OUT = [
    "no insurance detox",
    "cant stop using meth",
    "tired of drinking",
    "hate being on heroin",
    "sick of withdrawals",
    "cant afford rehab",
    "not sure if i need detox",
    "no wait list detox",
    "got out of jail used to do heroin dont want to relapse",
    "cant sleep without ambien anymore",
    "without xanax i shake",
    "he doesnt want to go to rehab",
    "places wont take my medicaid",
    "detox didnt work last time need rehab again",
    "i never tried suboxone where can i get it",
    "not only detox but also rehab",
    "no puedo dejar de tomar",
    "no puedo pagar rehabilitación",
    "my insurance wont pay for residential",
    "cant get into detox anywhere",
    "havent been to AA in years want to go back",
    "not far from denver outpatient",
    "dont want my boss to know, evening iop",
    "detox without my family finding out",
    "no quiero que mi esposo se entere, consejería",
]


def read(text: str) -> Understanding:
    return understand(text, vocabulary=Vocabulary.load(), places=Gazetteer.load(), names=NoNames())


@pytest.mark.parametrize(
    ("concept", "text"), [pytest.param(concept, text, id=text) for concept, texts in RULED_OUT.items() for text in texts]
)
def test_what_is_ruled_out_is_never_asked_for(concept, text):
    """Whatever words say no, the concept is excluded and stands among what is wanted no more."""
    understanding = read(text)

    assert concept in {match.id for match in understanding.excluded}
    assert concept not in understanding.ids()


@pytest.mark.parametrize("text", RULES_NOTHING_OUT)
def test_a_no_that_is_a_need_rules_nothing_out(text):
    """What somebody lacks, suffers from or cannot get is no wish to do without it."""
    assert read(text).excluded == ()
