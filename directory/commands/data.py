"""Commands that change what is held and what is served: import, publish, rollback."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from pathlib import Path

import click
from rich.console import Console
from rich.progress import Progress

from directory.commands.assembly import open_settings_and_store, publisher_of
from directory.importing import IMPORTERS, ImportReport, run_import
from directory.publish import Published, Publisher
from index.engine.generation import PublisherBusy, PublisherLock, current, unpin
from index.engine.generation import rollback as roll_back

WAIT_SECONDS = 0.5
console = Console(stderr=True)


@click.command("import")
@click.argument("source", type=click.Choice(sorted(IMPORTERS)))
@click.argument("path", required=False)
@click.option("--url", help="Fetch the file from this address instead of PATH.")
@click.option(
    "--feed", help="The feed's name; rows that vanish from this feed are retired. Default: the file's stem, or the address."
)
@click.option("--allow-shrink", is_flag=True, help="Import even if more than 20 % of the feed would be retired.")
@click.option("--rejects", type=click.Path(dir_okay=False, path_type=Path), help="Where to write the rejected rows (CSV).")
def import_feed(
    source: str, path: str | None, url: str | None, feed: str | None, allow_shrink: bool, rejects: Path | None
) -> None:
    """Import listings of SOURCE from PATH or --url. What is served changes when they are published."""
    if (path is None) == (url is None):
        raise click.UsageError("give either a PATH or --url")
    settings, store = open_settings_and_store()
    with Progress(console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task(f"Importing {source}", total=None)
        report = run_import(
            store,
            source,
            path or url or "",
            feed=feed,
            allow_shrink=allow_shrink,
            now=datetime.now(UTC),
            progress=lambda done, total: bar.update(task, completed=done, total=total),
            rejects_path=rejects or settings.home / f"rejects-{source}.csv",
        )
    click.echo(report_text(report))


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
    if unpin:
        _unpin(settings.index_root)
    publisher = publisher_of(settings, store)
    published = publisher.publish(whole=whole) if no_wait else _publish_patiently(publisher, whole=whole)
    if published is None:
        click.echo(f"Nothing to publish: {current(settings.index_root)} holds everything.")
    else:
        kind = "a whole generation" if published.whole else "a delta"
        changed = f"{published.listings_changed} changed listings"
        click.echo(f"Published {published.generation}: {kind}, {changed}, {published.seconds:.1f} s.")


def _unpin(root: Path) -> None:
    with PublisherLock(root):
        unpin(root)


def _publish_patiently(publisher: Publisher, *, whole: bool) -> Published | None:
    """Publish as soon as the other publisher, such as that of a running service, has finished."""
    told = False
    while True:
        try:
            return publisher.publish(whole=whole)
        except PublisherBusy:
            if not told:
                click.echo("Another publisher is at work; waiting for it.", err=True)
            told = True
            time.sleep(WAIT_SECONDS)


@click.command()
def rollback() -> None:
    """Serve the previous generation again, and keep it until `publish --unpin`."""
    settings, _ = open_settings_and_store()
    with PublisherLock(settings.index_root):
        name = roll_back(settings.index_root)
    click.echo(f"Serving {name} again. It stays until `directory publish --unpin`.")
