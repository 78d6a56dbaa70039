"""Which listing a record belongs to, decided from everything the store has seen, retired records too.

In this order: the source's own key; the match key (for places the normalised name + street + ZIP5, for meetings fellowship,
group, time and place); phone + ZIP + name, for a place that moved. Never across kinds: a group in a church hall is not the clinic
at that address. A record that fits several listings becomes a listing of its own and goes to staff.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from sqlalchemy import Connection, select

from directory.sources.matching import phone_match_key
from directory.sources.records import ListingRecord
from directory.store.tables import listings, records
from index.listing import Kind, ListingId, Reach

_ROWS_AT_A_TIME: Final = 5_000


def stored_match_key(record: ListingRecord) -> str:
    """Return the key under which records of this listing meet.

    Places meet across sources, and so do meetings whose place or link says where they are. Whatever else a source's own key
    names means nothing to another source.
    """
    if record.kind is Kind.FACILITY:
        return record.match_key
    if record.kind is Kind.MEETING and _says_where(record):
        return f"{record.kind}|{record.match_key}"
    return f"{record.kind}|{record.programs[0].source}|{record.match_key}"


def _says_where(meeting: ListingRecord) -> bool:
    """Tell whether a meeting's key holds a street or a link; two groups of one name in one town may differ."""
    return bool(meeting.address.street) if meeting.reach is Reach.LOCAL else bool(meeting.conference_url)


def stored_phone_key(record: ListingRecord) -> str:
    """Return the key of last resort, "" for what is no place or states no ZIP code or phone."""
    phone = next((phone.number for program in record.programs for phone in program.phones), "")
    if record.kind is not Kind.FACILITY or not phone or not record.address.zip:
        return ""
    return phone_match_key(phone, record.address.zip, record.name)


@dataclass(frozen=True, slots=True)
class Match:
    """The listing a record belongs to, None for a new one; `candidates` are those it fits when it fits several."""

    listing_id: ListingId | None
    candidates: tuple[ListingId, ...] = ()


class MatchingIndex:
    """Every key the store knows, with the listings behind it; merged listings stand for their target."""

    def __init__(self, connection: Connection) -> None:
        rows = connection.execute(select(listings.c.id, listings.c.redirect_to))
        redirects = {row.id: row.redirect_to for row in rows}
        self.taken_ids: set[str] = set(redirects)
        self._redirects = {listing_id: target for listing_id, target in redirects.items() if target}
        self._by_source_key: dict[tuple[str, str], set[ListingId]] = defaultdict(set)
        self._by_match_key: dict[str, set[ListingId]] = defaultdict(set)
        self._by_phone_key: dict[str, set[ListingId]] = defaultdict(set)
        self._load(connection)

    def _load(self, connection: Connection) -> None:
        columns = (records.c.source, records.c.key, records.c.match_key, records.c.phone_key, records.c.listing_id)
        rows = connection.execute(select(*columns), execution_options={"yield_per": _ROWS_AT_A_TIME})
        for source, key, match_key, phone_key, listing_id in rows:
            target = self.target_of(listing_id)
            self._by_source_key[source, key].add(target)
            self._by_match_key[match_key].add(target)
            if phone_key:
                self._by_phone_key[phone_key].add(target)

    def target_of(self, listing_id: str) -> ListingId:
        """Return the listing that a merged one was merged into, or the listing itself."""
        seen = {listing_id}
        while (farther := self._redirects.get(listing_id)) and farther not in seen:
            seen.add(farther)
            listing_id = farther
        return ListingId(listing_id)

    def learn(self, record: ListingRecord, listing_id: ListingId) -> None:
        """Remember the keys of a record that has found its listing."""
        self.taken_ids.add(listing_id)
        for program in record.programs:
            self._by_source_key[program.source, program.key].add(listing_id)
        self._by_match_key[stored_match_key(record)].add(listing_id)

    def by_own_keys(self, record: ListingRecord) -> Match:
        """Return the listing that a source key or else the match key names."""
        keyed: set[ListingId] = set()
        for program in record.programs:
            keyed |= self._by_source_key.get((program.source, program.key), set())
        return _one_of(keyed or self._by_match_key.get(stored_match_key(record), set()))

    def may_have_moved(self, record: ListingRecord) -> bool:
        """Tell whether another listing bears the same phone, ZIP code and name."""
        return stored_phone_key(record) in self._by_phone_key

    def by_phone(self, record: ListingRecord, still_there: Collection[ListingId]) -> Match:
        """Return the listing with the same phone, ZIP code and name, unless it is `still_there`: then it is another branch."""
        found = self._by_phone_key.get(stored_phone_key(record), set())
        return _one_of({listing_id for listing_id in found if listing_id not in still_there})


def _one_of(found: set[ListingId]) -> Match:
    if len(found) == 1:
        return Match(next(iter(found)))
    return Match(None, tuple(sorted(found)))
