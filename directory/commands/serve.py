"""`directory serve`: one process that looks after the web server and the publisher."""

from __future__ import annotations

import logging
import os
import signal
import socket
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from types import FrameType
from typing import Final, NoReturn

import click

from directory.commands.assembly import open_settings_and_store, publisher_of
from directory.commands.data import published_text
from directory.errors import SettingsError
from directory.feeds.importing import run_import
from directory.publish import patiently
from directory.settings import Settings
from directory.store import Store
from directory.upkeep.chores import Chores, note_operator
from directory.upkeep.watching import BuildBeside, watch
from index.engine.generation import GenerationPinned

STARTER_LISTINGS: Final = Path(__file__).resolve().parents[2] / "data" / "providers.json"
GUNICORN_SETTINGS: Final = Path(__file__).resolve().parents[1] / "gunicorn_settings.py"
STOP_SECONDS: Final = 30.0  # longer than gunicorn's own graceful stop
STEADY_SECONDS: Final = 60.0  # a web server that ran at least this long is started again when it dies

log = logging.getLogger(__name__)


@click.command()
@click.option("--prepare", is_flag=True, help="First import the starter listings and publish, if there is anything new.")
def serve(prepare: bool) -> None:
    """Serve the directory on $DIRECTORY_BIND:$PORT and publish each change as it is stored."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    logging.getLogger("alembic").setLevel(logging.WARNING)
    settings, store = open_settings_and_store()
    refuse_taken_port(settings)
    if prepare:
        prepare_starter(settings, store)
    note_operator(store, settings.operator, datetime.now(UTC))
    store.close()  # the web server opens connections of its own
    click.echo(f"Treatment Directory: http://{_reachable(settings.bind)}:{settings.port}/  (stop with Ctrl-C)")
    sys.exit(Supervisor(settings, store).run())


def _reachable(bind: str) -> str:
    """Return the host of an address that a browser on this machine can open."""
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(bind, bind)  # noqa: S104 - read, not bound
    return f"[{host}]" if ":" in host else host


def refuse_taken_port(settings: Settings) -> None:
    """Raise SettingsError when another program listens on the port, before anything is started."""
    family = socket.AF_INET6 if ":" in settings.bind else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((settings.bind, settings.port))
        except OSError as error:
            where = f"{settings.bind}, port {settings.port}"
            raise SettingsError(f"cannot listen on {where}: {error.strerror}. Stop what uses it, or set another PORT") from error


def prepare_starter(settings: Settings, store: Store) -> None:
    """Import the starter listings and publish; unchanged rows cost a second and change nothing."""
    report = run_import(store, "providers", str(STARTER_LISTINGS), now=datetime.now(UTC))
    changed = report.added + report.changed + report.returned
    click.echo(f"Starter listings: {report.rows_read:,} read; {changed:,} of their programs are new or changed.")
    publisher = publisher_of(settings, store)
    try:
        published = patiently(publisher.publish, lambda: click.echo("Another publisher is at work; waiting for it.", err=True))
    except GenerationPinned:
        click.echo("A rollback is pinned: serving the older generation until `directory publish --unpin`.", err=True)
    else:
        if published:
            click.echo(published_text(published))


class Stopped(BaseException):
    """Somebody asked this process to stop; no handler of ordinary errors may swallow it."""


class Supervisor:
    """Runs gunicorn as a child and the publisher in this process, and stops both together.

    gunicorn itself replaces a worker that dies. When gunicorn dies it is started again, unless it had only just been started:
    then something is wrong that a restart does not mend.
    """

    def __init__(self, settings: Settings, store: Store) -> None:
        self._settings, self._store = settings, store
        self._chores = Chores(store)
        self._builds = BuildBeside([sys.executable, "-m", "directory", "publish", "--whole"], _environment(settings))

    def run(self) -> int:
        """Return 0 after a stop that was asked for, else gunicorn's exit status."""
        for wanted in (signal.SIGTERM, signal.SIGINT):
            signal.signal(wanted, _stop)
        publisher = publisher_of(self._settings, self._store)
        self._start()
        try:
            while True:
                watch(publisher, self._server_is_gone, builds=self._builds)
                status = self._server.wait()
                log.error("the web server ended with status %d", status)
                if time.monotonic() - self._started < STEADY_SECONDS:
                    return status or 1
                self._start()
        except Stopped:
            return 0
        finally:
            self._end()

    def _start(self) -> None:
        command = [sys.executable, "-m", "gunicorn", "--config", str(GUNICORN_SETTINGS), "wsgi:app"]
        self._started = time.monotonic()
        self._server = subprocess.Popen(command, env=_environment(self._settings), cwd=STARTER_LISTINGS.parents[1])  # noqa: S603 - fixed words

    def _server_is_gone(self) -> bool:
        self._chores.do(datetime.now(UTC))
        return self._server.poll() is not None

    def _end(self) -> None:
        """Stop the web server and a build under way; another signal meanwhile changes nothing."""
        for wanted in (signal.SIGTERM, signal.SIGINT):
            signal.signal(wanted, signal.SIG_IGN)
        self._builds.end()
        if self._server.poll() is None:
            self._server.terminate()
            try:
                self._server.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                self._server.kill()


def _stop(_signal: int, _frame: FrameType | None) -> NoReturn:
    """Interrupt whatever is being done: a generation half built is cleared away, the one that answers stays."""
    raise Stopped


def _environment(settings: Settings) -> dict[str, str]:
    """Return the environment of the workers: this one's, with the home made absolute so that they agree on it."""
    return {**os.environ, "DIRECTORY_HOME": str(settings.home), "PORT": str(settings.port), "SUPERVISED_BY_DIRECTORY": "1"}
