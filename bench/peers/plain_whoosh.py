"""Whoosh as most people would write it: numeric boxes, keyword filters, facets by grouping, distances in Python."""

from __future__ import annotations

import heapq
from collections.abc import Iterable
from pathlib import Path

import numpy as np
from whoosh import fields, index, query, sorting
from whoosh.analysis import SpaceSeparatedTokenizer
from whoosh.qparser import MultifieldParser

from bench.peers.question import BOOSTS, FIELDS, PAGE, SCORE_HALVES_AT_MILES, Answer, Question, Row
from index.geo.distance import Coordinates, great_circle_miles


def _schema() -> fields.Schema:
    texts = {field: fields.TEXT(analyzer=SpaceSeparatedTokenizer()) for field in FIELDS}
    return fields.Schema(
        **texts,
        concept=fields.KEYWORD(stored=True),
        state=fields.ID(stored=True),
        lat=fields.NUMERIC(float, stored=True),
        lon=fields.NUMERIC(float, stored=True),
        document=fields.STORED,
    )


def build(rows: Iterable[Row], path: Path) -> None:
    """Write the index of `rows` in one commit."""
    path.mkdir(parents=True, exist_ok=True)
    writer = index.create_in(str(path), _schema()).writer(limitmb=512)
    for row in rows:
        point = {} if np.isnan(row.lat) else {"lat": row.lat, "lon": row.lon}
        writer.add_document(
            **dict(zip(FIELDS, row.texts, strict=True)),
            **point,
            concept=" ".join(map(str, row.concepts)),
            state=row.state,
            document=row.document,
        )
    writer.commit()


class PlainWhoosh:
    """One searcher and a multi-field parser."""

    name = "plain Whoosh"

    def __init__(self, path: Path) -> None:
        opened = index.open_dir(str(path))
        self._searcher = opened.searcher()
        self._parser = MultifieldParser(list(FIELDS), opened.schema, fieldboosts=BOOSTS)

    def search(self, question: Question) -> Answer:
        """Answer one question."""
        asked = self._parser.parse(" ".join(question.words)) if question.words else query.Every()
        filters = [query.Or([query.Term("concept", str(concept)) for concept in group]) for group in question.groups]
        if question.circle:
            south, north, west, east = question.circle.box
            filters += [query.NumericRange("lat", south, north), query.NumericRange("lon", west, east)]
        found = self._searcher.search(
            asked,
            filter=query.And(filters) if filters else None,
            limit=None if question.circle else PAGE,
            groupedby={"concept": sorting.FieldFacet("concept", allow_overlap=True), "state": sorting.FieldFacet("state")},
        )
        if not question.circle:
            return Answer(
                len(found),
                {int(concept): len(rows) for concept, rows in found.groups("concept").items() if concept},
                {state: len(rows) for state, rows in found.groups("state").items()},
                [hit["document"] for hit in found[:PAGE]],  # grouping makes Whoosh keep them all
            )
        return self._in_circle(found, question)

    @staticmethod
    def _in_circle(found: object, question: Question) -> Answer:
        assert question.circle
        centre = Coordinates(question.circle.lat, question.circle.lon)
        inside: dict[int, tuple[float, bytes]] = {}
        for hit in found:  # type: ignore[attr-defined]  # Whoosh has no types
            miles = great_circle_miles(centre, Coordinates(hit["lat"], hit["lon"]))
            if miles <= question.circle.miles:
                key = miles if question.order == "distance" else -hit.score / (1 + miles / SCORE_HALVES_AT_MILES)
                inside[hit.docnum] = key, hit["document"]
        concepts = found.groups("concept")  # type: ignore[attr-defined]
        states = found.groups("state")  # type: ignore[attr-defined]
        return Answer(
            len(inside),
            {int(concept): n for concept, rows in concepts.items() if concept and (n := sum(row in inside for row in rows))},
            {state: n for state, rows in states.items() if (n := sum(row in inside for row in rows))},
            [document for _, document in heapq.nsmallest(PAGE, inside.values(), key=lambda pair: pair[0])],
        )
