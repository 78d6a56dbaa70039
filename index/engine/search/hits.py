"""The page: hits with their documents."""

from __future__ import annotations

import math
from typing import Final

from index.engine.search.order import Found, unmet_wishes
from index.listing import Precision
from index.request import SearchRequest, centre_of
from index.results import Hit

_PRECISIONS: Final = tuple(Precision)


def hit(found: Found, row: int, request: SearchRequest) -> Hit:
    """Return one row of a result as a hit."""
    listing, slot = int(found.listings[row]), int(found.slots[row])
    facts = found.segment.arrays.listings
    miles = float(found.rows.miles[row])
    return Hit(
        id=found.segment.id_of(listing),
        document=found.segment.document(listing),
        program=slot - int(facts.first_slot[listing]),
        distance_miles=None if centre_of(request.area) is None or math.isinf(miles) else miles,
        precision=_PRECISIONS[facts.precision[listing]],
        unmet=unmet_wishes(found.segment, slot, request.prefer) if request.prefer else (),
        score=float(found.rows.score[row]),
    )
