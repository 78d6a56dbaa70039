"""The page: hits with their documents."""

from __future__ import annotations

from collections.abc import Sequence
from math import inf, isinf
from typing import Final

from index.engine.search.order import Found, unmet_wishes
from index.listing import ListingId, Precision
from index.request import SearchRequest, centre_of
from index.results import Hit

_PRECISIONS: Final = tuple(Precision)


def hits(found: Sequence[Found], rows: Sequence[tuple[int, int]], request: SearchRequest) -> tuple[Hit, ...]:
    """Return the hits of some (position in `found`, row), in their order."""
    if len(found) == 1:
        return tuple(_hits_of(found[0], [row for _, row in rows], request))
    made: dict[tuple[int, int], Hit] = {}
    for number, one in enumerate(found):
        mine = [row for segment, row in rows if segment == number]
        made.update(zip(((number, row) for row in mine), _hits_of(one, mine, request), strict=True))
    return tuple(made[row] for row in rows)


def _hits_of(found: Found, rows: Sequence[int], request: SearchRequest) -> list[Hit]:
    """Return the hits of one segment; each column is read at once."""
    segment, facts = found.segment, found.segment.arrays.listings
    listings, slots = found.listings[rows], found.slots[rows]
    measured = centre_of(request.area) is not None
    columns = zip(
        facts.ids[listings].tolist(),
        facts.document[listings].tolist(),
        facts.document[listings + 1].tolist(),
        slots.tolist(),
        (slots - facts.first_slot[listings]).tolist(),
        found.rows.miles[rows].tolist() if measured else [inf] * len(rows),
        facts.precision[listings].tolist(),
        found.rows.score[rows].tolist(),
        strict=True,
    )
    return [
        Hit(
            id=ListingId(one.decode()),
            document=bytes(segment.documents[start:end]),
            program=position,
            distance_miles=None if isinf(miles) else miles,
            precision=_PRECISIONS[precision],
            unmet=unmet_wishes(segment, slot, request.prefer) if request.prefer else (),
            score=score,
        )
        for one, start, end, slot, position, miles, precision, score in columns
    ]
