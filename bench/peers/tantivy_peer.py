"""tantivy: words and concepts natively; the circle, its order and its facets in NumPy, since no collector can be added."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any, ClassVar

import numpy as np
import tantivy

from bench.peers.columns import Columns, blend, first_page
from bench.peers.question import BOOSTS, FIELDS, PAGE, Answer, Question, Row

HEAP_BYTES = 512_000_000


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    for field in FIELDS:
        builder.add_text_field(field, tokenizer_name="whitespace", index_option="freq")
    builder.add_text_field("concept", tokenizer_name="raw", fast=True, index_option="basic")
    builder.add_text_field("state", tokenizer_name="raw", fast=True, index_option="basic")
    builder.add_unsigned_field("number", indexed=True, fast=True)
    builder.add_float_field("lat", indexed=True, fast=True)
    builder.add_float_field("lon", indexed=True, fast=True)
    builder.add_bytes_field("document", stored=True)
    return builder.build()


def build(rows: Iterable[Row], path: Path) -> None:
    """Write the index of `rows` with one thread."""
    path.mkdir(parents=True, exist_ok=True)
    schema = _schema()
    writer = tantivy.Index(schema, path=str(path)).writer(heap_size=HEAP_BYTES, num_threads=1)
    for row in rows:
        writer.add_document(tantivy.Document.from_dict(_fields(row), schema))
    writer.commit()
    writer.wait_merging_threads()


def _fields(row: Row) -> dict[str, Any]:
    fields: dict[str, Any] = {field: [text] for field, text in zip(FIELDS, row.texts, strict=True)}
    fields |= {"concept": [str(concept) for concept in row.concepts], "state": [row.state]}
    fields |= {"number": [row.number], "document": [row.document]}
    if not np.isnan(row.lat):
        fields |= {"lat": [row.lat], "lon": [row.lon]}
    return fields


class Tantivy:
    """One searcher over the whole index."""

    name = "tantivy + NumPy"
    _FACETS: ClassVar = {
        "concept": {"terms": {"field": "concept", "size": 600}},
        "state": {"terms": {"field": "state", "size": 60}},
    }

    def __init__(self, path: Path, columns: Columns) -> None:
        index = tantivy.Index.open(str(path))
        self._schema, self._searcher, self._columns = index.schema, index.searcher(), columns

    def search(self, question: Question) -> Answer:
        """Answer one question; without a circle nothing leaves tantivy."""
        query = self._query(question)
        return self._in_circle(query, question) if question.circle else self._everywhere(query)

    def _everywhere(self, query: tantivy.Query) -> Answer:
        found = self._searcher.search(query, limit=PAGE, count=True)
        facets = self._searcher.aggregate(query, self._FACETS)
        return Answer(
            found.count,
            {int(bucket["key"]): bucket["doc_count"] for bucket in facets["concept"]["buckets"]},
            {bucket["key"]: bucket["doc_count"] for bucket in facets["state"]["buckets"]},
            [self._document(address) for _, address in found.hits],
        )

    def _in_circle(self, query: tantivy.Query, question: Question) -> Answer:
        assert question.circle
        hits = self._searcher.search(query, limit=self._columns.count, count=False).hits
        addresses = [address for _, address in hits]
        rows = np.asarray(self._searcher.fast_field_values("number", addresses), np.int64)
        squares = self._columns.squared_chords(rows, question.circle)
        inside = np.flatnonzero(squares <= question.circle.squared_chord)
        keys = squares[inside]
        if question.order != "distance":
            keys = -blend(np.array([hits[at][0] for at in inside]), keys)
        top = inside[first_page(keys, PAGE)]
        rows = rows[inside]
        return Answer(
            len(rows),
            self._columns.count_concepts(rows),
            self._columns.count_states(rows),
            [self._document(addresses[at]) for at in top],
        )

    def _document(self, address: tantivy.DocAddress) -> bytes:
        return bytes(self._searcher.doc(address)["document"][0])

    def _query(self, question: Question) -> tantivy.Query:
        must = [(tantivy.Occur.Must, self._any_field(word)) for word in question.words]
        must += [(tantivy.Occur.Must, self._unscored(self._any_concept(group))) for group in question.groups]
        if question.circle:
            south, north, west, east = question.circle.box
            must.append((tantivy.Occur.Must, self._unscored(self._between("lat", south, north))))
            must.append((tantivy.Occur.Must, self._unscored(self._between("lon", west, east))))
        return tantivy.Query.boolean_query(must)

    def _any_field(self, word: str) -> tantivy.Query:
        make = tantivy.Query
        terms = [make.boost_query(make.term_query(self._schema, field, word), BOOSTS[field]) for field in FIELDS]
        return make.boolean_query([(tantivy.Occur.Should, term) for term in terms])

    def _any_concept(self, group: tuple[int, ...]) -> tantivy.Query:
        make = tantivy.Query
        if len(group) == 1:
            return make.term_query(self._schema, "concept", str(group[0]), "basic")
        return make.term_set_query(self._schema, "concept", [str(concept) for concept in group])

    def _between(self, field: str, low: float, high: float) -> tantivy.Query:
        return tantivy.Query.range_query(self._schema, field, tantivy.FieldType.Float, low, high)

    @staticmethod
    def _unscored(query: tantivy.Query) -> tantivy.Query:
        return tantivy.Query.const_score_query(query, 0.0)
