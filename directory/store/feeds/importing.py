"""One feed brought up to date inside one transaction: what is new, changed, back again, or gone.

Rows whose content hash is unchanged are not written again. What the feed no longer holds is retired: kept, marked, and live
again when it comes back.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import blake2b
from typing import Any, Final

import msgspec
from sqlalchemy import Connection, bindparam, delete, insert, select, update

from directory.errors import ImportRefused
from directory.sources.matching import fold_words
from directory.sources.records import AnsweredByFact, ListingRecord, ProgramRecord, SourceInfo
from directory.store.disclosed.answers import answer_values
from directory.store.feeds.marks import has_moved
from directory.store.feeds.matching_index import Match, MatchingIndex, stored_match_key, stored_phone_key
from directory.store.listings.identity import mint_id
from directory.store.tables import ambiguous_matches, feeds, listings, outbox, phone_answers, records, sources
from index.listing import ListingId

LARGEST_RETIRED_SHARE: Final = 0.20  # a feed that loses more at once is more likely broken than true
_ROWS_AT_A_TIME: Final = 1_000

_encode = msgspec.json.Encoder(order="deterministic").encode
_decode_record = msgspec.json.Decoder(ListingRecord).decode
_SourceKey = tuple[str, str]


class RepeatedKey(ValueError):
    """A file states the same (source, key) twice with different content; the first one counts."""

    def __init__(self, source: str, key: str) -> None:
        super().__init__(f"the key {key!r} of {source} stands on an earlier record too")
        self.source, self.key = source, key


@dataclass(frozen=True, slots=True)
class Feed:
    """One file or address that is imported again and again, and the importer that reads it.

    `own` says that its sources speak for themselves there; a list that copies other lists' records is not their own feed.
    """

    name: str
    importer: str
    location: str
    own: bool


@dataclass(frozen=True, slots=True)
class _Known:
    id: int
    listing_id: ListingId
    content_hash: bytes
    live: bool


@dataclass(slots=True)
class Changes:
    """How many programs an import added, changed, left alone, found again or retired, and which listings it touched."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    returned: int = 0
    retired: int = 0
    listings: set[ListingId] = field(default_factory=set)
    ambiguous: list[_SourceKey] = field(default_factory=list)


class FeedImport:
    """Takes in the records of one feed, then `finish`es. Used once, inside one write transaction."""

    def __init__(self, connection: Connection, feed: Feed, now: datetime) -> None:
        self.changes = Changes()
        self._connection, self._feed, self._now = connection, feed, now
        self._take_feed()
        self._known = self._load_known()
        self._index = MatchingIndex(connection)
        self._seen: set[_SourceKey] = set()
        self._protected: set[_SourceKey] = set()
        self._protected_names: set[str] = set()
        self._seen_listings: set[ListingId] = set()
        self._deferred: list[ListingRecord] = []
        self._deferred_keys: set[str] = set()
        self._new_listings: list[dict[str, Any]] = []  # Any: rows of columns, as SQLAlchemy takes them
        self._inserts: list[dict[str, Any]] = []
        self._updates: list[dict[str, Any]] = []

    def _take_feed(self) -> None:
        feed = self._feed
        importer = self._connection.scalar(select(feeds.c.importer).where(feeds.c.name == feed.name))
        if importer is None:
            values = {"name": feed.name, "importer": feed.importer, "location": feed.location}
            self._connection.execute(insert(feeds).values(**values))
        elif importer != feed.importer:
            raise ImportRefused(f"the feed {feed.name!r} belongs to the importer {importer!r}: name another feed")

    def _load_known(self) -> dict[_SourceKey, _Known]:
        columns = [records.c[name] for name in ("source", "key", "id", "listing_id", "content_hash", "retired_on")]
        rows = self._connection.execute(select(*columns).where(records.c.feed == self._feed.name))
        return {
            (source, key): _Known(id_, ListingId(listing_id), content_hash, retired_on is None)
            for source, key, id_, listing_id, content_hash, retired_on in rows
        }

    # Sources and phone answers

    def state_sources(self, stated: Iterable[SourceInfo]) -> None:
        """Store what the feed says of its sources; programs of a source whose words changed are published again."""
        known = self._stored_sources()
        for info in stated:
            before = known.get(info.name)
            values = {"own": self._feed.own, "payment": info.payment.value, "content": _encode(info)}
            if before is None:
                self._connection.execute(insert(sources).values(feed=self._feed.name, name=info.name, **values))
            elif has_moved(before, info):
                this = (sources.c.feed == self._feed.name) & (sources.c.name == info.name)
                self._connection.execute(update(sources).where(this).values(**values))
                self._touch_listings_of(info.name)

    def _stored_sources(self) -> dict[str, SourceInfo]:
        rows = self._connection.execute(select(sources).where(sources.c.feed == self._feed.name))
        return {row.name: msgspec.json.decode(row.content, type=SourceInfo) for row in rows}

    def _touch_listings_of(self, source: str) -> None:
        live = (known.listing_id for (name, _), known in self._known.items() if name == source and known.live)
        self.changes.listings.update(live)

    def state_answers(self, stated: Iterable[AnsweredByFact]) -> None:
        """Replace what the feed says of who answers which number; untouched facts are not written again."""
        mine = phone_answers.c.feed == self._feed.name
        rows = self._connection.execute(select(phone_answers).where(mine)).mappings()
        before = {row["number"]: {**row} for row in rows}
        after = {fact.number: {"feed": self._feed.name, **answer_values(fact)} for fact in stated}
        for number in before.keys() - after.keys():
            self._connection.execute(delete(phone_answers).where(mine, phone_answers.c.number == number))
        for number, values in after.items():
            if number not in before:
                self._connection.execute(insert(phone_answers).values(**values))
            elif before[number] != values:
                same = mine & (phone_answers.c.number == number)
                self._connection.execute(update(phone_answers).where(same).values(**values))

    # Records

    def add(self, record: ListingRecord) -> None:
        """Take in one record of the file. Raises RepeatedKey when an earlier record has one of its keys."""
        keys = [(program.source, program.key) for program in record.programs]
        for source, key in keys:
            if (source, key) in self._seen or keys.count((source, key)) > 1:
                raise RepeatedKey(source, key)
        self._seen.update(keys)
        home = next((self._known[key].listing_id for key in keys if key in self._known), None)
        match = Match(self._index.target_of(home)) if home else self._index.by_own_keys(record)
        if match.listing_id is None and not match.candidates and self._is_deferred(record):
            self._deferred.append(record)
            self._deferred_keys.add(stored_match_key(record))
        else:
            self._store(record, match)

    def _is_deferred(self, record: ListingRecord) -> bool:
        """A place that may have moved is decided at the end, when it is known which listings are still there."""
        return stored_match_key(record) in self._deferred_keys or self._index.may_have_moved(record)

    def protect(self, keys: Iterable[_SourceKey], name: str) -> None:
        """Keep what an earlier import stored from a row that is now rejected.

        Without a key that is stored, everything in the feed under the row's name stays; a row without key and name cannot be
        traced to a listing and protects nothing.
        """
        known = {key for key in keys if key in self._known}
        self._protected |= known
        if not known and name:
            self._protected_names.add(fold_words(name))

    def _store(self, record: ListingRecord, match: Match) -> None:
        listing_id = match.listing_id or self._mint(record)
        self._index.learn(record, listing_id)
        self._seen_listings.add(listing_id)
        for number, program in enumerate(record.programs):
            self._store_program(record, program, number, listing_id)
        if match.candidates:
            self._ask_staff(record.programs[0], listing_id, match.candidates)
        if len(self._inserts) >= _ROWS_AT_A_TIME or len(self._updates) >= _ROWS_AT_A_TIME:
            self._flush()

    def _mint(self, record: ListingRecord) -> ListingId:
        listing_id = mint_id(stored_match_key(record), self._index.taken_ids)
        self._new_listings.append({"id": listing_id, "kind": record.kind.value, "created_at": self._now, "taken_down": False})
        return listing_id

    def _store_program(self, record: ListingRecord, program: ProgramRecord, number: int, listing_id: ListingId) -> None:
        content = _encode(msgspec.structs.replace(record, programs=(program,)))
        digest = blake2b(content, digest_size=16).digest()
        known = self._known.get((program.source, program.key))
        if known and known.live and known.content_hash == digest:
            self.changes.unchanged += 1
            return
        row = {
            "number": number,
            "match_key": stored_match_key(record),
            "phone_key": stored_phone_key(record),
            "content": content,
            "content_hash": digest,
            "last_seen": self._now,
        }
        if known:
            self._count_known(known)
            self._updates.append(row | {"known_id": known.id, "retired_on": None})
            listing_id = known.listing_id
        else:
            self.changes.added += 1
            place = {"feed": self._feed.name, "source": program.source, "key": program.key, "listing_id": listing_id}
            self._inserts.append(row | place | {"own": self._feed.own, "first_seen": self._now})
        self.changes.listings.add(listing_id)

    def _count_known(self, known: _Known) -> None:
        if known.live:
            self.changes.changed += 1
        else:
            self.changes.returned += 1

    def _ask_staff(self, program: ProgramRecord, listing_id: ListingId, candidates: tuple[ListingId, ...]) -> None:
        self._flush()  # the question names a listing that must stand in its table
        self.changes.ambiguous.append((program.source, program.key))
        values = {"source": program.source, "key": program.key, "listing_id": listing_id}
        self._connection.execute(
            insert(ambiguous_matches).values(feed=self._feed.name, candidates=list(candidates), noticed_at=self._now, **values)
        )

    def _settle_deferred(self) -> None:
        matches = [self._index.by_phone(record, self._seen_listings) for record in self._deferred]
        claims: dict[ListingId, set[str]] = {}
        for record, match in zip(self._deferred, matches, strict=True):
            if match.listing_id:
                claims.setdefault(match.listing_id, set()).add(stored_match_key(record))
        for record, by_phone in zip(self._deferred, matches, strict=True):
            by_keys = self._index.by_own_keys(record)  # an earlier one of these may be the same place
            if by_keys.listing_id:
                self._store(record, by_keys)
            elif by_phone.listing_id and len(claims[by_phone.listing_id]) > 1:
                self._store(record, Match(None, (by_phone.listing_id,)))
            else:
                self._store(record, by_phone)

    # The end

    def finish(self, *, allow_shrink: bool) -> Changes:
        """Write what is left, retire what vanished, and tell the publisher which listings changed.

        Raises ImportRefused when more than a fifth of the feed's live records would be retired and `allow_shrink` is not set.
        """
        self._settle_deferred()
        self._flush()
        vanished = self._vanished()
        live = sum(known.live for known in self._known.values())
        if len(vanished) > LARGEST_RETIRED_SHARE * live and not allow_shrink:
            raise ImportRefused(
                f"{len(vanished)} of {live} records of the feed {self._feed.name!r} are not in this file; "
                f"more than {LARGEST_RETIRED_SHARE:.0%} are not retired unless shrinking is allowed"
            )
        self._retire(vanished)
        self._note_seen()
        self._note_outbox()
        self._refresh_statistics()
        return self.changes

    def _vanished(self) -> list[_Known]:
        gone = {key: known for key, known in self._known.items() if known.live and key not in self._seen}
        kept = self._protected | (self._keys_of_protected_names(gone) if self._protected_names else set())
        self._protected = kept
        return [known for key, known in gone.items() if key not in kept]

    def _keys_of_protected_names(self, gone: dict[_SourceKey, _Known]) -> set[_SourceKey]:
        kept = set()
        for key, known in gone.items():
            content = self._connection.scalar(select(records.c.content).where(records.c.id == known.id))
            if content is not None and fold_words(_decode_record(content).name) in self._protected_names:
                kept.add(key)
        return kept

    def _retire(self, vanished: list[_Known]) -> None:
        self.changes.retired = len(vanished)
        self.changes.listings.update(known.listing_id for known in vanished)
        if vanished:
            statement = update(records).where(records.c.id == bindparam("known_id"))
            rows = [{"known_id": known.id, "retired_on": self._now.date()} for known in vanished]
            self._connection.execute(statement, rows)

    def _note_seen(self) -> None:
        """Move `last_seen` of everything that is still in the feed; rows kept for a rejected one stay as they are."""
        live = (records.c.feed == self._feed.name) & records.c.retired_on.is_(None)
        unseen = [self._known[key].id for key in self._protected]
        self._connection.execute(update(records).where(live, records.c.id.not_in(unseen)).values(last_seen=self._now))
        this = feeds.c.name == self._feed.name
        self._connection.execute(update(feeds).where(this).values(location=self._feed.location, imported_at=self._now))

    def _note_outbox(self) -> None:
        if self.changes.listings:
            rows = [{"listing_id": listing_id, "at": self._now} for listing_id in sorted(self.changes.listings)]
            self._connection.execute(insert(outbox), rows)

    def _refresh_statistics(self) -> None:
        """Tell the query planner how much was added: PostgreSQL took minutes instead of seconds for its first full read."""
        if self.changes.added >= _ROWS_AT_A_TIME:
            for table in (listings, records):
                self._connection.exec_driver_sql(f"ANALYZE {table.name}")

    def _flush(self) -> None:
        if self._new_listings:
            self._connection.execute(insert(listings), self._new_listings)
        if self._inserts:
            self._connection.execute(insert(records), self._inserts)
        if self._updates:
            statement = update(records).where(records.c.id == bindparam("known_id"))
            self._connection.execute(statement, self._updates)
        self._new_listings, self._inserts, self._updates = [], [], []
