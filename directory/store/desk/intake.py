"""What the desk knows of places for its own use, in the database."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from itertools import groupby
from typing import Any, Final

from sqlalchemy import Connection, Row, insert, select, update

from directory.store.desk.merged import answering_id, with_listings, with_merged
from directory.store.desk.tables import intake_facts
from index.listing import ListingId


class IntakeKind(StrEnum):
    """What a fact is about; in the order in which staff ask."""

    HOURS = "hours"
    WALK_IN = "walk_in"
    WHO = "who"
    DOCUMENTS = "documents"
    TRANSPORT = "transport"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class IntakeFact:
    """One fact, with who wrote it when and until which day it is shown (that day included)."""

    id: int
    listing_id: ListingId
    kind: IntakeKind
    text: str
    set_by: str
    set_at: datetime
    expires_on: date


_LISTING: Final = answering_id(intake_facts).label("listing_id")
_COLUMNS: Final = tuple(_LISTING if name == "listing_id" else intake_facts.c[name] for name in IntakeFact.__dataclass_fields__)
_ORDER: Final = {kind: order for order, kind in enumerate(IntakeKind)}


def write_intake(connection: Connection, new: IntakeFact) -> None:
    """Write a fact."""
    values = {name: getattr(new, name) for name in IntakeFact.__dataclass_fields__ if name != "id"}
    connection.execute(insert(intake_facts).values(**values | {"kind": new.kind.value}))


def end_intake(connection: Connection, listing_id: str, number: int, by: str, at: datetime) -> bool:
    """Take a fact away that a listing has now; tell whether it stood."""
    own = select(intake_facts.c.id).select_from(with_listings(intake_facts)).where(answering_id(intake_facts) == listing_id)
    same = (intake_facts.c.id == number) & intake_facts.c.id.in_(own) & intake_facts.c.ended_at.is_(None)
    return connection.execute(update(intake_facts).where(same).values(ended_at=at, ended_by=by)).rowcount == 1


def intake_of(connection: Connection, listing_ids: Iterable[str], day: date) -> dict[ListingId, tuple[IntakeFact, ...]]:
    """Return what is known on a day of listings, by kind, then oldest first."""
    stands = (intake_facts.c.expires_on >= day) & intake_facts.c.ended_at.is_(None)
    facts_of = select(*_COLUMNS).select_from(with_listings(intake_facts))
    query = facts_of.where(intake_facts.c.listing_id.in_(with_merged(connection, listing_ids)), stands)
    facts = map(_fact, connection.execute(query.order_by(_LISTING, intake_facts.c.id)))
    groups = groupby(facts, key=lambda fact: fact.listing_id)
    return {listing_id: tuple(sorted(group, key=lambda fact: _ORDER[fact.kind])) for listing_id, group in groups}


def _fact(row: Row[Any]) -> IntakeFact:  # Any: columns of several types
    values = dict(row._mapping)
    return IntakeFact(**values | {"kind": IntakeKind(values["kind"]), "listing_id": ListingId(values["listing_id"])})
