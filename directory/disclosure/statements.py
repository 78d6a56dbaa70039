"""The words about money and about who answers a phone: written once, here, for every channel.

Rules: 16 CFR 255.0(f) and the FTC's 2013 search-engine letter (labels), 15 USC 45d, 18 USC 220 (EKRA). A listing always has a
paid status; `unknown` is a status of its own. Statuses are attached to results after they are ranked, from the sponsorship
records as they stand at that moment.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from datetime import date
from enum import StrEnum
from typing import Final, Literal

import msgspec
from babel.dates import format_date

from directory.settings import Operator
from directory.sources.records import AnsweredBy, AnsweredByFact, PaymentTerms
from directory.store.facts import DisclosureRecords as DisclosureRecords  # renderers import it with its words
from index.listing import Listing, ListingId
from index.request import Sort

Language = Literal["en", "es"]
LANGUAGES: Final[tuple[Language, ...]] = ("en", "es")
EXPLANATION_PATH: Final = "/about#money"
SHARED_NUMBER_PLACES: Final = 5  # from here on a number says on how many places it stands


class PaidStatus(StrEnum):
    """Whether somebody pays this directory for a listing, as far as the records say."""

    PAID = "paid"
    NOT_PAID = "not_paid"
    UNKNOWN = "unknown"


Words = Mapping[Language, str]

LABELS: Final[Mapping[PaidStatus, Words]] = {
    PaidStatus.PAID: {"en": "Paid advertisement", "es": "Anuncio pagado"},
    PaidStatus.NOT_PAID: {"en": "Not an ad", "es": "No es un anuncio"},
    PaidStatus.UNKNOWN: {"en": "Payment status not confirmed", "es": "No se ha confirmado si hubo pago"},
}
SENTENCES: Final[Mapping[PaidStatus, Words]] = {
    PaidStatus.PAID: {
        "en": "This place pays us a flat fee to show this advertisement. Paying does not change the order of the other results.",
        "es": "Este lugar nos paga una tarifa fija por mostrar este anuncio. Pagar no cambia el orden de los demás resultados.",
    },
    PaidStatus.NOT_PAID: {
        "en": "Nobody pays this site for this listing.",
        "es": "Nadie le paga a este sitio por este listado.",
    },
    PaidStatus.UNKNOWN: {
        "en": "We have not confirmed whether money was paid for this listing.",
        "es": "No hemos confirmado si se pagó dinero por este listado.",
    },
}
ORGANIC_ROW_OF_A_PAYER: Final[Words] = {
    "en": "It stands here because it matches, not because it paid.",
    "es": "Está aquí porque coincide, no porque pagó.",
}
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


class Disclosure(msgspec.Struct, frozen=True, kw_only=True):
    """The paid status of one listing at one moment, in the form that every output carries.

    `operator_stake` tells that whoever runs this site has a stake in the place.
    """

    paid_status: PaidStatus
    label: str
    label_es: str
    payer: str | None
    explanation_url: str
    operator_stake: bool = False

    def label_in(self, lang: Language) -> str:
        """Return the label in a language."""
        return self.label_es if lang == "es" else self.label

    def sentence(self, lang: Language) -> str:
        """Return the one sentence that explains the status."""
        return SENTENCES[self.paid_status][lang]

    def marks(self, lang: Language) -> tuple[str, ...]:
        """Return the labels that stand before the name on every channel: of a payer, and of the operator's own place."""
        paid = (self.label_in(lang),) if self.paid_status is PaidStatus.PAID else ()
        return (*paid, STAKE_LABEL[lang]) if self.operator_stake else paid


STAKE_LABEL: Final[Words] = {"en": "Owned by the operator of this site", "es": "Del operador de este sitio"}
STAKE_SENTENCE: Final[Words] = {
    "en": "The operator of this site has a stake in this place.",
    "es": "El operador de este sitio tiene una participación en este lugar.",
}


def labelled_name(disclosure: Disclosure, name: str, lang: Language) -> str:
    """Return a name for where nothing but the name may be shown: its labels, if it bears any, stand before it."""
    return ": ".join((*disclosure.marks(lang), name))


def money_line(disclosure: Disclosure, lang: Language) -> str:
    """Return label, sentence, payer and the operator's stake in one line, for channels without a layout of their own."""
    payer = f" {PAYER[lang]}: {disclosure.payer}." if disclosure.payer else ""
    stake = f" {STAKE_SENTENCE[lang]}" if disclosure.operator_stake else ""
    return f"{disclosure.label_in(lang)}. {disclosure.sentence(lang)}{payer}{stake}"


def spoken_money(disclosure: Disclosure, lang: Language) -> str:
    """Return the status as somebody says it on the phone, before the name of the place."""
    if disclosure.paid_status is not PaidStatus.PAID:
        said = f"{disclosure.label_in(lang)}. {disclosure.sentence(lang)}"
    elif lang == "es":
        said = f"Este es un anuncio pagado. {disclosure.payer} nos paga una tarifa fija. Puede pedir opciones que no pagan."
    else:
        said = f"This one is a paid advertisement. {disclosure.payer} pays us a flat fee. You can ask for unpaid options."
    return f"{said} {STAKE_SENTENCE[lang]}" if disclosure.operator_stake else said


def spoken_opening(
    operator: Operator, lang: Language, names_of_owned: Collection[str] = (), advertisers: int | None = 0
) -> tuple[str, ...]:
    """Return who answers the line and who pays for it, one sentence each: the first thing that a caller hears."""
    statements = site_statements(operator, lang, names_of_owned, advertisers)
    if not operator.is_named:
        return (_LINE[lang], *statements)
    reached = _REACHED[lang].format(owner=operator.owner)
    _, stake, *rest = statements
    if operator.facilities_owned:
        return (reached, _LINE[lang], _paid_by(operator, lang), stake, *rest)
    return (reached, _LINE_WITHOUT_CENTER[lang], _paid_by(operator, lang), *rest)


_REACHED: Final[Words] = {"en": "You have reached {owner}.", "es": "Usted llamó a {owner}."}
_LINE: Final[Words] = {"en": "This is an information line.", "es": "Esta es una línea de información."}
_LINE_WITHOUT_CENTER: Final[Words] = {
    "en": "We are an information line, not a treatment center.",
    "es": "Somos una línea de información, no un centro de tratamiento.",
}
PAYER: Final[Words] = {"en": "Payer", "es": "Pagador"}
TEXT_MARK: Final = "[AD]"  # of a paying place in a text message, explained there once
TEXT_MARK_EXPLAINED: Final[Words] = {
    "en": "[AD] = paid advertisement: the place pays us.",
    "es": "[AD] = anuncio pagado: el lugar nos paga.",
}
OWN_MARK: Final = "[OURS]"  # of a place in which the operator has a stake
OWN_MARK_EXPLAINED: Final[Words] = {"en": "[OURS] = our operator owns it.", "es": "[OURS] = es de nuestro operador."}
TEXT_UNCHECKED: Final[Words] = {
    "en": "We did not check who answers, unless it says so.",
    "es": "No comprobamos quién contesta, salvo si se dice.",
}


def disclose(status: PaidStatus, payer: str | None = None) -> Disclosure:
    """Return the disclosure of a status; `payer` is required for `paid` and refused otherwise.

    Raises ValueError when payer and status contradict each other.
    """
    if (status is PaidStatus.PAID) != bool(payer):
        raise ValueError("a payer belongs to the status paid, and to no other")
    words = LABELS[status]
    return Disclosure(
        paid_status=status,
        label=words["en"],
        label_es=words["es"],
        payer=payer or None,
        explanation_url=EXPLANATION_PATH,
    )


_NOT_PAID: Final = disclose(PaidStatus.NOT_PAID)
_UNKNOWN: Final = disclose(PaidStatus.UNKNOWN)


def disclosure_of(records: DisclosureRecords, listing: Listing) -> Disclosure:
    """Return a listing's disclosure: paid while a sponsorship runs, not paid if every source lists without payment."""
    status = _status_of(records, listing)
    return msgspec.structs.replace(status, operator_stake=True) if listing.id in records.owned else status


def _status_of(records: DisclosureRecords, listing: Listing) -> Disclosure:
    payer = records.payers.get(listing.id)
    if payer:
        return disclose(PaidStatus.PAID, payer)
    terms = {records.payment_terms.get(program.source.name) for program in listing.programs}
    return _NOT_PAID if terms == {PaymentTerms.NOT_PAID} else _UNKNOWN


def with_stakes(records: DisclosureRecords, operator: Operator) -> DisclosureRecords:
    """Return the records with the listings in which the operator declares a stake, which stand in the settings."""
    return replace(records, owned=frozenset(map(ListingId, operator.facilities_owned)))


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


def _unchecked_number(source: str, lang: Language) -> str:
    if lang == "es":
        return f"Número tomado de {source}. No hemos comprobado quién contesta."
    return f"Number from {source}. We have not checked who answers."


def _sold_number(fact: AnsweredByFact, lang: Language) -> str:
    """Return the label of a number whose calls are sold, every company that pays, and who runs it."""
    payers = _joined(fact.payers, lang)
    said = [SOLD_CALLS[lang], f"Pagan: {payers}." if lang == "es" else f"These pay: {payers}."]
    if fact.operator_name:
        said.append(f"La administra {fact.operator_name}." if lang == "es" else f"It is run by {fact.operator_name}.")
    return " ".join((*said, *_terms_of_call(fact, lang)))


def _checked_number(fact: AnsweredByFact, lang: Language) -> str:
    who = ANSWERERS[fact.answered_by][lang]
    name = f"{fact.operator_name}: {who}" if fact.operator_name else who
    said = [f"Este número llega a {name}." if lang == "es" else f"This number reaches {name}."]
    if fact.payers:
        payers = _joined(fact.payers, lang)
        said.append(f"La paga {payers}." if lang == "es" else f"It is paid for by {payers}.")
    return " ".join((*said, *_terms_of_call(fact, lang)))


def _terms_of_call(fact: AnsweredByFact, lang: Language) -> Iterator[str]:
    """Yield when it was checked, the hours, the cost to the caller, and what nobody stated of a line."""
    spanish = lang == "es"
    if fact.checked_on:
        day = plain_date(fact.checked_on, lang)
        yield f"Lo comprobamos el {day}." if spanish else f"We checked it on {day}."
    if fact.hours:
        yield f"Horario: {fact.hours}." if spanish else f"Hours: {fact.hours}."
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


def plain_date(day: date, lang: Language) -> str:
    """Return a day in words, such as "November 21, 2026"."""
    return format_date(day, "long", locale="es_US" if lang == "es" else "en_US")


def site_statements(
    operator: Operator, lang: Language, names_of_owned: Collection[str] = (), advertisers: int | None = 0
) -> tuple[str, ...]:
    """Return who runs and funds this copy, one sentence each, every one only where the settings make it true.

    `names_of_owned` are the names of the facilities that the operator owns; their ids stand where no names are given.
    `advertisers` is how many listings are paid for now, None while that cannot be read.
    """
    paying = _advertisers(advertisers, lang)
    if not operator.is_named:
        return (_UNNAMED_OPERATOR[lang], *paying)
    spanish = lang == "es"
    said = [f"{'Somos' if spanish else 'We are'} {operator.owner}. {_paid_by(operator, lang)}"]
    if operator.facilities_owned:
        names = _joined(names_of_owned or operator.facilities_owned, lang)
        said.append(f"Administramos {names}; están marcados." if spanish else f"We run {names}; they are marked.")
    else:
        said.append(_RUNS_NOTHING[lang])
    return (*said, *paying, operator.money_received or _NO_CALL_MONEY[lang])


def _advertisers(count: int | None, lang: Language) -> tuple[str, ...]:
    """Return that places pay for advertisements, () when none does."""
    if count is None:
        return (_PAYERS_UNREAD[lang],)
    if not count:
        return ()
    one, many = _PLACES_PAY[lang]
    return (one if count == 1 else many.format(count=count),)


_PLACES_PAY: Final[Mapping[Language, tuple[str, str]]] = {
    "en": ("One place pays us a flat fee for an advertisement.", "{count} places pay us a flat fee for an advertisement."),
    "es": ("Un lugar nos paga una tarifa fija por un anuncio.", "{count} lugares nos pagan una tarifa fija por un anuncio."),
}
_PAYERS_UNREAD: Final[Words] = {
    "en": "Right now we cannot read whether a place pays us.",
    "es": "En este momento no podemos leer si algún lugar nos paga.",
}


def _paid_by(operator: Operator, lang: Language) -> str:
    return f"{'Nos paga' if lang == 'es' else 'We are paid by'} {_joined(operator.funders, lang)}."


_UNNAMED_OPERATOR: Final[Words] = {
    "en": "The operator of this copy has not said who runs it.",
    "es": "El operador de esta copia no ha dicho quién la administra.",
}
_RUNS_NOTHING: Final[Words] = {
    "en": "We do not run any treatment center.",
    "es": "No administramos ningún centro de tratamiento.",
}
_NO_CALL_MONEY: Final[Words] = {
    "en": "We do not get money when you call or enter a program.",
    "es": "No recibimos dinero cuando usted llama o entra a un programa.",
}


def _joined(names: Collection[str], lang: Language) -> str:
    *most, last = names
    return f"{', '.join(most)} {'y' if lang == 'es' else 'and'} {last}" if most else last


def order_statement(sort: Sort, *, has_centre: bool, has_words: bool, lang: Language) -> str:
    """Return the line that says how results are ordered, from the sort really used."""
    spanish = lang == "es"
    match sort, has_centre, has_words:
        case Sort.DISTANCE, _, _:
            return "los más cercanos primero" if spanish else "nearest first"
        case Sort.NAME, _, _:
            return "por nombre" if spanish else "by name"
        case Sort.START, _, _:
            return "las que empiezan antes primero" if spanish else "what begins soonest first"
        case Sort.CHECKED, _, _:
            return "los comprobados más recientemente primero" if spanish else "most recently checked first"
        case Sort.BEST, True, True:
            return (
                "mejor coincidencia primero, según las palabras y la distancia"
                if spanish
                else "best match first, by words and miles"
            )
        case Sort.BEST, True, False:
            return "mejor coincidencia primero, luego el más cercano" if spanish else "best match first, then nearest"
        case Sort.BEST, False, True:
            return "mejor coincidencia de palabras primero" if spanish else "best match of your words first"
        case _:
            return (
                "mejor coincidencia primero, luego en un orden al azar que cambia cada mes"
                if spanish
                else "best match first, then in a random order that changes monthly"
            )


RANKING_STATEMENT: Final[Words] = {
    "en": "Money never changes the order of results. Paying places are labeled.",
    "es": "El dinero nunca cambia el orden de los resultados. Los lugares que pagan llevan una etiqueta.",
}


def paid_count_statement(paid: int, total: int, lang: Language) -> str:
    """Return how many of the whole match set pay this site."""
    if lang == "es":
        return f"{paid} de {total} nos pagan" if paid else "Ninguno de estos lugares nos paga"
    return f"{paid} of {total} pay us" if paid else "None of these places pays us"


def unknown_left_out_statement(left_out: int, lang: Language) -> str:
    """Return what `unpaid_only` left out because nobody confirmed its status."""
    if lang == "es":
        return f"Se dejaron fuera {left_out} listados cuyo estado de pago no se ha confirmado."
    return f"{left_out} listings are left out because their payment status is not confirmed."
