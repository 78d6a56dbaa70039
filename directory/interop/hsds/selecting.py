"""Which services, organizations and places a query asks for, out of the catalogue, and the page of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any, Final, TypeVar

import numpy as np

from directory.interop.catalogue import Catalogue, Mask, Row, program_of
from directory.interop.handed_on import Disclosed
from directory.interop.hsds.ids import uuid_of
from directory.interop.hsds.query import HsdsQuery
from directory.interop.hsds.terms import Json
from index.engine.protocol import Engine
from index.errors import PageNotFound
from index.geo.distance import Coordinates
from index.listing import Listing, Program

Item = TypeVar("Item")
LISTINGS_AT_A_TIME: Final = 200
ORGANIZATION: Final = "organization"


def selected(query: HsdsQuery, catalogue: Catalogue, disclosed: Disclosed) -> list[Row]:
    """Return the rows that satisfy a query: nearest first with a place, else in a random order that changes monthly.

    A row whose source never said when it stated its facts is never older than `modified_after`: nobody knows.
    """
    found = _plain(query, catalogue) & catalogue.without(disclosed.withdrawn)
    if query.concept:
        found &= catalogue.with_concept(query.concept)
    if query.centre is None:
        return [catalogue.rows[number] for number in np.flatnonzero(found).tolist()]
    return _near(query.centre, query.miles, catalogue, found)


def _plain(query: HsdsQuery, catalogue: Catalogue) -> Mask:
    after, held = query.modified_after, rows_by_uuid(catalogue, ORGANIZATION).get(query.organization)
    return catalogue.where(
        (after is None or row.modified is None or row.modified >= after)
        and all(f" {word}" in f" {row.name} {row.city}" for word in query.words)
        and (not query.organization or (held is not None and row.listing == held.listing))
        for row in catalogue.rows
    )


def _near(centre: Coordinates, most_miles: float | None, catalogue: Catalogue, found: Mask) -> list[Row]:
    miles = np.nan_to_num(catalogue.miles_from(centre), nan=np.inf)
    rows = np.flatnonzero(found & (miles <= (np.inf if most_miles is None else most_miles)))
    return [catalogue.rows[number] for number in rows[np.argsort(miles[rows], kind="stable")].tolist()]


@lru_cache(maxsize=6)
def rows_by_uuid(catalogue: Catalogue, entity: str) -> Mapping[str, Row]:
    """Return the rows of a catalogue by the UUIDs of an entity; of an organization, a row of some program of it."""
    by_listing = entity == ORGANIZATION
    return {uuid_of(entity, row.listing if by_listing else row.key): row for row in catalogue.rows}


def one_each(rows: Iterable[Row]) -> list[Row]:
    """Return the first row of each listing."""
    return list({row.listing: row for row in reversed(list(rows))}.values())[::-1]


def programs(rows: Sequence[Row], engine: Engine) -> Iterator[tuple[Listing, Program]]:
    """Yield the programs of rows in their order, a few listings in memory at a time."""
    for start in range(0, len(rows), LISTINGS_AT_A_TIME):
        chunk = rows[start : start + LISTINGS_AT_A_TIME]
        held = engine.get(list(dict.fromkeys(row.listing for row in chunk)))
        for row in chunk:
            if found := program_of(row, held):
                yield found


def page_of(items: Sequence[Item], query: HsdsQuery, render: Callable[[Sequence[Item]], Iterable[Any]]) -> Json:
    """Return HSDS's envelope around one page. Raises PageNotFound past the last one; page 1 of nothing is an answer."""
    pages = max(1, -(-len(items) // query.per_page))
    if query.page > pages:
        raise PageNotFound(query.page, pages)
    start = (query.page - 1) * query.per_page
    contents = list(render(items[start : start + query.per_page]))
    return {
        "total_items": len(items),
        "total_pages": pages,
        "page_number": query.page,
        "size": len(contents),
        "first_page": query.page == 1,
        "last_page": query.page == pages,
        "empty": not contents,
        "contents": contents,
    }
