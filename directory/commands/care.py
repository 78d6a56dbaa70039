"""Commands that look after a copy: status, backup, restore, check."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from directory.commands.assembly import open_settings_and_store
from directory.settings import Settings
from directory.store import Store
from directory.store.facts import ImportRun, Outcome
from directory.upkeep.backup import back_up, restore_backup
from directory.upkeep.quality import check_quality, operator_problems
from index.engine.generation import is_pinned
from index.engine.whoosh_engine import WhooshEngine
from index.errors import EngineUnavailable


@click.command()
def status() -> None:
    """Say what is stored, what is served, and what waits to be published."""
    settings, store = open_settings_and_store()
    for line in status_lines(settings, store):
        click.echo(line)


def status_lines(settings: Settings, store: Store) -> list[str]:
    """Return the state of a copy, a fact a line."""
    counts = store.counts()
    said = [
        f"Stored: {counts.listings:,} listings with {counts.programs:,} programs",
        *(f"  {kind.value}: {number:,}" for kind, number in counts.kinds.items()),
        *(f"  from {source}: {number:,} programs" for source, number in counts.programs_by_source.items()),
        f"Retired records kept: {counts.retired_records:,}",
        f"Taken down: {counts.taken_down:,}",
        f"To be matched by staff: {counts.ambiguous:,}",
        *(_run_line(run) for run in store.last_import_runs()),
        f"Waiting to be published: {counts.outbox:,}",
        *_served_lines(settings.index_root),
    ]
    return said if settings.operator.is_named else [*said, *operator_problems(settings.operator)]


def _run_line(run: ImportRun) -> str:
    when = run.finished_at.strftime("%Y-%m-%d %H:%M UTC")
    if run.outcome is Outcome.REFUSED:
        return f"Feed {run.feed}: refused on {when}: {run.reason}"
    return f"Feed {run.feed}: imported on {when}, {run.rows_read:,} rows read, {run.rows_rejected:,} rejected"


def _served_lines(root: Path) -> list[str]:
    try:
        info = WhooshEngine(root).info()
    except EngineUnavailable as reason:
        return [f"Served: nothing ({reason})"]
    pinned = " (pinned by a rollback)" if is_pinned(root) else ""
    return [f"Served: generation {info.name}{pinned}, {info.listings:,} listings with {info.programs:,} programs"]


@click.command()
@click.argument("path", type=click.Path(dir_okay=False, path_type=Path))
def backup(path: Path) -> None:
    """Write the database to one file, also while the service runs."""
    settings, _ = open_settings_and_store()
    back_up(settings, path)
    click.echo(f"Wrote {path}.")


@click.command()
@click.argument("path", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--replace", is_flag=True, help="Replace the database that is there.")
def restore(path: Path, replace: bool) -> None:
    """Bring back the database from a backup; publish afterwards."""
    restore_backup(Settings.from_environment(), path, replace=replace)
    click.echo("Restored. Run `directory publish --whole` to serve it.")


@click.command()
def check() -> None:
    """Report what is wrong or doubtful in the data and the settings; exits with 1 when something must be mended."""
    settings, store = open_settings_and_store()
    report = check_quality(settings, store)
    for line in report.lines():
        click.echo(line)
    if report.must_be_mended:
        sys.exit(1)
