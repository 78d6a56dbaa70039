"""`directory export`: every public listing, or those of a search, in the formats that other programs read."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import datetime
from typing import BinaryIO, Final

import click
from werkzeug.datastructures import MultiDict

from directory.commands.assembly import open_settings_and_store
from directory.interop.feeds.bodies import FORMATS
from directory.interop.feeds.chosen import chosen
from directory.interop.handed_on import Disclosed
from directory.lookup import open_lookup
from directory.settings import Settings
from directory.store import Store
from directory.upkeep.exporting import export_csv, export_json

FROM_THE_STORE: Final[dict[str, Callable[..., int]]] = {"csv": export_csv, "json": export_json}


@click.command()
@click.option("--format", "form", type=click.Choice(["json", *FORMATS]), default="csv", show_default=True)
@click.option("--search", default="", help="Only what these words find, as on the site.")
@click.option("--near", help="Only what is near a ZIP code, a town, a county or a state.")
@click.option("--radius", type=float, help="Miles; 25 by default.")
@click.option("--offers", multiple=True, help="Only what states a concept, such as care.detox; repeatable.")
@click.option("--kind", multiple=True, help="facility, meeting or helpline; repeatable.")
@click.option("--unpaid-only", is_flag=True, help="Only listings that nobody pays us for.")
def export(form: str, search: str, unpaid_only: bool, **parts: object) -> None:
    """Write listings to standard output, with their disclosures, as far as each source lets us hand them on.

    A table and our own JSON of everything come from the database; a search and the other formats from what is published.
    """
    settings, store = open_settings_and_store()
    pairs = [("q", search), ("unpaid_only", "1" if unpaid_only else "")]
    for name, value in parts.items():
        pairs += [(name, str(item)) for item in (value if isinstance(value, tuple) else (value,)) if item is not None]
    asked = MultiDict([(name, value) for name, value in pairs if value])
    if form in FROM_THE_STORE and not asked:
        left_out = FROM_THE_STORE[form](store, sys.stdout, today=datetime.now().astimezone().date())
        if left_out:
            click.echo(f"{left_out} listings are left out: their sources do not let us hand them on.", err=True)
        return
    if form not in FORMATS:
        raise click.UsageError(f"a search is exported as {', '.join(FORMATS)}")
    write_published(settings, store, form, asked, sys.stdout.buffer)


def write_published(settings: Settings, store: Store, form: str, asked: MultiDict[str, str], stream: BinaryIO) -> None:
    """Write what a search finds among the published listings, or all of them, in one of the formats."""
    lookup, now = open_lookup(settings, store), datetime.now().astimezone()
    disclosed = Disclosed.now(lookup, now.date(), "en", settings.public_url)
    sources = {info.name: info for info in store.sources()}
    made = FORMATS[form]
    for part in made.body(chosen(lookup, asked, now, kinds=made.kinds).listings(), disclosed, sources):
        stream.write(part)
    stream.flush()
