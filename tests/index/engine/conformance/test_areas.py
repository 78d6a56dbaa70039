"""Where a search looks: every area, on every engine."""

from __future__ import annotations

import pytest
from listing_factory import BOULDER, DENVER, PUEBLO, ids, place

from index.geo.distance import Coordinates, great_circle_miles
from index.listing import Address, Kind, ListingId, Precision, Reach
from index.request import Circle, Corridor, InCounty, InState, Nearest, SearchRequest, Serving

EAST_OF_DATELINE = Coordinates(51.9, -179.95)
WEST_OF_DATELINE = Coordinates(51.9, 179.95)
POLE = Coordinates(90.0, 0.0)


@pytest.fixture(scope="module")
def listings():
    alaska = Address(city="Adak", state="AK", county="Aleutians West Census Area")
    return (
        place("denver"),
        place("boulder", at=BOULDER, address=Address(city="Boulder", state="CO", county="Boulder County")),
        place("pueblo", at=PUEBLO, address=Address(city="Pueblo", state="CO", county="Pueblo County")),
        place("nowhere", at=None),
        place("east", at=EAST_OF_DATELINE, address=alaska),
        place("west", at=WEST_OF_DATELINE, address=alaska),
        place("pole", at=Coordinates(89.95, 60.0), address=Address()),
        place("beyond pole", at=Coordinates(89.95, -120.0), address=Address()),
        place("state line", at=None, kind=Kind.HELPLINE, reach=Reach.STATE, states_served=("AK",), address=Address(state="CO")),
        place("nation line", at=None, kind=Kind.HELPLINE, reach=Reach.NATION, address=Address()),
        place("online", at=None, kind=Kind.MEETING, reach=Reach.ONLINE, address=Address()),
    )


def found_in(search, area):
    return set(ids(search(SearchRequest(area=area))))


class TestCircle:
    def test_the_edge_is_inside(self, search):
        """A listing exactly as far away as the radius is found."""
        miles = great_circle_miles(DENVER, BOULDER)
        assert found_in(search, Circle(DENVER, miles)) == {"denver", "boulder"}

    def test_a_hundredth_of_a_mile_beyond_the_edge_is_outside(self, search):
        """The radius is a limit, not a wish."""
        miles = great_circle_miles(DENVER, BOULDER)
        assert found_in(search, Circle(DENVER, miles - 0.01)) == {"denver"}

    def test_a_listing_without_a_point_is_never_near(self, search):
        """Somewhere in the county is no answer to "near me"."""
        assert "nowhere" not in found_in(search, Circle(DENVER, 500))

    @pytest.mark.parametrize("centre", [EAST_OF_DATELINE, WEST_OF_DATELINE, Coordinates(51.9, 180.0), Coordinates(51.9, -180.0)])
    def test_the_antimeridian_is_no_border(self, search, centre):
        """A circle on the date line finds both its sides."""
        assert found_in(search, Circle(centre, 10)) == {"east", "west"}

    def test_the_pole_is_no_border(self, search):
        """A circle over the pole finds places at every longitude."""
        assert found_in(search, Circle(POLE, 10)) == {"pole", "beyond pole"}

    def test_each_hit_tells_its_distance(self, search):
        """Distances are great-circle miles from the centre."""
        hits = search(SearchRequest(area=Circle(DENVER, 50))).hits
        assert [round(hit.distance_miles, 3) for hit in hits] == [0, round(great_circle_miles(DENVER, BOULDER), 3)]


class TestOtherAreas:
    def test_along_the_way(self, search):
        """A corridor finds what lies beside the way, measured from its start."""
        found = search(SearchRequest(area=Corridor(BOULDER, PUEBLO, 10)))
        assert ids(found) == ["boulder", "denver", "pueblo"]
        assert found.hits[2].distance_miles == pytest.approx(great_circle_miles(BOULDER, PUEBLO))

    def test_a_corridor_does_not_reach_past_its_ends(self, search):
        """Pueblo lies behind Denver on the way to Boulder."""
        assert "pueblo" not in found_in(search, Corridor(DENVER, BOULDER, 50))

    def test_a_corridor_between_one_point_is_a_circle(self, search):
        """Start and end may be the same place."""
        assert found_in(search, Corridor(DENVER, DENVER, 30)) == {"denver", "boulder"}

    def test_nearest_counts_only_what_it_names(self, search):
        """The two nearest are two, however far."""
        found = search(SearchRequest(area=Nearest(PUEBLO, 2)))
        assert ids(found) == ["pueblo", "denver"]
        assert found.total == 2

    def test_nearest_applies_every_filter_first(self, search):
        """The nearest that is not hidden, not the nearest unless hidden."""
        hidden = frozenset({ListingId("pueblo")})
        assert ids(search(SearchRequest(area=Nearest(PUEBLO, 1), without_ids=hidden))) == ["denver"]

    def test_in_a_state(self, search):
        """A state is where the address lies, with or without a point."""
        assert found_in(search, InState("CO")) == {"denver", "boulder", "pueblo", "nowhere", "state line"}

    def test_in_a_county(self, search):
        """A county belongs to its state, and case does not matter."""
        assert found_in(search, InCounty("CO", "boulder county")) == {"boulder"}
        assert found_in(search, InCounty("AK", "Boulder County")) == set()

    def test_a_state_may_be_measured_from_a_point(self, search):
        """With a centre, listings in the state are ordered from it, those without a point last."""
        found = search(SearchRequest(area=InState("CO", BOULDER)))
        assert ids(found)[:3] == ["boulder", "denver", "pueblo"]
        assert found.hits[3].distance_miles is None

    def test_serving_a_state(self, search):
        """A state is served by those that say so and by whatever reaches everywhere."""
        assert found_in(search, Serving("AK")) == {"state line", "nation line", "online"}

    def test_an_unknown_state_is_empty(self, search):
        """No listing lies in a state that nobody states."""
        assert search(SearchRequest(area=InState("WY"))).total == 0


def test_no_place_means_no_distance(search):
    """Without a centre a hit has no distance."""
    assert {hit.distance_miles for hit in search(SearchRequest()).hits} == {None}


def test_precision_is_handed_on(search):
    """A hit says how exactly its point is known."""
    by_id = {hit.id: hit.precision for hit in search(SearchRequest()).hits}
    assert by_id["denver"] is Precision.ROOFTOP
    assert by_id["nowhere"] is Precision.NONE
