"""SQLite: FTS5 for words, R*Tree for circles; once in SQL alone, once with NumPy for everything after finding the rows."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from pathlib import Path
from typing import Final

import numpy as np

from bench.peers.columns import Columns, blend, first_page
from bench.peers.question import PAGE, SCORE_HALVES_AT_MILES, Answer, Question, Row
from index.geo.distance import EARTH_RADIUS_MILES

BATCH: Final = 5_000
SCHEMA: Final = """
pragma journal_mode=off; pragma synchronous=off; pragma cache_size=-262144;
create table listing(id integer primary key, name text, organization text, program text, city text,
    state text, lat real, lon real, document blob);
create virtual table words using fts5(name, organization, program, city, content='listing', content_rowid='id');
create virtual table places using rtree(id, south, north, west, east);
create table states_concept(listing integer, concept integer, primary key(listing, concept)) without rowid;
"""
FINISH: Final = """
insert into places select id, lat, lat, lon, lon from listing where lat is not null;
insert into words(words) values('rebuild'); insert into words(words) values('optimize');
create index by_concept on states_concept(concept, listing);
analyze;
"""
RANK: Final = "-bm25(words, 3, 2, 2, 1.5)"
DISTANCE: Final = (
    f"2*{EARTH_RADIUS_MILES}*asin(min(1.0, sqrt(pow(sin(radians(l.lat-:lat)/2), 2)"
    " + cos(radians(:lat))*cos(radians(l.lat))*pow(sin(radians(l.lon-:lon)/2), 2))))"
)
ORDERS: Final = {"distance": "miles", "blend": f"score/(1+miles/{SCORE_HALVES_AT_MILES}) desc", "score": "score desc"}


def build(rows: Iterable[Row], path: Path) -> None:
    """Write the database of `rows`."""
    path.unlink(missing_ok=True)
    with sqlite3.connect(path) as connection:
        connection.executescript(SCHEMA)
        batch: list[Row] = []
        for row in rows:
            batch.append(row)
            if len(batch) == BATCH:
                _insert(connection, batch)
                batch.clear()
        _insert(connection, batch)
        connection.executescript(FINISH)
    connection.close()


def _insert(connection: sqlite3.Connection, rows: list[Row]) -> None:
    connection.executemany(
        "insert into listing values(?,?,?,?,?,?,?,?,?)",
        [(row.number, *row.texts, row.state, *_point(row), row.document) for row in rows],
    )
    connection.executemany(
        "insert into states_concept values(?,?)", [(row.number, concept) for row in rows for concept in row.concepts]
    )


def _point(row: Row) -> tuple[float | None, float | None]:
    return (None, None) if np.isnan(row.lat) else (row.lat, row.lon)


def _connect(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    for pragma in ("cache_size=-262144", "mmap_size=8000000000", "temp_store=memory"):
        connection.execute(f"pragma {pragma}")
    return connection


def _match(words: tuple[str, ...]) -> str:
    return " ".join(f'"{word}"' for word in words)


class SqliteAlone:
    """Filters, circle, facets and order in SQL."""

    name = "SQLite (SQL alone)"

    def __init__(self, path: Path) -> None:
        self._connection = _connect(path)
        self._connection.execute("create temp table found(id integer primary key, score real, miles real)")

    def search(self, question: Question) -> Answer:
        """Answer one question through a temporary table of the matches."""
        run = self._connection.execute
        run("delete from found")
        run(*_insert_found(question))
        top = f"select id from found order by {ORDERS[question.order]} limit {PAGE}"
        return Answer(
            run("select count(*) from found").fetchone()[0],
            dict(run("select concept, count(*) from found cross join states_concept on listing=id group by concept")),
            dict(run("select state, count(*) from found cross join listing using(id) group by state")),
            [row[0] for row in run(f"select document from ({top}) cross join listing using(id)")],
        )


def _insert_found(question: Question) -> tuple[str, dict[str, object]]:
    """Return the statement that fills `found`: words drive it when there are any, else the R*Tree."""
    values: dict[str, object] = {"words": _match(question.words)}
    score, miles, wanted = "0", "0", []
    source = "words cross join listing l on l.id = words.rowid" if question.words else "places p cross join listing l using(id)"
    if question.words:
        score = RANK
        wanted.append("words match :words")
    if question.circle:
        south, north, west, east = question.circle.box
        values |= {"lat": question.circle.lat, "lon": question.circle.lon, "reach": question.circle.miles}
        values |= {"south": south, "north": north, "west": west, "east": east}
        miles = DISTANCE
        wanted.append(
            "l.lat between :south and :north and l.lon between :west and :east"
            if question.words
            else "p.north>=:south and p.south<=:north and p.east>=:west and p.west<=:east"
        )
    wanted += [
        f"exists(select 1 from states_concept where listing=l.id and concept in ({','.join(map(str, group))}))"
        for group in question.groups
    ]
    inner = f"select l.id id, {score} score, {miles} miles from {source} where {' and '.join(wanted)}"
    limit = "where miles <= :reach" if question.circle else ""
    return f"insert into found select id, score, miles from ({inner}) {limit}", values


class SqliteWithNumpy:
    """FTS5 and the R*Tree only find rows; circle, filters, facets and order are NumPy's."""

    name = "SQLite + NumPy"

    def __init__(self, path: Path, columns: Columns) -> None:
        self._connection = _connect(path)
        self._columns = columns

    def search(self, question: Question) -> Answer:
        """Answer one question."""
        rows, scores = self._candidates(question)
        keys = -scores
        if question.circle:
            squares = self._columns.squared_chords(rows, question.circle)
            keep = squares <= question.circle.squared_chord
            for group in question.groups:
                keep &= self._columns.states_any(rows, group)
            rows, squares, scores = rows[keep], squares[keep], scores[keep]
            keys = squares if question.order == "distance" else -blend(scores, squares)
        top = rows[first_page(keys, PAGE)].tolist()
        return Answer(
            len(rows), self._columns.count_concepts(rows), self._columns.count_states(rows), [self._document(row) for row in top]
        )

    def _candidates(self, question: Question) -> tuple[np.ndarray, np.ndarray]:
        run = self._connection.execute
        if not question.words:
            assert question.circle
            south, north, west, east = question.circle.box
            sql = "select id from places where north>=? and south<=? and east>=? and west<=?"
            found = run(sql, (south, north, west, east)).fetchall()
            rows = np.fromiter((row[0] for row in found), np.int64, len(found))
            return rows, np.zeros(len(rows))
        ranked = question.order != "distance"
        sql = f"select rowid, {RANK if ranked else '0.0'} from words where words match ?"
        found = run(sql, (_match(question.words),)).fetchall()
        return (
            np.fromiter((row[0] for row in found), np.int64, len(found)),
            np.fromiter((row[1] for row in found), float, len(found)),
        )

    def _document(self, row: int) -> bytes:
        document: bytes = self._connection.execute("select document from listing where id=?", (row,)).fetchone()[0]
        return document
