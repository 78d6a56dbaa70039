"""`directory serve`: one process that looks after the web server and the publisher."""

from __future__ import annotations

import logging
import os
import signal
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from types import FrameType
from typing import Final

import click

from directory.commands.assembly import open_settings_and_store, publisher_of
from directory.importing import run_import
from directory.publish import watch
from directory.settings import Settings
from directory.store import Store

STARTER_LISTINGS: Final = Path(__file__).resolve().parents[2] / "data" / "providers.json"
GUNICORN_SETTINGS: Final = Path(__file__).resolve().parents[1] / "gunicorn_settings.py"
STOP_SECONDS: Final = 30.0  # longer than gunicorn's own graceful stop


@click.command()
@click.option("--prepare", is_flag=True, help="First import the starter listings and publish, if there is anything new.")
def serve(prepare: bool) -> None:
    """Serve the directory on 127.0.0.1:$PORT and publish each change as it is stored."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    settings, store = open_settings_and_store()
    if prepare:
        prepare_starter(settings, store)
    click.echo(f"Treatment Directory: http://127.0.0.1:{settings.port}/  (stop with Ctrl-C)")
    sys.exit(_Supervisor(settings, store).run())


def prepare_starter(settings: Settings, store: Store) -> None:
    """Import the starter listings and publish; unchanged rows cost a second and change nothing."""
    report = run_import(store, "providers", str(STARTER_LISTINGS), now=datetime.now(UTC))
    click.echo(f"Starter listings: {report.rows_read} read, {report.added + report.changed} new or changed.")
    published = publisher_of(settings, store).publish()
    if published:
        click.echo(f"Published {published.generation} in {published.seconds:.1f} s.")


class _Supervisor:
    """Runs gunicorn as a child and the publisher in this process, and stops both together."""

    def __init__(self, settings: Settings, store: Store) -> None:
        self._settings, self._store = settings, store
        self._stopping = False

    def run(self) -> int:
        """Return gunicorn's exit status; 0 after a stop that was asked for."""
        for wanted in (signal.SIGTERM, signal.SIGINT):
            signal.signal(wanted, self._stop)
        command = [sys.executable, "-m", "gunicorn", "--config", str(GUNICORN_SETTINGS), "wsgi:app"]
        self._server = subprocess.Popen(command, env=_environment(self._settings), cwd=STARTER_LISTINGS.parents[1])  # noqa: S603 - fixed words
        watch(publisher_of(self._settings, self._store), self._should_stop)
        return self._end()

    def _should_stop(self) -> bool:
        return self._stopping or self._server.poll() is not None

    def _stop(self, _signal: int, _frame: FrameType | None) -> None:
        self._stopping = True

    def _end(self) -> int:
        if self._server.poll() is None:
            self._server.terminate()
            try:
                self._server.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                self._server.kill()
        return 0 if self._stopping else int(self._server.wait() or 1)


def _environment(settings: Settings) -> dict[str, str]:
    """Return the environment of the workers: this one's, with the home made absolute so that they agree on it."""
    return {**os.environ, "DIRECTORY_HOME": str(settings.home), "PORT": str(settings.port)}
