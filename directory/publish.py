"""From the store to the index: one publisher consumes the outbox and makes generations that the workers switch to.

The store is the truth, the index is derived. Small changes become a delta on the current base and are searchable within two
seconds; larger ones, and the first publication, build a whole generation. An entry leaves the outbox only after `CURRENT` names a
generation that holds it, so a kill at any instant loses nothing.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from directory.store import Store
from index.engine.generation import (
    GENERATIONS,
    DeltaTooLarge,
    GenerationPinned,
    PublisherBusy,
    PublisherLock,
    apply_changes,
    build_generation,
    current,
    is_pinned,
    retire_old,
    switch_to,
)
from index.engine.publishing.manifest import read_manifest
from index.engine.schema import Closure
from index.language.vocabulary import Vocabulary
from index.listing import ConceptId

log = logging.getLogger(__name__)

LARGEST_DELTA: Final = 1000  # changed listings; more than these are faster and leaner as a whole generation
WATCH_SECONDS: Final = 0.5  # how often the publisher looks at the outbox: with a delta's build it stays under two seconds


@dataclass(frozen=True, slots=True)
class Published:
    """What a publication did. `generation` answers now; `whole` tells a full build from a delta."""

    generation: str
    listings_changed: int
    whole: bool
    seconds: float


@dataclass(frozen=True, slots=True)
class Publisher:
    """Publishes one store into one index root; every call takes the publisher's lock, a second publisher is refused."""

    store: Store
    root: Path
    vocabulary: Vocabulary

    def publish(self, *, whole: bool = False) -> Published | None:
        """Publish what the outbox holds, or everything; None when there is nothing to do.

        Raises PublisherBusy when another publisher is at work, GenerationPinned while a rollback is pinned.
        """
        with PublisherLock(self.root):
            if is_pinned(self.root):
                raise GenerationPinned("a rollback is pinned: run `directory publish --unpin` to publish again")
            began = time.monotonic()
            entries = self.store.outbox()
            changed = dict.fromkeys(entry.listing_id for entry in entries)
            whole = whole or self._needs_whole()
            if not (whole or entries):
                return None
            name, built_whole = self._build(list(changed), whole=whole)
            switch_to(self.root, name)
            if entries:
                self.store.acknowledge_outbox(entries[-1].sequence)
            retire_old(self.root)
        return Published(name, len(changed), built_whole, time.monotonic() - began)

    def _build(self, changed: list[str], *, whole: bool) -> tuple[str, bool]:
        if not whole and len(changed) <= LARGEST_DELTA:
            try:
                return self._delta(changed), False
            except DeltaTooLarge:
                log.info("delta is full, building a whole generation")
        return self._whole(), True

    def _delta(self, changed: list[str]) -> str:
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

    def _needs_whole(self) -> bool:
        """Tell whether nothing is published yet, or a new month has begun: ties get a new order, no listing is lucky for ever."""
        name = current(self.root)
        if name is None:
            return True
        return read_manifest(self.root / GENERATIONS / name).salt != self.store.tie_salt(datetime.now(UTC).date())

    @property
    def _closure(self) -> Closure:
        return self.vocabulary.closed_upward  # type: ignore[return-value]  # ids are plain strings there

    @property
    def _groups(self) -> Mapping[ConceptId, str]:
        return {ConceptId(concept.id): concept.group for concept in self.vocabulary.concepts}


def watch(publisher: Publisher, should_stop: Callable[[], bool], sleep: Callable[[float], None] = time.sleep) -> None:
    """Publish whatever enters the outbox until told to stop; a failed publication is logged and tried again."""
    while not should_stop():
        try:
            published = publisher.publish()
            if published:
                log.info(
                    "published generation=%s changed=%d whole=%s seconds=%.2f",
                    published.generation,
                    published.listings_changed,
                    published.whole,
                    published.seconds,
                )
        except (PublisherBusy, GenerationPinned) as reason:
            log.debug("not publishing: %s", reason)
        except Exception:
            log.exception("publishing failed; the previous generation keeps serving")
        sleep(WATCH_SECONDS)
