"""`directory demo`: fictional sample advertisers, so that paid placement can be seen; never by default."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import click

from directory.commands.assembly import open_settings_and_store, publisher_of
from directory.errors import SettingsError
from directory.importing import run_import
from directory.publish import patiently
from directory.sponsoring import Offer, add_sponsorship, sponsorships_of

SAMPLES: Final = Path(__file__).resolve().parents[2] / "data" / "demo_listings.json"
FEED: Final = "demo"
LICENCE: Final = "No licence: this place is fictional"
PAYING: Final = ("Sample Advertiser One (fictional)", "Sample Advertiser Two (fictional)", "Sample Advertiser Three (fictional)")


@click.command()
def demo() -> None:
    """Load fictional places near Denver, three of which pay. Refused in production."""
    settings, store = open_settings_and_store()
    if settings.production:
        raise SettingsError("the fictional samples are not loaded where DIRECTORY_PRODUCTION is yes")
    now = datetime.now().astimezone()
    run_import(store, "providers", str(SAMPLES), feed=FEED, now=now.astimezone(UTC))
    paying = {one.listing_id for one in sponsorships_of(store) if one.runs_on(now.date())}
    ids = {listing.name: listing.id for listing in store.public_listings() if listing.name in PAYING}
    for name in PAYING:
        if ids[name] not in paying:
            offer = Offer(ids[name], f"Owner of {name}", "flat_fee", LICENCE, "facility", source="demo")
            add_sponsorship(store, offer, by="demo", now=now)
    patiently(publisher_of(settings, store).publish, lambda: click.echo("Another publisher is at work; waiting.", err=True))
    click.echo(f"{len(PAYING)} fictional places near Denver pay now. Advertisements show with DIRECTORY_ADVERTISING=yes.")
