"""PostgreSQL with PostGIS and intarray: one statement answers total, facets and page."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

import numpy as np
import psycopg

from bench.peers.question import METRES_PER_MILE, PAGE, SCORE_HALVES_AT_MILES, Answer, Question, Row

SESSION: Final = ("jit=off", "max_parallel_workers_per_gather=0", "work_mem='256MB'")
VECTOR: Final = " || ".join(
    f"setweight(to_tsvector('simple', {field}), '{weight}')"
    for field, weight in zip(("name", "organization", "program", "city"), "ABCD", strict=True)
)
RANK: Final = "ts_rank('{0.5,0.66,0.66,1.0}', words, to_tsquery('simple', %(words)s), 1)"  # weights run from D to A
POINT: Final = "st_setsrid(st_makepoint(%(lon)s, %(lat)s), 4326)::geography"
ORDERS: Final = {"distance": "miles", "blend": f"score/(1+miles/{SCORE_HALVES_AT_MILES}) desc", "score": "score desc"}


def build(rows: Iterable[Row], dsn: str, table: str) -> int:
    """Write the table of `rows` with its indexes; return its size in bytes."""
    with psycopg.connect(dsn, autocommit=True) as connection:
        for extension in ("postgis", "intarray"):
            connection.execute(f"create extension if not exists {extension}")
        connection.execute(f"drop table if exists {table}, {table}_raw")
        connection.execute(
            f"create unlogged table {table}_raw(id int, name text, organization text, program text, city text,"
            " state text, lat float8, lon float8, concepts int[], document text)"
        )
        _copy(connection, rows, f"{table}_raw")
        connection.execute(
            f"create unlogged table {table} as select id, state, concepts, document, {VECTOR} words,"
            f" st_setsrid(st_makepoint(lon, lat), 4326)::geography point from {table}_raw"
        )
        connection.execute(f"drop table {table}_raw")
        for statement in (
            f"alter table {table} add primary key(id)",
            f"create index on {table} using gin(words)",
            f"create index on {table} using gist(point)",
            f"create index on {table} using gin(concepts gin__int_ops)",
            f"vacuum analyze {table}",
        ):
            connection.execute(statement)
        size = connection.execute("select pg_total_relation_size(%s)", (table,)).fetchone()
        assert size
        return int(size[0])


def _copy(connection: psycopg.Connection[Any], rows: Iterable[Row], table: str) -> None:
    with connection.cursor().copy(f"copy {table} from stdin") as copy:
        for row in rows:
            point = (None, None) if np.isnan(row.lat) else (row.lat, row.lon)
            copy.write_row((row.number, *row.texts, row.state, *point, list(row.concepts), row.document.decode()))


class Postgres:
    """One connection; JIT and parallel workers off, as for the one-core clients beside it."""

    name = "PostgreSQL + PostGIS"

    def __init__(self, dsn: str, table: str) -> None:
        self._connection = psycopg.connect(dsn, autocommit=True)
        self._table = table
        for setting in SESSION:
            self._connection.execute(f"set {setting}")

    def search(self, question: Question) -> Answer:
        """Answer one question."""
        statement, values = _statement(self._table, question)
        row = self._connection.execute(statement, values, prepare=False).fetchone()
        assert row
        total, concepts, states, documents = row
        counts = {int(concept): count for concept, count in (concepts or {}).items()}
        return Answer(total, counts, states or {}, [document.encode() for document in documents or ()])


def _statement(table: str, question: Question) -> tuple[str, dict[str, Any]]:
    values: dict[str, Any] = {"words": " & ".join(question.words)}
    score, miles, wanted = "0.0", "0.0", ["true"]
    if question.words:
        score = RANK
        wanted.append("words @@ to_tsquery('simple', %(words)s)")
    if question.circle:
        values |= {"lat": question.circle.lat, "lon": question.circle.lon, "reach": question.circle.miles * METRES_PER_MILE}
        miles = f"st_distance(point, {POINT}, false)/{METRES_PER_MILE}"
        wanted.append(f"st_dwithin(point, {POINT}, %(reach)s, false)")
    for at, group in enumerate(question.groups):
        values[f"group{at}"] = list(group)
        wanted.append(f"concepts && %(group{at})s::int[]")
    order = ORDERS[question.order]
    return (
        f"""with found as materialized (
            select id, concepts, state, {score} score, {miles} miles from {table} where {" and ".join(wanted)})
        select (select count(*) from found),
            (select json_object_agg(concept, n) from
                (select concept, count(*) n from found, unnest(concepts) concept group by concept) counts),
            (select json_object_agg(state, n) from (select state, count(*) n from found group by state) counts),
            (select array_agg(document order by place) from
                (select id, row_number() over (order by {order}) place from found order by {order} limit {PAGE}) top
                join {table} using(id))""",
        values,
    )
