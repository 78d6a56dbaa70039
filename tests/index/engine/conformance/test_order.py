"""In which order results stand: the public rule, on every engine."""

from __future__ import annotations

from datetime import date

import pytest
from listing_factory import DENVER, asking, ids, place, program, wanted

from index.geo.distance import Coordinates
from index.listing import ConceptId, Precision
from index.request import Circle, InState, SearchRequest, Sort

HERE = Circle(DENVER, 100)
DETOX = (ConceptId("care.detox"),)
MEDICAID = (ConceptId("pay.medicaid"),)
TEENS = (ConceptId("pop.teens"),)


def north(miles: float) -> Coordinates:
    """Return the point so many miles north of Denver."""
    return Coordinates(DENVER.lat + miles / 69.09, DENVER.lon)


@pytest.fixture(scope="module")
def listings():
    return (
        place("zip 1", at=north(1), precision=Precision.ZIP, name="Zebra Cedar"),
        place("zip 4", at=north(4), precision=Precision.ZIP, name="Àlder House"),
        place("city 3", at=north(3), precision=Precision.CITY, name="alder cottage"),
        place("door 2", at=north(2), name="Birch House"),
        place("door 6", program("care.detox", checked_on=date(2026, 1, 2)), at=north(6), name="Cedar"),
        place("zip 7", program("pay.medicaid"), at=north(7), precision=Precision.ZIP, name="Elm House"),
        place(
            "far",
            program("care.detox", "pop.teens", checked_on=date(2026, 1, 9)),
            program("care.detox", "pay.medicaid", name="Cedar Unit"),
            at=north(50),
            name="Fir House",
        ),
        place("pointless", at=None, name="Cedar Cedar"),
    )


class TestBest:
    def test_coarse_points_nearby_share_one_distance(self, search):
        """Three points known by ZIP or city only are equally near; a door 2 miles away is nearer than "about 5"."""
        order = ids(search(SearchRequest(area=HERE)))
        assert order[0] == "door 2"
        assert set(order[1:4]) == {"zip 1", "zip 4", "city 3"}
        assert order[4:] == ["door 6", "zip 7", "far"]

    def test_wishes_come_before_distance(self, search):
        """A listing that states more of what is wished stands first, however far."""
        found = search(SearchRequest(area=HERE, prefer=(DETOX, TEENS)))
        assert ids(found)[:2] == ["far", "door 6"]
        assert [hit.unmet for hit in found.hits[:3]] == [(), (1,), (0, 1)]

    def test_a_wish_hides_nobody(self, search):
        """Everything still matches."""
        assert search(SearchRequest(area=HERE, prefer=(DETOX,))).total == search(SearchRequest(area=HERE)).total

    def test_the_program_with_fewest_unmet_wishes_represents_the_listing(self, search):
        """The card shows the program that fits best."""
        request = asking(wanted("care", "care.detox"), area=HERE, prefer=(MEDICAID,))
        assert {hit.id: hit.program for hit in search(request).hits} == {"far": 1, "door 6": 0}

    def test_three_unmet_wishes_are_as_bad_as_four(self, search):
        """Past three the nearer is better."""
        unstated = [(ConceptId(f"lang.{number}"),) for number in range(3)]
        found = search(SearchRequest(area=HERE, prefer=(*unstated, DETOX)))
        assert ids(found)[0] == "door 2"

    def test_words_fade_with_distance(self, search):
        """Beside a place, a match at the door beats the same match far away."""
        assert ids(search(SearchRequest(words=("cedar",), area=HERE)))[-1] == "far"

    def test_words_alone_order_by_score(self, search):
        """Without a place the better match is first."""
        scores = [hit.score for hit in search(SearchRequest(words=("cedar",))).hits]
        assert scores == sorted(scores, reverse=True)
        assert min(scores) > 0

    def test_a_listing_without_a_point_comes_last(self, search):
        """Unknown is not near."""
        assert ids(search(SearchRequest(area=InState("CO", DENVER))))[-1] == "pointless"

    def test_no_words_no_score(self, search):
        """A score says how words match."""
        assert {hit.score for hit in search(SearchRequest(area=HERE)).hits} == {0.0}


class TestOtherSorts:
    def test_distance_is_pure(self, search):
        """Neither wishes nor precision matter."""
        found = search(SearchRequest(area=HERE, prefer=(TEENS,), sort=Sort.DISTANCE))
        assert ids(found) == ["zip 1", "door 2", "city 3", "zip 4", "door 6", "zip 7", "far"]

    def test_names_are_folded(self, search):
        """Accents and case do not matter to the alphabet."""
        found = search(SearchRequest(sort=Sort.NAME))
        assert ids(found) == ["city 3", "zip 4", "door 2", "door 6", "pointless", "zip 7", "far", "zip 1"]

    def test_checked_newest_first_unknown_last(self, search):
        """A day that nobody stated is older than any."""
        assert ids(search(SearchRequest(sort=Sort.CHECKED)))[:2] == ["far", "door 6"]


def test_the_same_request_has_the_same_order(search):
    """Ties are broken by a salted hash: never at random, never by name."""
    once = ids(search(SearchRequest()))
    assert once == ids(search(SearchRequest()))
    assert once != sorted(once)
