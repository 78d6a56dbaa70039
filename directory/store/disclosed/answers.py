"""Who answers which number: as feeds state it, and as staff established it, which counts more.

What staff establish is kept beside the feeds, so no import undoes it; it is ended, never deleted.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

import msgspec
from sqlalchemy import CheckConstraint, Column, Connection, Date, Integer, Row, String, Table, Text, insert, select, update

from directory.sources.records import AnsweredBy, AnsweredByFact
from directory.store.tables import UtcDateTime, metadata, phone_answers

# Payers one a line. The database itself refuses to keep that calls are sold without naming who buys them.
established: Final = Table(
    "established_answers",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("number", String, nullable=False, index=True),
    Column("answered_by", String, nullable=False),
    Column("operator_name", String, nullable=False),
    Column("checked_on", Date),
    Column("source_url", String, nullable=False),
    Column("hours", String, nullable=False),
    Column("cost", String, nullable=False),
    Column("payers", Text, nullable=False),
    Column("set_by", String, nullable=False),
    Column("set_at", UtcDateTime(), nullable=False),
    Column("ended_at", UtcDateTime()),
    Column("ended_by", String),
    CheckConstraint("answered_by <> 'paid_advertisers' OR (payers <> '' AND source_url <> '')", name="payers_named"),
)


@dataclass(frozen=True, slots=True)
class EstablishedAnswer:
    """Who answers a number, and which member of staff established it."""

    fact: AnsweredByFact
    set_by: str
    set_at: datetime


def answer_values(fact: AnsweredByFact) -> dict[str, Any]:  # Any: columns of several types
    """Return a fact as columns."""
    return msgspec.structs.asdict(fact) | {"payers": "\n".join(fact.payers)}


def feeds_answers(connection: Connection) -> tuple[tuple[str, AnsweredByFact], ...]:
    """Return what each feed states, by feed and number; a routing statement that names no payer is left out."""
    rows = connection.execute(select(phone_answers).order_by(phone_answers.c.feed, phone_answers.c.number))
    return tuple((row.feed, _fact(row)) for row in rows if _may_be_said(row))


def established_answers(connection: Connection) -> tuple[EstablishedAnswer, ...]:
    """Return what staff established and did not withdraw, by number."""
    query = select(established).where(established.c.ended_at.is_(None)).order_by(established.c.number)
    return tuple(EstablishedAnswer(_fact(row), row.set_by, row.set_at) for row in connection.execute(query))


def establish(connection: Connection, fact: AnsweredByFact, by: str, at: datetime) -> None:
    """Write who answers a number, in place of what was established before."""
    withdraw_answer(connection, fact.number, by, at)
    connection.execute(insert(established).values(**answer_values(fact), set_by=by, set_at=at))


def withdraw_answer(connection: Connection, number: str, by: str, at: datetime) -> bool:
    """End what staff established of a number; tell whether there was something."""
    same = (established.c.number == number) & established.c.ended_at.is_(None)
    return connection.execute(update(established).where(same).values(ended_at=at, ended_by=by)).rowcount > 0


def _may_be_said(row: Row[Any]) -> bool:  # Any: columns of several types
    """Tell whether a routing statement names payers and source: those from before that rule do not."""
    return row.answered_by != AnsweredBy.PAID_ADVERTISERS or bool(row.payers and row.source_url)


def _fact(row: Row[Any]) -> AnsweredByFact:  # Any: columns of several types
    return AnsweredByFact(
        number=row.number,
        answered_by=AnsweredBy(row.answered_by),
        operator_name=row.operator_name,
        checked_on=row.checked_on,
        source_url=row.source_url,
        hours=row.hours,
        cost=row.cost,
        payers=tuple(filter(None, row.payers.split("\n"))),
    )
