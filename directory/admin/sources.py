"""The feeds on the staff pages: what each brought last, when it is due, and run now or rest."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from threading import Thread
from typing import Final, cast

from flask import abort, current_app, redirect, render_template, request
from flask.typing import ResponseReturnValue

from directory.admin.access import admin, member, needs
from directory.feeds.syncing import FeedState, UnknownFeed, ask_for, feed_states, pause
from directory.store.facts import ImportRun
from directory.store.staff import Role, write_audit
from directory.web import current

RUNS_SHOWN: Final = 5
STARTER: Final = "directory.admin.starter"  # an extension of the application: what starts the import of a feed

Starter = Callable[[str], object]


@dataclass(frozen=True, slots=True)
class FeedRow:
    """A feed of the list, when it is due, and its last runs, newest first."""

    state: FeedState
    due: bool
    runs: tuple[ImportRun, ...]


def start_sync(feed: str) -> None:
    """Start the import of a feed beside this process, which does not wait for it; it is one transaction of its own."""
    command = [sys.executable, "-m", "directory", "sync", "--only", feed]
    started = subprocess.Popen(  # noqa: S603 - our own command; the name of the feed is one of the list
        command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )
    Thread(target=started.wait, daemon=True).start()  # or it would stay behind as a zombie


@admin.get("/sources")
@needs(Role.ADMIN)
def sources() -> ResponseReturnValue:
    """Show the feeds with their last runs, and every source with its terms."""
    store, now = current.lookup().store, current.now()
    rows = [FeedRow(state, state.is_due(now), store.import_runs_of(state.feed.name, RUNS_SHOWN)) for state in feed_states(store)]
    named = {row.state.feed.name for row in rows}
    others = [run for run in store.last_import_runs() if run.feed not in named]
    return render_template("admin/sources.html", rows=rows, others=others, sources=store.sources())


@admin.post("/sources/run")
@needs(Role.ADMIN)
def run_feed() -> ResponseReturnValue:
    """Read a feed now, due or not, resting or not."""
    store, now, name = current.lookup().store, current.now(), request.form.get("feed", "")
    try:
        ask_for(store, name, now)
    except UnknownFeed:
        abort(404)
    _note("source.run", name)
    cast("Starter", current_app.extensions.get(STARTER, start_sync))(name)
    return redirect("/admin/sources", 303)


@admin.post("/sources/pause")
@needs(Role.ADMIN)
def pause_feed() -> ResponseReturnValue:
    """Let a feed rest."""
    return _rest("source.pause", paused=True)


@admin.post("/sources/resume")
@needs(Role.ADMIN)
def resume_feed() -> ResponseReturnValue:
    """Go on with a feed."""
    return _rest("source.resume", paused=False)


def _rest(action: str, *, paused: bool) -> ResponseReturnValue:
    name = request.form.get("feed", "")
    try:
        pause(current.lookup().store, name, paused=paused)
    except UnknownFeed:
        abort(404)
    _note(action, name)
    return redirect("/admin/sources", 303)


def _note(action: str, feed: str) -> None:
    with current.lookup().store.writing() as connection:
        write_audit(connection, current.now(), member().login, action, feed)
