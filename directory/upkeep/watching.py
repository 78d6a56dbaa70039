"""The publisher at work: what enters the outbox is searchable within two seconds, and whole generations are built beside."""

from __future__ import annotations

import logging
import os
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Final, Protocol

from directory.publish import Published, Publisher
from index.engine.generation import DeltaTooLarge, GenerationPinned, is_pinned
from index.engine.publishing.locks import PublisherBusy
from index.errors import EngineUnavailable

log = logging.getLogger(__name__)

WATCH_SECONDS: Final = 0.5  # how often the publisher looks at the outbox: with a delta's build it stays under two seconds
REST_SECONDS: Final = 10.0  # after a failure, before the next try
SCRUB_SECONDS: Final = 300.0  # between two readings of every byte that answers: 0.2 s of work at 20,000 listings
SEEN: Final = "publisher.seen"  # touched by a watching publisher
POLITENESS: Final = 10  # the niceness of a build beside: searches and edits come first


class WholeBuilds(Protocol):
    """Whoever builds whole generations for a watching publisher."""

    def begin(self) -> None:
        """Build a whole generation and switch to it, now or beside."""
        ...

    def is_under_way(self) -> bool:
        """Tell whether one is being built."""
        ...


class BuildHere:
    """Builds whole generations on the spot: edits wait for them."""

    def __init__(self, publisher: Publisher) -> None:
        self._publisher = publisher

    def begin(self) -> None:
        """Build a whole generation and switch to it."""
        _tell(self._publisher.publish(whole=True))

    def is_under_way(self) -> bool:
        """Tell that none is: the last one was waited for."""
        return False


class BuildBeside:
    """Builds whole generations in a process of its own, which runs a command that publishes one."""

    def __init__(self, command: Sequence[str], environment: Mapping[str, str]) -> None:
        self._command, self._environment = list(command), dict(environment)
        self._process: subprocess.Popen[bytes] | None = None

    def begin(self) -> None:
        """Start the build."""
        self._process = subprocess.Popen(self._command, env=self._environment)  # noqa: S603 - the program's own command
        os.setpriority(os.PRIO_PROCESS, self._process.pid, POLITENESS)
        log.info("building a whole generation beside pid=%d", self._process.pid)

    def is_under_way(self) -> bool:
        """Tell whether one is being built; how it ended is logged once."""
        if self._process is None:
            return False
        status = self._process.poll()
        if status is None:
            return True
        if status:
            log.error("building a whole generation failed with status %d; the previous one keeps serving", status)
        self._process = None
        return False

    def end(self) -> None:
        """Stop a build under way; what it left is cleared away by the next."""
        if self._process is not None and self._process.poll() is None:
            self._process.terminate()
            self._process.wait()


class Watcher:
    """Publishes edits as they come, and has a whole generation built when they are too many or something else asks for one."""

    def __init__(self, publisher: Publisher, builds: WholeBuilds, clock: Callable[[], float]) -> None:
        self._publisher, self._builds, self._clock = publisher, builds, clock
        self._left: frozenset[int] = frozenset()  # entries of the outbox that only a whole generation can take
        self._next_build = 0.0

    def turn(self) -> None:
        """Look once, and do what is to be done. Nothing is, while a rollback is pinned."""
        if is_pinned(self._publisher.root):
            return
        self._publish_edits()
        if self._wants_whole() and not self._builds.is_under_way() and self._clock() >= self._next_build:
            self._next_build = self._clock() + REST_SECONDS
            self._builds.begin()

    def _publish_edits(self) -> None:
        waiting = frozenset(entry.sequence for entry in self._publisher.store.outbox())
        self._left &= waiting
        if waiting <= self._left:
            return
        try:
            _tell(self._publisher.publish_changes(but=self._left))
        except (DeltaTooLarge, EngineUnavailable) as reason:
            log.info("left for a whole generation entries=%d reason=%s", len(waiting), reason)
            self._left = waiting

    def _wants_whole(self) -> bool:
        return bool(self._left) or self._publisher.needs_whole() or self._publisher.is_long()


def watch(
    publisher: Publisher,
    should_stop: Callable[[], bool],
    sleep: Callable[[float], None] = time.sleep,
    clock: Callable[[], float] = time.monotonic,
    builds: WholeBuilds | None = None,
) -> None:
    """Publish whatever enters the outbox until told to stop; a failed publication is logged and tried again.

    Whole generations are built by `builds`, on the spot without it. Now and then what answers is read again whole, so that a
    damaged disk is noticed before a reader notices it.
    """
    publisher.root.mkdir(parents=True, exist_ok=True)  # nothing was ever published here
    watcher = Watcher(publisher, builds or BuildHere(publisher), clock)
    next_scrub = clock()
    while not should_stop():
        (publisher.root / SEEN).touch()
        if clock() >= next_scrub:
            publisher.scrub()
            next_scrub = clock() + SCRUB_SECONDS
        sleep(WATCH_SECONDS if _turns(watcher) else REST_SECONDS)


def _turns(watcher: Watcher) -> bool:
    """Let the watcher look once; False when that failed."""
    try:
        watcher.turn()
    except (PublisherBusy, GenerationPinned) as reason:
        log.debug("not publishing: %s", reason)
    except Exception:
        log.exception("publishing failed; the previous generation keeps serving")
        return False
    return True


def _tell(published: Published | None) -> None:
    if published:
        log.info(
            "published generation=%s changed=%d whole=%s seconds=%.2f",
            published.generation,
            published.listings_changed,
            published.whole,
            published.seconds,
        )


def seconds_since_watch(root: Path, now: datetime) -> float | None:
    """Return how long ago a publisher last looked for work, for readiness; None when none ever did."""
    try:
        return max(0.0, now.timestamp() - (root / SEEN).stat().st_mtime)
    except FileNotFoundError:
        return None
