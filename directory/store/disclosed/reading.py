"""Reading what must be disclosed: who pays, on which terms each source lists, who answers which number."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final

from sqlalchemy import Connection, Engine, select

from directory.errors import StoreUnavailable
from directory.sources.records import AnsweredBy, AnsweredByFact, PaymentTerms
from directory.store.corrections.disputes import running_disputes
from directory.store.corrections.overrides import running_corrections
from directory.store.database import failures_of, reason_of
from directory.store.desk.outcomes import running_calls
from directory.store.disclosed.answers import established_answers, feeds_answers
from directory.store.disclosed.sponsorships import running_sponsorships
from directory.store.facts import DisclosureRecords, Sponsorship
from directory.store.tables import disclosure_version, listings, sources
from index.listing import ListingId

_VERSION: Final = "SELECT version FROM disclosure_version"


def version(engine: Engine) -> int:
    """Return the disclosure version. Every request asks, so this goes past SQLAlchemy's statements: a fifth of the time.

    Raises StoreUnavailable when the database cannot be read.
    """
    try:
        connection = engine.raw_connection()
        try:
            cursor = connection.cursor()
            cursor.execute(_VERSION)
            row = cursor.fetchone()
            cursor.close()
        finally:
            connection.close()
    except failures_of(engine) as error:
        raise StoreUnavailable(f"the database cannot be read: {reason_of(error)}") from error
    if row is None:
        raise StoreUnavailable("the database has no disclosure version")
    return int(row[0])


def records_of(connection: Connection, day: date) -> DisclosureRecords:
    """Return what must be disclosed on a day, with the version it belongs to."""
    number = connection.scalar(select(disclosure_version.c.version))
    if number is None:
        raise StoreUnavailable("the database has no disclosure version")
    merged = _merged(connection)
    return DisclosureRecords(
        version=number,
        merged=merged,
        payers=_payers(running_sponsorships(connection, day), merged),
        payment_terms=_payment_terms(connection),
        answered_by=_answers(connection),
        corrections=running_corrections(connection),
        disputes=running_disputes(connection),
        calls=running_calls(connection, day),
    )


def _merged(connection: Connection) -> dict[ListingId, ListingId]:
    """Return which listing answers for each one that was merged away."""
    query = select(listings.c.id, listings.c.redirect_to).where(listings.c.redirect_to.is_not(None))
    steps = {row.id: row.redirect_to for row in connection.execute(query)}
    return {ListingId(one): ListingId(_last(steps, one)) for one in steps}


def _last(steps: Mapping[str, str], start: str) -> str:
    seen, at = {start}, start
    while (farther := steps.get(at)) and farther not in seen:
        seen.add(farther)
        at = farther
    return at


def _payers(running: Sequence[Sponsorship], merged: Mapping[ListingId, ListingId]) -> dict[ListingId, str]:
    """Return who pays for each listing, under what it became where it was merged; every name, where several pay."""
    names: dict[ListingId, list[str]] = {}
    for sponsorship in running:
        paid_for = merged.get(sponsorship.listing_id, sponsorship.listing_id)
        names.setdefault(paid_for, []).append(sponsorship.payer)
    return {listing_id: ", ".join(dict.fromkeys(payers)) for listing_id, payers in names.items()}


def _payment_terms(connection: Connection) -> dict[str, PaymentTerms]:
    """Return each source's terms as its own feed states them; where only copies do and they differ, nothing is known."""
    query = select(sources.c.name, sources.c.payment).order_by(sources.c.name, sources.c.own.desc())
    own = {row.name: PaymentTerms(row.payment) for row in connection.execute(query.where(sources.c.own))}
    copied: dict[str, set[str]] = {}
    for row in connection.execute(query.where(~sources.c.own)):
        copied.setdefault(row.name, set()).add(row.payment)
    agreed = {name: PaymentTerms(terms.pop()) if len(terms) == 1 else PaymentTerms.UNKNOWN for name, terms in copied.items()}
    return agreed | own


def _answers(connection: Connection) -> dict[str, AnsweredByFact]:
    """Return who answers each number: what staff established, else of two feeds the one that knows, then the one checked last,
    then by feed. That calls are sold is shown only once staff confirmed it.
    """
    best: dict[str, AnsweredByFact] = {}
    for _, fact in feeds_answers(connection):
        if fact.answered_by is AnsweredBy.PAID_ADVERTISERS:
            continue
        if fact.number not in best or _weight(fact) > _weight(best[fact.number]):
            best[fact.number] = fact
    return best | {one.fact.number: one.fact for one in established_answers(connection)}


def _weight(fact: AnsweredByFact) -> tuple[bool, date]:
    return fact.answered_by is not AnsweredBy.UNKNOWN, fact.checked_on or date.min
