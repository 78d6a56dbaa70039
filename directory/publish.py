"""From the store to the index: one publisher consumes the outbox and makes generations that the workers switch to.

The store is the truth, the index is derived. Small changes become a delta on the current base and are searchable within two
seconds; larger ones, and the first publication, build a whole generation. That takes up to minutes, so it is done beside: deltas
on the old base are published meanwhile, and what they hold is added to the new one before it answers. An entry leaves the outbox
only after `CURRENT` names a generation that holds it, so a kill at any instant loses nothing.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Final, TypeVar

from sqlalchemy import delete

from directory.store import Store
from directory.store.facts import OutboxEntry
from directory.store.tables import outbox
from index.engine.generation import (
    BaseOutdated,
    DeltaTooLarge,
    GenerationPinned,
    PreparedBase,
    adopt,
    apply_changes,
    current,
    generations,
    is_pinned,
    path_of,
    prepare_base,
    switch_to,
    touched_since,
    verify,
)
from index.engine.keeping import retire_old
from index.engine.opening import open_generation
from index.engine.publishing.locks import BuildLock, PublisherBusy, PublisherLock
from index.engine.publishing.manifest import Manifest
from index.engine.schema import Closure
from index.errors import EngineUnavailable
from index.language.vocabulary import Vocabulary
from index.listing import ConceptId, Listing, ListingId

log = logging.getLogger(__name__)

LARGEST_DELTA: Final = 500  # changed listings; more than these are faster and leaner as a whole generation
SINGLE_EDITS: Final = 25  # so many listings at once are people's edits, for which a delta keeps room while a whole one is built
RENEW_FROM: Final = 250  # changed listings after which a watching publisher has a whole generation built beside
PATIENCE_SECONDS: Final = 0.1  # between two tries to get the lock
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
    _read: dict[str, Manifest | None] = field(default_factory=dict)  # the current generation by name, None if unreadable

    def publish(self, *, whole: bool = False) -> Published | None:
        """Publish what the outbox holds, or everything; None when there is nothing to do.

        Raises PublisherBusy when another publisher is at work, GenerationPinned while a rollback is pinned.
        """
        if not (whole or self.needs_whole()):
            try:
                return self.publish_changes()
            except DeltaTooLarge:
                log.info("too much for a delta, building a whole generation")
        return self._publish_whole()

    def publish_changes(self, but: Container[int] = ()) -> Published | None:
        """Publish what the outbox holds as a delta, except the entries numbered in `but`; None when it holds nothing else.

        Raises DeltaTooLarge when it holds too much for a delta, EngineUnavailable when there is no generation to change.
        """
        with self._lock():
            began = time.monotonic()
            entries = [entry for entry in self.store.outbox() if entry.sequence not in but]
            changed = list(dict.fromkeys(entry.listing_id for entry in entries))
            if not changed:
                return None
            self._keep_room(len(changed))
            self._answer_with(self._delta(changed), entries)
        return Published(current(self.root) or "", len(changed), False, time.monotonic() - began)

    def needs_whole(self) -> bool:
        """Tell whether a delta will not do.

        Nothing is published yet, this version of the program cannot read what is, a rollback left out what had been published, or
        a new month has begun, when ties get a new order, so that no listing is lucky for ever.
        """
        manifest = self._manifest()
        return (
            manifest is None
            or manifest.salt != self.store.tie_salt(datetime.now(UTC).date())
            or manifest.name != generations(self.root)[-1]
        )

    def is_long(self) -> bool:
        """Tell whether so much changed since the base was built that a new one is due."""
        manifest = self._manifest()
        return manifest is not None and len(manifest.touched) >= RENEW_FROM

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
            self._read.clear()
            self._read[name or ""] = None
            return False
        return True

    @contextmanager
    def _lock(self) -> Iterator[None]:
        """Hold the publisher's lock, unless a rollback is pinned."""
        with PublisherLock(self.root):
            self._refuse_pinned()
            yield

    def _refuse_pinned(self) -> None:
        if is_pinned(self.root):
            raise GenerationPinned("a rollback is pinned: run `directory publish --unpin` to publish again")

    def _keep_room(self, changed: int) -> None:
        """Refuse what would leave a delta without room for the edits that come while a whole generation is built."""
        manifest = self._manifest()
        touched = 0 if manifest is None or changed <= SINGLE_EDITS else len(manifest.touched)
        if changed + touched > LARGEST_DELTA:
            raise DeltaTooLarge(f"{changed} listings are too many for a delta that is about {touched}")

    def _delta(self, changed: list[ListingId]) -> str:
        public, gone = self._as_stored(changed)
        return apply_changes(self.root, public, gone, closed_upward=self._closure, now=datetime.now(UTC))

    def _as_stored(self, listing_ids: Sequence[ListingId]) -> tuple[list[Listing], list[ListingId]]:
        """Return these listings as they are now, and which are not public any more."""
        public = self.store.public_listings_by_id(listing_ids)
        return list(public.values()), [listing_id for listing_id in listing_ids if listing_id not in public]

    def _publish_whole(self) -> Published:
        """Build a generation beside what answers, add what changed meanwhile, and switch to it."""
        with self._lock():
            pass  # another publisher, or a pin, is told of before minutes of work
        with BuildLock(self.root):
            while True:
                try:
                    return self._build_and_switch()
                except BaseOutdated as reason:
                    log.info("building anew: %s", reason)

    def _build_and_switch(self) -> Published:
        began = time.monotonic()
        self._refuse_pinned()
        entries = self.store.outbox()  # before the listings are read: what comes later stays
        prepared = self._prepare()
        name = patiently(lambda: self._switch_to_prepared(prepared, entries), lambda: None)
        return Published(name, len({entry.listing_id for entry in entries}), True, time.monotonic() - began)

    def _prepare(self) -> PreparedBase:
        now = datetime.now(UTC)
        return prepare_base(
            self.root,
            self.store.public_listings(),
            closed_upward=self._closure,
            group_of=self._groups,
            salt=self.store.tie_salt(now.date()),
            now=now,
        )

    def _switch_to_prepared(self, prepared: PreparedBase, entries: Sequence[OutboxEntry]) -> str:
        with self._lock():
            changed, gone = self._as_stored(touched_since(self.root, prepared))
            name = adopt(self.root, prepared, changed, gone, now=datetime.now(UTC))
            self._answer_with(name, entries, known=prepared.files)
        return name

    def _answer_with(self, name: str, entries: Sequence[OutboxEntry], known: Container[str] = ()) -> None:
        served = current(self.root)
        switch_to(self.root, name, known)
        self._acknowledge(entries)
        retire_old(self.root, served)

    def _acknowledge(self, entries: Sequence[OutboxEntry]) -> None:
        """Forget exactly these entries: on PostgreSQL an older one may be committed after a newer one was read."""
        sequences = [entry.sequence for entry in entries]
        for start in range(0, len(sequences), _ENTRIES_AT_A_TIME):
            with self.store.writing() as connection:
                connection.execute(delete(outbox).where(outbox.c.sequence.in_(sequences[start : start + _ENTRIES_AT_A_TIME])))

    def _manifest(self) -> Manifest | None:
        """Return what the current generation is; None when there is none, or when it cannot be read or proved to be damaged."""
        name = current(self.root)
        if name is not None and name not in self._read:
            self._read.clear()
            try:
                self._read[name] = open_generation(path_of(self.root, name)).manifest
            except EngineUnavailable as reason:
                log.warning("building anew: %s", reason)
                self._read[name] = None
        return self._read.get(name or "")

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
