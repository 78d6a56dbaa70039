"""Two short ways to a search: three plain questions each, and what every answer asks for and why.

Nothing is scored, nobody is diagnosed and nothing is kept: an answer only chooses filters, which the next page explains and
which the reader can take away.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from directory.asking.query import SearchQuery
from directory.disclosure import Language
from index.listing import ConceptId, Kind

Text = Mapping[Language, str]
UNSAID: Final = "unsaid"  # the answer "I don't know" of every question


class PathName(StrEnum):
    """The two ways, as their addresses name them."""

    SOMEONE_ELSE = "for-someone-else"
    NOT_SURE = "not-sure"


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer. `offers` must be stated by a place, `prefer` only comes first; `why` explains it, "" where nothing is asked."""

    value: str
    label: Text
    offers: tuple[str, ...] = ()
    prefer: tuple[str, ...] = ()
    kind: Kind | None = None
    why: Text | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """One question with its answers; the last one asks for nothing."""

    name: str
    label: Text
    choices: tuple[Choice, ...]

    def choice(self, value: str) -> Choice:
        """Return the answer of this value; the one that asks for nothing where the value is not known."""
        return next((choice for choice in self.choices if choice.value == value), self.choices[-1])


@dataclass(frozen=True, slots=True)
class Asked:
    """The search that answers make, and those answers that ask for something, in the order of the questions."""

    query: SearchQuery
    chosen: tuple[Choice, ...]


def _unsaid(en: str, es: str) -> Choice:
    return Choice(UNSAID, {"en": en, "es": es})


_FIRST: Final[Text] = {
    "en": "Who names it comes first. The others stay in the list, because few places say which drugs they treat.",
    "es": "Primero va quien lo nombra. Los demás siguen en la lista, pues pocos lugares dicen qué drogas tratan.",
}


def _about(value: str, concept: str, en: str, es: str) -> Choice:
    return Choice(value, {"en": en, "es": es}, prefer=(concept,), why=_FIRST)


_ABOUT: Final = Question(
    "about",
    {"en": "What is it about?", "es": "¿De qué se trata?"},
    (
        _about("alcohol", "sub.alcohol", "Alcohol", "Alcohol"),
        _about(
            "opioids",
            "sub.opioids",
            "Opioids: heroin, fentanyl, pain pills",
            "Opioides: heroína, fentanilo, pastillas",
        ),
        _about(
            "sedatives",
            "sub.benzodiazepines",
            "Pills for worry or sleep, such as Klonopin or Xanax",
            "Pastillas para la angustia o el sueño, como Klonopin o Xanax",
        ),
        _about("stimulants", "sub.stimulants", "Cocaine, meth or other stimulants", "Cocaína, metanfetamina u otros"),
        Choice(
            "both",
            {"en": "Drink or drugs, and mood or mind too", "es": "Bebida o drogas, y también el ánimo o la mente"},
            offers=("care.cooccurring",),
            why={
                "en": "Only places that say they treat both together.",
                "es": "Solo lugares que dicen que tratan las dos cosas juntas.",
            },
        ),
        Choice(
            "mood",
            {"en": "Mood or mind, without drink or drugs", "es": "El ánimo o la mente, sin bebida ni drogas"},
            offers=("care.mental_health",),
            why={
                "en": "Only places that say they offer mental health treatment.",
                "es": "Solo lugares que dicen que tratan la salud mental.",
            },
        ),
        _unsaid("Something else, several, or I don't know", "Otra cosa, varias, o no sé"),
    ),
)

_SAFELY: Final = Choice(
    "stop",
    {"en": "To stop safely, without getting ill", "es": "Dejarlo sin peligro y sin enfermarse"},
    offers=("care.detox",),
    why={
        "en": "Only places that say they do detox: medical help over some days.",
        "es": "Solo lugares que dicen que hacen desintoxicación: ayuda médica por unos días.",
    },
)
_STAY: Final = Choice(
    "stay",
    {"en": "A place to stay, day and night", "es": "Un lugar donde quedarse, de día y de noche"},
    offers=("care.inpatient",),
    why={
        "en": "Only places that say they have care day and night.",
        "es": "Solo lugares que dicen que atienden día y noche.",
    },
)
_HOME: Final = Choice(
    "home",
    {"en": "Visits, while living at home", "es": "Visitas, viviendo en casa"},
    offers=("care.outpatient",),
    why={"en": "Only places that say they offer visits.", "es": "Solo lugares que dicen que ofrecen visitas."},
)
_MEDICINE: Final = Choice(
    "medicine",
    {"en": "Medicine against craving for opioids or alcohol", "es": "Medicina contra las ganas de opioides o alcohol"},
    offers=("care.moud",),
    why={
        "en": "Only places that say they give medicine for addiction.",
        "es": "Solo lugares que dicen que dan medicina para la adicción.",
    },
)
_GROUP: Final = Choice(
    "group",
    {"en": "People who have been there", "es": "Personas que pasaron por lo mismo"},
    kind=Kind.MEETING,
    why={"en": "Support-group meetings, which are free.", "es": "Reuniones de grupos de apoyo, que son gratis."},
)
_CALL: Final = Choice(
    "call",
    {"en": "Somebody to talk to on the phone", "es": "Alguien con quien hablar por teléfono"},
    kind=Kind.HELPLINE,
    why={"en": "Lines that you can call.", "es": "Líneas a las que puede llamar."},
)
_FAMILY: Final = Choice(
    "family",
    {"en": "Help for me and the family", "es": "Ayuda para mí y la familia"},
    offers=("tx.family",),
    why={
        "en": "Only places that say they work with families.",
        "es": "Solo lugares que dicen que trabajan con familias.",
    },
)


def _pays(value: str, en: str, es: str, *offers: str) -> Choice:
    why: Text = {
        "en": "Only places that say they take it. Ask them again: plans change.",
        "es": "Solo lugares que dicen que lo aceptan. Pregunte otra vez: los planes cambian.",
    }
    return Choice(value, {"en": en, "es": es}, offers=offers, why=why)


_PAYMENT: Final = Question(
    "payment",
    {"en": "How may it be paid?", "es": "¿Cómo se podría pagar?"},
    (
        _pays("medicaid", "Medicaid", "Medicaid", "pay.medicaid"),
        _pays("medicare", "Medicare", "Medicare", "pay.medicare"),
        _pays("private", "Private insurance", "Seguro privado", "pay.private"),
        _pays("military", "Military or VA insurance", "Seguro militar o del VA", "pay.tricare", "pay.va"),
        Choice(
            "none",
            {"en": "No insurance, or little money", "es": "Sin seguro o con poco dinero"},
            offers=("pay.sliding_scale", "pay.free"),
            why={
                "en": "Only places that say they charge by income, or nothing.",
                "es": "Solo lugares que dicen que cobran según los ingresos, o nada.",
            },
        ),
        _unsaid("I don't know, or show all", "No sé, o mostrar todos"),
    ),
)
_AGE: Final = Question(
    "age",
    {"en": "How old is the person?", "es": "¿Qué edad tiene la persona?"},
    (
        Choice(
            "young",
            {"en": "Under 18", "es": "Menos de 18 años"},
            offers=("pop.adolescents",),
            why={
                "en": "Only places that say they have a program for young people. Many others take adults alone.",
                "es": "Solo lugares que dicen que tienen un programa para jóvenes. Muchos otros solo reciben adultos.",
            },
        ),
        Choice(
            "older",
            {"en": "65 or older", "es": "65 años o más"},
            prefer=("pop.older_adults",),
            why={
                "en": "Places with a program for older adults come first.",
                "es": "Primero van los lugares con un programa para adultos mayores.",
            },
        ),
        _unsaid("18 to 64, or I would rather not say", "De 18 a 64, o prefiero no decirlo"),
    ),
)
QUESTIONS: Final[Mapping[PathName, tuple[Question, ...]]] = {
    PathName.SOMEONE_ELSE: (
        _AGE,
        _ABOUT,
        Question(
            "want",
            {"en": "What do you want to find?", "es": "¿Qué quiere encontrar?"},
            (
                _SAFELY,
                _STAY,
                _HOME,
                _MEDICINE,
                _FAMILY,
                _CALL,
                _unsaid("I don't know: show all kinds of places", "No sé: mostrar lugares de toda clase"),
            ),
        ),
    ),
    PathName.NOT_SURE: (
        _ABOUT,
        Question(
            "want",
            {"en": "What is closest to what you want?", "es": "¿Qué se parece más a lo que quiere?"},
            (
                _SAFELY,
                _STAY,
                _HOME,
                _MEDICINE,
                _GROUP,
                _CALL,
                _unsaid("I don't know: show all kinds of places", "No sé: mostrar lugares de toda clase"),
            ),
        ),
        _PAYMENT,
    ),
}


def asked(path: PathName, answers: Mapping[str, str], near: str, lang: Language) -> Asked:
    """Return the search that the answers make. An answer that is missing or not known asks for nothing.

    Lines and meetings are asked for without filters that only places state; what is preferred stays, so that notices do too.
    """
    chosen = tuple(question.choice(answers.get(question.name, UNSAID)) for question in QUESTIONS[path])
    kind = next((choice.kind for choice in chosen if choice.kind), Kind.FACILITY)
    kept = [choice for choice in chosen if choice.why and (kind is Kind.FACILITY or choice.kind or choice.prefer)]
    query = SearchQuery(
        near=near.strip(),
        kinds=(kind,),
        offers=_concepts(choice.offers for choice in kept),
        prefer=_concepts(choice.prefer for choice in kept),
        lang=lang,
    )
    return Asked(query, tuple(kept))


def _concepts(groups: Iterable[tuple[str, ...]]) -> tuple[ConceptId, ...]:
    return tuple(dict.fromkeys(ConceptId(concept) for group in groups for concept in group))
