"""What the gazetteer makes of the ways that people write a place."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.geo.places import Gazetteer, PlaceKind, UnknownPlace


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
        pytest.param("Saint Paul MN", "St. Paul, MN", id="Saint"),
        pytest.param("ft. collins", "Fort Collins, CO", id="Fort"),
        pytest.param("coeur d alene", "Coeur d'Alene, ID", id="lost apostrophe"),
        pytest.param("NYC", "New York, NY", id="everyday name"),
        pytest.param("the bronx", "Bronx, NY", id="borough"),
        pytest.param("El Paso County, CO", "El Paso County, CO", id="county and state"),
        pytest.param("county of los angeles", "Los Angeles County, CA", id="county first"),
        pytest.param("Washington, D.C.", "Washington, DC", id="dotted letters"),
        pytest.param("guam", "Guam", id="territory"),
        pytest.param("St. Croix", "St. Croix, VI", id="territory's town"),
        pytest.param("agana", "Hagåtña, GU", id="former name"),
        pytest.param("dekalb tx", "De Kalb, TX", id="other blanks"),
        pytest.param("123 Main St, Denver, CO", "Denver, CO", id="street address"),
        pytest.param("Los Angeles, CA, USA", "Los Angeles, CA", id="country"),
        pytest.param("Chicago IL 60601, USA", "Chicago, IL 60601", id="ZIP and country"),
        pytest.param("Springfield, IL 99999", "Springfield, IL", id="unused ZIP behind a town"),
        pytest.param("denver metro area", "Denver, CO", id="metro area"),
        pytest.param("marin", "Marin County, CA", id="county without the word"),
        pytest.param("orleans parish", "Orleans Parish, LA", id="parish"),
        pytest.param("condado de orange", "Orange County, CA", id="county in Spanish"),
        pytest.param("Hartford County", "Hartford County, CT", id="Connecticut's old county"),
        pytest.param("Capitol Planning Region", "Capitol Planning Region, CT", id="Connecticut's new region"),
        pytest.param("nuevo mexico", "New Mexico", id="state in Spanish"),
        pytest.param("state of texas", "Texas", id="state of"),
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


@pytest.mark.parametrize(
    ("text", "first", "second"),
    [
        pytest.param("new york", "New York, NY", "New York State", id="city of millions"),
        pytest.param("washington", "Washington, DC", "Washington State", id="capital"),
        pytest.param("delaware", "Delaware", "Delaware, OH", id="small town"),
        pytest.param("LA", "Los Angeles, CA", "Louisiana", id="everyday name before state code"),
        pytest.param("dc", "Washington, DC", "District of Columbia", id="the city before the district"),
    ],
)
def test_names_of_both_a_state_and_a_town(gazetteer: Gazetteer, text: str, first: str, second: str) -> None:
    """Only a city of a quarter of a million comes before the state of its name; both are offered."""
    assert [place.label for place in gazetteer.lookup(text)[:2]] == [first, second]


@pytest.mark.parametrize(("text", "label"), [("Washington state", "Washington State"), ("New York, NY", "New York, NY")])
def test_the_word_state_or_a_comma_settles_it(gazetteer: Gazetteer, text: str, label: str) -> None:
    """What is said exactly has one reading."""
    assert [place.label for place in gazetteer.lookup(text)] == [label]


def test_the_town_with_the_post_office_outranks_a_hamlet_of_its_name(gazetteer: Gazetteer) -> None:
    """GeoNames counts 7,622 people in a hamlet named Morehead; "Morehead, KY" is the university town."""
    first, hamlet = gazetteer.lookup("Morehead, KY")

    assert (first.county, hamlet.label) == ("Rowan County", "Morehead, Muhlenberg County, KY")


def test_a_town_too_small_to_be_counted_is_found_by_its_post_office(gazetteer: Gazetteer) -> None:
    """GeoNames lists places of 500 people and more; the post serves smaller ones."""
    place = gazetteer.resolve("Neon, KY").place

    assert (place.county, place.population) == ("Letcher County", 0)


@pytest.mark.parametrize("text", ["", "   ", ",", "80132x", "'; DROP TABLE", "\x00", "?" * 5000, "1234", "٨٠١٣٢"])
def test_text_that_names_nothing_has_no_reading(gazetteer: Gazetteer, text: str) -> None:
    """Odd input is an unknown place, never a crash."""
    assert gazetteer.lookup(text) == ()
    with pytest.raises(UnknownPlace):
        gazetteer.resolve(text)


@given(st.text(max_size=60))
def test_any_text_is_read_or_refused(text: str) -> None:
    """No text makes the lookup fail in another way."""
    try:
        resolution = Gazetteer.load().resolve(text)
    except UnknownPlace:
        return

    assert resolution.place not in resolution.alternatives


def test_a_military_zip_says_what_it_is(gazetteer: Gazetteer) -> None:
    """Ships and bases abroad have ZIP codes without a place."""
    with pytest.raises(UnknownPlace, match="armed forces"):
        gazetteer.resolve("09001")


def test_an_unused_zip_offers_its_neighbours(gazetteer: Gazetteer) -> None:
    """A slip in the last digits is one click away from being mended."""
    with pytest.raises(UnknownPlace) as caught:
        gazetteer.resolve("80100")

    assert [place.zip[:3] for place in caught.value.suggestions] == ["801"] * 3


def test_a_name_half_typed_is_completed(gazetteer: Gazetteer) -> None:
    """ "Colorado Spr" is the beginning of a town, not a misspelling."""
    with pytest.raises(UnknownPlace) as caught:
        gazetteer.resolve("colorado spr")

    assert caught.value.suggestions[0].label == "Colorado Springs, CO"


def test_a_misspelt_state_offers_the_town_it_stands_behind(gazetteer: Gazetteer) -> None:
    """The town was right: its bearers are the near misses."""
    with pytest.raises(UnknownPlace) as caught:
        gazetteer.resolve("Denver, Colrado")

    assert caught.value.suggestions[0].label == "Denver, CO"


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
