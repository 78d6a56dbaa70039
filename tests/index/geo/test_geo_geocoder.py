"""The gazetteer speaks geopy."""

from geopy.geocoders.base import Geocoder

from index.geo.geocoder import GazetteerGeocoder
from index.geo.places import Place


def test_it_is_a_geocoder_of_geopy() -> None:
    """Whatever takes a geopy geocoder takes this one."""
    assert isinstance(GazetteerGeocoder(), Geocoder)


def test_one_location_by_default() -> None:
    """The most prominent reading, with the place itself as raw data."""
    location = GazetteerGeocoder().geocode("80132")

    assert location.address == "Monument, CO 80132"
    assert (round(location.latitude, 2), round(location.longitude, 2)) == (39.09, -104.86)
    assert isinstance(location.raw, Place)


def test_all_readings_on_request() -> None:
    """`exactly_one=False` gives a list, as geopy's own geocoders do."""
    addresses = [location.address for location in GazetteerGeocoder().geocode("springfield", exactly_one=False)]

    assert addresses[:3] == ["Springfield, MO", "Springfield, MA", "Springfield, IL"]


def test_nothing_found_is_none() -> None:
    """geopy's convention, kept at this edge only."""
    assert GazetteerGeocoder().geocode("xyzzy qwerty") is None
    assert GazetteerGeocoder().geocode("xyzzy qwerty", exactly_one=False) is None
