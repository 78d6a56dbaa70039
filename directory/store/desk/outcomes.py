"""Call outcomes and the answers of places in the database."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, Date, Row, and_, func, insert, select, true, update

from directory.store.desk.findings import (
    FOR_EDITORS,
    GOOD,
    TRIES_LAST_DAYS,
    CallKind,
    CallOutcome,
    CallsOfListing,
    PlaceAnswer,
    findings_of,
)
from directory.store.desk.merged import answering_id, with_listings, with_merged
from directory.store.desk.tables import call_outcomes, place_answers
from directory.store.tables import outbox
from index.listing import ListingId

_LISTING: Final = answering_id(call_outcomes).label("listing_id")
_COLUMNS: Final = tuple(_LISTING if name == "listing_id" else call_outcomes.c[name] for name in CallOutcome.__dataclass_fields__)
_OUTCOMES: Final = select(*_COLUMNS).select_from(with_listings(call_outcomes))
_STANDING: Final = call_outcomes.c.undone_at.is_(None)


@dataclass(frozen=True, slots=True)
class WaitingAnswer:
    """An answer of a place, public once an editor published it."""

    id: int
    listing_id: ListingId
    statement: str
    told_by: str
    told_at: datetime
    published_at: datetime | None


def write_outcome(connection: Connection, new: CallOutcome) -> CallOutcome:
    """Write what came of a call; return it with its number. A confirmed listing is published again, with its new date."""
    values = {name: getattr(new, name) for name in CallOutcome.__dataclass_fields__ if name != "id"}
    key = connection.execute(insert(call_outcomes).values(**values | {"kind": new.kind.value})).inserted_primary_key
    assert key is not None
    if new.kind in GOOD:
        publish_again(connection, new.listing_id, new.recorded_at)
    return CallOutcome(int(key[0]), **values)


def undo_outcome(connection: Connection, outcome: CallOutcome, at: datetime) -> bool:
    """Take an outcome back; tell whether it stood and nobody had decided on it."""
    same = (call_outcomes.c.id == outcome.id) & _STANDING & call_outcomes.c.decided_at.is_(None)
    undone = connection.execute(update(call_outcomes).where(same).values(undone_at=at)).rowcount == 1
    if undone and outcome.kind in GOOD:
        publish_again(connection, outcome.listing_id, at)
    return undone


def decide_outcome(connection: Connection, number: int, by: str, at: datetime, *, confirmed: bool) -> bool:
    """Write an editor's word on what was told us; tell whether it waited for one."""
    waiting = (call_outcomes.c.id == number) & _waits_for_editors()
    values = {"decided_by": by, "decided_at": at, "confirmed": confirmed}
    return connection.execute(update(call_outcomes).where(waiting).values(**values)).rowcount == 1


def take_back_decision(connection: Connection, number: int, by: str, at: datetime) -> bool:
    """Let a confirmed outcome be said no more; tell whether it was."""
    confirmed = (call_outcomes.c.id == number) & call_outcomes.c.confirmed.is_(True)
    values = {"decided_by": by, "decided_at": at, "confirmed": False}
    return connection.execute(update(call_outcomes).where(confirmed).values(**values)).rowcount == 1


def publish_again(connection: Connection, listing_id: ListingId, at: datetime) -> None:
    """Let the publisher hear that a listing has changed."""
    connection.execute(insert(outbox).values(listing_id=listing_id, at=at))


def outcome_numbered(connection: Connection, number: int) -> CallOutcome | None:
    """Return an outcome, None when there is none of that number."""
    row = connection.execute(_OUTCOMES.where(call_outcomes.c.id == number)).one_or_none()
    return _outcome(row) if row else None


def outcomes_of(connection: Connection, listing_ids: Iterable[str], since: date) -> dict[ListingId, tuple[CallOutcome, ...]]:
    """Return the standing outcomes of listings from a day on, newest first."""
    theirs = call_outcomes.c.listing_id.in_(with_merged(connection, listing_ids))
    wanted = theirs & (call_outcomes.c.called_on >= since) & _STANDING
    query = _OUTCOMES.where(wanted).order_by(_LISTING, call_outcomes.c.id.desc())
    return _by_listing(connection.execute(query))


def outcomes_for_editors(connection: Connection) -> tuple[CallOutcome, ...]:
    """Return what stays internal until an editor decides, oldest first."""
    query = _OUTCOMES.where(_waits_for_editors()).order_by(call_outcomes.c.id)
    return tuple(map(_outcome, connection.execute(query)))


def confirmed_closed(connection: Connection) -> tuple[CallOutcome, ...]:
    """Return the confirmed outcomes that readers hear of until an editor takes them back, oldest first."""
    said = (call_outcomes.c.kind == CallKind.CLOSED.value) & call_outcomes.c.confirmed.is_(True)
    return tuple(map(_outcome, connection.execute(_OUTCOMES.where(said).order_by(call_outcomes.c.id))))


def _waits_for_editors() -> ColumnElement[bool]:
    kinds = call_outcomes.c.kind.in_([kind.value for kind in FOR_EDITORS])
    return and_(kinds, _STANDING, call_outcomes.c.decided_at.is_(None))


def running_calls(connection: Connection, day: date, listing_ids: Iterable[str] | None = None) -> dict[ListingId, CallsOfListing]:
    """Return what may be said on a day of our calls, by listing, with the answers of the places; of all listings, or of these.

    An answer is shown beside what it answers and goes with it.
    """
    lately = call_outcomes.c.called_on > day - timedelta(days=TRIES_LAST_DAYS)
    closed = (call_outcomes.c.kind == CallKind.CLOSED.value) & call_outcomes.c.confirmed.is_(True)
    theirs = _of(connection, listing_ids)
    old_closings = _OUTCOMES.where(closed, ~lately, _STANDING, theirs)
    # Two queries: each is answered by an index, their "or" by none.
    rows = [*connection.execute(_OUTCOMES.where(lately, _STANDING, theirs)), *connection.execute(old_closings)]
    outcomes = _by_listing(sorted(rows, key=lambda row: (row.listing_id, row.id)))
    found = {listing_id: findings_of(calls, day) for listing_id, calls in outcomes.items()}
    answers = _published_answers(connection)
    return {one: CallsOfListing(findings, answers.get(one, ())) for one, findings in found.items() if findings}


def running_checks(connection: Connection, listing_ids: Iterable[str] | None = None) -> dict[ListingId, Mapping[str, date]]:
    """Return when our staff last had listings confirmed by the places, by listing and number called; of all, or of these."""
    good = call_outcomes.c.kind.in_([kind.value for kind in GOOD]) & _STANDING
    newest = func.max(call_outcomes.c.called_on, type_=Date()).label("called_on")
    query = select(_LISTING, call_outcomes.c.number, newest).select_from(with_listings(call_outcomes))
    query = query.where(good, _of(connection, listing_ids))
    found: dict[ListingId, dict[str, date]] = {}
    for row in connection.execute(query.group_by(answering_id(call_outcomes), call_outcomes.c.number)):
        found.setdefault(ListingId(row.listing_id), {})[row.number] = row.called_on
    return dict(found)


def _of(connection: Connection, listing_ids: Iterable[str] | None) -> ColumnElement[bool]:
    """Return the condition of outcomes of these listings, or of all."""
    if listing_ids is None:
        return true()
    return call_outcomes.c.listing_id.in_(with_merged(connection, listing_ids))


# The answers of places


def write_answer(connection: Connection, listing_id: str, statement: str, told_by: str, at: datetime) -> None:
    """Write what a place answers; nobody hears it before an editor publishes it."""
    values = {"listing_id": listing_id, "statement": statement, "told_by": told_by, "told_at": at, "told_on": at.date()}
    connection.execute(insert(place_answers).values(**values))


def publish_answer(connection: Connection, number: int, by: str, at: datetime) -> bool:
    """Let readers hear an answer; tell whether it waited."""
    waits = (place_answers.c.id == number) & place_answers.c.published_at.is_(None) & place_answers.c.ended_at.is_(None)
    return connection.execute(update(place_answers).where(waits).values(published_at=at, published_by=by)).rowcount == 1


def end_answer(connection: Connection, number: int, by: str, at: datetime) -> bool:
    """Set an answer aside, published or not; tell whether it stood."""
    stands = (place_answers.c.id == number) & place_answers.c.ended_at.is_(None)
    return connection.execute(update(place_answers).where(stands).values(ended_at=at, ended_by=by)).rowcount == 1


def standing_answers(connection: Connection) -> tuple[WaitingAnswer, ...]:
    """Return the answers that nobody set aside, oldest first."""
    listing = answering_id(place_answers)
    columns = [listing if name == "listing_id" else place_answers.c[name] for name in WaitingAnswer.__dataclass_fields__]
    query = (
        select(*columns)
        .select_from(with_listings(place_answers))
        .where(place_answers.c.ended_at.is_(None))
        .order_by(place_answers.c.id)
    )
    return tuple(WaitingAnswer(*row) for row in connection.execute(query))


def _published_answers(connection: Connection) -> dict[ListingId, tuple[PlaceAnswer, ...]]:
    listing = answering_id(place_answers).label("listing_id")
    answers = select(listing, place_answers.c.statement, place_answers.c.told_on).select_from(with_listings(place_answers))
    public = place_answers.c.published_at.is_not(None) & place_answers.c.ended_at.is_(None)
    rows = connection.execute(answers.where(public).order_by(listing, place_answers.c.id))
    return {
        ListingId(listing_id): tuple(PlaceAnswer(row.statement, row.told_on) for row in group)
        for listing_id, group in groupby(rows, key=lambda row: row.listing_id)
    }


def _by_listing(rows: Iterable[Row[Any]]) -> dict[ListingId, tuple[CallOutcome, ...]]:  # Any: columns of several types
    groups = groupby(map(_outcome, rows), key=lambda one: one.listing_id)
    return {listing_id: tuple(outcomes) for listing_id, outcomes in groups}


def _outcome(row: Row[Any]) -> CallOutcome:  # Any: columns of several types
    values = dict(row._mapping)
    return CallOutcome(**values | {"kind": CallKind(values["kind"]), "listing_id": ListingId(values["listing_id"])})
