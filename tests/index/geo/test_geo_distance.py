"""Distances agree with geopy everywhere on the earth, for two points and for arrays."""

import math

import numpy as np
import pytest
from geopy.distance import great_circle
from hypothesis import assume, given
from hypothesis import strategies as st

from index.geo.distance import (
    EARTH_RADIUS_MILES,
    Coordinates,
    InvalidCoordinates,
    chord_of_miles,
    great_circle_miles,
    miles_of_chord,
    miles_of_squared_chords,
    squared_chord_of_miles,
    squared_chords,
    unit_vector,
    unit_vectors,
)

points = st.builds(
    Coordinates,
    st.floats(-90, 90, allow_nan=False, allow_subnormal=False),
    st.floats(-180, 180, allow_nan=False, allow_subnormal=False),
)
HALF_EARTH = math.pi * EARTH_RADIUS_MILES


def geopy_miles(a: Coordinates, b: Coordinates) -> float:
    return float(great_circle((a.lat, a.lon), (b.lat, b.lon)).miles)


@given(points, points)
def test_two_points_are_as_far_apart_as_geopy_says(a: Coordinates, b: Coordinates) -> None:
    """One part in a million, or a foot where two points nearly coincide or nearly face each other."""
    expected = geopy_miles(a, b)
    assume(expected < 0.999 * HALF_EARTH)  # facing points: both formulas lose digits

    assert great_circle_miles(a, b) == pytest.approx(expected, rel=1e-6, abs=2e-4)


@given(points, points)
def test_distance_is_the_same_both_ways_and_never_beyond_half_the_earth(a: Coordinates, b: Coordinates) -> None:
    """Who travels to whom does not matter."""
    assert great_circle_miles(a, b) == great_circle_miles(b, a)
    assert 0 <= great_circle_miles(a, b) <= HALF_EARTH


@pytest.mark.parametrize(
    ("a", "b", "miles"),
    [
        pytest.param((90, 0), (90, 120), 0.0, id="the pole has every longitude"),
        pytest.param((90, 0), (-90, 0), HALF_EARTH, id="pole to pole"),
        pytest.param((0, 180), (0, -180), 0.0, id="both sides of the antimeridian"),
        pytest.param((51.9, 179.5), (51.9, -179.5), 42.64, id="across the antimeridian in the Aleutians"),
    ],
)
def test_poles_and_antimeridian(a: tuple[float, float], b: tuple[float, float], miles: float) -> None:
    """Places where naive formulas break."""
    assert great_circle_miles(Coordinates(*a), Coordinates(*b)) == pytest.approx(miles, abs=0.01)


@given(st.floats(0, HALF_EARTH * 0.999))
def test_miles_survive_the_way_to_a_chord_and_back(miles: float) -> None:
    """A radius means the same after it became a chord."""
    assert miles_of_chord(chord_of_miles(miles)) == pytest.approx(miles, rel=1e-6, abs=1e-6)
    assert squared_chord_of_miles(miles) == pytest.approx(chord_of_miles(miles) ** 2)


def test_a_radius_beyond_half_the_earth_covers_everything() -> None:
    """The longest chord is the earth's diameter."""
    assert chord_of_miles(20_000) == 2.0


@given(points, st.lists(points, min_size=1, max_size=20))
def test_arrays_give_what_single_points_give(origin: Coordinates, others: list[Coordinates]) -> None:
    """The engine's vectors and the single formula are one formula."""
    vectors = unit_vectors([point.lat for point in others], [point.lon for point in others])
    miles = miles_of_squared_chords(squared_chords(unit_vector(origin), vectors))

    assert vectors.shape == (len(others), 3)
    assert vectors.dtype == np.float64
    assert miles == pytest.approx([great_circle_miles(origin, point) for point in others], abs=1e-3)


def test_a_row_without_coordinates_is_near_nothing() -> None:
    """NaN compares as outside of every radius."""
    vectors = unit_vectors([math.nan], [math.nan])

    assert not (squared_chords(unit_vector(Coordinates(0, 0)), vectors) <= squared_chord_of_miles(500)).any()


@pytest.mark.parametrize(("lat", "lon", "field"), [(90.1, 0, "lat"), (0, -180.5, "lon"), (math.nan, 0, "lat")])
def test_a_point_off_the_earth_is_refused_by_name(lat: float, lon: float, field: str) -> None:
    """The error says which of the two numbers is wrong."""
    with pytest.raises(InvalidCoordinates) as caught:
        Coordinates(lat, lon)

    assert caught.value.field == field
