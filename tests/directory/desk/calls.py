"""Short ways to say what came of a call."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import Any

from directory.store.desk.findings import CallKind, CallOutcome
from index.listing import ListingId

TODAY = date(2026, 11, 21)
NUMBER = "+17195550101"
_NUMBERS = count(1)


def call(kind: CallKind = CallKind.NO_ANSWER, days_ago: int = 0, by: str = "ana", **changes: Any) -> CallOutcome:
    """A call to one number of a place, so many days ago, by one member of staff."""
    day = TODAY - timedelta(days=days_ago)
    made = {
        "id": next(_NUMBERS),
        "listing_id": ListingId("a"),
        "number": NUMBER,
        "days": 10 if kind is CallKind.WAITS else None,
        "called_on": day,
        "recorded_at": datetime(day.year, day.month, day.day, 12, tzinfo=UTC),
    }
    return CallOutcome(kind=kind, recorded_by=by, **made | changes)


def three_tries(latest_days_ago: int = 0) -> list[CallOutcome]:
    """Three calls that nobody answered, on two days, by two members of staff."""
    return [
        call(days_ago=latest_days_ago + 2),
        call(days_ago=latest_days_ago, by="ben"),
        call(CallKind.DISCONNECTED, days_ago=latest_days_ago, by="ana"),
    ]
