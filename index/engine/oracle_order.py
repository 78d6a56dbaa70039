"""The public order, spelled out for one listing at a time. Part of the oracle: a second writing of `ranking`."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import blake2b

from index.engine.analysis import name_key
from index.engine.oracle_matching import Candidate, distance_of
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
    """Return the listing with its best program: fewest wishes unmet, then the higher score, then the earlier position."""
    best = min(
        matching,
        key=lambda one: (len(unmet_wishes(one, request)), -round(one.score or 0.0, SCORE_DECIMALS), one.position),
    )
    return Match(best, distance_of(best.listing, request), unmet_wishes(best, request))


def unmet_wishes(candidate: Candidate, request: SearchRequest) -> tuple[int, ...]:
    """Return the positions of the wishes of which the program states nothing."""
    return tuple(at for at, wish in enumerate(request.prefer) if not candidate.concepts.intersection(wish))


def in_order(found: Sequence[Match], request: SearchRequest, salt: str) -> list[Match]:
    """Return the matches in the public order."""
    return sorted(found, key=lambda match: _key(match, request, salt))


def _key(match: Match, request: SearchRequest, salt: str) -> Key:
    band = min(len(match.unmet), LAST_BAND) if request.sort is Sort.BEST else 0
    return band, _key_in_band(match, request), tie_number(match.best.listing.id, salt)


def _key_in_band(match: Match, request: SearchRequest) -> float | str:
    match request.sort:
        case Sort.DISTANCE:
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
