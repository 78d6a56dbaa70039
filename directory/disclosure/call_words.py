"""The words about our staff's own calls to a place: written once, here, and said of the number wherever it stands.

They describe our act and nothing else: we called, on such a day, and this is what we were told. What the place answers stands
beside them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from directory.disclosure.languages import Language, plain_date
from directory.store.desk.findings import CallFinding, CallKind, CallsOfListing

_FOUND: Final[Mapping[CallKind, Mapping[Language, str]]] = {
    CallKind.NO_ANSWER: {
        "en": "We could not reach this number on {calls} calls between {first} and {last}. Try anyway.",
        "es": "No pudimos comunicarnos con este número en {calls} llamadas entre el {first} y el {last}. Inténtelo igual.",
    },
    CallKind.FULL: {
        "en": "When we called on {last}, we were told that it was full. Ask anyway: places open up.",
        "es": "Cuando llamamos el {last}, nos dijeron que estaba lleno. Pregunte de todos modos: se abren lugares.",
    },
    CallKind.WAITS: {
        "en": "When we called on {last}, we were told that the wait was {wait}. Ask anyway.",
        "es": "Cuando llamamos el {last}, nos dijeron que la espera era de {wait}. Pregunte de todos modos.",
    },
    CallKind.CLOSED: {
        "en": "When we called on {last}, we were told that this place has closed. Call before you go.",
        "es": "Cuando llamamos el {last}, nos dijeron que este lugar cerró. Llame antes de ir.",
    },
}
_ANSWER: Final[Mapping[Language, str]] = {
    "en": "The place answered on {day}: “{statement}”",
    "es": "El lugar respondió el {day}: «{statement}»",
}


def finding_sentence(finding: CallFinding, lang: Language) -> str:
    """Return what our calls to a number found."""
    return _FOUND[finding.kind][lang].format(
        calls=finding.calls,
        first=plain_date(finding.first, lang),
        last=plain_date(finding.last, lang),
        wait=_days(finding.days or 0, lang),
    )


def words_of_number(calls: CallsOfListing, number: str, lang: Language) -> str:
    """Return everything that is said of our calls to a number, with what the place answers; "" when there is nothing."""
    return " ".join(_said(calls, number, lang))


def _said(calls: CallsOfListing, number: str, lang: Language) -> Iterator[str]:
    found = [finding for finding in calls.findings if finding.number == number]
    yield from (finding_sentence(finding, lang) for finding in found)
    for answer in calls.answers if found else ():
        yield _ANSWER[lang].format(day=plain_date(answer.told_on, lang), statement=answer.statement)


def _days(days: int, lang: Language) -> str:
    unit = {"en": ("day", "days"), "es": ("día", "días")}[lang][days != 1]
    return f"{days} {unit}"
