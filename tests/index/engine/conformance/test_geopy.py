"""Circles against a brute-force search with geopy: every result inside the radius, none missing."""

from __future__ import annotations

import corpus
import pytest
from engines_under_test import ENGINES, SOME, publish
from geopy.distance import great_circle
from hypothesis import given
from request_strategies import SIZE, miles, points

from index.request import Circle, SearchRequest, Sort

LISTINGS = corpus.make_listings(SIZE)
TOLERANCE_MILES = 1e-3  # of rounding between two formulas; nearer than this to the edge, either answer is right


@pytest.fixture(scope="module", params=sorted(ENGINES))
def engine(request, tmp_path_factory):
    """Return each engine in turn over the seeded corpus."""
    return ENGINES[request.param](publish(tmp_path_factory.mktemp("corpus"), LISTINGS))


def pages_of(engine, area):
    """Yield all hits of a circle, nearest first."""
    page = pages = 1
    while page <= pages:
        results = engine.search(SearchRequest(area=area, sort=Sort.DISTANCE, page=page, per_page=100, facets=False))
        pages = results.pages
        page += 1
        yield from results.hits


@SOME
@given(centre=points, radius=miles)
def test_a_circle_holds_what_geopy_says(engine, centre, radius):
    """Inside is in, outside is out, each with geopy's distance, nearest first."""
    found = {hit.id: hit.distance_miles for hit in pages_of(engine, Circle(centre, radius))}
    nearest_first = [round(distance, 6) for distance in found.values()]
    assert nearest_first == sorted(nearest_first)
    for listing in LISTINGS:
        if listing.lat is None:
            assert listing.id not in found
            continue
        true_miles = great_circle((centre.lat, centre.lon), (listing.lat, listing.lon)).miles
        if listing.id in found:
            assert found[listing.id] == pytest.approx(true_miles, rel=1e-3, abs=TOLERANCE_MILES)
        if abs(true_miles - radius) > TOLERANCE_MILES:
            assert (listing.id in found) == (true_miles < radius)
