"""Where a place stands in the drawing, which lines are shown around it, and what finds room."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.maps.boundaries import COUNTY_LINE, OUTER_LINE, STATE_LINE, boundaries
from directory.maps.frame import HEIGHT, WIDTH, Frame
from directory.maps.labels.pins import Spot, pins_of, ranges, short_ranges
from directory.maps.labels.room import Box, Room
from directory.maps.labels.towns import town_labels
from index.geo.distance import Coordinates, great_circle_miles
from index.geo.places import Gazetteer
from index.listing import Precision

DENVER, MIAMI, FOUR_CORNERS = Coordinates(39.7392, -104.9903), Coordinates(25.774, -80.194), Coordinates(36.999, -109.045)
NUMBER = re.compile(r"-?\d+")


def spot(number: int, lat: float, lon: float, precision: Precision = Precision.STREET) -> Spot:
    return Spot(number, Coordinates(lat, lon), precision)


class TestFrame:
    def test_the_place_that_was_searched_is_in_the_middle(self):
        assert Frame.around(DENVER, 25).place_one(DENVER) == (WIDTH / 2, HEIGHT / 2)

    def test_north_is_up_and_east_is_to_the_right(self):
        x, y = Frame.around(DENVER, 25).place_one(Coordinates(39.8, -104.9))
        assert x > WIDTH / 2
        assert y < HEIGHT / 2

    @given(st.floats(-0.3, 0.3), st.floats(-0.3, 0.3))
    def test_miles_on_the_map_are_straight_miles(self, north: float, east: float):
        """As the engine measures them, to a percent."""
        other = Coordinates(DENVER.lat + north, DENVER.lon + east)
        assert Frame.around(DENVER, 25).miles_to(other) == pytest.approx(great_circle_miles(DENVER, other), rel=0.01, abs=0.01)

    def test_a_circle_fits(self):
        frame = Frame.around(DENVER, 25)
        assert 25 < frame.miles_per_unit * min(WIDTH, HEIGHT) / 2 < 30

    @pytest.mark.parametrize("code", ["CO", "AK", "HI", "DC", "GU"])
    def test_a_state_fits_with_all_its_land(self, code: str):
        """Also the one that crosses the antimeridian."""
        state = next(state for state in Gazetteer.load().states() if state.code == code)
        frame = Frame.of_state(state)
        for corner in (Coordinates(state.south, state.west), Coordinates(state.north, state.east)):
            assert frame.holds(*frame.place_one(corner))


class TestBoundaries:
    def test_inland_there_are_county_lines_and_no_coast(self):
        frame = Frame.around(DENVER, 25)
        assert boundaries().lines_in(frame, COUNTY_LINE)
        assert not boundaries().lines_in(frame, OUTER_LINE)

    def test_at_the_sea_land_ends(self):
        """Land covers some of the drawing; inland it covers it all, a little beyond the edge."""
        inland, coast = (boundaries().land_in(Frame.around(place, 25)) for place in (DENVER, MIAMI))
        assert inland.count("z") == 1
        assert boundaries().lines_in(Frame.around(MIAMI, 25), OUTER_LINE)
        assert len(coast) > len(inland)

    def test_where_four_states_meet_their_lines_do(self):
        assert boundaries().lines_in(Frame.around(FOUR_CORNERS, 25), STATE_LINE).count("M") == 4

    def test_all_land_is_drawn_near_the_frame(self):
        """Nothing of a large state leaves the drawing by more than a few units."""
        path = boundaries().land_in(Frame.around(MIAMI, 25))
        for ring in path.split("z")[:-1]:
            x, y, *steps = map(int, NUMBER.findall(ring))
            for dx, dy in zip(steps[::2], steps[1::2], strict=True):
                x, y = x + dx, y + dy
                assert -9 <= x <= WIDTH + 9
                assert -9 <= y <= HEIGHT + 9

    @pytest.mark.parametrize("point", [Coordinates(51.9, 179.9), Coordinates(13.45, 144.78), Coordinates(0.0, 0.0)])
    def test_anywhere_on_earth_something_is_drawn_or_nothing(self, point: Coordinates):
        """Beyond the antimeridian, on Guam, and where we have no land at all."""
        boundaries().land_in(Frame.around(point, 100))


class TestPins:
    def test_places_that_are_too_close_share_a_label(self):
        frame = Frame.around(DENVER, 25)
        pins = pins_of([spot(1, 39.74, -104.99), spot(2, 39.741, -104.99), spot(3, 39.9, -104.99)], frame, Room())
        assert [pin.label for pin in pins] == ["1, 2", "3"]

    def test_a_place_known_by_its_zip_code_is_an_open_ring_of_three_miles(self):
        frame = Frame.around(DENVER, 25)
        (pin,) = pins_of([spot(4, 39.74, -104.99, Precision.ZIP)], frame, Room())
        assert pin.ring * frame.miles_per_unit == pytest.approx(3, abs=frame.miles_per_unit)

    def test_a_dot_and_a_ring_never_share_a_label(self):
        """One says where, the other only about where."""
        pins = pins_of([spot(1, 39.74, -104.99), spot(2, 39.74, -104.99, Precision.ZIP)], Frame.around(DENVER, 25), Room())
        assert [(pin.label, bool(pin.ring)) for pin in pins] == [("1", False), ("2", True)]

    def test_what_lies_outside_is_left_out(self):
        assert pins_of([spot(1, 45.0, -104.99)], Frame.around(DENVER, 25), Room()) == ()

    @given(st.lists(st.tuples(st.floats(39.5, 39.98), st.floats(-105.3, -104.7)), max_size=20))
    def test_every_number_is_on_the_map_once(self, points: list[tuple[float, float]]):
        """Those that a label has no room for are counted in it."""
        pins = pins_of([spot(n, *point) for n, point in enumerate(points, 1)], Frame.around(DENVER, 25), Room())
        assert sum(_counted(pin.label) for pin in pins) == len(points)

    @pytest.mark.parametrize(
        ("numbers", "label"), [([0], ""), ([3], "3"), ([1, 2], "1, 2"), ([2, 3, 4, 9], "2–4, 9"), ([20, 18, 19], "18–20")]
    )
    def test_numbers_are_written_as_people_write_them(self, numbers: list[int], label: str):
        assert ranges(numbers) == label

    def test_a_long_label_says_how_many_more(self):
        assert short_ranges([1, 4, 7, 9, 12, 15]) == "1, 4 +4"


def _counted(label: str) -> int:
    shown, _, more = label.partition(" +")
    ends = [list(map(int, part.split("–"))) for part in shown.split(", ")]
    return sum(pair[-1] - pair[0] + 1 for pair in ends) + int(more or 0)


class TestRoom:
    def test_nothing_covers_anything(self):
        room, box = Room(), Box.around(50, 50, 20, 10)
        assert room.take_first([box]) == box
        assert room.take_first([Box.around(55, 52, 20, 10), Box.around(90, 52, 20, 10)]) == Box.around(90, 52, 20, 10)
        assert room.take_first([Box.around(55, 52, 20, 10), Box.around(0, 0, 20, 10)]) is None

    def test_the_largest_towns_are_named(self):
        """Where there is room; none twice."""
        names = [label.name for label in town_labels(Frame.around(DENVER, 25), Room())]
        assert names[:2] == ["Denver", "Aurora"]
        assert len(names) == len(set(names)) == 7
