"""What a place disputes, and closing its listing: decided by staff, seen by readers, free for everybody."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from directory.disclosure.sponsor_text import problem_in_sponsor_text
from directory.duties.correcting import FIELDS, public_listing
from directory.errors import Refused
from directory.sources.fields.weekly_times import weekly_time_text
from directory.store import Store
from directory.store.corrections.disputes import mark_disputed, running_disputes, settle_dispute, take_down, taken_down
from directory.store.facts import OFFER_FIELD, PHONE_FIELD, TIME_FIELD, Dispute
from directory.store.staff import write_audit
from index.listing import ListingId

MOST_LETTERS: Final = 300
WHOLE_LISTING: Final = "listing"


class DisputeRefused(Refused):
    """A dispute cannot be marked or settled, or a listing not closed."""


def dispute(store: Store, listing_id: str, field: str, statement: str, *, by: str, now: datetime) -> None:
    """Mark a fact that the place itself says is wrong; readers see it with the next answer. Raises Refused."""
    listing = public_listing(store, listing_id)
    known = {*FIELDS, WHOLE_LISTING, *(f"{PHONE_FIELD}{phone.number}" for phone in listing.phones)}
    known |= {f"{OFFER_FIELD}{offer}" for program in listing.programs for offer in program.offers}
    known |= {f"{TIME_FIELD}{weekly_time_text(one)}" for program in listing.programs for one in program.schedule}
    if field not in known:
        raise DisputeRefused("field", f"{field!r} is no field of this listing")
    said = statement.strip()
    if not said or len(said) > MOST_LETTERS:
        raise DisputeRefused("statement", f"say in at most {MOST_LETTERS} letters what the place states instead")
    if problem := problem_in_sponsor_text(said):
        raise DisputeRefused("statement", problem)
    with store.writing() as connection:
        mark_disputed(connection, listing.id, field, said, by, now)
        write_audit(connection, now, by, "listing.dispute", listing.id, f"{field}: {said}")


def settle(store: Store, listing_id: str, number: int, *, by: str, now: datetime) -> None:
    """Take a mark away, since it was found out who is right. Raises DisputeRefused when there is none."""
    with store.writing() as connection:
        if not settle_dispute(connection, number, listing_id, by, now):
            raise DisputeRefused("number", "this is not disputed any more")
        write_audit(connection, now, by, "listing.settle", listing_id, str(number))


def disputes_of(store: Store, listing_id: str) -> tuple[Dispute, ...]:
    """Return what a place disputes."""
    with store.reading() as connection:
        return running_disputes(connection).get(ListingId(listing_id), ())


def close_listing(store: Store, listing_id: str, reason: str, *, by: str, now: datetime) -> None:
    """Take a listing down; it is gone from the next answer on, and no import brings it back. Raises Refused."""
    listing = public_listing(store, listing_id)
    if not reason.strip():
        raise DisputeRefused("reason", "say why, and who established it")
    with store.writing() as connection:
        take_down(connection, listing.id, now, down=True)
        write_audit(connection, now, by, "listing.close", listing.id, reason.strip()[:MOST_LETTERS])


def reopen_listing(store: Store, listing_id: str, *, by: str, now: datetime) -> None:
    """Let a closed listing stand again as its sources state it. Raises DisputeRefused for one that is not closed."""
    if not is_closed(store, listing_id):
        raise DisputeRefused("listing_id", f"{listing_id} is not closed")
    with store.writing() as connection:
        take_down(connection, ListingId(listing_id), now, down=False)
        write_audit(connection, now, by, "listing.reopen", listing_id)


def is_closed(store: Store, listing_id: str) -> bool:
    """Tell whether staff took a listing down."""
    with store.reading() as connection:
        return taken_down(connection, listing_id)
