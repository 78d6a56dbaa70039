"""The 56 jurisdictions, and going from a position to a name."""

import pytest

from index.geo.distance import Coordinates
from index.geo.places import Gazetteer, State, UnknownPlace


def state(gazetteer: Gazetteer, code: str) -> State:
    return next(state for state in gazetteer.states() if state.code == code)


def test_there_are_56_jurisdictions(gazetteer: Gazetteer) -> None:
    """50 states, DC and five territories."""
    codes = [state.code for state in gazetteer.states()]

    assert len(codes) == len(set(codes)) == 56
    assert {"DC", "AS", "GU", "MP", "PR", "VI"} < set(codes)


def test_every_centre_lies_in_its_box(gazetteer: Gazetteer) -> None:
    """The centre is where the people are."""
    assert all(state.contains(state.centre) for state in gazetteer.states())


def test_alaska_crosses_the_antimeridian(gazetteer: Gazetteer) -> None:
    """Attu lies at 173 degrees east, Juneau at 134 degrees west; Japan and Denver are not in Alaska."""
    alaska = state(gazetteer, "AK")

    assert alaska.west > alaska.east
    assert alaska.contains(Coordinates(52.9, 172.9))
    assert alaska.contains(Coordinates(58.3, -134.4))
    assert not alaska.contains(Coordinates(55.0, 140.0))
    assert not alaska.contains(Coordinates(55.0, -104.9))


def test_a_box_refuses_the_other_end_of_the_country(gazetteer: Gazetteer) -> None:
    """A minus sign lost, or latitude and longitude exchanged, puts a place outside its state."""
    colorado = state(gazetteer, "CO")

    assert colorado.contains(Coordinates(39.09, -104.86))
    assert not colorado.contains(Coordinates(39.09, 104.86))
    assert not colorado.contains(Coordinates(0, 0))


def test_a_position_has_a_town_and_a_state(gazetteer: Gazetteer) -> None:
    """ "Your position near X" for a search by latitude and longitude."""
    position = Coordinates(39.74, -104.99)

    assert gazetteer.nearest_city(position).label == "Denver, CO"
    assert gazetteer.state_at(position) == "CO"


def test_a_position_abroad_is_an_unknown_place(gazetteer: Gazetteer) -> None:
    """The nearest American town is no answer in Paris."""
    with pytest.raises(UnknownPlace, match="outside the United States"):
        gazetteer.nearest_city(Coordinates(48.86, 2.35))


def test_zip_points_for_rows_without_coordinates(gazetteer: Gazetteer) -> None:
    """An unused or unreadable code has no point; a caller says so."""
    assert gazetteer.zip_point("80132") == Coordinates(39.08655, -104.85834)
    assert [gazetteer.zip_point(text) for text in ("00000", "8013", "80132-1234", "abcde", "")] == [None] * 5
