"""Who runs this copy, who funds it, what it owns and how many places pay it: for the foot of pages and the start of calls.

Every sentence is said only where the settings or the records make it true.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Final

from directory.disclosure.languages import Language, Words, joined
from directory.settings import Operator


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
        names = joined(names_of_owned or operator.facilities_owned, lang)
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
    return f"{'Nos paga' if lang == 'es' else 'We are paid by'} {joined(operator.funders, lang)}."


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
