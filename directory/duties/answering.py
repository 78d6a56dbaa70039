"""Who answers a number, as staff establish it: readers see it before the number, on every channel, with the next answer.

What a feed says of calls that are sold waits here until an editor looked at its source: a grave statement needs a person.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from urllib.parse import urlsplit

from directory.disclosure.sponsor_text import problem_in_sponsor_name
from directory.errors import Refused
from directory.sources.fields.phones import UnreadablePhone, read_phone
from directory.sources.records import AnsweredBy, AnsweredByFact
from directory.store import Store
from directory.store.disclosed.answers import EstablishedAnswer, establish, established_answers, feeds_answers, withdraw_answer
from directory.store.staff import write_audit

MOST_LETTERS: Final = 200
MOST_PAYERS: Final = 40
_AT_THE_PLACE: Final = frozenset({AnsweredBy.FACILITY, AnsweredBy.OPERATOR, AnsweredBy.UNKNOWN})


class AnswerRefused(Refused):
    """Who answers a number cannot be kept as stated."""


@dataclass(frozen=True, slots=True)
class StatedAnswer:
    """Who answers a number, as somebody types it; `payers` are names, one a line."""

    number: str
    answered_by: str
    operator_name: str = ""
    payers: str = ""
    source_url: str = ""
    hours: str = ""
    cost: str = ""
    checked_on: date | None = None


@dataclass(frozen=True, slots=True)
class Numbers:
    """What staff established, and what feeds say of sold calls that nobody confirmed yet, by feed."""

    established: tuple[EstablishedAnswer, ...]
    waiting: tuple[tuple[str, AnsweredByFact], ...]


def establish_answer(store: Store, stated: StatedAnswer, *, by: str, now: datetime) -> AnsweredByFact:
    """Keep who answers a number; it counts more than what feeds say. Raises AnswerRefused."""
    fact = _fact(stated, now.date())
    with store.writing() as connection:
        establish(connection, fact, by, now)
        write_audit(connection, now, by, "number.establish", fact.number, _in_words(fact))
    return fact


def withdraw_established(store: Store, number: str, *, by: str, now: datetime) -> None:
    """Let the feeds' word count again. Raises AnswerRefused when nothing was established."""
    with store.writing() as connection:
        if not withdraw_answer(connection, number, by, now):
            raise AnswerRefused("number", f"nothing was established of {number}")
        write_audit(connection, now, by, "number.withdraw", number)


def numbers_of(store: Store) -> Numbers:
    """Return what is established and what waits."""
    with store.reading() as connection:
        known = established_answers(connection)
        stated = feeds_answers(connection)
    decided = {one.fact.number for one in known}
    waits = tuple(one for one in stated if one[1].answered_by is AnsweredBy.PAID_ADVERTISERS and one[1].number not in decided)
    return Numbers(known, waits)


def answered_by_others(store: Store, today: date) -> Mapping[str, AnsweredByFact]:
    """Return the numbers that somebody else than a place answers as far as anybody says, also what waits for an editor."""
    waiting = {fact.number: fact for _, fact in numbers_of(store).waiting}
    shown = store.disclosure_records(today).answered_by
    return waiting | {number: fact for number, fact in shown.items() if fact.answered_by not in _AT_THE_PLACE}


def _fact(stated: StatedAnswer, today: date) -> AnsweredByFact:
    answered_by = next((one for one in AnsweredBy if one == stated.answered_by), None)
    if answered_by is None or answered_by is AnsweredBy.UNKNOWN:
        raise AnswerRefused("answered_by", "say who answers; withdraw the statement when nobody knows any more")
    payers = tuple(dict.fromkeys(filter(None, map(str.strip, stated.payers.splitlines()))))
    _check_words(stated, payers)
    _check_source(stated, answered_by, payers)
    return AnsweredByFact(
        number=_number(stated.number),
        answered_by=answered_by,
        operator_name=stated.operator_name.strip(),
        checked_on=stated.checked_on or today,
        source_url=stated.source_url.strip(),
        hours=stated.hours.strip(),
        cost=stated.cost.strip(),
        payers=payers,
    )


def _number(text: str) -> str:
    try:
        return read_phone(text).number
    except UnreadablePhone as error:
        raise AnswerRefused("number", str(error)) from error


def _check_words(stated: StatedAnswer, payers: tuple[str, ...]) -> None:
    texts = {"operator_name": stated.operator_name, "hours": stated.hours, "cost": stated.cost, "source_url": stated.source_url}
    for field, text in (*texts.items(), *(("payers", name) for name in payers)):
        if len(text) > MOST_LETTERS:
            raise AnswerRefused(field, f"may have at most {MOST_LETTERS} characters")
    for field, text in (("operator_name", stated.operator_name), *(("payers", name) for name in payers)):
        if problem := problem_in_sponsor_name(text):
            raise AnswerRefused(field, problem)
    if len(payers) > MOST_PAYERS:
        raise AnswerRefused("payers", f"may hold at most {MOST_PAYERS} names")


def _check_source(stated: StatedAnswer, answered_by: AnsweredBy, payers: tuple[str, ...]) -> None:
    """Refuse a statement about sold calls that names no payer, or nobody who says so."""
    url = stated.source_url.strip()
    if url and (urlsplit(url).scheme not in ("http", "https") or not urlsplit(url).hostname):
        raise AnswerRefused("source_url", "an address begins with https:// or http://")
    if answered_by is not AnsweredBy.PAID_ADVERTISERS:
        return
    if not payers:
        raise AnswerRefused("payers", "a number whose calls are sold cannot be published without every company that pays")
    if not url:
        raise AnswerRefused("source_url", "so grave a statement needs the address of somebody who says it")


def _in_words(fact: AnsweredByFact) -> str:
    said = (fact.answered_by.value, fact.operator_name, ", ".join(fact.payers), fact.source_url)
    return "; ".join(filter(None, said))
