"""Every system under measurement: how its index is built below a directory, and how it is opened."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from bench.peers.columns import Columns, build_columns
from bench.peers.question import Peer
from bench.rows import Row, Taxonomy, make_rows
from index.engine.generation import build_generation, switch_to
from index.engine.whoosh_engine import WhooshEngine
from index.listing import Listing

OURS: Final = "this engine"
OURS_COMPILED: Final = "this engine, compiled"
COLUMNS_FILE: Final = "columns.npz"
SALT: Final = "benchmark"
POSTGRES_DSN: Final = os.environ.get("BENCH_POSTGRES", "")

Listings = Callable[[], Iterable[Listing]]


@dataclass(frozen=True)
class Corpus:
    """A named corpus: its listings can be iterated any number of times; its indexes live in `directory`."""

    name: str
    count: int
    listings: Listings
    taxonomy: Taxonomy
    directory: Path

    def rows(self) -> Iterable[Row]:
        """Yield the listings as peers index them."""
        return make_rows(self.listings(), self.taxonomy)


@dataclass(frozen=True, slots=True)
class Built:
    """What building an index cost; `processor` seconds are this process's own, 0 where they were not measured."""

    seconds: float
    megabytes: float
    processor: float = 0.0


def build_ours(corpus: Corpus) -> Built:
    """Build our generation, arrays included."""

    def build(path: Path) -> None:
        name = build_generation(
            path,
            corpus.listings(),
            closed_upward=corpus.taxonomy.closed_upward,
            group_of=corpus.taxonomy.groups,
            salt=SALT,
            now=datetime.now(UTC),
        )
        switch_to(path, name)

    return _build(corpus.directory / "ours", build)


def open_ours(corpus: Corpus) -> WhooshEngine:
    """Open our engine."""
    return WhooshEngine(corpus.directory / "ours")


def build_columns_of(corpus: Corpus, *, keep: bool) -> None:
    """Build the NumPy columns that help some peers, unless those of an earlier run may be kept."""
    path = corpus.directory / COLUMNS_FILE
    if not (keep and path.exists()):
        build_columns(corpus.rows(), path)


def columns_of(corpus: Corpus) -> Columns:
    """Open the columns."""
    return Columns(corpus.directory / COLUMNS_FILE)


def build_peer(name: str, corpus: Corpus) -> Built:
    """Build a peer's index."""
    if name.startswith("PostgreSQL"):
        from bench.peers import postgres

        started = time.perf_counter()
        size = postgres.build(corpus.rows(), POSTGRES_DSN, _table(corpus))
        return Built(time.perf_counter() - started, size / 1e6)
    return _build(corpus.directory / slug_of(name), lambda path: _builder(name)(corpus.rows(), path))


def open_peer(name: str, corpus: Corpus) -> Peer:
    """Open a peer over an index that was built."""
    path = corpus.directory / slug_of(name)
    if name.startswith("PostgreSQL"):
        from bench.peers.postgres import Postgres

        return Postgres(POSTGRES_DSN, _table(corpus))
    if name.startswith("plain"):
        from bench.peers.plain_whoosh import PlainWhoosh

        return PlainWhoosh(path)
    if name.startswith("tantivy"):
        from bench.peers.tantivy_peer import Tantivy

        return Tantivy(path, columns_of(corpus))
    if name.startswith("Xapian"):
        from bench.peers.xapian_peer import Xapian

        return Xapian(path, columns_of(corpus))
    from bench.peers.sqlite import SqliteAlone, SqliteWithNumpy

    return SqliteAlone(path) if "alone" in name else SqliteWithNumpy(path, columns_of(corpus))


def present_peers() -> list[str]:
    """Return the peers that can run here, in the order of the tables."""
    peers = ["SQLite + NumPy", "SQLite (SQL alone)", "plain Whoosh"]
    if find_spec("xapian"):
        peers.insert(0, "Xapian + NumPy")
    if find_spec("tantivy"):
        peers.insert(0, "tantivy + NumPy")
    if POSTGRES_DSN and find_spec("psycopg"):
        peers.insert(-1, "PostgreSQL + PostGIS")
    return peers


def _builder(name: str) -> Callable[[Iterable[Row], Path], None]:
    if name.startswith("SQLite"):
        from bench.peers.sqlite import build
    elif name.startswith("tantivy"):
        from bench.peers.tantivy_peer import build
    elif name.startswith("Xapian"):
        from bench.peers.xapian_peer import build
    else:
        from bench.peers.plain_whoosh import build
    return build


def _build(path: Path, build: Callable[[Path], None]) -> Built:
    """Build from nothing at `path` and measure; what an earlier run built is removed."""
    if path.is_dir():
        shutil.rmtree(path)
    path.unlink(missing_ok=True)
    path.parent.mkdir(parents=True, exist_ok=True)
    started, began = time.perf_counter(), time.process_time()
    build(path)
    seconds, processor = time.perf_counter() - started, time.process_time() - began
    files = [path] if path.is_file() else [one for one in path.rglob("*") if one.is_file()]
    return Built(seconds, sum(one.stat().st_size for one in files) / 1e6, processor)


def slug_of(name: str) -> str:
    """Return the file name of a peer's index; both SQLite peers share one."""
    return name.split()[0].lower()


def _table(corpus: Corpus) -> str:
    return f"bench_{corpus.name.replace('-', '_')}"
