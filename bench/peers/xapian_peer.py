"""Xapian: words, concepts and circles natively; facets in NumPy, since version 1.4 counts single-valued slots only."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from pathlib import Path

import numpy as np
import xapian

from bench.peers.columns import Columns, blend, first_page
from bench.peers.question import FIELDS, METRES_PER_MILE, PAGE, Answer, Question, Row
from index.geo.distance import EARTH_RADIUS_MILES

WEIGHTS = {"name": 3, "organization": 2, "program": 2, "city": 2}  # within-document boosts are whole numbers
POINT_SLOT = 0


def build(rows: Iterable[Row], path: Path) -> None:
    """Write the database of `rows`; texts are already split, so terms are added as they are."""
    shutil.rmtree(path, ignore_errors=True)
    database = xapian.WritableDatabase(str(path), xapian.DB_CREATE_OR_OPEN)
    for row in rows:
        document = xapian.Document()
        for field, text in zip(FIELDS, row.texts, strict=True):
            for word in text.split():
                document.add_term(word, WEIGHTS[field])
        for concept in row.concepts:
            document.add_boolean_term(f"XC{concept}")
        if not np.isnan(row.lat):
            document.add_value(POINT_SLOT, xapian.LatLongCoord(row.lat, row.lon).serialise())
        document.set_data(row.document)
        database.replace_document(row.number + 1, document)
    database.commit()
    database.close()


class Xapian:
    """One database handle and one enquiry object."""

    name = "Xapian + NumPy"

    def __init__(self, path: Path, columns: Columns) -> None:
        self._database = xapian.Database(str(path))
        self._enquire = xapian.Enquire(self._database)
        self._columns = columns
        self._metric = xapian.GreatCircleMetric(EARTH_RADIUS_MILES * METRES_PER_MILE)
        self._kept: list[object] = []  # the bindings do not keep posting sources and key makers alive

    def search(self, question: Question) -> Answer:
        """Answer one question; every match is fetched because facets need them all."""
        self._kept.clear()
        self._set_query(question)
        matches = self._enquire.get_mset(0, self._columns.count)
        rows = np.fromiter((match.docid for match in matches), np.int64, len(matches)) - 1
        top = rows[:PAGE]
        if question.order == "blend" and question.circle:
            scores = np.fromiter((match.weight for match in matches), float, len(matches))
            keys = -blend(scores, self._columns.squared_chords(rows, question.circle))
            top = rows[first_page(keys, PAGE)]
        documents = [self._database.get_document(int(row) + 1).get_data() for row in top]
        return Answer(len(rows), self._columns.count_concepts(rows), self._columns.count_states(rows), documents)

    def _set_query(self, question: Question) -> None:
        make = xapian.Query
        words = [make(word) for word in question.words]
        query = make(make.OP_AND, words) if words else make.MatchAll
        filters = [make(make.OP_OR, [make(f"XC{concept}") for concept in group]) for group in question.groups]
        if question.circle:
            filters.append(make(self._keep(self._circle(question))))
        if filters:
            query = make(make.OP_FILTER, query, make(make.OP_AND, filters))
        self._enquire.set_query(query)
        if question.order == "distance":
            self._enquire.set_weighting_scheme(xapian.BoolWeight())
            maker = xapian.LatLongDistanceKeyMaker(POINT_SLOT, self._centre(question), self._metric)
            self._enquire.set_sort_by_key(self._keep(maker), False)
        else:
            self._enquire.set_weighting_scheme(xapian.BM25Weight(1.2, 0, 1, 0.75, 0.0))
            self._enquire.set_sort_by_relevance()

    def _circle(self, question: Question) -> object:
        assert question.circle
        reach = question.circle.miles * METRES_PER_MILE
        return xapian.LatLongDistancePostingSource(POINT_SLOT, self._centre(question), self._metric, reach)

    def _centre(self, question: Question) -> object:
        assert question.circle
        centre = xapian.LatLongCoords()
        centre.append(xapian.LatLongCoord(question.circle.lat, question.circle.lon))
        return centre

    def _keep(self, thing: object) -> object:
        self._kept.append(thing)
        return thing
