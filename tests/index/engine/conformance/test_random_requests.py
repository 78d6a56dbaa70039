"""Thousands of random requests: the embedded engine answers exactly as the oracle does.

`CONFORMANCE_EXAMPLES=20000` draws so many new requests instead of the same few hundred.
"""

from __future__ import annotations

import corpus
import pytest
from engines_under_test import ENGINES, FEW, MANY, publish
from hypothesis import given
from request_strategies import SIZE, broad_requests, requests

from index.engine.protocol import Engine
from index.errors import PageNotFound
from index.request import SearchRequest
from index.results import Results

LARGE = 2_500  # listings
SCORE_TOLERANCE = 1e-9
MILES_TOLERANCE = 1e-6


@pytest.fixture(scope="module")
def pair(tmp_path_factory) -> tuple[Engine, Engine]:
    """Return both engines over one generation of the seeded corpus."""
    root = publish(tmp_path_factory.mktemp("corpus"), corpus.make_listings(SIZE))
    return ENGINES["whoosh"](root), ENGINES["oracle"](root)


@MANY
@given(request=requests())
def test_the_embedded_engine_equals_the_oracle(pair, request):
    """Totals, order, pages, programs, wishes, scores, distances, facets, states, kinds and tallies are the same."""
    fast, oracle = pair
    plain = answer(oracle, request)
    assert_equal(answer(fast, request), plain)
    assert isinstance(plain, PageNotFound) or fast.count(request) == plain.total


@pytest.fixture(scope="module")
def large_pair(tmp_path_factory) -> tuple[Engine, Engine]:
    """Return both engines over enough listings that a page is sifted out before it is sorted."""
    root = publish(tmp_path_factory.mktemp("large"), corpus.make_listings(LARGE, seed=3))
    return ENGINES["whoosh"](root), ENGINES["oracle"](root)


@FEW
@given(request=broad_requests())
def test_long_lists_equal_the_oracle(large_pair, request):
    """Bands, distances, scores and ties order thousands of matches as they order ten."""
    fast, oracle = large_pair
    assert_equal(answer(fast, request), answer(oracle, request))


def answer(engine: Engine, request: SearchRequest) -> Results | PageNotFound:
    """Return the results, or the error of a page past the end."""
    try:
        return engine.search(request)
    except PageNotFound as error:
        return error


def assert_equal(fast: Results | PageNotFound, plain: Results | PageNotFound) -> None:
    """Compare two answers, part by part so that a failure names the part."""
    if isinstance(plain, PageNotFound):
        assert isinstance(fast, PageNotFound)
        assert (fast.page, fast.pages) == (plain.page, plain.pages)
        return
    assert isinstance(fast, Results)
    assert fast.total == plain.total
    assert [hit.id for hit in fast.hits] == [hit.id for hit in plain.hits]
    for ours, theirs in zip(fast.hits, plain.hits, strict=True):
        assert (ours.program, ours.unmet, ours.precision) == (theirs.program, theirs.unmet, theirs.precision)
        assert ours.score == pytest.approx(theirs.score, rel=SCORE_TOLERANCE, abs=SCORE_TOLERANCE)
        assert ours.distance_miles == pytest.approx(theirs.distance_miles, abs=MILES_TOLERANCE)
        assert ours.listing() == theirs.listing()
    assert fast.facets == plain.facets
    assert fast.states == plain.states
    assert fast.kinds == plain.kinds
    assert fast.tallies == plain.tallies
    assert (fast.page, fast.pages, fast.per_page) == (plain.page, plain.pages, plain.per_page)
    assert fast.generation == plain.generation
