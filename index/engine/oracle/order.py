"""The public order, spelled out for one listing at a time. Part of the oracle: a second writing of `ranking`."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import blake2b
from zoneinfo import ZoneInfo

from index.engine.analysis import name_key
from index.engine.oracle.matching import Candidate, distance_of, in_windows, starts_of
from index.engine.ranking import (
    COARSE_DISTANCE,
    COARSE_MILES,
    EDGE_MILES,
    HALVING_MILES,
    LAST_BAND,
    MILES_DECIMALS,
    SCORE_DECIMALS,
)
from index.listing import Precision
from index.request import SearchRequest, Sort

Key = tuple[int, float | str, int]
WEEK_MINUTES = 7 * 24 * 60
NO_TIMES = WEEK_MINUTES  # later than any start of a week


@dataclass(frozen=True, slots=True)
class Match:
    """A listing of the match set with the program that matches it best."""

    best: Candidate
    miles: float
    unmet: tuple[int, ...]

    @property
    def score(self) -> float:
        """Return the BM25F score of the best program."""
        return self.best.score or 0.0


def best_match(matching: Sequence[Candidate], request: SearchRequest) -> Match:
    """Return the listing with its best program: fewest wishes unmet, then the higher score, then the earlier position.

    In order of start, first of all that which begins soonest.
    """
    best = min(
        matching,
        key=lambda one: (
            minutes_ahead(one, request) if request.sort is Sort.START else 0,
            len(unmet_wishes(one, request)),
            -round(one.score or 0.0, SCORE_DECIMALS),
            one.position,
        ),
    )
    return Match(best, distance_of(best.listing, request), unmet_wishes(best, request))


def unmet_wishes(candidate: Candidate, request: SearchRequest) -> tuple[int, ...]:
    """Return the positions of the wishes of which the program states nothing."""
    return tuple(at for at, wish in enumerate(request.prefer) if not candidate.concepts.intersection(wish))


def in_order(found: Sequence[Match], request: SearchRequest, salt: str) -> list[Match]:
    """Return the matches in the public order."""
    return sorted(found, key=lambda match: _key(match, request, salt))


def _key(match: Match, request: SearchRequest, salt: str) -> Key:
    return _band(match, request), _key_in_band(match, request), tie_number(match.best.listing.id, salt)


def _band(match: Match, request: SearchRequest) -> int:
    match request.sort:
        case Sort.BEST:
            return min(len(match.unmet), LAST_BAND)
        case Sort.START:
            return minutes_ahead(match.best, request)
        case _:
            return 0


def minutes_ahead(candidate: Candidate, request: SearchRequest) -> int:
    """Return how many minutes the place's clock has until the program's next start, of those in the windows if there are any."""
    zone = candidate.listing.time_zone
    if not zone or request.starts_from is None:
        return NO_TIMES
    local = request.starts_from.astimezone(ZoneInfo(zone))
    now = (local.weekday() * 24 + local.hour) * 60 + local.minute
    starts = [start for start in starts_of(candidate.program) if not request.windows or in_windows(start, zone, request.windows)]
    return min(((start - now) % WEEK_MINUTES for start in starts), default=NO_TIMES)


def _key_in_band(match: Match, request: SearchRequest) -> float | str:
    match request.sort:
        case Sort.DISTANCE | Sort.START:
            return round(match.miles, MILES_DECIMALS)
        case Sort.NAME:
            return name_key(match.best.listing.name)
        case Sort.CHECKED:
            return -_day(match.best.program.source.checked_on)
        case Sort.BEST:
            return _key_of_best(match, request)


def _key_of_best(match: Match, request: SearchRequest) -> float:
    miles = _shown_miles(match)
    return round(-match.score / (1 + miles / HALVING_MILES), SCORE_DECIMALS) if request.words else miles


def _shown_miles(match: Match) -> float:
    """Return the distance that `best` compares: one for all ZIP and city points that are near."""
    coarse = match.best.listing.precision in (Precision.ZIP, Precision.CITY)
    if coarse and match.miles <= COARSE_MILES + EDGE_MILES:
        return COARSE_DISTANCE
    return _rounded(match.miles)


def _day(checked_on: date | None) -> int:
    return 0 if checked_on is None else checked_on.toordinal()


def tie_number(identity: str, salt: str) -> int:
    """Return the number by which equals are ordered, smallest first."""
    key = blake2b(salt.encode()).digest()
    return int.from_bytes(blake2b(identity.encode(), digest_size=8, key=key).digest(), "big")


def nearest_ids(fitting: Mapping[str, Sequence[Candidate]], request: SearchRequest, count: int, salt: str) -> frozenset[str]:
    """Return the `count` listings nearest to the search's centre; equally near ones by their tie number."""

    def key(identity: str) -> tuple[float, int]:
        return _rounded(distance_of(fitting[identity][0].listing, request)), tie_number(identity, salt)

    return frozenset(sorted(fitting, key=key)[:count])


def _rounded(miles: float) -> float:
    return miles if math.isinf(miles) else round(miles, MILES_DECIMALS)
