"""The words about money beside a listing and above a list: written once, here, for every channel.

Rules: 16 CFR 255.0(f) and the FTC's 2013 search-engine letter (labels), 15 USC 45d, 18 USC 220 (EKRA). A listing always has a
paid status; `unknown` is a status of its own. Statuses are attached to results after they are ranked, from the sponsorship
records as they stand at that moment.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from enum import StrEnum
from typing import Final

import msgspec

from directory.disclosure.languages import Language, Words
from directory.settings import Operator
from directory.sources.records import PaymentTerms
from directory.store.facts import DisclosureRecords
from index.listing import Listing, ListingId
from index.request import Sort

EXPLANATION_PATH: Final = "/about#money"


class PaidStatus(StrEnum):
    """Whether somebody pays this directory for a listing, as far as the records say."""

    PAID = "paid"
    NOT_PAID = "not_paid"
    UNKNOWN = "unknown"


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


OF_THIS_NAME: Final[Words] = {"en": "{} of {} places with this name", "es": "{} de {} lugares con este nombre"}


def labelled_name(disclosure: Disclosure, name: str, lang: Language) -> str:
    """Return a name for where nothing but the name may be shown: its labels, if it bears any, stand before it."""
    return ": ".join((*disclosure.marks(lang), name))


def shared_name_statement(marked: Sequence[Disclosure], bearers: int, lang: Language) -> str:
    """Return of how many places of a name somebody pays for, or the operator owns, each with its label.

    `marked` are the disclosures of those that bear a label, of all `bearers` of the name.
    """
    payers_first = sorted(marked, key=lambda one: one.paid_status is not PaidStatus.PAID)
    counted = Counter(mark for one in payers_first for mark in one.marks(lang))
    return " · ".join(f"{mark}: {OF_THIS_NAME[lang].format(count, bearers)}" for mark, count in counted.items())


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


PAYER: Final[Words] = {"en": "Payer", "es": "Pagador"}
TEXT_MARK: Final = "[AD]"  # of a paying place in a text message, explained there once
TEXT_MARK_EXPLAINED: Final[Words] = {
    "en": "[AD] = paid advertisement: the place pays us.",
    "es": "[AD] = anuncio pagado: el lugar nos paga.",
}
OWN_MARK: Final = "[OURS]"  # of a place in which the operator has a stake
OWN_MARK_EXPLAINED: Final[Words] = {"en": "[OURS] = our operator owns it.", "es": "[OURS] = es de nuestro operador."}
UNCONFIRMED_MARK: Final = (
    "[?]"  # of a place whose paid status nobody confirmed: without it, it would look like one that does not pay
)
UNCONFIRMED_MARK_EXPLAINED: Final[Words] = {
    "en": "[?] = payment status not confirmed.",
    "es": "[?] = no se ha confirmado si hubo pago.",
}
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
    return replace(records, owned=frozenset(owned_listings(records, operator)))


def owned_listings(records: DisclosureRecords, operator: Operator) -> tuple[ListingId, ...]:
    """Return the listings in which the operator declares a stake, in its order; one that was merged is what it became."""
    declared = map(ListingId, operator.facilities_owned)
    return tuple(dict.fromkeys(records.merged.get(one, one) for one in declared))


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


def paid_count_statement(paid: int, total: int, lang: Language, *, lines: bool = False) -> str:
    """Return how many of the whole match set pay this site; `lines` when all of it are numbers to call, not places to go to."""
    if lang == "es":
        return (
            f"{paid} de {total} nos pagan" if paid else f"Ningun{'a de estas líneas' if lines else 'o de estos lugares'} nos paga"
        )
    return f"{paid} of {total} pay us" if paid else f"None of these {'lines' if lines else 'places'} pays us"


def unknown_left_out_statement(left_out: int, lang: Language) -> str:
    """Return what `unpaid_only` left out because nobody confirmed its status."""
    if lang == "es":
        return f"Se dejaron fuera {left_out} listados cuyo estado de pago no se ha confirmado."
    return f"{left_out} listings are left out because their payment status is not confirmed."
