"""The public rule of the order of results. Nothing else decides it, and nobody can buy a place in it.

`best` (the default) puts listings that state every wish before those that leave one unstated, then two, then three or
more. Among equals the nearer comes first; when words were searched, the better match does, its score halved at 25
miles. `distance`, `name` (by `analysis.name_key`) and `checked` (newest first, unknown last) order by that alone. `start`
puts what begins soonest first, by the minutes that each place's own clock has yet to go, then the nearer; what states no
times is last.
Whatever is still equal is ordered by a salted hash of the id, which favours nobody.

Every function is pure and works on whole arrays, one row for each listing.
"""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import blake2b
from typing import Any, Final, NamedTuple

import numpy as np
import numpy.typing as npt

from index.request import Sort

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]

LAST_BAND: Final = 3  # unmet wishes: three and more are one band
COARSE_MILES: Final = 5.0  # the 90th percentile of how far a ZIP's point is off
COARSE_DISTANCE: Final = 2.5  # the one distance that points known by ZIP or city share within COARSE_MILES
HALVING_MILES: Final = 25.0  # a match this far away counts half of one at the door
EDGE_MILES: Final = 1e-6  # a listing on the edge of a circle is inside: distances are good to a millionth of a mile
MILES_DECIMALS: Final = 6  # so that two ways of computing one distance can't order listings differently
SCORE_DECIMALS: Final = 9
ROUGHNESS: Final = 1e-6
WEEK_MINUTES: Final = 7 * 24 * 60
NEVER: Final = WEEK_MINUTES  # minutes until the next start of what states no times: more than any week has left


class Rows(NamedTuple):
    """What the order may look at, one row for each listing, each taken from the program that matched best.

    `unmet` is the number of wishes the program does not state; `miles` is infinite without a point and empty without a centre;
    `coarse` marks points known by ZIP or city only; `checked` is a day's ordinal, 0 for unknown; `ahead` are the minutes until
    the next start, `NEVER` without one.
    """

    unmet: npt.NDArray[np.int64]
    miles: Floats
    coarse: Flags
    score: Floats
    name_rank: Floats
    checked: npt.NDArray[np.int32]
    ahead: npt.NDArray[np.int64]

    def some(self, chosen: npt.NDArray[np.int64]) -> Rows:
        """Return the rows at some positions; columns that the order does not look at stay empty."""
        columns: list[Any] = [column[chosen] if len(column) else column for column in self]  # their types differ
        return Rows(*columns)


def tie_numbers(ids: Iterable[str], salt: str) -> npt.NDArray[np.uint64]:
    """Return the number by which equals are ordered, smallest first: blake2b of the id, keyed with the salt."""
    key = blake2b(salt.encode()).digest()  # a key of the right length from a salt of any
    digests = b"".join(blake2b(one.encode(), digest_size=8, key=key).digest() for one in ids)
    return np.frombuffer(digests, dtype=">u8").astype(np.uint64)


def bands(sort: Sort, rows: Rows) -> npt.NDArray[np.int64]:
    """Return the band of each row, best first; only `best` and `start` have more than one."""
    match sort:
        case Sort.BEST:
            return np.minimum(rows.unmet, LAST_BAND)
        case Sort.START:
            return rows.ahead
        case _:
            return np.zeros(len(rows.unmet), np.int64)


def keys(sort: Sort, rows: Rows, *, with_words: bool, exact: bool = True) -> Floats:
    """Return what orders the rows inside a band, smallest first.

    What is not `exact` lacks the rounding, and so is off by less than `ROUGHNESS`: enough to sift by, and half the work.
    """
    match sort:
        case Sort.DISTANCE | Sort.START:
            return _rounded(rows.miles, MILES_DECIMALS, exact) if len(rows.miles) else np.zeros(len(rows.unmet))
        case Sort.NAME:
            return rows.name_rank
        case Sort.CHECKED:
            return -rows.checked.astype(np.float64)
        case _ if with_words:
            return _relevance_keys(rows, exact)
        case _:
            return _effective_miles(rows, exact)


def _relevance_keys(rows: Rows, exact: bool) -> Floats:
    """Return the score, halved at `HALVING_MILES` and so on, negated; a listing without a point comes last."""
    if len(rows.miles):
        damped = rows.score / (1 + _effective_miles(rows, exact) / HALVING_MILES)
    else:
        damped = rows.score / np.where(rows.coarse, 1 + COARSE_DISTANCE / HALVING_MILES, 1.0)
    return _rounded(-damped, SCORE_DECIMALS, exact) + 0.0  # + 0.0: -0.0 and 0.0 are one key


def _effective_miles(rows: Rows, exact: bool) -> Floats:
    """Return the distances that `best` compares: nobody gains by a point that is only about right."""
    if not len(rows.miles):
        return np.where(rows.coarse, COARSE_DISTANCE, 0.0)
    near = rows.coarse & (rows.miles <= COARSE_MILES + EDGE_MILES)
    return np.where(near, COARSE_DISTANCE, _rounded(rows.miles, MILES_DECIMALS, exact))


def _rounded(values: Floats, decimals: int, exact: bool) -> Floats:
    return values.round(decimals) if exact else values
