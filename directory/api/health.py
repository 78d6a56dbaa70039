"""`/healthz`: the process answers. `/readyz`: this copy can answer searches, and how fresh it is."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Final

from flask import Blueprint, Response
from flask.typing import ResponseReturnValue

from directory.api.formats.rows import encode
from directory.api.schema import shapes
from directory.errors import StoreUnavailable
from directory.page import Status
from directory.settings import Settings
from directory.upkeep.watching import seconds_since_watch
from directory.web import current
from index.errors import EngineUnavailable

health: Final = Blueprint("health", __name__)

ALIVE: Final = encode(shapes.Health(status="ok"))
NO_STORE: Final = {"Cache-Control": "no-store"}
UNNAMED_OPERATOR: Final = "owner and funders are not configured (DIRECTORY_OWNER, DIRECTORY_FUNDERS)"


@health.get("/healthz")
def healthz() -> ResponseReturnValue:
    """Answer from memory, without reading anything."""
    return Response(ALIVE, content_type="application/json", headers=NO_STORE)


@health.get("/readyz")
def readyz() -> ResponseReturnValue:
    """Answer 200 when index and store can be read and, in production, the operator is named; else 503 with what is missing."""
    readiness = readiness_of(current.now())
    return Response(encode(readiness), status=200 if readiness.ready else 503, content_type="application/json", headers=NO_STORE)


def readiness_of(now: datetime) -> shapes.Readiness:
    """Return whether this copy can answer."""
    lookup = current.lookup()
    try:
        status = lookup.status()
        waiting = lookup.store.outbox(limit=1)
    except EngineUnavailable:
        return _not_ready("the index cannot be read")
    except StoreUnavailable:
        return _not_ready("the store cannot be read")
    problems = tuple(_problems(status, lookup.settings))
    return shapes.Readiness(
        ready=not problems,
        generation=status.info.name,
        published_at=status.info.published_at,
        age_seconds=_seconds_since(datetime.fromisoformat(status.info.published_at), now),
        listings=status.info.listings,
        programs=status.info.programs,
        disclosure_version=status.disclosure_version,
        publisher_lag_seconds=_seconds_since(waiting[0].at, now) if waiting else 0.0,
        publisher_seen_seconds=seconds_since_watch(lookup.settings.index_root, now),
        problems=problems,
    )


def _seconds_since(moment: datetime, now: datetime) -> float:
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return round(max(0.0, (now - aware).total_seconds()), 1)


def _problems(status: Status, settings: Settings) -> list[str]:
    return [UNNAMED_OPERATOR] if settings.production and not status.operator_named else []


def _not_ready(problem: str) -> shapes.Readiness:
    return shapes.Readiness(
        ready=False,
        generation="",
        published_at="",
        age_seconds=0.0,
        listings=0,
        programs=0,
        disclosure_version=0,
        publisher_lag_seconds=0.0,
        publisher_seen_seconds=None,
        problems=(problem,),
    )
