"""Recording and ending sponsorships: the one way in, behind the command line and the staff pages.

A payer may pay a flat fee for a named period, and nothing else: 18 USC 220 (EKRA) makes it a crime to pay or take money for
referring a person to treatment. A flat fee is not by itself a safe harbor; whoever records one asks a lawyer first.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from directory.disclosure.sponsor_text import problem_in_sponsor_name
from directory.duties.answering import answered_by_others
from directory.errors import Refused
from directory.sources.records import AnsweredBy, AnsweredByFact
from directory.store import Store
from directory.store.disclosed.sponsorships import (
    UNTIL_ENDED,
    NewSponsorship,
    all_sponsorships,
    end_sponsorships,
    record_sponsorship,
)
from directory.store.facts import Sponsorship
from directory.store.staff import write_audit
from index.listing import Listing, ListingId

COUNSEL: Final = "A flat fee is not by itself a safe harbor under 18 USC 220 (EKRA) or state law: ask counsel."
MOST_LETTERS: Final = 200  # of a payer, a licence or a source


class Compensation(StrEnum):
    """Ways to pay that somebody may propose; only the flat fee is accepted."""

    FLAT_FEE = "flat_fee"
    PER_CALL = "per_call"
    PER_LEAD = "per_lead"
    PER_ADMISSION = "per_admission"
    COMMISSION = "commission"
    PERCENTAGE = "percentage"


class SponsorshipRefused(Refused):
    """A sponsorship may not be recorded, or there is none to end."""


@dataclass(frozen=True, slots=True)
class Offer:
    """What a payer offers, as whoever records it states it. Days are whole and inclusive; without `until` it runs until ended."""

    listing_id: str
    payer: str
    compensation: str
    licence: str
    answered_by: str
    starts_on: date | None = None
    ends_on: date | None = None
    source: str = ""


def add_sponsorship(store: Store, offer: Offer, *, by: str, now: datetime) -> Sponsorship:
    """Record a sponsorship; every worker shows it from its next request on. `now` is in the operator's zone.

    Raises SponsorshipRefused with the reason.
    """
    answered_by = _check_terms(offer)
    days = _days(offer, now.date())
    listing = _listing(store, offer.listing_id)
    _check_phones(store, listing, now.date())
    new = NewSponsorship(
        listing_id=listing.id,
        payer=offer.payer.strip(),
        licence=offer.licence.strip(),
        answered_by=answered_by,
        starts_on=days[0],
        ends_on=days[1],
        source=offer.source.strip(),
        recorded_by=by,
        recorded_at=now,
    )
    with store.writing() as connection:
        for known in all_sponsorships(connection, listing.id):
            if known.payer == new.payer and known.ended_at is None and known.ends_on >= new.starts_on:
                raise SponsorshipRefused("payer", f"{known.payer} pays for {listing.id} already; end that sponsorship first")
        write_audit(connection, now, by, "sponsorship.add", new.listing_id, new.payer)
        return record_sponsorship(connection, new)


def end_listing_sponsorships(store: Store, listing_id: str, *, by: str, now: datetime) -> tuple[Sponsorship, ...]:
    """End what runs or will run for a listing; nothing is deleted. Raises SponsorshipRefused when nothing does."""
    with store.writing() as connection:
        ended = end_sponsorships(connection, listing_id, by, now)
        if not ended:
            raise SponsorshipRefused("listing_id", f"nobody pays for {listing_id}: there is no sponsorship to end")
        write_audit(connection, now, by, "sponsorship.end", listing_id, ", ".join(one.payer for one in ended))
    return ended


def sponsorships_of(store: Store) -> tuple[Sponsorship, ...]:
    """Return every sponsorship ever recorded, oldest first."""
    with store.reading() as connection:
        return all_sponsorships(connection)


def answered_elsewhere(store: Store, today: date) -> Mapping[ListingId, str]:
    """Return the listings that are paid for, though a number of theirs is known to be answered by somebody else, and by whom.

    Whoever answers may be found out after a sponsorship was recorded: an admin then ends it, or finds out better.
    """
    paying = {one.listing_id for one in sponsorships_of(store) if one.runs_on(today)}
    others = answered_by_others(store, today)
    found = ((listing.id, _others_among(listing, others)) for listing in store.public_listings_by_id(paying).values())
    return {listing_id: facts[0].operator_name or facts[0].answered_by.value for listing_id, facts in found if facts}


def _check_terms(offer: Offer) -> AnsweredBy:
    """Refuse what no record may hold; return who answers the phone."""
    _check_compensation(offer.compensation)
    if not offer.payer.strip():
        raise SponsorshipRefused("payer", "the payer must be named: readers see the name beside the label")
    if not offer.licence.strip():
        raise SponsorshipRefused("licence", "a sponsor needs a state licence on file: say which, with its number and state")
    for field, text in (("payer", offer.payer), ("licence", offer.licence), ("source", offer.source)):
        if len(text) > MOST_LETTERS:
            raise SponsorshipRefused(field, f"may have at most {MOST_LETTERS} characters, got {len(text)}")
    if problem := problem_in_sponsor_name(offer.payer):
        raise SponsorshipRefused("payer", problem)
    return _answerer(offer.answered_by)


def _check_compensation(compensation: str) -> None:
    if compensation == Compensation.FLAT_FEE:
        return
    raise SponsorshipRefused(
        "compensation",
        f"{compensation or 'nothing'} is refused: only flat_fee may be recorded. Money for each call, lead or admission, or a "
        "commission or percentage, is payment for referrals, which EKRA (18 USC 220) forbids",
    )


def _answerer(answered_by: str) -> AnsweredBy:
    if answered_by in (AnsweredBy.FACILITY, AnsweredBy.OPERATOR):
        return AnsweredBy(answered_by)
    raise SponsorshipRefused(
        "answered_by",
        f"{answered_by or 'unknown'} is refused: a sponsor's phone must be answered by the facility itself or its operator",
    )


def _days(offer: Offer, today: date) -> tuple[date, date]:
    starts_on, ends_on = offer.starts_on or today, offer.ends_on or UNTIL_ENDED
    if ends_on < starts_on:
        raise SponsorshipRefused("ends_on", f"the last day ({ends_on}) is before the first ({starts_on})")
    return starts_on, ends_on


def _listing(store: Store, listing_id: str) -> Listing:
    found = store.public_listings_by_id([listing_id]).get(ListingId(listing_id))
    if found:
        return found
    target = store.redirect_of(listing_id)
    raise SponsorshipRefused("listing_id", f"{listing_id} is now {target}" if target else f"no listing has the id {listing_id!r}")


def _check_phones(store: Store, listing: Listing, today: date) -> None:
    """Refuse a listing without a phone, or one of whose numbers is known to be answered by somebody else."""
    if not listing.phones:
        raise SponsorshipRefused("listing_id", f"{listing.id} lists no phone that the facility could answer")
    for fact in _others_among(listing, answered_by_others(store, today)):
        who = fact.operator_name or fact.answered_by.value
        raise SponsorshipRefused("answered_by", f"{fact.number} is answered by {who} ({fact.source_url}), not by the facility")


def _others_among(listing: Listing, others: Mapping[str, AnsweredByFact]) -> list[AnsweredByFact]:
    return [others[phone.number] for phone in listing.phones if phone.number in others]
