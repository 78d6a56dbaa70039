"""What a place says of a concept, in words that fit a sentence: "take Medicaid", "tienen un programa para mujeres".

Each clause is a verb and what follows it, so that clauses of one verb can be joined. A concept without words of its own says its
label after the verb of its family.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

from directory.disclosure import Language, Words
from index.language.vocabulary import Vocabulary

AND: Final[Words] = {"en": "and", "es": "y"}  # what joins the last word of a list
OR: Final[Words] = {"en": "or", "es": "o"}


class Clause(NamedTuple):
    """A verb in the plural and what follows it."""

    verb: str
    what: str


PROGRAM_FOR: Final[Words] = {"en": "have a program for", "es": "tienen un programa para"}
_IN_A_LANGUAGE: Final[Words] = {"en": "have staff or services in", "es": "atienden en"}
_VERBS: Final[Mapping[str, Words]] = {
    "pay": {"en": "take", "es": "aceptan"},
    "pop": PROGRAM_FOR,
    "cond": PROGRAM_FOR,
    "beh": PROGRAM_FOR,
    "lang": _IN_A_LANGUAGE,
    "group": {"en": "hold meetings of", "es": "ofrecen reuniones de"},
    "": {"en": "offer", "es": "ofrecen"},
}
# Where verb and label do not make a sentence: English and Spanish, each "verb|what follows it".
_OWN: Final[Mapping[str, tuple[str, str]]] = {
    "care.cooccurring": (
        "treat|addiction and mental health together",
        "tratan|la adicción y la salud mental a la vez",
    ),
    "care.detox": ("offer|detox", "ofrecen|desintoxicación"),
    "care.detox.social": ("offer|detox without medical care", "ofrecen|desintoxicación sin atención médica"),
    "care.residential.short": ("offer|short-term residential treatment", "ofrecen|tratamiento residencial de corto plazo"),
    "care.residential.long": ("offer|long-term residential treatment", "ofrecen|tratamiento residencial de largo plazo"),
    "care.psych_hospital": ("have|a psychiatric hospital or unit", "tienen|un hospital o una unidad psiquiátrica"),
    "care.php": ("offer|day treatment", "ofrecen|tratamiento de día"),
    "care.iop": ("offer|intensive outpatient treatment", "ofrecen|tratamiento ambulatorio intensivo"),
    "care.otp": ("have|a methadone clinic", "tienen|una clínica de metadona"),
    "care.obot": ("have|someone who prescribes buprenorphine", "tienen|quien recete buprenorfina"),
    "care.sober_living": ("offer|sober living", "ofrecen|vivienda sobria"),
    "care.oxford_house": ("are|an Oxford House", "son|una Oxford House"),
    "care.crisis_walkin": (
        "offer|psychiatric emergency care without an appointment",
        "atienden|urgencias psiquiátricas sin cita",
    ),
    "care.mobile_crisis": ("have|a mobile crisis team", "tienen|un equipo móvil de crisis"),
    "care.act_team": ("have|an assertive community treatment team", "tienen|un equipo de tratamiento comunitario asertivo"),
    "care.assessment": ("do|assessments", "hacen|evaluaciones"),
    "care.cmhc": ("are|community mental health centers", "son|centros comunitarios de salud mental"),
    "care.ccbhc": (
        "are|Certified Community Behavioral Health Clinics",
        "son|clínicas comunitarias certificadas de salud conductual",
    ),
    "care.fqhc": ("are|community health centers", "son|centros de salud comunitarios"),
    "care.rtc_youth": ("offer|residential care for children and teens", "ofrecen|residencia para niños y adolescentes"),
    "care.therapeutic_community": ("run|a therapeutic community", "son|una comunidad terapéutica"),
    "care.sobering_center": ("have|a sobering center", "tienen|un centro de sobriedad"),
    "care.luxury": ("offer|a luxury or executive program", "ofrecen|un programa de lujo"),
    "care.faith_based": ("have|a faith-based program", "tienen|un programa basado en la fe"),
    "care.secular": ("have|a secular program without the 12 steps", "tienen|un programa laico, sin los 12 pasos"),
    "care.evidence_based": ("have|an evidence-based program", "tienen|un programa basado en evidencia"),
    "care.holistic": ("have|a holistic program", "tienen|un programa holístico"),
    "med.buprenorphine": ("offer|buprenorphine", "ofrecen|buprenorfina"),
    "med.naltrexone": ("offer|naltrexone", "ofrecen|naltrexona"),
    "med.psychiatric": ("manage|psychiatric medicines", "manejan|medicamentos psiquiátricos"),
    "pay.free": ("offer|free care", "ofrecen|atención gratis"),
    "pay.uninsured": ("take|people without insurance", "aceptan a|personas sin seguro"),
    "pay.sliding_scale": ("have|fees based on income", "cobran|según los ingresos"),
    "pay.assistance": ("offer|help with paying", "ofrecen|ayuda para pagar"),
    "pay.state_funded": ("offer|care paid by the state or county", "ofrecen|atención pagada por el estado o el condado"),
    "pay.self_pay": ("take|cash or self-payment", "aceptan|pago en efectivo"),
    "pay.payment_plan": ("offer|a payment plan", "ofrecen|un plan de pagos"),
    "pop.pregnant": ("have a program for|pregnant or postpartum people", "tienen un programa para|embarazadas o posparto"),
    "pop.lgbtq": ("have a program for|LGBTQ+ people", "tienen un programa para|personas LGBTQ+"),
    "pop.transgender": (
        "have a program for|transgender and non-binary people",
        "tienen un programa para|personas trans y no binarias",
    ),
    "pop.native": (
        "have a program for|American Indian or Alaska Native people",
        "tienen un programa para|nativos americanos o de Alaska",
    ),
    "pop.black": ("have a program for|Black people", "tienen un programa para|personas negras"),
    "pop.latino": ("have a program for|Hispanic or Latino people", "tienen un programa para|hispanos o latinos"),
    "pop.asian": (
        "have a program for|Asian American or Pacific Islander people",
        "tienen un programa para|asiáticos o isleños del Pacífico",
    ),
    "pop.couples": ("have a program for|couples", "tienen un programa para|parejas"),
    "pop.rural": ("have a program for|people in rural areas", "tienen un programa para|personas de zonas rurales"),
    "pop.parents_children": ("have a program for|parents with children", "tienen un programa para|padres o madres con hijos"),
    "lang.asl": ("have staff or services in|American Sign Language", "atienden en|lengua de señas americana"),
    "lang.interpreter": ("have|interpreters or other languages", "tienen|intérpretes u otros idiomas"),
    "lang.native_other": (
        "have staff or services in|another American Indian or Alaska Native language",
        "atienden en|otra lengua indígena",
    ),
    "tx.twelve_step": ("use|the 12 steps", "usan|los 12 pasos"),
    "group.any": ("hold|support groups", "ofrecen|grupos de apoyo"),
    "group.twelve_step": ("hold|12-step meetings", "ofrecen|reuniones de 12 pasos"),
    "group.secular": ("hold|meetings without the 12 steps", "ofrecen|reuniones sin los 12 pasos"),
    "group.family": ("hold|support groups for families", "ofrecen|grupos de apoyo para familiares"),
    "svc.involuntary": ("handle|involuntary commitment", "atienden|internamientos involuntarios"),
    "svc.court_ordered_mh": (
        "offer|court-ordered outpatient mental health care",
        "ofrecen|tratamiento ambulatorio por orden judicial",
    ),
    "cond.sed": (
        "have a program for|children with serious emotional problems",
        "tienen un programa para|niños con problemas emocionales graves",
    ),
    "acc.wheelchair": ("are|wheelchair accessible", "tienen|acceso para silla de ruedas"),
    "acc.transport": ("help with|transportation", "ayudan con|el transporte"),
    "acc.childcare": ("have|child care on site", "tienen|guardería"),
    "acc.smoke_free": ("are|smoke-free", "son|libres de humo"),
    "acc.smoking_allowed": ("allow|smoking or vaping", "permiten|fumar o vapear"),
    "acc.pets": ("allow|pets or service animals", "permiten|mascotas"),
    "acc.phone_allowed": ("allow|phones and laptops", "permiten|teléfonos"),
    "acc.private_room": ("have|private rooms", "tienen|habitaciones privadas"),
    "acc.accepts_moud": ("take|people on methadone or buprenorphine", "aceptan a|quienes toman metadona o buprenorfina"),
    "acc.accredited": ("are|accredited", "están|acreditados"),
    "acc.carf": ("are|accredited by CARF", "están|acreditados por CARF"),
    "acc.joint_commission": ("are|accredited by the Joint Commission", "están|acreditados por la Joint Commission"),
    "acc.state_licensed": ("are|licensed or certified by the state", "tienen|licencia o certificación del estado"),
    "acc.nonprofit": ("are|nonprofit", "son|sin fines de lucro"),
    "acc.for_profit": ("are|for-profit", "son|con fines de lucro"),
    "acc.government": ("are|run by the government", "son|del gobierno"),
    "acc.tribal": ("are|run by a tribe or the Indian Health Service", "son|de una tribu o del Servicio de Salud Indígena"),
    "acc.va": ("are|run by Veterans Affairs", "son|del Departamento de Asuntos de los Veteranos"),
    "acc.military": ("are|run by the Department of Defense", "son|del Departamento de Defensa"),
    "sched.24_7": ("are|open day and night", "están|abiertos de día y de noche"),
    "sched.walk_in": ("take|people without an appointment", "aceptan a|personas sin cita"),
}
_WITH: Final[Words] = {"en": "people with", "es": "personas con"}  # after "have a program for": a condition is not a person
_OF_A_NOUN: Final = frozenset({"offer", "have", "take", "ofrecen", "tienen", "aceptan"})  # "It states: " what follows them
NAMES: Final = ("pay.medic", "pay.tricare")  # ids whose labels are names of one word
_PARENTHESIS: Final = re.compile(r"(.+) \((.+)\)")


def clause(concept: str, vocabulary: Vocabulary, lang: Language) -> Clause:
    """Return what a place says that it does with a concept."""
    own = _OWN.get(concept)
    if own:
        verb, _, what = own[1 if lang == "es" else 0].partition("|")
        return Clause(verb, what)
    family = concept.partition(".")[0]
    verb, what = _VERBS.get(family, _VERBS[""])[lang], phrase(concept, vocabulary, lang)
    return Clause(verb, f"{_WITH[lang]} {what}" if family in ("cond", "beh") else what)


def phrase(concept: str, vocabulary: Vocabulary, lang: Language) -> str:
    """Return a label as it stands inside a sentence: its first letter small unless the word is a name or an acronym."""
    label = vocabulary.label(concept, lang).replace(" / ", " o " if lang == "es" else " or ")
    first, *others = label.partition(" (")[0].split()
    names = NAMES if lang == "es" else (*NAMES, "lang.")  # Spanish writes languages small
    proper = any(word[:1].isupper() and not word.isupper() for word in others)  # "Alcoholics Anonymous", not "VA benefits"
    is_name = proper or first[1:] != first[1:].lower() or concept.startswith(names)
    return label if is_name else label[:1].lower() + label[1:]


def stated_phrase(concept: str, vocabulary: Vocabulary, lang: Language) -> str:
    """Return what a place states of a concept: a drug stands for detox of it, as a federal code means it."""
    if concept.startswith("sub."):
        words = phrase(concept, vocabulary, lang)
        return f"desintoxicación de {words}" if lang == "es" else f"detox for {words}"
    said = clause(concept, vocabulary, lang)
    if said.verb == PROGRAM_FOR[lang]:
        return f"un programa para {said.what}" if lang == "es" else f"a program for {said.what}"
    if said.verb == _IN_A_LANGUAGE[lang]:
        return f"atención en {said.what}" if lang == "es" else f"staff or services in {said.what}"
    return said.what if said.verb in _OF_A_NOUN else phrase(concept, vocabulary, lang)


def drug_phrase(coded: str, asked: Sequence[str], vocabulary: Vocabulary, lang: Language) -> str:
    """Return a drug as its source names it, with what was asked beside it: "benzodiazepines (Klonopin)"."""
    said = phrase(coded, vocabulary, lang)
    narrower = [_short_name(one, vocabulary, lang) for one in asked if coded in vocabulary.ancestors(one)]
    return f"{said} ({', '.join(narrower)})" if narrower else said


def _short_name(drug: str, vocabulary: Vocabulary, lang: Language) -> str:
    """Return the name that people say: "Klonopin" for "Clonazepam (Klonopin)", else the label without what explains it."""
    said = phrase(drug, vocabulary, lang)
    parts = _PARENTHESIS.fullmatch(said)
    if not parts:
        return said
    return parts[2] if parts[2][:1].isupper() else parts[1]


def joined(words: Sequence[str], last: str) -> str:
    """Return words as a list in a sentence: "a, b and c". In Spanish "y" and "o" give way before their own sound."""
    *most, final = words
    return f"{', '.join(most)} {_before(final, last)} {final}" if most else final


def _before(word: str, joining: str) -> str:
    if joining == "y" and re.match(r"h?[ií](?!e)", word.lower()):
        return "e"
    if joining == "o" and re.match(r"h?[oó]", word.lower()):
        return "u"
    return joining
