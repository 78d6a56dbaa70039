"""What answers the queries: the whole lookup, and plain engines over name, city and labels of what is offered.

Each system returns the first listings in its order, each with a key that is equal for listings it holds equal.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Hashable, Iterable, Sequence
from datetime import datetime
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from whoosh import fields, index, query, scoring

from directory.asking.query import SearchQuery
from directory.lookup import Lookup
from directory.page import Row
from index.errors import SearchError
from index.geo.distance import Coordinates, great_circle_miles
from index.geo.places import UnknownPlace
from index.language.text.normalise import phrase
from index.language.vocabulary import Vocabulary
from index.listing import Kind, Listing, ListingId, Precision

DEPTH: Final = 60  # results asked for: enough to see the whole of a block of equals that crosses the tenth
BOOSTS: Final = {"name": 3.0, "city": 1.5, "labels": 1.0}
NOT_STATED: Final = frozenset({"detox_any_drug", "payment_not_stated"})
MILES: Final = 25.0
COARSE_MILES: Final = 5.0

Ranked = list[tuple[ListingId, Hashable]]
System = Callable[[str], Ranked]


def ours(lookup: Lookup, now: datetime, *, with_groups: bool) -> System:
    """Return our answers; `with_groups` adds the labelled groups that follow ("does not say for which drug", "... payment")."""

    def ask(text: str) -> Ranked:
        try:
            page = lookup.search(SearchQuery(text=text, per_page=DEPTH), now=now)
        except (SearchError, UnknownPlace):
            return []
        ranked = [(row.card.listing.id, _place_in_order(row)) for row in page.rows]
        seen = {one for one, _ in ranked}
        if with_groups:
            groups = [group for group in page.beyond if group.id in NOT_STATED]
            ranked += [
                (row.card.listing.id, (group.id, number))
                for group in groups
                for number, row in enumerate(group.rows)
                if row.card.listing.id not in seen
            ]
        return ranked

    return ask


def _place_in_order(row: Row) -> Hashable:
    """Return the distance as the order sees it: points known by ZIP share one inside five miles. Bands part at distances."""
    if row.distance_miles is None:
        return row.position
    coarse = row.precision in (Precision.ZIP, Precision.CITY) and row.distance_miles <= COARSE_MILES
    return ("near", len(row.why)) if coarse else (round(row.distance_miles, 6), len(row.why))


def texts_of(listing: Listing, vocabulary: Vocabulary) -> tuple[str, str, str]:
    """Return name, city with state and ZIP, and the labels of everything offered, folded to words."""
    labels = {vocabulary.label(concept, "en") for program in listing.programs for concept in program.offers}
    address = listing.address
    names = dict.fromkeys((listing.name, listing.organization, *(program.name for program in listing.programs)))
    city = f"{address.city} {address.state} {address.zip}"
    return " ".join(_words(" ".join(names))), " ".join(_words(city)), " ".join(_words(" ".join(sorted(labels))))


def _words(text: str) -> list[str]:
    return [word for part in re.split(r"[^\w']+", text) for word in phrase(part)]


def whoosh_bm25f(listings: Iterable[Listing], vocabulary: Vocabulary, path: Path, *, every_word: bool) -> System:
    """Return plain Whoosh: BM25F over three fields, all words (AND) or any (OR)."""
    if not index.exists_in(str(path)):
        _write_whoosh(listings, vocabulary, path)
    searcher = index.open_dir(str(path)).searcher(weighting=scoring.BM25F())
    join = query.And if every_word else query.Or

    def ask(text: str) -> Ranked:
        words = [
            query.Or([query.Term(name, word, boost=boost) for name, boost in BOOSTS.items()])
            for word in dict.fromkeys(_words(text))
        ]
        found = searcher.search(join(words), limit=DEPTH) if words else []
        return [(ListingId(hit["id"]), round(hit.score, 9)) for hit in found]

    return ask


def _write_whoosh(listings: Iterable[Listing], vocabulary: Vocabulary, path: Path) -> None:
    path.mkdir(parents=True, exist_ok=True)
    parts = {name: fields.TEXT() for name in BOOSTS}
    writer = index.create_in(str(path), fields.Schema(id=fields.ID(stored=True), **parts)).writer(limitmb=256)
    for listing in listings:
        writer.add_document(id=listing.id, **dict(zip(BOOSTS, texts_of(listing, vocabulary), strict=True)))
    writer.commit()


def sqlite_fts5(listings: Iterable[Listing], vocabulary: Vocabulary) -> System:
    """Return SQLite's FTS5 with bm25 and the same weights, any word."""
    database = sqlite3.connect(":memory:")
    database.execute("create virtual table words using fts5(id unindexed, name, city, labels)")
    rows = ((listing.id, *texts_of(listing, vocabulary)) for listing in listings)
    database.executemany("insert into words values(?,?,?,?)", rows)
    asked = f"select id, bm25(words, 0, 3, 1.5, 1) as score from words where words match ? order by score limit {DEPTH}"

    def ask(text: str) -> Ranked:
        words = " OR ".join(f'"{word}"' for word in dict.fromkeys(_words(text)))
        return [(ListingId(row[0]), round(row[1], 9)) for row in database.execute(asked, (words,))] if words else []

    return ask


def tantivy_bm25(listings: Iterable[Listing], vocabulary: Vocabulary) -> System | None:
    """Return tantivy with BM25 and the same weights, any word; None where it is not installed."""
    if find_spec("tantivy") is None:
        return None
    import tantivy  # type: ignore[import-not-found]

    schema = tantivy.SchemaBuilder().add_text_field("id", stored=True, tokenizer_name="raw")
    for name in BOOSTS:
        schema.add_text_field(name)
    written = tantivy.Index(schema.build())
    writer = written.writer(64_000_000)
    for listing in listings:
        parts = dict(zip(BOOSTS, texts_of(listing, vocabulary), strict=True))
        writer.add_document(tantivy.Document(id=[listing.id], **{name: [text] for name, text in parts.items()}))
    writer.commit()
    written.reload()
    searcher = written.searcher()

    def ask(text: str) -> Ranked:
        words = " ".join(dict.fromkeys(_words(text)))
        asked = written.parse_query(words, list(BOOSTS), field_boosts=BOOSTS)
        hits = searcher.search(asked, DEPTH).hits
        return [(ListingId(searcher.doc(found)["id"][0]), round(score, 6)) for score, found in hits]

    return ask


def nearest(listings: Sequence[Listing], lookup: Lookup) -> System:
    """Return every facility within 25 miles of the place read, nearest first: what a locator with a map does."""
    facilities = [one for one in listings if one.kind is Kind.FACILITY and one.lat is not None and one.lon is not None]

    def ask(text: str) -> Ranked:
        place = lookup.understand(text, "en", today=datetime.now().astimezone().date())["place"]
        if not isinstance(place, dict):
            return []
        centre = Coordinates(place["lat"], place["lon"])
        miles = ((great_circle_miles(centre, Coordinates(one.lat or 0.0, one.lon or 0.0)), one.id) for one in facilities)
        return [(one, round(far, 6)) for far, one in sorted(pair for pair in miles if pair[0] <= MILES)[:DEPTH]]

    return ask
