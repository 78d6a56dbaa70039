"""`directory demo`: fictional sample advertisers, so that paid placement can be seen; never by default."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import click

from directory.commands.assembly import open_settings_and_store, publisher_of
from directory.duties.answering import StatedAnswer, establish_answer
from directory.duties.disputing import dispute, disputes_of
from directory.duties.sponsoring import Offer, add_sponsorship, sponsorships_of
from directory.errors import SettingsError
from directory.feeds.importing import run_import
from directory.publish import patiently
from directory.sources.records import AnsweredBy
from directory.store import Store
from index.listing import ListingId

SAMPLES: Final = Path(__file__).resolve().parents[2] / "data" / "demo_listings.json"
FEED: Final = "demo"
LICENCE: Final = "No licence: this place is fictional"
PAYING: Final = ("Sample Advertiser One (fictional)", "Sample Advertiser Two (fictional)", "Sample Advertiser Three (fictional)")


DISPUTING: Final = "Sample Place Without Payment (fictional)"
SOLD: Final = StatedAnswer(
    "303-555-0104",
    AnsweredBy.PAID_ADVERTISERS,
    operator_name="Sample Call Desk (fictional)",
    payers="Sample Rehab Group (fictional)\nSecond Sample Group (fictional)",
    source_url="https://example.org/who-answers",
    hours="24/7",
    cost="free",
)


@click.command()
def demo() -> None:
    """Load fictional places near Denver: three pay, one has a number whose calls are sold and disputes a fact. Refused in
    production.
    """
    settings, store = open_settings_and_store()
    if settings.production:
        raise SettingsError("the fictional samples are not loaded where DIRECTORY_PRODUCTION is yes")
    now = datetime.now().astimezone()
    run_import(store, "providers", str(SAMPLES), feed=FEED, now=now.astimezone(UTC))
    paying = {one.listing_id for one in sponsorships_of(store) if one.runs_on(now.date())}
    ids = {listing.name: listing.id for listing in store.public_listings() if listing.name in (*PAYING, DISPUTING)}
    for name in PAYING:
        if ids[name] not in paying:
            offer = Offer(ids[name], f"Owner of {name}", "flat_fee", LICENCE, "facility", source="demo")
            add_sponsorship(store, offer, by="demo", now=now)
    _add_what_is_disputed(store, ids[DISPUTING], now)
    patiently(publisher_of(settings, store).publish, lambda: click.echo("Another publisher is at work; waiting.", err=True))
    click.echo(f"{len(PAYING)} fictional places near Denver pay now. Advertisements show with DIRECTORY_ADVERTISING=yes.")


def _add_what_is_disputed(store: Store, listing_id: ListingId, now: datetime) -> None:
    """Say who buys the calls of a number, and that its place disputes a fact; once, however often the demonstration is loaded."""
    if not disputes_of(store, listing_id):
        establish_answer(store, SOLD, by="demo", now=now)
        dispute(store, listing_id, "offer:pay.medicaid", "they say that they stopped taking it", by="demo", now=now)
