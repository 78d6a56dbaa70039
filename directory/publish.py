"""From the store to the index: one publisher consumes the outbox and makes generations that the workers switch to.

The store is the truth, the index is derived. Small changes become a delta on the current base and are searchable within two
seconds; larger ones, and the first publication, build a whole generation. An entry leaves the outbox only after `CURRENT` names a
generation that holds it, so a kill at any instant loses nothing.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Final, TypeVar

from sqlalchemy import delete

from directory.store import Store
from directory.store.facts import OutboxEntry
from directory.store.tables import outbox
from index.engine.generation import (
    DeltaTooLarge,
    GenerationPinned,
    PublisherBusy,
    PublisherLock,
    apply_changes,
    build_generation,
    current,
    is_pinned,
    path_of,
    retire_old,
    switch_to,
    verify,
)
from index.engine.opening import open_generation
from index.engine.publishing.manifest import MANIFEST_FILE, read_manifest
from index.engine.schema import Closure
from index.errors import EngineUnavailable, GenerationCorrupt
from index.language.vocabulary import Vocabulary
from index.listing import ConceptId, ListingId

log = logging.getLogger(__name__)

LARGEST_DELTA: Final = 750  # changed listings; more than these are faster and leaner as a whole generation
WATCH_SECONDS: Final = 0.5  # how often the publisher looks at the outbox: with a delta's build it stays under two seconds
REST_SECONDS: Final = 10.0  # after a failure, before the next try
SCRUB_SECONDS: Final = 300.0  # between two readings of every byte that answers: 0.2 s of work at 20,000 listings
PATIENCE_SECONDS: Final = 0.1  # between two tries to get the lock
SEEN: Final = "publisher.seen"  # touched by a watching publisher
_ENTRIES_AT_A_TIME: Final = 500  # bound variables of one statement


@dataclass(frozen=True, slots=True)
class Published:
    """What a publication did. `generation` answers now; `whole` tells a full build from a delta."""

    generation: str
    listings_changed: int
    whole: bool
    seconds: float


@dataclass(frozen=True, slots=True)
class Publisher:
    """Publishes one store into one index root; every publication takes the publisher's lock, a second publisher is refused."""

    store: Store
    root: Path
    vocabulary: Vocabulary
    _salts: dict[str, str] = field(default_factory=dict)  # salt by generation; "" for one that cannot be read

    def publish(self, *, whole: bool = False) -> Published | None:
        """Publish what the outbox holds, or everything; None when there is nothing to do.

        Raises PublisherBusy when another publisher is at work, GenerationPinned while a rollback is pinned.
        """
        with PublisherLock(self.root):
            if is_pinned(self.root):
                raise GenerationPinned("a rollback is pinned: run `directory publish --unpin` to publish again")
            began = time.monotonic()
            entries = self.store.outbox()
            changed = list(dict.fromkeys(entry.listing_id for entry in entries))
            whole = whole or self._needs_whole()
            if not (whole or entries):
                return None
            name, built_whole = self._build(changed, whole=whole)
            self._set_aside_unreadable()
            switch_to(self.root, name)
            self._acknowledge(entries)
            retire_old(self.root)
        return Published(name, len(changed), built_whole, time.monotonic() - began)

    def has_work(self) -> bool:
        """Tell whether a publication would change anything: cheap, and without the lock."""
        return not is_pinned(self.root) and (bool(self.store.outbox(limit=1)) or self._needs_whole())

    def scrub(self) -> bool:
        """Read every byte of the generation that answers, and tell whether it is sound; a damaged one is work to do.

        What is damaged is built anew whole by the next publication, since a delta would carry the damage on.
        """
        name = current(self.root)
        try:
            if name is not None:
                verify(path_of(self.root, name))
        except (EngineUnavailable, OSError) as reason:
            if current(self.root) != name:  # it was replaced and retired while it was read
                return True
            log.error("the generation that answers is damaged: %s", reason)
            self._salts.clear()
            self._salts[name or ""] = ""
            return False
        return True

    def _build(self, changed: list[ListingId], *, whole: bool) -> tuple[str, bool]:
        if not whole and len(changed) <= LARGEST_DELTA:
            try:
                return self._delta(changed), False
            except DeltaTooLarge:
                log.info("delta is full, building a whole generation")
        return self._whole(), True

    def _delta(self, changed: list[ListingId]) -> str:
        public = self.store.public_listings_by_id(changed)
        gone = [listing_id for listing_id in changed if listing_id not in public]
        return apply_changes(self.root, public.values(), gone, closed_upward=self._closure, now=datetime.now(UTC))

    def _whole(self) -> str:
        now = datetime.now(UTC)
        return build_generation(
            self.root,
            self.store.public_listings(),
            closed_upward=self._closure,
            group_of=self._groups,
            salt=self.store.tie_salt(now.date()),
            now=now,
        )

    def _set_aside_unreadable(self) -> None:
        """Rename the manifest of a current generation that cannot be read, or the switch away from it would be refused."""
        manifest = path_of(self.root, current(self.root) or "") / MANIFEST_FILE
        if manifest.exists():
            try:
                read_manifest(manifest.parent)
            except GenerationCorrupt:
                manifest.rename(manifest.with_suffix(".unreadable"))

    def _acknowledge(self, entries: Sequence[OutboxEntry]) -> None:
        """Forget exactly these entries: on PostgreSQL an older one may be committed after a newer one was read."""
        sequences = [entry.sequence for entry in entries]
        for start in range(0, len(sequences), _ENTRIES_AT_A_TIME):
            with self.store.writing() as connection:
                connection.execute(delete(outbox).where(outbox.c.sequence.in_(sequences[start : start + _ENTRIES_AT_A_TIME])))

    def _needs_whole(self) -> bool:
        """Tell whether a delta will not do: nothing is published yet, this version of the program cannot read what is, or a new
        month has begun, when ties get a new order, so that no listing is lucky for ever.
        """
        name = current(self.root)
        return name is None or self._salt_of(name) != self.store.tie_salt(datetime.now(UTC).date())

    def _salt_of(self, name: str) -> str:
        if name not in self._salts:
            self._salts.clear()
            try:
                self._salts[name] = open_generation(path_of(self.root, name)).manifest.salt
            except EngineUnavailable as reason:
                log.warning("building anew: %s", reason)
                self._salts[name] = ""
        return self._salts[name]

    @property
    def _closure(self) -> Closure:
        return self.vocabulary.closed_upward  # type: ignore[return-value]  # ids are plain strings there

    @property
    def _groups(self) -> Mapping[ConceptId, str]:
        return {ConceptId(concept.id): concept.group for concept in self.vocabulary.concepts}


Result = TypeVar("Result")


def patiently(act: Callable[[], Result], tell: Callable[[], None], sleep: Callable[[float], None] = time.sleep) -> Result:
    """Return what `act` returns as soon as no other publisher is at work; `tell` is called once if there is one to wait for."""
    told = False
    while True:
        try:
            return act()
        except PublisherBusy:
            if not told:
                tell()
            told = True
            sleep(PATIENCE_SECONDS)


def watch(
    publisher: Publisher,
    should_stop: Callable[[], bool],
    sleep: Callable[[float], None] = time.sleep,
    clock: Callable[[], float] = time.monotonic,
) -> None:
    """Publish whatever enters the outbox until told to stop; a failed publication is logged and tried again.

    Now and then what answers is read again whole, so that a damaged disk is noticed before a reader notices it.
    """
    publisher.root.mkdir(parents=True, exist_ok=True)  # nothing was ever published here
    next_scrub = clock()
    while not should_stop():
        (publisher.root / SEEN).touch()
        if clock() >= next_scrub:
            publisher.scrub()
            next_scrub = clock() + SCRUB_SECONDS
        sleep(WATCH_SECONDS if _publish_and_log(publisher) else REST_SECONDS)


def _publish_and_log(publisher: Publisher) -> bool:
    """Publish if there is work; False when that failed."""
    try:
        published = publisher.publish() if publisher.has_work() else None
    except (PublisherBusy, GenerationPinned) as reason:
        log.debug("not publishing: %s", reason)
    except Exception:
        log.exception("publishing failed; the previous generation keeps serving")
        return False
    else:
        if published:
            log.info(
                "published generation=%s changed=%d whole=%s seconds=%.2f",
                published.generation,
                published.listings_changed,
                published.whole,
                published.seconds,
            )
    return True


def seconds_since_watch(root: Path, now: datetime) -> float | None:
    """Return how long ago a publisher last looked for work, for readiness; None when none ever did.

    A whole build of a large directory takes up to minutes, during which the publisher does not look.
    """
    try:
        return max(0.0, now.timestamp() - (root / SEEN).stat().st_mtime)
    except FileNotFoundError:
        return None
