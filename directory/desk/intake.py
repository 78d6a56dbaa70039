"""Intake facts: what staff know of a place and the public does not see, each with its author and the day it ends."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Final

from directory.duties.correcting import public_listing
from directory.errors import Refused
from directory.store import Store
from directory.store.desk import intake as records
from directory.store.desk.intake import IntakeFact, IntakeKind
from index.listing import ListingId

MOST_LETTERS: Final = 300
LASTS_DAYS: Final = (30, 90, 180)  # what staff may choose: nothing stays unasked for longer
MOST_FACTS: Final = 20  # of one listing: more is no help during a call


class IntakeRefused(Refused):
    """A fact cannot be kept or taken away."""


def add_intake(store: Store, listing_id: str, kind: str, text: str, lasts_days: str, *, by: str, now: datetime) -> None:
    """Keep a fact about a place for the desk. Raises Refused."""
    listing, said = public_listing(store, listing_id), " ".join(text.split())
    known = next((one for one in IntakeKind if one == kind), None)
    if known is None:
        raise IntakeRefused("kind", "choose what the fact is about")
    if not said or len(said) > MOST_LETTERS:
        raise IntakeRefused("text", f"write at most {MOST_LETTERS} letters")
    if lasts_days not in map(str, LASTS_DAYS):
        raise IntakeRefused("lasts", "choose for how long")
    expires_on = now.date() + timedelta(days=int(lasts_days))
    with store.writing() as connection:
        if len(records.intake_of(connection, [listing.id], now.date()).get(listing.id, ())) >= MOST_FACTS:
            raise IntakeRefused("text", f"there are {MOST_FACTS} facts already: take one away first")
        records.write_intake(connection, IntakeFact(0, listing.id, known, said, by, now, expires_on))


def end_intake(store: Store, listing_id: str, number: int, *, by: str, now: datetime) -> None:
    """Take a fact away, whoever wrote it. Raises IntakeRefused."""
    with store.writing() as connection:
        if not records.end_intake(connection, listing_id, number, by, now):
            raise IntakeRefused("number", "this fact is gone already")


def intake_of(store: Store, listing_ids: Iterable[str], now: datetime) -> Mapping[ListingId, tuple[IntakeFact, ...]]:
    """Return what the desk knows of places today."""
    with store.reading() as connection:
        return records.intake_of(connection, listing_ids, now.date())
