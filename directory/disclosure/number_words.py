"""Who answers a phone number, who pays for its calls, and what nobody has checked: one sentence or two for each number."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from directory.disclosure.languages import Language, Words, joined, plain_date
from directory.disclosure.source_words import in_language
from directory.sources.records import AnsweredBy, AnsweredByFact

SHARED_NUMBER_PLACES: Final = 5  # from here on a number says on how many places it stands
ANSWERERS: Final[Mapping[AnsweredBy, Words]] = {
    AnsweredBy.FACILITY: {"en": "the place itself", "es": "el lugar mismo"},
    AnsweredBy.OPERATOR: {
        "en": "the company that runs the place",
        "es": "la empresa que administra el lugar",
    },
    AnsweredBy.CALL_CENTER: {"en": "a call center", "es": "un centro de llamadas"},
    AnsweredBy.PAID_ADVERTISERS: {
        "en": "companies that pay to receive these calls",
        "es": "empresas que pagan por recibir estas llamadas",
    },
    AnsweredBy.PUBLIC_AGENCY: {"en": "a public agency", "es": "una agencia pública"},
    AnsweredBy.PEER_VOLUNTEERS: {"en": "volunteers of the group", "es": "voluntarios del grupo"},
    AnsweredBy.UNKNOWN: {"en": "nobody has said who", "es": "nadie ha dicho quién"},
}


def number_statement(fact: AnsweredByFact | None, source: str, places: int, lang: Language) -> str:
    """Return the sentence about one phone number: who answers it, or that nobody has checked.

    `source` says where the number stands, such as "the federal list, 2024"; `places` on how many listings it stands.
    """
    if fact is None or fact.answered_by is AnsweredBy.UNKNOWN:
        said = _unchecked_number(source, lang)
    elif fact.answered_by is AnsweredBy.PAID_ADVERTISERS:
        said = _sold_number(fact, lang)
    else:
        said = _checked_number(fact, lang)
    if places >= SHARED_NUMBER_PLACES:
        said += f" One number for {places} places." if lang == "en" else f" Un solo número para {places} lugares."
    return said


def dial_in_statement(source: str, lang: Language) -> str:
    """Return the sentence about the line on which an online meeting is joined by phone: everybody's line, and no meeting's own.

    `source` is as in `number_statement`. The meeting's number and code are never imported.
    """
    if lang == "es":
        asked = "Pide el número de la reunión, que no se publica aquí: pregunte al grupo."
        return f"Línea para entrar por teléfono, tomada de {source}. {asked}"
    return f"A line to join by phone, from {source}. It asks for the meeting's number, which is not printed here: ask the group."


def _unchecked_number(source: str, lang: Language) -> str:
    if lang == "es":
        return f"Número tomado de {source}. No hemos comprobado quién contesta."
    return f"Number from {source}. We have not checked who answers."


def _sold_number(fact: AnsweredByFact, lang: Language) -> str:
    """Return the label of a number whose calls are sold, every company that pays, and who runs it."""
    payers = joined(fact.payers, lang)
    said = [SOLD_CALLS[lang], f"Pagan: {payers}." if lang == "es" else f"These pay: {payers}."]
    if fact.operator_name:
        said.append(
            f"La administra {in_language(fact.operator_name, lang)}." if lang == "es" else f"It is run by {fact.operator_name}."
        )
    return " ".join((*said, *_terms_of_call(fact, lang)))


def _checked_number(fact: AnsweredByFact, lang: Language) -> str:
    who = ANSWERERS[fact.answered_by][lang]
    name = f"{in_language(fact.operator_name, lang)}: {who}" if fact.operator_name else who
    reached = f"al {name[3:]}" if name.startswith("el ") else f"a {name}"  # in Spanish "a" and "el" are one word
    said = [f"Este número llega {reached}." if lang == "es" else f"This number reaches {name}."]
    if fact.payers:
        payers = joined(fact.payers, lang)
        said.append(f"La paga {payers}." if lang == "es" else f"It is paid for by {payers}.")
    return " ".join((*said, *_terms_of_call(fact, lang)))


def _terms_of_call(fact: AnsweredByFact, lang: Language) -> Iterator[str]:
    """Yield when it was checked, the hours, the cost to the caller, and what nobody stated of a line."""
    spanish = lang == "es"
    if fact.checked_on:
        day = plain_date(fact.checked_on, lang)
        yield f"Lo comprobamos el {day}." if spanish else f"We checked it on {day}."
    if fact.hours:
        yield f"Horario: {in_language(fact.hours, lang).rstrip('.')}." if spanish else f"Hours: {fact.hours}."
    if fact.cost:
        yield f"Costo para usted: {_COSTS.get(fact.cost, fact.cost)}." if spanish else f"Cost to you: {fact.cost}."
    stated = (fact.payers, fact.hours, fact.cost)
    unsaid = [words for words, known in zip(_OF_A_LINE[lang], stated, strict=True) if not known]
    if unsaid and fact.answered_by in _LINES:
        yield f"{'No se indica' if spanish else 'Not stated'}: {', '.join(unsaid)}."


SOLD_CALLS: Final[Words] = {
    "en": "Paid line: calls to this number go to companies that pay for them.",
    "es": "Línea pagada: las llamadas a este número van a empresas que pagan por ellas.",
}
_LINES: Final = frozenset(AnsweredBy) - {AnsweredBy.FACILITY, AnsweredBy.OPERATOR, AnsweredBy.UNKNOWN}
_OF_A_LINE: Final[Mapping[Language, tuple[str, ...]]] = {
    "en": ("who pays for it", "hours", "cost"),
    "es": ("quién la paga", "horario", "costo"),
}
_COSTS: Final = {"free": "gratis"}
