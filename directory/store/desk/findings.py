"""What our calls to a place found, as the public may hear it: the rule, without a database.

The words are only about our own act, so the rule asks for enough of it: three failed calls, on two days, by two members of staff,
and none answered since. Whole days of the operator count, so what is said of a day is said until its last day ends.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from itertools import groupby
from typing import Final

from index.listing import ListingId

LEAST_TRIES: Final = 3
LEAST_DAYS: Final = 2
LEAST_STAFF: Final = 2
TRIES_LAST_DAYS: Final = 30  # a failed call counts on its own day and the 29 after it
FULL_LASTS_DAYS: Final = 3  # its own day and the two after it: never more than 72 hours


class CallKind(StrEnum):
    """What came of a call to a number of a place."""

    REACHED = "reached"
    TAKES_MEDICAID = "takes_medicaid"
    FULL = "full"
    WAITS = "waits"
    NO_ANSWER = "no_answer"
    DISCONNECTED = "disconnected"
    NO_MEDICAID = "no_medicaid"
    CLOSED = "closed"


FAILED: Final = frozenset({CallKind.NO_ANSWER, CallKind.DISCONNECTED})
GOOD: Final = frozenset({CallKind.REACHED, CallKind.TAKES_MEDICAID})  # somebody there confirmed what the listing says
ROOM: Final = frozenset({CallKind.FULL, CallKind.WAITS})
FOR_EDITORS: Final = frozenset({CallKind.CLOSED, CallKind.NO_MEDICAID})  # internal until an editor confirms


@dataclass(frozen=True, slots=True)
class CallOutcome:
    """One recorded call. `days` is the waiting time that the place stated; `confirmed` is an editor's word, None before it."""

    id: int
    listing_id: ListingId
    number: str
    kind: CallKind
    days: int | None
    called_on: date
    recorded_by: str
    recorded_at: datetime
    undone_at: datetime | None = None
    decided_by: str | None = None
    decided_at: datetime | None = None
    confirmed: bool | None = None


@dataclass(frozen=True, slots=True)
class CallFinding:
    """What readers may hear of our calls to one number: `calls` of them between two days; `days` is a waiting time."""

    number: str
    kind: CallKind
    calls: int
    first: date
    last: date
    days: int | None = None


@dataclass(frozen=True, slots=True)
class PlaceAnswer:
    """What a place itself answers to what we say of our calls."""

    statement: str
    told_on: date


@dataclass(frozen=True, slots=True)
class CallsOfListing:
    """What our calls to a listing found, and the answers of the place."""

    findings: tuple[CallFinding, ...] = ()
    answers: tuple[PlaceAnswer, ...] = ()


def findings_of(outcomes: Iterable[CallOutcome], today: date) -> tuple[CallFinding, ...]:
    """Return what may be said today of our calls to one listing, number by number; undone calls do not count."""
    standing = sorted((one for one in outcomes if one.undone_at is None), key=lambda one: (one.number, one.recorded_at, one.id))
    return tuple(
        finding
        for number, calls in groupby(standing, key=lambda one: one.number)
        for finding in _of_number(number, list(calls), today)
    )


def _of_number(number: str, calls: Sequence[CallOutcome], today: date) -> Iterator[CallFinding]:
    closed = [one for one in calls if one.kind is CallKind.CLOSED and one.confirmed]
    if closed:
        yield CallFinding(number, CallKind.CLOSED, 1, closed[-1].called_on, closed[-1].called_on)
    room = [one for one in calls if one.kind in ROOM]
    if room and not _is_past(room[-1].called_on, FULL_LASTS_DAYS, today):
        yield CallFinding(number, room[-1].kind, 1, room[-1].called_on, room[-1].called_on, room[-1].days)
    tries = _failed_since_answered(calls, today)
    if _are_enough(tries):
        yield CallFinding(number, CallKind.NO_ANSWER, len(tries), tries[0].called_on, tries[-1].called_on)


def _failed_since_answered(calls: Sequence[CallOutcome], today: date) -> list[CallOutcome]:
    """Return the failed calls after which nobody there was reached, without those that are too old."""
    answered = [at for at, one in enumerate(calls) if one.kind not in FAILED]
    later = calls[answered[-1] + 1 :] if answered else calls
    return [one for one in later if not _is_past(one.called_on, TRIES_LAST_DAYS, today)]


def _are_enough(tries: Sequence[CallOutcome]) -> bool:
    days, staff = {one.called_on for one in tries}, {one.recorded_by for one in tries}
    return len(tries) >= LEAST_TRIES and len(days) >= LEAST_DAYS and len(staff) >= LEAST_STAFF


def _is_past(called_on: date, lasts_days: int, today: date) -> bool:
    return (today - called_on).days >= lasts_days
