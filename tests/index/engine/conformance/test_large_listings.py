"""Listings with more programs than a machine word has bits, on every engine."""

from __future__ import annotations

import pytest
from listing_factory import DENVER, asking, ids, place, program, wanted

from index.listing import ConceptId, Kind
from index.request import Circle, SearchRequest

OFFERS = ("care.detox", "care.outpatient", "pay.medicaid", "pay.private", "med.methadone")


@pytest.fixture(scope="module")
def listings():
    campus = place("campus", *(program(OFFERS[turn % 5], name=f"unit {turn}") for turn in range(150)))
    tower = place("tower", *(program("care.detox.hospital", name=f"floor {turn}") for turn in range(65)), kind=Kind.HELPLINE)
    return (place("before", program("care.detox")), campus, tower, *(place(f"after {turn}") for turn in range(70)))


@pytest.fixture(scope="module", params=["everything", "a circle"])
def area(request):
    """Return no area, then one that holds everything."""
    return Circle(DENVER, 50) if request.param == "a circle" else None


class TestLargeListings:
    def test_each_counts_once(self, search, area):
        """However many of its programs match."""
        found = search(SearchRequest(area=area))
        counts = {one.concept: one.count for facet in found.facets for one in facet.counts}
        assert found.total == 73
        assert counts == {"care.detox": 3, "care.detox.hospital": 1, "care.outpatient": 1} | dict.fromkeys(OFFERS[2:], 1)

    def test_the_last_program_can_be_the_match(self, search, area):
        """A program far from the first is as good as any."""
        (hit,) = search(SearchRequest(words=("149",), area=area)).hits
        assert (hit.id, hit.program) == ("campus", 149)

    def test_filters_must_meet_in_one_program(self, search, area):
        """No program states both, however many there are."""
        request = asking(wanted("care", "care.detox"), wanted("payment", "pay.medicaid"), area=area)
        assert search(request).total == 0

    def test_what_is_left_out_leaves_the_rest(self, search, area):
        """The listing stays for its other programs."""
        request = SearchRequest(leave_out=(ConceptId("care.detox"),), words=("unit",), area=area)
        assert ids(search(request)) == ["campus"]
