"""The database of record: what is public, what must be disclosed, and what waits to be published."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from datetime import date
from functools import cached_property
from hashlib import blake2b
from itertools import groupby
from operator import attrgetter
from typing import Any, Final

import msgspec
from sqlalchemy import ColumnElement, Connection, Engine, Row, func, insert, or_, select

from directory.settings import Settings
from directory.sources.reading import GazetteerLocalities
from directory.sources.records import ListingRecord, SourceInfo
from directory.store import database
from directory.store.corrections.overrides import running_corrections
from directory.store.desk.outcomes import running_checks
from directory.store.disclosed import reading as disclosed
from directory.store.facts import (
    AmbiguousMatch,
    CityPoint,
    DisclosureRecords,
    FeedSource,
    ImportRun,
    OutboxEntry,
    Outcome,
    StoreCounts,
)
from directory.store.listings.assembly import (
    WHOLE_LISTING,
    Assembler,
    StoredRecord,
    hidden_fields,
)
from directory.store.listings.street_points import known_points
from directory.store.tables import (
    ambiguous_matches,
    field_visibility,
    import_runs,
    kept_values,
    listings,
    outbox,
    records,
    sources,
)
from index.geo.places import Gazetteer
from index.listing import Kind, Listing, ListingId, Redistribute

_ROWS_AT_A_TIME: Final = 2_000
_IDS_AT_A_TIME: Final = 500  # bound variables of one statement
_TIE_SALT_ORIGIN: Final = "tie-salt-origin"
_SALT_LETTERS: Final = 16
_LIVE: Final = records.c.retired_on.is_(None)
_PUBLIC: Final = listings.c.taken_down.is_(False) & listings.c.redirect_to.is_(None)

_decode_record = msgspec.json.Decoder(ListingRecord).decode
_decode_source = msgspec.json.Decoder(SourceInfo).decode


def open_store(settings: Settings) -> Store:
    """Return the store of this copy; nothing is read yet."""
    return Store(settings.database_url)


def migrate(settings: Settings) -> None:
    """Bring the database of this copy to the newest schema. Raises StoreUnavailable when that fails."""
    open_store(settings).migrate()


class Store:
    """One database. Safe to share between threads; fork first, then use.

    Every reading method raises StoreUnavailable when the database cannot be read.
    """

    def __init__(self, database_url: str, city_point: CityPoint | None = None) -> None:
        self.engine: Engine = database.connect(database_url)
        self._file = database.DatabaseFile(self.engine)
        self._given_city_point = city_point

    @cached_property
    def _city_point(self) -> CityPoint:
        return self._given_city_point or GazetteerLocalities(Gazetteer.load()).city_point

    def migrate(self) -> None:
        """Bring the schema to the newest version. Raises StoreUnavailable when that fails."""
        database.migrate(self.engine)

    def close(self) -> None:
        """Close every connection; the next call opens new ones."""
        self.engine.dispose()

    def reading(self) -> AbstractContextManager[Connection]:
        """Return a connection that sees one state of the database."""
        self._file.check()
        return database.reading(self.engine)

    def writing(self) -> AbstractContextManager[Connection]:
        """Return a connection in one write transaction."""
        return database.writing(self.engine)

    # Listings

    def public_listings(self, *, handed_on: bool = False) -> Iterator[Listing]:
        """Yield every public listing, in id order, from one state of the database.

        What is not public is removed; a withheld street is gone and its point is the town's. With `handed_on`, only what each
        source's `redistribute` lets us give away is used.
        """
        with self.reading() as connection:
            yield from self._assemble(connection, None, handed_on=handed_on)

    def public_listings_by_id(self, listing_ids: Iterable[str]) -> dict[ListingId, Listing]:
        """Return the public ones among these listings; unknown, retired and withdrawn ids are left out."""
        found: dict[ListingId, Listing] = {}
        wanted = list(dict.fromkeys(listing_ids))
        with self.reading() as connection:
            for start in range(0, len(wanted), _IDS_AT_A_TIME):
                chunk = wanted[start : start + _IDS_AT_A_TIME]
                found |= {listing.id: listing for listing in self._assemble(connection, chunk, handed_on=False)}
        return found

    def _assemble(self, connection: Connection, wanted: Sequence[str] | None, *, handed_on: bool) -> Iterator[Listing]:
        visibility = connection.execute(select(field_visibility))
        hidden = hidden_fields((row.listing_id, row.field, row.visibility) for row in visibility)
        assembler = Assembler(
            self._city_point,
            hidden,
            handed_on,
            running_corrections(connection),
            running_checks(connection, wanted),
            known_points(connection),
        )
        stated = {(row.feed, row.name): _decode_source(row.content) for row in connection.execute(select(sources))}
        query = (
            select(
                records.c.listing_id,
                records.c.own,
                records.c.number,
                records.c.feed,
                records.c.source,
                records.c.content,
            )
            .join(listings, listings.c.id == records.c.listing_id)
            .where(_LIVE, _PUBLIC)
            .order_by(records.c.listing_id)
        )
        query = query if wanted is None else query.where(records.c.listing_id.in_(wanted))
        rows = connection.execute(query, execution_options={"yield_per": _ROWS_AT_A_TIME})
        for listing_id, group in groupby(rows, key=attrgetter("listing_id")):
            stored = [
                StoredRecord(row.feed, row.own, row.number, _decode_record(row.content), stated[row.feed, row.source])
                for row in group
            ]
            if listing := assembler.listing(listing_id, stored):
                yield listing

    def withdrawn_ids(self) -> frozenset[ListingId]:
        """Return the listings that no answer may show, whatever a generation holds: taken down, merged away, or hidden."""
        hidden = select(field_visibility.c.listing_id).where(
            field_visibility.c.field == WHOLE_LISTING, field_visibility.c.visibility != "public"
        )
        gone = select(listings.c.id).where(or_(listings.c.taken_down, listings.c.redirect_to.is_not(None)))
        with self.reading() as connection:
            return frozenset(ListingId(id_) for id_ in connection.scalars(gone.union(hidden)))

    def redirect_of(self, listing_id: str) -> ListingId | None:
        """Return the listing that answers for a merged one, or None for any other id."""
        query = select(listings.c.redirect_to)
        with self.reading() as connection:
            target = connection.scalar(query.where(listings.c.id == listing_id))
            seen = {listing_id}
            while target and target not in seen:
                seen.add(target)
                farther = connection.scalar(query.where(listings.c.id == target))
                if farther is None:
                    return ListingId(target)
                target = farther
        return None

    # Sources and runs

    def feed_sources(self) -> tuple[FeedSource, ...]:
        """Return every source as each feed states it, by source name, a source's own feed first."""
        query = select(sources).order_by(sources.c.name, sources.c.own.desc(), sources.c.feed)
        with self.reading() as connection:
            return tuple(FeedSource(row.feed, row.own, _decode_source(row.content)) for row in connection.execute(query))

    def sources(self) -> tuple[SourceInfo, ...]:
        """Return each source once, by name, as its own feed states it or else as the first feed that hands it on."""
        first: dict[str, SourceInfo] = {}
        for stated in self.feed_sources():
            first.setdefault(stated.info.name, stated.info)
        return tuple(first.values())

    def kept_back_sources(self) -> frozenset[str]:
        """Return the names of the sources that let nothing of theirs be handed on, as at least one feed states them."""
        return frozenset(one.info.name for one in self.feed_sources() if one.info.redistribute is Redistribute.NO)

    def last_import_runs(self) -> tuple[ImportRun, ...]:
        """Return the newest run of each feed, refused ones too, by feed."""
        newest = select(func.max(import_runs.c.id)).group_by(import_runs.c.feed)
        query = select(import_runs).where(import_runs.c.id.in_(newest)).order_by(import_runs.c.feed)
        with self.reading() as connection:
            return tuple(_import_run(row) for row in connection.execute(query))

    def import_runs_of(self, feed: str, limit: int) -> tuple[ImportRun, ...]:
        """Return the newest runs of one feed, newest first, refused ones too."""
        query = select(import_runs).where(import_runs.c.feed == feed).order_by(import_runs.c.id.desc()).limit(limit)
        with self.reading() as connection:
            return tuple(_import_run(row) for row in connection.execute(query))

    def ambiguous_matches(self) -> tuple[AmbiguousMatch, ...]:
        """Return the records that fit several listings, oldest first: staff decide."""
        query = select(ambiguous_matches).order_by(ambiguous_matches.c.id)
        with self.reading() as connection:
            return tuple(
                AmbiguousMatch(
                    row.feed,
                    row.source,
                    row.key,
                    ListingId(row.listing_id),
                    tuple(ListingId(candidate) for candidate in row.candidates),
                    row.noticed_at,
                )
                for row in connection.execute(query)
            )

    def counts(self) -> StoreCounts:
        """Return what the store holds now."""
        shown = select(records).join(listings, listings.c.id == records.c.listing_id).where(_LIVE, _PUBLIC).subquery()
        program = select(shown.c.source, shown.c.key).distinct().subquery()
        live = select(shown.c.listing_id).distinct().subquery()
        kinds = select(listings.c.kind, func.count()).join(live, live.c.listing_id == listings.c.id)
        with self.reading() as connection:
            by_kind = {Kind(row[0]): row[1] for row in connection.execute(kinds.group_by(listings.c.kind))}
            by_source = connection.execute(select(program.c.source, func.count()).group_by(program.c.source))
            programs = {row[0]: row[1] for row in by_source}
            return StoreCounts(
                listings=sum(by_kind.values()),
                programs=sum(programs.values()),
                kinds=by_kind,
                programs_by_source=programs,
                retired_records=_count(connection, records.c.retired_on.is_not(None)),
                taken_down=_count(connection, listings.c.taken_down),
                outbox=connection.scalar(select(func.count(outbox.c.listing_id.distinct()))) or 0,
                ambiguous=connection.scalar(select(func.count()).select_from(ambiguous_matches)) or 0,
            )

    # Disclosure

    def disclosure_version(self) -> int:
        """Return the number that moves with every change of what must be disclosed or kept back; one cheap read."""
        self._file.check()
        return disclosed.version(self.engine)

    def disclosure_records(self, day: date) -> DisclosureRecords:
        """Return what must be disclosed on a day, read together with its version."""
        with self.reading() as connection:
            return disclosed.records_of(connection, day)

    # Publishing

    def outbox(self, limit: int | None = None) -> tuple[OutboxEntry, ...]:
        """Return what waits to be published, oldest first."""
        query = select(outbox).order_by(outbox.c.sequence).limit(limit)
        with self.reading() as connection:
            return tuple(OutboxEntry(row.sequence, ListingId(row.listing_id), row.at) for row in connection.execute(query))

    def tie_salt(self, today: date) -> str:
        """Return the salt that orders ties this month: derived from a random secret of this store, so nobody can aim at it."""
        secret = self._kept_value(_TIE_SALT_ORIGIN, lambda: secrets.token_hex(16))
        text = f"{secret}|{today:%Y-%m}".encode()
        return blake2b(text, digest_size=_SALT_LETTERS // 2).hexdigest()

    def _kept_value(self, name: str, make: Callable[[], str]) -> str:
        query = select(kept_values.c.value).where(kept_values.c.name == name)
        with self.reading() as connection:
            known = connection.scalar(query)
        if known is None:
            with self.writing() as connection:
                known = connection.scalar(query)  # another process may have been first
                if known is None:
                    known = make()
                    connection.execute(insert(kept_values).values(name=name, value=known))
        return str(known)


def _count(connection: Connection, condition: ColumnElement[bool]) -> int:
    return connection.scalar(select(func.count()).where(condition)) or 0


def _import_run(row: Row[Any]) -> ImportRun:  # Any: a whole row of import_runs
    values = dict(row._mapping)
    values.pop("id")
    return ImportRun(**values | {"outcome": Outcome(values["outcome"])})
