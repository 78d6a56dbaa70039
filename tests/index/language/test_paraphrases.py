"""Needs told in words that no list holds: each family of sentences means its concept, whatever the single words are."""

from __future__ import annotations

import pytest

from index.geo.places import Gazetteer
from index.language.meaning.paraphrases import pattern_concepts
from index.language.names.listed import NoNames
from index.language.understanding import Understanding, understand
from index.language.vocabulary import Vocabulary

MEANT = {
    "pay.uninsured": [
        "lost my work and health insurance need iop",
        "zero coverage need detox",
        "my medicaid lapsed",
        "aged off my parents insurance",
        "me quedé sin seguro",
    ],
    "pay.sliding_scale": ["charges according to what you earn", "fees depend on income", "pagar lo que pueda"],
    "pay.free": ["treatment that doesnt cost anything", "i dont have any money for rehab", "no puedo pagar nada"],
    "pop.homeless": ["i sleep in my truck", "living under a bridge", "couch surfing since march", "duermo en mi carro"],
    "pop.criminal_justice": [
        "sentenced to rehab",
        "out of county lockup friday",
        "my po wants me in a program",
        "salió de la cárcel ayer",
    ],
    "pop.pregnant": ["34f preg fentanyl", "20 weeks along and on heroin", "found out im expecting", "espero un bebé"],
    "pop.older_adults": ["my mom is 78 and drinks", "my grandpa is on opioids"],
    "pop.adolescents": ["mi hijo de 16 fuma mota", "my kid is 15 and vapes"],
    "pop.couples": ["boyfriend and i want to quit together", "my wife and me both need rehab", "mi novio y yo"],
    "pop.parents_children": ["program where i can keep my baby with me", "rehab that lets my kids stay too"],
    "pop.dui": ["second offender dui program", "evaluación por manejar tomado", "got pulled over drunk need classes"],
    "acc.pets": ["lets my pitbull come to rehab with me", "can i bring my cats"],
    "acc.accepts_moud": ["place that wont kick me off my methadone", "sober living where i can stay on suboxone"],
    "acc.smoking_allowed": ["can you smoke in rehab", "do they allow vaping there in detox"],
    "care.sober_living": ["house where everyone stays sober", "a sober place to stay after detox"],
    "care.intervention": ["sit the family down and get dad to agree to go", "convince my brother to get help"],
    "care.otp": ["where do you go to drink your methadone every morning"],
    "svc.involuntary": ["what is a 72 hour hold", "can they force my brother into rehab", "against his will"],
    "svc.overdose_education": ["class for our staff on how to spot an overdose", "taller para prevenir sobredosis"],
    "tx.trauma": ["therapist who deals with trauma", "terapeuta de trauma"],
    "sub.alcohol": ["shaking, my last drink was yesterday", "wine at lunch and vodka every night", "toma cada día"],
    "sub.cocaine": ["get off the snow"],
    "help.dv": ["linea de ayuda por maltrato", "number for domestic abuse"],
    "sub.methamphetamine": ["ocupo ayuda con el cristal"],
    "group.alanon": ["meeting for wives of drunks", "grupo para familiares de alcohólicos"],
    "group.aca": ["both my parents drank, meetings for grown up kids"],
    "group.family": ["moms of kids using drugs, support group"],
    "group.ga": ["gamblers anon"],
    "group.secular": ["quit drinking group without the god stuff"],
    "cond.grief": ["parents who lost a child to overdose", "perdí a mi hijo por una sobredosis"],
    "pay.payment_plan": ["rehab where you pay by the month", "i can only make payments", "rehabilitación en pagos mensuales"],
    "pay.medicaid": ["no license and my medicaid is pending", "still waiting on medicaid, detox"],
    "acc.phone_allowed": ["rehab where i keep my phone", "do they let you have laptops in rehab"],
    "care.moud": ["opioid medication near me", "drinking pills that stop it, alcohol shot"],
    "sub.heroin": ["been on h since march", "my cousin is hooked on h", "trying to get off dope"],
    "sub.ketamine": ["ketamine every weekend", "k and molly all weekend, counseling"],
    "sub.prescription_drugs": ["bipolar and pills", "drinking and pills every night"],
    "sub.rx_opioids": ["my dad is addicted to pain medication"],
    "sched.morning": ["methadone clinic open before school", "dosing at 5am"],
    "group.any": ["heroin group tonight", "cocaine meetings in tampa", "noon meeting denver"],
    "care.residential": ["family residential spokane"],
    "pay.eap": ["sap provider near me", "return to duty evaluation"],
    "tx.anger": ["domestic violence classes ordered by the judge"],
    "tx.education": ["mip classes", "my son got a minor in possession"],
    "pay.medicaid.ca": ["quien acepta medical en bakersfield", "rehab that takes medical in oakland"],
    "pay.uhc": ["any iop that accepts united"],
    "pop.healthcare_pros": ["attorney assistance program", "nurse monitoring program"],
    "pop.immigrants": ["no tengo seguro ni papeles"],
    "care.treatment": ["i found a pipe in my daughters backpack", "encontré jeringas en su cuarto"],
    "group.coda": ["co-da tonight"],
    "pay.va": ["boise va detox", "counseling cheyenne va"],
    "fmt.speaker": ["speaker aa saturday reno"],
    "fmt.open": ["open speaker na tulsa"],
    "fmt.phone": ["can i dial in to an aa meeting"],
    "fmt.proof_of_attendance": ["aa in macon, gotta get my court paper signed"],
    "help.samhsa": ["is there a free national number for finding rehab", "hotline to talk to someone about my drinking"],
    "help.quitline": ["phone line to help quit smoking"],
    "help.drugfree": ["hotline for parents whose kid is using"],
    "help.never_use_alone": ["line that stays on the phone with you while you use"],
}
NOT_MEANT = [
    ("a place with nurses watching you, detox", "pop.healthcare_pros"),
    ("kid drank my methadone", "sub.alcohol"),
    ("el bebé se tragó una pastilla", "sub.alcohol"),
    ("coke zero 12 pack", "sub.alcohol"),
    ("vet for my cat", "pop.veterans"),
    ("i live outside paducah", "pop.homeless"),
    ("my insurance ended need detox", "pay.private"),
    ("clinic opening early tomorrow", "sched.no_wait"),
    ("i am a social worker, detox for a client", "svc.case_management"),
    ("cheap hotels in denver", "pay.sliding_scale"),
    ("no ride, medicaid, detox", "pay.uninsured"),
    ("a phone number for detox", "acc.phone_allowed"),
    ("drug group home", "group.any"),
    ("my daughter wont eat and takes adderall", "crisis.poisoning"),
    ("the er just sent him home, detox tonight", "help.911"),
    ("software sap training", "pay.eap"),
    ("a clinic with medical detox in reno", "pay.medicaid.ca"),
    ("does anyone have united airlines tickets", "pay.uhc"),
    ("nurse diversion program", "pop.criminal_justice"),
    ("grandparents raising children support group", "pop.adolescents"),
    ("detox juice recipes", "care.detox"),
    ("rehab for a horse", "care.treatment"),
    ("gabapentin for my dog", "sub.gabapentin"),
    ("crack in the wall", "sub.crack"),
    ("meth group therapy", "group.any"),
    ("go to the clinic on h street", "sub.heroin"),
    ("days off and snow in the mountains", "sub.cocaine"),
    ("food and pills for my dog", "sub.prescription_drugs"),
    ("drinking medication interactions", "care.moud"),
]
MISSPELT = [
    ("sobr livng", "care.sober_living"),
    ("dule diagnosis", "care.cooccurring"),
    ("namy helpline", "help.nami"),
    ("domestic violance hotline", "help.dv"),
    ("greif counsling", "cond.grief"),
    ("i wana kil my self", "crisis.suicide"),
]


def read(text: str) -> Understanding:
    return understand(text, vocabulary=Vocabulary.load(), places=Gazetteer.load(), names=NoNames())


def test_patterns_name_concepts_that_exist():
    """Every concept of a pattern stands in the vocabulary."""
    assert pattern_concepts() <= Vocabulary.load().by_id.keys()


@pytest.mark.parametrize(
    ("concept", "text"), [pytest.param(concept, text, id=text) for concept, texts in MEANT.items() for text in texts]
)
def test_a_need_is_read_from_its_paraphrases(concept, text):
    """The sentence means its concept, in English and in Spanish."""
    assert concept in read(text).ids()


@pytest.mark.parametrize(("text", "concept"), NOT_MEANT)
def test_words_inside_a_paraphrase_mean_nothing_else(text, concept):
    """A word that is part of a saying no longer means what it means alone."""
    assert concept not in read(text).ids()


@pytest.mark.parametrize(("text", "concept"), MISSPELT)
def test_a_short_slip_is_mended_by_the_word_beside_it(text, concept):
    """Four letters with one missing, and words that a phrase with their neighbour tells, are read as meant."""
    assert concept in read(text).ids()
