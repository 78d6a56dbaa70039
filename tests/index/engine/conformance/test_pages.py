"""How results are cut into pages, on every engine."""

from __future__ import annotations

import pytest
from listing_factory import ids, place, program

from index.errors import PageNotFound
from index.listing import ConceptId
from index.request import SearchRequest

COUNT = 23


@pytest.fixture(scope="module")
def listings():
    return tuple(place(f"place {number}", program("care.detox") if number % 2 else program()) for number in range(COUNT))


def test_pages_hold_every_listing_once(search):
    """Nothing is repeated or skipped at a page's edge."""
    pages = [ids(search(SearchRequest(per_page=5, page=page))) for page in range(1, 6)]
    assert [len(page) for page in pages] == [5, 5, 5, 5, 3]
    assert len({one for page in pages for one in page}) == COUNT


def test_pages_join_to_the_whole(search):
    """A page is a slice of the one order, bands included."""
    wish = ((ConceptId("care.detox"),),)
    whole = ids(search(SearchRequest(per_page=100, prefer=wish)))
    assert [one for page in (1, 2, 3) for one in ids(search(SearchRequest(per_page=10, page=page, prefer=wish)))] == whole


def test_every_page_tells_the_same_totals(search):
    """Counts belong to the search, not to the page."""
    first, last = (search(SearchRequest(per_page=5, page=page)) for page in (1, 5))
    assert (first.total, first.pages, first.facets) == (last.total, last.pages, last.facets) == (COUNT, 5, last.facets)


def test_a_page_past_the_end_is_an_error(search):
    """It says how many pages there are."""
    with pytest.raises(PageNotFound) as error:
        search(SearchRequest(per_page=5, page=6))
    assert error.value.pages == 5


def test_the_first_page_of_nothing_is_a_page(search):
    """Nothing found is an answer."""
    nothing = search(SearchRequest(words=("zzz",)))
    assert (nothing.total, nothing.pages, nothing.hits) == (0, 1, ())


def test_the_second_page_of_nothing_is_an_error(search):
    """There is only one page of nothing."""
    with pytest.raises(PageNotFound):
        search(SearchRequest(words=("zzz",), page=2))


def test_no_rows_can_be_asked_for(search):
    """A page of no rows still counts everything."""
    counted = search(SearchRequest(per_page=0))
    assert (counted.total, counted.hits) == (COUNT, ())
