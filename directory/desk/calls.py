"""Recording what came of a call to a place, taking it back, and an editor's word on it.

An outcome never moves a result: the order is the public rule's. A call in which the place confirmed its listing is its newest
check, like any other that a source states, and goes when the outcome is taken back.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from directory.duties.correcting import correct, public_listing
from directory.errors import Refused
from directory.numerals import whole_number
from directory.store import Store
from directory.store.desk import outcomes as records
from directory.store.desk.findings import TRIES_LAST_DAYS, CallFinding, CallKind, CallOutcome
from directory.store.facts import OFFER_FIELD
from directory.store.staff import write_audit
from index.listing import ListingId

UNDO_WITHIN: Final = timedelta(seconds=60)
LONGEST_WAIT: Final = 365  # days
AGAIN_AFTER: Final = timedelta(minutes=10)  # the same person, number and outcome: pressing twice is one call
MEDICAID: Final = f"{OFFER_FIELD}pay.medicaid"


class CallRefused(Refused):
    """An outcome cannot be recorded, taken back or decided."""


@dataclass(frozen=True, slots=True)
class Called:
    """What somebody on staff says came of a call; `days` as typed, only for a waiting time."""

    listing_id: str
    number: str
    kind: str
    days: str = ""


def checked_call(store: Store, called: Called) -> tuple[ListingId, CallKind, int | None]:
    """Return what would be recorded. Raises Refused with the field that must change."""
    listing = public_listing(store, called.listing_id)
    if called.number not in {phone.number for phone in listing.phones}:
        raise CallRefused("number", "choose the number that you called")
    kind = next((kind for kind in CallKind if kind == called.kind), None)
    if kind is None:
        raise CallRefused("kind", "choose what came of the call")
    return listing.id, kind, _days(called.days) if kind is CallKind.WAITS else None


def _days(text: str) -> int:
    days = whole_number(text)
    if days is None or not 0 < days <= LONGEST_WAIT:
        raise CallRefused("days", f"a wait is a number of days from 1 to {LONGEST_WAIT}")
    return days


def record_call(store: Store, called: Called, *, by: str, now: datetime) -> CallOutcome:
    """Record what came of a call; `now` is in the operator's zone, whose day it counts for. Raises Refused."""
    listing_id, kind, days = checked_call(store, called)
    new = CallOutcome(0, listing_id, called.number, kind, days, now.date(), by, now)
    with store.writing() as connection:
        if _was_just_recorded(records.outcomes_of(connection, [listing_id], now.date()).get(listing_id, ()), new):
            raise CallRefused("kind", "you recorded this some minutes ago")
        return records.write_outcome(connection, new)


def _was_just_recorded(known: Iterable[CallOutcome], new: CallOutcome) -> bool:
    return any(
        (one.number, one.kind, one.days, one.recorded_by) == (new.number, new.kind, new.days, new.recorded_by)
        and new.recorded_at - one.recorded_at < AGAIN_AFTER
        for one in known
    )


def may_undo(outcome: CallOutcome, by: str, now: datetime) -> bool:
    """Tell whether somebody may still take back what they recorded themselves."""
    return outcome.recorded_by == by and outcome.undone_at is None and now - outcome.recorded_at <= UNDO_WITHIN


def undo_call(store: Store, number: int, *, by: str, now: datetime) -> ListingId:
    """Take back one's own outcome within a minute; return its listing. Raises CallRefused."""
    with store.writing() as connection:
        outcome = records.outcome_numbered(connection, number)
        if outcome is None or not may_undo(outcome, by, now) or not records.undo_outcome(connection, outcome, now):
            raise CallRefused("number", "more than a minute has passed: an editor can strike it")
    return outcome.listing_id


def strike_call(store: Store, number: int, *, by: str, now: datetime) -> None:
    """Strike an outcome that was recorded by mistake, whoever recorded it. Raises CallRefused."""
    with store.writing() as connection:
        outcome = records.outcome_numbered(connection, number)
        if outcome is None or not records.undo_outcome(connection, outcome, now):
            raise CallRefused("number", "there is nothing to strike")
        write_audit(connection, now, by, "call.strike", outcome.listing_id, f"{outcome.kind.value} of {outcome.recorded_by}")


def confirm_call(store: Store, number: int, *, by: str, now: datetime) -> None:
    """Let count what stayed internal: readers hear of a closing, and Medicaid is corrected to a stated no. Raises Refused."""
    outcome = _decide(store, number, by, now, confirmed=True)
    if outcome.kind is CallKind.NO_MEDICAID:
        said_by = f"the place, when our helpline called on {outcome.called_on.isoformat()}"
        correct(store, outcome.listing_id, MEDICAID, "no", said_by=said_by, by=by, now=now)


def dismiss_call(store: Store, number: int, *, by: str, now: datetime) -> None:
    """Set aside what stayed internal. Raises CallRefused."""
    _decide(store, number, by, now, confirmed=False)


def _decide(store: Store, number: int, by: str, now: datetime, *, confirmed: bool) -> CallOutcome:
    with store.writing() as connection:
        outcome = records.outcome_numbered(connection, number)
        if outcome is None or not records.decide_outcome(connection, number, by, now, confirmed=confirmed):
            raise CallRefused("number", "somebody has decided this already")
        action = "call.confirm" if confirmed else "call.dismiss"
        write_audit(connection, now, by, action, outcome.listing_id, f"{outcome.kind.value} of {outcome.called_on}")
    return outcome


def take_back_closing(store: Store, number: int, *, by: str, now: datetime) -> None:
    """Let a confirmed closing be said no more. Raises CallRefused."""
    with store.writing() as connection:
        outcome = records.outcome_numbered(connection, number)
        if outcome is None or not records.take_back_decision(connection, number, by, now):
            raise CallRefused("number", "this is said no more")
        write_audit(connection, now, by, "call.take_back", outcome.listing_id, outcome.kind.value)


def calls_of(store: Store, listing_ids: Iterable[str], now: datetime) -> Mapping[ListingId, tuple[CallOutcome, ...]]:
    """Return the standing outcomes of listings of the last 30 days, newest first."""
    with store.reading() as connection:
        return records.outcomes_of(connection, listing_ids, now.date() - timedelta(days=TRIES_LAST_DAYS))


@dataclass(frozen=True, slots=True)
class CallsForEditors:
    """What waits for an editor, what is said of closings, and what is said of calls to other listings."""

    waiting: tuple[CallOutcome, ...]
    closings: tuple[CallOutcome, ...]
    said: Mapping[ListingId, tuple[CallFinding, ...]]

    @property
    def listing_ids(self) -> frozenset[ListingId]:
        """Return the listings that the page names."""
        return frozenset({*self.said, *(one.listing_id for one in (*self.waiting, *self.closings))})


def calls_for_editors(store: Store, now: datetime) -> CallsForEditors:
    """Return what editors must see of calls."""
    with store.reading() as connection:
        said = {listing_id: calls.findings for listing_id, calls in records.running_calls(connection, now.date()).items()}
        return CallsForEditors(records.outcomes_for_editors(connection), records.confirmed_closed(connection), said)


def said_of(store: Store, listing_id: ListingId, now: datetime) -> tuple[CallFinding, ...]:
    """Return what readers hear now of our calls to a listing."""
    with store.reading() as connection:
        calls = records.running_calls(connection, now.date(), [listing_id]).get(listing_id)
    return calls.findings if calls else ()
