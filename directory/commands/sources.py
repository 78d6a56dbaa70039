"""Commands about where listings come from: sources, sync."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import UTC, datetime

import click

from directory.commands.assembly import open_settings_and_store
from directory.commands.data import import_with_progress, said_options
from directory.feeds.importing import IMPORTERS, ImportReport
from directory.feeds.syncing import (
    FeedState,
    Result,
    ScheduledFeed,
    SyncOutcome,
    feed_states,
    pause,
    schedule,
    scheduled_feed,
    unschedule,
)
from directory.feeds.syncing import sync as bring_up_to_date
from directory.settings import Settings
from directory.sources.records import PaymentTerms
from directory.store import Store
from directory.store.facts import Outcome
from directory.store.feeds.marks import Mark

HOURS_OF_A_DAY = 24


@click.group(invoke_without_command=True)
@click.pass_context
def sources(context: click.Context) -> None:
    """List the feeds that `directory sync` keeps up to date, with their last outcome; `add` and `remove` change the list."""
    if context.invoked_subcommand is None:
        _, store = open_settings_and_store()
        for line in source_lines(store, datetime.now(UTC)):
            click.echo(line)


def source_lines(store: Store, now: datetime) -> list[str]:
    """Return the list of feeds, then every source with its terms, a fact a line."""
    states = feed_states(store)
    feeds = [line for state in states for line in _feed_lines(state, now)] or ["No feed is scheduled: directory sources add"]
    stated = [
        f"Source {info.name}: {info.title}; payment {info.payment.value}, redistribute {info.redistribute.value}"
        for info in store.sources()
    ]
    return [*feeds, *stated]


def _feed_lines(state: FeedState, now: datetime) -> Iterator[str]:
    feed, run = state.feed, state.last_run
    due = "due now" if state.is_due(now) else "paused" if feed.paused else f"due {_when(state.due_at or now)}"
    yield f"Feed {feed.name}: {feed.importer}, every {feed.every_hours} h, {due}: {feed.location}"
    if run is None:
        yield "  never imported"
    elif run.outcome is Outcome.REFUSED:
        yield f"  refused on {_when(run.finished_at)}: {run.reason}"
    else:
        yield f"  imported on {_when(run.finished_at)}: {run.rows_read:,} rows read, {run.rows_rejected:,} rejected"


def _when(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%d %H:%M UTC")


@sources.command()
@click.argument("name")
@click.argument("importer", type=click.Choice(sorted(IMPORTERS)))
@click.argument("location")
@click.option("--every", "hours", type=click.IntRange(min=1), default=HOURS_OF_A_DAY, show_default=True, help="Hours.")
@click.option("--source", help="The durable short id of the source.")
@click.option("--fellowship", help="Of a list of meetings: AA, Al-Anon, group.smart ...")
@click.option(
    "--payment", type=click.Choice([terms.value for terms in PaymentTerms]), help="Whether places pay to stand in this list."
)
def add(
    name: str, importer: str, location: str, hours: int, source: str | None, fellowship: str | None, payment: str | None
) -> None:
    """Keep the feed NAME at LOCATION (a file or an address) up to date with IMPORTER."""
    _, store = open_settings_and_store()
    feed = ScheduledFeed(
        name=name,
        importer=importer,
        location=location,
        every_hours=hours,
        source=source or "",
        fellowship=fellowship or "",
        payment=PaymentTerms(payment) if payment else None,
    )
    schedule(store, feed)
    click.echo(f"The feed {name} is looked at every {hours} h. `directory sync` runs what is due.")


@sources.command()
@click.argument("name")
def remove(name: str) -> None:
    """Take the feed NAME off the list. What it brought stays."""
    _, store = open_settings_and_store()
    if not unschedule(store, name):
        raise click.ClickException(f"no feed of the list is called {name!r}")
    click.echo(f"The feed {name} is no longer looked at; what it brought stays.")


@sources.command("pause")
@click.argument("name")
def pause_feed(name: str) -> None:
    """Let the feed NAME rest until `sources resume`. What it brought stays."""
    _, store = open_settings_and_store()
    pause(store, name, paused=True)
    click.echo(f"The feed {name} rests.")


@sources.command("resume")
@click.argument("name")
def resume_feed(name: str) -> None:
    """Look at the feed NAME again."""
    _, store = open_settings_and_store()
    pause(store, name, paused=False)
    click.echo(f"The feed {name} is looked at again.")


@click.command()
@click.option("--all", "everything", is_flag=True, help="Run every feed, due or not; paused ones rest.")
@click.option("--only", "names", multiple=True, help="Run this feed alone, due or not; repeatable.")
def sync(everything: bool, names: tuple[str, ...]) -> None:
    """Bring every feed up to date that is due; exits with 1 when one was refused, after all the others."""
    settings, store = open_settings_and_store()
    now = datetime.now(UTC)
    if names:
        feeds = [scheduled_feed(store, name) for name in names]
    else:
        feeds = [state.feed for state in feed_states(store) if state.is_due(now) or (everything and not state.feed.paused)]
    refused = 0
    for outcome in bring_up_to_date(store, feeds, run=lambda feed, mark: _import(settings, store, feed, mark), now=now):
        click.echo(outcome_text(outcome))
        refused += outcome.result is Result.REFUSED
    click.echo(f"{len(feeds)} feeds were due, {refused} refused. What is served changes when it is published.")
    if refused:
        sys.exit(1)


def _import(settings: Settings, store: Store, feed: ScheduledFeed, unless: Mark | None) -> ImportReport:
    return import_with_progress(
        store,
        feed.importer,
        feed.location,
        feed=feed.name,
        allow_shrink=False,
        rejects_path=settings.home / f"rejects-{feed.importer}-{_file_name(feed.name)}.csv",
        options=said_options(feed.location, feed.source, feed.fellowship, feed.payment),
        unless=unless,
    )


def _file_name(name: str) -> str:
    return "".join(letter if letter.isalnum() else "-" for letter in name)[:80]


def outcome_text(outcome: SyncOutcome) -> str:
    """Return what happened to a feed, for a person."""
    if outcome.report:
        return str(outcome.report)
    if outcome.result is Result.UNCHANGED:
        return f"Feed {outcome.feed.name}: unchanged where it comes from"
    return f"Feed {outcome.feed.name}: refused: {outcome.reason}"
