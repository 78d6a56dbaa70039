"""The weekly report of the desk: how many listings were given, which needs were met and not met, by kind or by county.

Off unless the operator turns it on. Staff count a call when it ends, by ticking; nothing is counted by itself. Each tick adds one
to counts of the running week, one dimension at a time, so that no row is about a call. When the week is over its report is
written, without small cells, and the counts are deleted.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Final

from sqlalchemy import Connection

from directory.desk.small_cells import SUM, publishable
from directory.errors import Refused
from directory.store import Store
from directory.store.desk import weeks as records
from directory.store.desk.weeks import Cell, Dimension, Measure
from index.geo.places import Gazetteer

NEEDS: Final = (
    *("detox", "residential", "outpatient", "medication"),
    *("mental_health", "groups", "supplies", "paying", "other"),
)
NO_COUNTY: Final = "-"  # nobody said where
MOST_GIVEN: Final = 50  # of one call
WEEK: Final = timedelta(days=7)


class CountRefused(Refused):
    """A call cannot be counted as it was ticked."""


@dataclass(frozen=True, slots=True)
class CountedCall:
    """What staff tick of a call that ended; it becomes counts and is not kept. `county` is one of the gazetteer's, or ""."""

    given: int
    met: frozenset[str]
    unmet: frozenset[str]
    county: str = ""

    def __post_init__(self) -> None:
        if not 0 <= self.given <= MOST_GIVEN:
            raise CountRefused("given", f"a number from 0 to {MOST_GIVEN}")
        if (self.met | self.unmet) - set(NEEDS) or self.met & self.unmet:
            raise CountRefused("needs", "choose met or not met for each need")


def county_of(text: str, places: Gazetteer) -> str:
    """Return the county of a ZIP code or town; "" for one that is not known, or for a whole state."""
    found = places.lookup(text) if text.strip() else ()
    if not found or not found[0].county:
        return ""
    return f"{found[0].county}, {found[0].state}"


def count_call(store: Store, call: CountedCall, now: datetime) -> None:
    """Add a call to the counts of its week; weeks that are over get their reports first."""
    week = week_of(now.date())
    with store.writing() as connection:
        _close_weeks_before(connection, week)
        records.add_to_tallies(connection, _cells(call, week))


def _cells(call: CountedCall, week: date) -> Iterator[Cell]:
    if call.given:
        yield Cell(week, Dimension.ALL, Measure.GIVEN, SUM, call.given)
    for measure, needs in ((Measure.MET, call.met), (Measure.UNMET, call.unmet)):
        yield from (Cell(week, Dimension.NEED, measure, need, 1) for need in sorted(needs))
        if needs:
            yield Cell(week, Dimension.COUNTY, measure, call.county or NO_COUNTY, len(needs))


def week_of(day: date) -> date:
    """Return the Monday on which a day's week began."""
    return day - timedelta(days=day.weekday())


@dataclass(frozen=True, slots=True)
class WeeklyReport:
    """What is written of one week; `cells` are those of one dimension, and of what was given."""

    week: date
    dimension: Dimension
    cells: tuple[Cell, ...]


def reported_weeks(store: Store, now: datetime) -> tuple[date, ...]:
    """Return the weeks with a report, newest first; those that are over get theirs first."""
    close_weeks(store, now)
    with store.reading() as connection:
        return records.weeks_reported(connection)


def weekly_report(store: Store, week: date, dimension: Dimension) -> WeeklyReport:
    """Return the report of a week by one dimension."""
    with store.reading() as connection:
        cells = records.report_of(connection, week)
    shown = (Dimension.ALL, dimension)
    return WeeklyReport(week, dimension, tuple(cell for cell in cells if cell.dimension in shown))


def close_weeks(store: Store, now: datetime) -> int:
    """Write the report of every week that is over and delete its counts; return how many weeks there were."""
    with store.writing() as connection:
        return _close_weeks_before(connection, week_of(now.date()))


def _close_weeks_before(connection: Connection, week: date) -> int:
    closed = 0
    for over, tallies in groupby(records.tallies_before(connection, week), key=lambda cell: cell.week):
        records.write_report(connection, over, list(_reported(list(tallies))))
        closed += 1
    return closed


def _reported(tallies: Sequence[Cell]) -> Iterator[Cell]:
    """Yield the cells of a week's report, none of them small."""
    for (dimension, measure), column in groupby(tallies, key=lambda cell: (cell.dimension, cell.measure)):
        counts = {cell.key: cell.number for cell in column}
        if dimension is Dimension.NEED:
            counts = dict.fromkeys(NEEDS, 0) | counts
        for key, number in publishable(counts).numbers().items():
            yield Cell(tallies[0].week, dimension, measure, key, number)
