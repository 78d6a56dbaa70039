"""The counts of weeks in the database: tallies while a week runs, and what its report says afterwards."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, Final

from sqlalchemy import Connection, Row, Table, and_, delete, insert, select, update

from directory.store.desk.tables import week_reports, week_tallies


class Dimension(StrEnum):
    """What a count is broken down by: nothing, the kind of need, or the county. Never two at a time."""

    ALL = "all"
    NEED = "need"
    COUNTY = "county"


class Measure(StrEnum):
    """What is counted."""

    GIVEN = "given"
    MET = "met"
    UNMET = "unmet"


@dataclass(frozen=True, slots=True)
class Cell:
    """One number of one week. In a report the key "" is the sum of its column, and "*" is several keys together."""

    week: date
    dimension: Dimension
    measure: Measure
    key: str
    number: int


_KEY: Final = ("week", "dimension", "measure", "key")


def add_to_tallies(connection: Connection, cells: Iterable[Cell]) -> None:
    """Add to the counts of a week that runs."""
    for cell in cells:
        same = and_(*(week_tallies.c[name] == getattr(cell, name) for name in _KEY))
        added = update(week_tallies).where(same).values(number=week_tallies.c.number + cell.number)
        if not connection.execute(added).rowcount:
            connection.execute(insert(week_tallies).values(**_values(cell)))


def tallies_before(connection: Connection, week: date) -> tuple[Cell, ...]:
    """Return the counts of the weeks before one, in order."""
    return _cells(connection, week_tallies, week_tallies.c.week < week)


def write_report(connection: Connection, week: date, cells: Iterable[Cell]) -> None:
    """Write what a week's report says, and forget the counts that it was made from."""
    connection.execute(delete(week_tallies).where(week_tallies.c.week == week))
    for cell in cells:
        connection.execute(insert(week_reports).values(**_values(cell)))


def report_of(connection: Connection, week: date) -> tuple[Cell, ...]:
    """Return what the report of a week says, in order."""
    return _cells(connection, week_reports, week_reports.c.week == week)


def weeks_reported(connection: Connection) -> tuple[date, ...]:
    """Return the weeks that have a report, newest first."""
    query = select(week_reports.c.week).distinct().order_by(week_reports.c.week.desc())
    return tuple(connection.scalars(query))


def _cells(connection: Connection, table: Table, condition: Any) -> tuple[Cell, ...]:  # Any: a condition on that table
    query = select(table).where(condition).order_by(*(table.c[name] for name in _KEY))
    return tuple(map(_cell, connection.execute(query)))


def _cell(row: Row[Any]) -> Cell:  # Any: columns of several types
    return Cell(row.week, Dimension(row.dimension), Measure(row.measure), row.key, row.number)


def _values(cell: Cell) -> dict[str, Any]:  # Any: columns of several types
    return {name: getattr(cell, name) for name in (*_KEY, "number")}
