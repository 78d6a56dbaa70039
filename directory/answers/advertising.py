"""The block of paid advertisements: what may stand in it, and whose turn it is today.

Off unless the operator turns it on. At most two places, which match every hard filter and lie inside the area that was asked;
none beside anything that is urgent, about opioids, pregnancy or people under 18; none for the name of a place, for meetings or
for lines. The block follows the page's results, and takes none of them away.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache
from hashlib import blake2b
from typing import Final

from directory.answers.readings import Read
from directory.answers.rows import RowMaker
from directory.asking.query import SearchQuery
from directory.page import Card, Row
from directory.safety import ads_allowed
from index.engine.protocol import Engine
from index.listing import Kind
from index.request import MAX_PER_PAGE, SearchRequest
from index.results import Hit

MOST_ADVERTISEMENTS: Final = 2


def may_advertise(read: Read, parts: SearchQuery, request: SearchRequest) -> bool:
    """Tell whether advertisements may stand on the page of a search: for places near somewhere, and with nothing urgent."""
    for_places = request.kinds == {Kind.FACILITY} and request.area is not None
    by_name = bool(request.words) or request.only_ids is not None
    return for_places and not by_name and not parts.unpaid_only and ads_allowed(read.danger, read.fired)


def advertisement_rows(engine: Engine, rows: RowMaker, today: date) -> tuple[Row, ...]:
    """Return the rows of the block: the paying places that match the request, those whose turn it is today."""
    snapshot = rows.snapshot
    if not snapshot.payers:
        return ()
    asked = replace(rows.request, only_ids=snapshot.payers, tallies={}, facets=False, page=1, per_page=MAX_PER_PAGE)
    results = engine.search(asked)
    matching = list(results.hits)
    for page in range(2, results.pages + 1):
        matching += engine.search(replace(asked, page=page)).hits
    turn = replace(results, hits=whose_turn(matching, today, snapshot.info.salt))
    return tuple(replace(row, card=_as_advertisement(row.card)) for row in rows.for_request(asked).rows(turn))


def whose_turn(matching: Sequence[Hit], today: date, salt: str) -> tuple[Hit, ...]:
    """Return who is shown on a day: everybody in turn, two a day, in an order that nobody can aim at.

    The same day gives the same places to everyone; over as many days as there are places each has as many turns as any other.
    """
    ordered = sorted(matching, key=lambda hit: blake2b(hit.id.encode(), key=salt.encode()[:64]).digest())
    if not ordered:
        return ()
    first = today.toordinal() * MOST_ADVERTISEMENTS % len(ordered)
    return tuple((ordered[first:] + ordered[:first])[:MOST_ADVERTISEMENTS])


@lru_cache(256)
def _as_advertisement(card: Card) -> Card:
    """Return the card without the note of organic rows: an advertisement does stand there because somebody paid."""
    return replace(card, paid_note="")
