"""What the gazetteer makes of the ways that people write a place."""

import pytest

from index.geo.places import Gazetteer, PlaceKind, UnknownPlace


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return Gazetteer.load()


@pytest.mark.parametrize(
    ("text", "label"),
    [
        pytest.param("80132", "Monument, CO 80132", id="ZIP"),
        pytest.param("80132-1234", "Monument, CO 80132", id="ZIP+4"),
        pytest.param("Monument, CO 80132", "Monument, CO 80132", id="town, state and ZIP"),
        pytest.param("Portland, ME", "Portland, ME", id="city, ST"),
        pytest.param("portland me", "Portland, ME", id="city ST"),
        pytest.param("Portland Oregon", "Portland, OR", id="city and state name"),
        pytest.param("Los Ángeles", "Los Angeles, CA", id="accent"),
        pytest.param("Saint Paul MN", "Saint Paul, MN", id="Saint"),
        pytest.param("ft. collins", "Fort Collins, CO", id="Fort"),
        pytest.param("coeur d alene", "Coeur d'Alene, ID", id="lost apostrophe"),
        pytest.param("NYC", "New York, NY", id="everyday name"),
        pytest.param("the bronx", "Bronx, NY", id="borough"),
        pytest.param("El Paso County, CO", "El Paso County, CO", id="county and state"),
        pytest.param("county of los angeles", "Los Angeles County, CA", id="county first"),
        pytest.param("Washington, D.C.", "Washington, DC", id="dotted letters"),
        pytest.param("guam", "Guam", id="territory"),
        pytest.param("PR", "Puerto Rico", id="territory code"),
    ],
)
def test_ways_to_write_a_place(gazetteer: Gazetteer, text: str, label: str) -> None:
    """Spelling, order and punctuation differ; the place is the same."""
    assert gazetteer.resolve(text).place.label == label


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("springfield", "Springfield, MO"),
        ("portland", "Portland, OR"),
        ("columbia", "Columbia, SC"),
        ("san marcos", "San Marcos, CA"),
        ("aurora", "Aurora, CO"),
        ("jackson", "Jackson, MS"),
        ("kansas city", "Kansas City, MO"),
        ("miami", "Miami, FL"),
    ],
)
def test_the_most_populous_town_comes_first(gazetteer: Gazetteer, text: str, label: str) -> None:
    """A bare name is read as the largest town of that name, and the others are offered."""
    resolution = gazetteer.resolve(text)

    assert resolution.place.label == label
    assert resolution.alternatives


def test_a_misspelt_town_is_an_error_with_near_misses(gazetteer: Gazetteer) -> None:
    """Nothing is guessed silently: the error carries towns to choose from."""
    with pytest.raises(UnknownPlace) as caught:
        gazetteer.resolve("sacremento")

    assert caught.value.suggestions[0].label == "Sacramento, CA"


def test_a_place_knows_its_county_and_time_zone(gazetteer: Gazetteer) -> None:
    """A ZIP code leads to its county and to the clock on its walls."""
    place = gazetteer.resolve("80132").place

    assert (place.kind, place.county, place.state) == (PlaceKind.ZIP, "El Paso County", "CO")
    assert place.time_zone == "America/Denver"
