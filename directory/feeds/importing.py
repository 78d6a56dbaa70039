"""Bringing a feed into the store: read, repair, match, retire, all in one transaction, with an account of every row."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from time import monotonic
from typing import Any, Final

from sqlalchemy import Connection, insert

from directory.errors import ImportRefused
from directory.feeds.importing_files import ImportFile, NotThere, feed_name, opened
from directory.feeds.rejects import RejectsFile
from directory.sources.federal.locator.pages import is_locator_address, pages_of
from directory.sources.feed_options import FeedOptions, OpenedFile
from directory.sources.openers import OPENERS, Opener
from directory.sources.providers import ProvidersReader
from directory.sources.reading import Reject, SourceReader
from directory.sources.records import ListingRecord
from directory.sources.table.beside import options_beside
from directory.store import Store
from directory.store.facts import Outcome
from directory.store.feeds.importing import Changes, Feed, FeedImport, RepeatedKey
from directory.store.feeds.marks import Mark, is_known_feed, keep_mark
from directory.store.tables import import_runs
from index.language.vocabulary import Vocabulary

Progress = Callable[[int, int], None]
MOST_KEPT_REJECTS: Final = 100  # in the report; the rejects file has all of them
MOST_SHOWN_REJECTS: Final = 10
_ROWS_BETWEEN_PROGRESS: Final = 250


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import did, with every row accounted for: `rows_read` = imported + merged + rejected.

    `added` … `retired` count programs. `rejects` are the first hundred; `ambiguous` are (source, key) of records that fit
    several listings. `rejects_lost` says why the rejects file does not hold all rejects; else it is empty.
    """

    feed: str
    importer: str
    location: str
    rows_read: int
    rows_imported: int
    rows_merged: int
    rows_rejected: int
    added: int
    changed: int
    unchanged: int
    returned: int
    retired: int
    listings_changed: int
    repairs: Mapping[str, int]
    unknown_codes: Mapping[str, int]
    rejects: tuple[Reject, ...]
    ambiguous: tuple[tuple[str, str], ...]
    rejects_lost: str = ""

    def lines(self) -> list[str]:
        """Return the report for a person, a fact a line."""
        rows = f"{self.rows_imported:,} imported, {self.rows_merged:,} merged, {self.rows_rejected:,} rejected"
        programs = f"{self.added:,} added, {self.changed:,} changed, {self.unchanged:,} unchanged"
        said = [
            f"Feed {self.feed}: {self.rows_read:,} rows read: {rows}",
            f"Programs of these rows: {programs}, {self.returned:,} back again; {self.retired:,} no longer in the feed",
            f"Listings to publish: {self.listings_changed:,}",
            *(f"Repaired {name.replace('_', ' ')}: {count:,}" for name, count in sorted(self.repairs.items())),
            *(f"Unknown code {code}: {count:,} (kept)" for code, count in sorted(self.unknown_codes.items())),
            *(f"Fits several listings, staff must decide: {source} {key}" for source, key in self.ambiguous),
            *(f"Rejected row {one.row}, {one.field}: {one.reason}" for one in self.rejects[:MOST_SHOWN_REJECTS]),
        ]
        unseen = self.rows_rejected - MOST_SHOWN_REJECTS
        return [*said, f"... and {unseen:,} more rejected rows"] if unseen > 0 else said

    def __str__(self) -> str:
        return "\n".join(self.lines())


@dataclass(slots=True)
class _Tally:
    """Rows as they pass, for the report."""

    imported: int = 0
    rejected: int = 0
    rejects: list[Reject] = field(default_factory=list)


def run_import(
    store: Store,
    source_name: str,
    path_or_url: str,
    *,
    feed: str | None = None,
    allow_shrink: bool = False,
    now: datetime,
    progress: Progress | None = None,
    rejects_path: Path | None = None,
    options: FeedOptions | None = None,
    unless: Mark | None = None,
) -> ImportReport:
    """Import one file or address and return what happened; `progress` gets the bytes read and the file's size.

    `options` say of the feed what it does not say itself; without them, the file beside it is asked. An address is not read when
    its server still has the copy `unless` names.

    Raises ImportRefused when the file is unusable or would retire more than a fifth of its feed; the store then holds what it
    held before, and a record that the run was refused: but a location where nothing ever was is no feed. Raises FeedUnchanged,
    and StoreUnavailable when the database cannot be written.
    """
    if source_name not in IMPORTERS:
        raise ImportRefused(f"no importer is called {source_name!r}; there are {', '.join(IMPORTERS)}")
    own = source_name not in _COPYING_IMPORTERS
    target = Feed(feed or feed_name(path_or_url), source_name, path_or_url, own)
    try:
        return _import(store, _Job(target, options, allow_shrink, now, unless), progress, rejects_path)
    except ImportRefused as refusal:
        with store.writing() as connection:
            if not isinstance(refusal, NotThere) or is_known_feed(connection, target.name):
                _record_refusal(connection, target, now, str(refusal))
        raise


def note_refused(store: Store, feed: str, importer: str, location: str, now: datetime, reason: str) -> None:
    """Put a run on record that failed in a way nobody foresaw. Raises StoreUnavailable."""
    with store.writing() as connection:
        _record_refusal(connection, Feed(feed, importer, location, own=True), now, reason)


@dataclass(frozen=True, slots=True)
class _Job:
    """What is asked of one run."""

    feed: Feed
    options: FeedOptions | None
    allow_shrink: bool
    now: datetime
    unless: Mark | None


@contextmanager
def _at_hand(job: _Job, folder: Path | None) -> Iterator[tuple[ImportFile, FeedOptions]]:
    """Open the feed and yield it with what is said of it; a locator's address is fetched page by page, resumably in `folder`."""
    said, today = job.options or options_beside(job.feed.location), job.now.date()
    with ExitStack() as stack:
        location = job.feed.location
        if is_locator_address(location):
            location, said = str(stack.enter_context(pages_of(location, folder))), replace(said, retrieved_on=today)
        yield stack.enter_context(opened(location, today, job.unless.conditions() if job.unless else None)), said


def _import(store: Store, job: _Job, progress: Progress | None, rejects_path: Path | None) -> ImportReport:
    started, feed, now = monotonic(), job.feed, job.now
    with ExitStack() as stack:
        folder = rejects_path.parent if rejects_path else None
        file, said = stack.enter_context(_at_hand(job, folder))
        rejects = stack.enter_context(closing(RejectsFile(rejects_path)))
        reader = IMPORTERS[feed.importer](file, said)
        connection = stack.enter_context(store.writing())
        importing = FeedImport(connection, feed, now)
        importing.state_sources(reader.sources)
        tally = _take_in(importing, _watched(reader, file, progress), rejects.add)
        importing.state_answers(reader.answered_by)
        changes = importing.finish(allow_shrink=job.allow_shrink)
        rejects.close()
        report = replace(_report(feed, reader, tally, changes), rejects_lost=rejects.failure)
        keep_mark(connection, feed.name, Mark(looked_at=now, etag=file.etag, last_modified=file.last_modified))
        _record_run(connection, report, now, timedelta(seconds=monotonic() - started))
        return report


def _watched(reader: SourceReader, file: ImportFile, progress: Progress | None) -> Iterator[tuple[int, ListingRecord | Reject]]:
    """Yield what the reader yields with its row number, telling the progress now and then."""
    for item in reader:
        if progress and reader.rows_read % _ROWS_BETWEEN_PROGRESS == 0:
            progress(file.bytes_read(), file.size)
        yield reader.rows_read, item
    if progress:
        progress(file.size, file.size)


def _take_in(
    importing: FeedImport, items: Iterator[tuple[int, ListingRecord | Reject]], write_reject: Callable[[Reject], None]
) -> _Tally:
    tally = _Tally()
    for row, item in items:
        reject = item if isinstance(item, Reject) else _added(importing, row, item)
        if reject is None:
            tally.imported += 1
            continue
        importing.protect(reject.keys, reject.name)
        write_reject(reject)
        tally.rejected += 1
        if len(tally.rejects) < MOST_KEPT_REJECTS:
            tally.rejects.append(reject)
    return tally


def _added(importing: FeedImport, row: int, record: ListingRecord) -> Reject | None:
    try:
        importing.add(record)
    except RepeatedKey as error:
        keys = tuple((program.source, program.key) for program in record.programs)
        return Reject(row, "key", str(error), keys, record.name)
    return None


def _report(feed: Feed, reader: SourceReader, tally: _Tally, changes: Changes) -> ImportReport:
    return ImportReport(
        feed=feed.name,
        importer=feed.importer,
        location=feed.location,
        rows_read=reader.rows_read,
        rows_imported=tally.imported,
        rows_merged=reader.rows_merged,
        rows_rejected=tally.rejected,
        added=changes.added,
        changed=changes.changed,
        unchanged=changes.unchanged,
        returned=changes.returned,
        retired=changes.retired,
        listings_changed=len(changes.listings),
        repairs=dict(reader.repairs),
        unknown_codes=dict(reader.unknown_codes),
        rejects=tuple(tally.rejects),
        ambiguous=tuple(changes.ambiguous),
    )


_RUN_COUNTS: Final = (
    "rows_read",
    "rows_merged",
    "rows_rejected",
    "added",
    "changed",
    "unchanged",
    "returned",
    "retired",
)


def _record_run(connection: Connection, report: ImportReport, started_at: datetime, elapsed: timedelta) -> None:
    values = {name: getattr(report, name) for name in (*_RUN_COUNTS, "repairs", "unknown_codes")}
    connection.execute(
        insert(import_runs).values(
            feed=report.feed,
            importer=report.importer,
            location=report.location,
            started_at=started_at,
            finished_at=started_at + elapsed,
            outcome=Outcome.DONE.value,
            reason="",
            **values,
        )
    )


def _record_refusal(connection: Connection, feed: Feed, now: datetime, reason: str) -> None:
    nothing: dict[str, Any] = dict.fromkeys(_RUN_COUNTS, 0) | {"repairs": {}, "unknown_codes": {}}  # Any: column values
    connection.execute(
        insert(import_runs).values(
            feed=feed.name,
            importer=feed.importer,
            location=feed.location,
            started_at=now,
            finished_at=now,
            outcome=Outcome.REFUSED.value,
            reason=reason,
            **nothing,
        )
    )


def _read_providers(file: OpenedFile, options: FeedOptions) -> SourceReader:
    return ProvidersReader(file.read(), Vocabulary.load().by_id)


# The sources that can be imported, by the name that the command line takes.
IMPORTERS: Final[Mapping[str, Opener]] = {"providers": _read_providers, **OPENERS}
# Our own JSON hands on what other sources state: where a source has a feed of its own, that one is believed.
_COPYING_IMPORTERS: Final = frozenset({"providers"})
