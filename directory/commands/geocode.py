"""`directory geocode`: points for street addresses that have none, from the online geocoder that the operator named."""

from __future__ import annotations

from datetime import UTC, datetime

import click

from directory.commands.assembly import open_settings_and_store
from directory.feeds.geocoding import geocode as ask_for_points
from directory.feeds.geocoding import geocoder_of


@click.command()
@click.option("--limit", type=click.IntRange(min=1), help="Ask for at most so many addresses.")
def geocode(limit: int | None) -> None:
    """Ask the geocoder of DIRECTORY_GEOCODER for street addresses that only have a ZIP code's or a town's point."""
    settings, store = open_settings_and_store()
    if not settings.geocoder.service:
        raise click.ClickException(
            "no geocoder is named: set DIRECTORY_GEOCODER, such as nominatim https://nominatim.example.org"
        )
    ask = geocoder_of(settings.geocoder, settings.operator.contact)
    done = ask_for_points(store, ask, settings.geocoder, lambda: datetime.now(UTC), limit=limit)
    click.echo(f"{done.asked:,} addresses asked for, {done.found:,} found, {done.not_found:,} not. Publish to use them.")
