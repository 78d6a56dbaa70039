"""Commands that change what is held and what is served: import, publish, rollback."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import click
from rich.console import Console
from rich.progress import Progress

from directory.commands.assembly import open_settings_and_store, publisher_of
from directory.feeds.importing import IMPORTERS, ImportReport, run_import
from directory.feeds.importing_files import is_address
from directory.publish import Published, patiently
from directory.sources.feed_options import FeedOptions
from directory.sources.records import PaymentTerms
from directory.sources.table.beside import options_beside, write_first_mapping
from directory.store import Store
from directory.store.feeds.marks import Mark
from index.engine.generation import current, unpin
from index.engine.keeping import rollback as roll_back
from index.engine.publishing.locks import PublisherLock


@click.command("import")
@click.argument("source", type=click.Choice(sorted(IMPORTERS)))
@click.argument("path", required=False)
@click.option("--url", help="Fetch the file from this address instead of PATH.")
@click.option(
    "--feed", help="The feed's name; rows that vanish from this feed are retired. Default: the file's stem, or the address."
)
@click.option("--allow-shrink", is_flag=True, help="Import even if more than 20 % of the feed would be retired.")
@click.option("--rejects", type=click.Path(dir_okay=False, path_type=Path), help="Where to write the rejected rows (CSV).")
@click.option("--source", "source_id", help="The durable short id of the source; default: the feed's host or the file's name.")
@click.option("--fellowship", help="Of a list of meetings: AA, Al-Anon, group.smart ...")
@click.option(
    "--payment", type=click.Choice([terms.value for terms in PaymentTerms]), help="Whether places pay to stand in this list."
)
@click.option("--guess", is_flag=True, help="Of a table: write a first mapping beside it, to be edited, and import nothing.")
def import_feed(
    source: str,
    path: str | None,
    url: str | None,
    feed: str | None,
    allow_shrink: bool,
    rejects: Path | None,
    guess: bool,
    **said: str | None,
) -> None:
    """Import listings of SOURCE from PATH or --url. What is served changes when they are published."""
    if (path is None) == (url is None):
        raise click.UsageError("give either a PATH or --url")
    if url is not None and not is_address(url):
        raise click.BadParameter("must begin with http:// or https://", param_hint="--url")
    if guess:
        _write_guess(source, path)
        return
    settings, store = open_settings_and_store()
    location = path or url or ""
    rejects_path = rejects or settings.home / f"rejects-{source}.csv"
    report = import_with_progress(
        store,
        source,
        location,
        feed=feed,
        allow_shrink=allow_shrink,
        rejects_path=rejects_path,
        options=said_options(location, **said),
    )
    click.echo(report_text(report))
    if report.rows_rejected and not report.rejects_lost:
        click.echo(f"All rejected rows: {rejects_path}")


def _write_guess(source: str, path: str | None) -> None:
    if source != "table" or path is None:
        raise click.UsageError("--guess needs a table and its PATH")
    click.echo(f"Wrote {write_first_mapping(path)}. Edit it, then import the table.")


def said_options(
    location: str, source_id: str | None = None, fellowship: str | None = None, payment: str | None = None
) -> FeedOptions | None:
    """Return what is said of a feed: each option given, else what the file beside it says; None when no option is given."""
    given: dict[str, str | PaymentTerms] = {}
    if source_id:
        given["source"] = source_id
    if fellowship:
        given["fellowship"] = fellowship
    if payment:
        given["payment"] = PaymentTerms(payment)
    return replace(options_beside(location), **given) if given else None  # type: ignore[arg-type]  # names chosen above


def import_with_progress(
    store: Store,
    importer: str,
    location: str,
    *,
    feed: str | None,
    allow_shrink: bool,
    rejects_path: Path,
    options: FeedOptions | None,
    unless: Mark | None = None,
) -> ImportReport:
    """Import one feed, with a bar where a person watches; not where its server still has the copy `unless` names."""
    console = Console(stderr=True)
    with Progress(console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task(f"Importing {importer}", total=None)
        return run_import(
            store,
            importer,
            location,
            feed=feed,
            allow_shrink=allow_shrink,
            now=datetime.now(UTC),
            progress=lambda done, total: bar.update(task, completed=done, total=total),
            rejects_path=rejects_path,
            options=options,
            unless=unless,
        )


def report_text(report: ImportReport) -> str:
    """Return an import's outcome as lines for a person."""
    return str(report)


@click.command()
@click.option("--whole", is_flag=True, help="Build a whole generation even if a delta would do.")
@click.option("--unpin", is_flag=True, help="Publish again after a rollback.")
@click.option("--no-wait", is_flag=True, help="Refuse at once when another publisher is at work.")
def publish(whole: bool, unpin: bool, no_wait: bool) -> None:
    """Make what is stored searchable."""
    settings, store = open_settings_and_store()
    publisher, root = publisher_of(settings, store), settings.index_root
    if unpin:
        patiently(lambda: _unpin(root), _say_waiting)

    def run() -> Published | None:
        # What came after the pinned generation has left the outbox already: only the whole store has it all.
        return publisher.publish(whole=whole or unpin)

    published = run() if no_wait else patiently(run, _say_waiting)
    click.echo(published_text(published) if published else f"Nothing to publish: {current(root)} holds everything.")


def published_text(published: Published) -> str:
    """Return what a publication did, for a person."""
    kind = "a whole generation" if published.whole else "a delta"
    listings = "1 changed listing" if published.listings_changed == 1 else f"{published.listings_changed:,} changed listings"
    return f"Published {published.generation}: {kind}, {listings}, {published.seconds:.1f} s."


def _say_waiting() -> None:
    click.echo("Another publisher is at work; waiting for it.", err=True)


def _unpin(root: Path) -> None:
    with PublisherLock(root):
        unpin(root)


@click.command()
def rollback() -> None:
    """Serve the previous generation again, and keep it until `publish --unpin`."""
    settings, _ = open_settings_and_store()
    name = patiently(lambda: _roll_back(settings.index_root), _say_waiting)
    click.echo(f"Serving {name} again. It stays until `directory publish --unpin`.")


def _roll_back(root: Path) -> str:
    with PublisherLock(root):
        return roll_back(root)
