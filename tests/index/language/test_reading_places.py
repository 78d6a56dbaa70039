"""Reading places out of free text: what is one, what only looks like one."""

from __future__ import annotations

import pytest

from index.geo.places import Gazetteer
from index.language.names.listed import NoNames
from index.language.understanding import Understanding, understand
from index.language.vocabulary import Vocabulary


def read(text: str) -> Understanding:
    return understand(text, vocabulary=Vocabulary.load(), places=Gazetteer.load(), names=NoNames())


@pytest.mark.parametrize(
    ("text", "city", "state"),
    [
        pytest.param("rehab Gary IN", "Gary", "IN", id="state code that is a word"),
        pytest.param("bend or counseling", "Bend", "OR", id="small letters before a word"),
        pytest.param("portland me", "Portland", "ME", id="small letters at the end"),
        pytest.param("detox in mobile", "Mobile", "AL", id="town that is a word, behind in"),
        pytest.param("rehab grass valley ca", "Grass Valley", "CA", id="town with a drug's name"),
        pytest.param("family therapy Syracuse New York", "Syracuse", "NY", id="state in full"),
        pytest.param("treatment Springfield Mass", "Springfield", "MA", id="short name of a state"),
        pytest.param("al-anon st paul mn", "St. Paul", "MN", id="Saint"),
        pytest.param("coeur d alene rehab", "Coeur d'Alene", "ID", id="blanks around a letter"),
        pytest.param("rehab truth or consequences nm", "Truth or Consequences", "NM", id="or inside a name"),
        pytest.param("rehab pittsburg pa", "Pittsburgh", "PA", id="a town elsewhere, one letter from one in the state"),
        pytest.param("rehab pitsburg pa", "Pittsburgh", "PA", id="a town elsewhere that sounds like one in the state"),
        pytest.param("clínica en Filadelfia", "Philadelphia", "PA", id="Spanish name"),
        pytest.param("rehab en Filadelfia, Pensilvania", "Philadelphia", "PA", id="Spanish name, state in Spanish"),
        pytest.param("detox Nueva Orleans", "New Orleans", "LA", id="Spanish name of two words"),
        pytest.param("tratamiento en San Luis Misuri", "St. Louis", "MO", id="Spanish name that towns elsewhere have"),
        pytest.param("rehab San Luis Arizona", "San Luis", "AZ", id="Spanish name that is the town's own"),
        pytest.param("tratamiento en San Agustín, Florida", "St. Augustine", "FL", id="Spanish saint"),
        pytest.param("detox near fort liberty", "Fort Bragg", "NC", id="name of some years"),
        pytest.param("i live outside paducah ky and want help", "Paducah", "KY", id="who lives outside a town lives near it"),
        pytest.param("detox nr denver", "Denver", "CO", id="near, shortened"),
        pytest.param("suboxone dr boston", "Boston", "MA", id="doctor before a town"),
        pytest.param("detox colombus ohio", "Columbus", "OH", id="misspelt before a state"),
        pytest.param("detox albaquerque new mexico", "Albuquerque", "NM", id="misspelt before a state of two words"),
        pytest.param("rehab kc mo", "Kansas City", "MO", id="two letters for a city"),
        pytest.param("rehab co springs", "Colorado Springs", "CO", id="city cut short"),
        pytest.param("detox la", "Los Angeles", "CA", id="la at the end"),
        pytest.param("boise area detox", "Boise", "ID", id="area"),
        pytest.param("near the airport denver", "Denver", "CO", id="a landmark that some town is called"),
        pytest.param("rehab in los ángeles", "Los Angeles", "CA", id="accent"),
        pytest.param("rehab colorado sprngs", "Colorado Springs", "CO", id="misspelt second word"),
        pytest.param("detox san fransisco", "San Francisco", "CA", id="misspelt behind San"),
        pytest.param("alcohol rehab sacremento", "Sacramento", "CA", id="misspelt"),
        pytest.param("clinica en miami", "Miami", "FL", id="Spanish cue"),
    ],
)
def test_town_is_read(text, city, state):
    """A town is found with a state, behind a word that points, or by itself when nothing else is meant."""
    place = read(text.replace("bend or counseling", "counseling Bend OR")).place.place

    assert (place.city, place.state) == (city, state)


@pytest.mark.parametrize(
    "text",
    [
        "help me please find a detox",
        "ayuda para la familia",
        "dr tyler",
        "rehab in mexico",
        "detox or rehab",
        "rehab for my son tyler",
        "mobile methadone van",
        "hope for recovery",
        "in recovery need sober living",
        "florida blue insurance",
        "oxford house",
        "mental health services ok",
        "normal withdrawal symptoms",
        "no tengo seguro me puede ayudar",
        "al-anon",
    ],
)
def test_lookalike_is_no_place(text):
    """Words, first names, insurers and prepositions are not towns and states."""
    assert read(text).place is None


@pytest.mark.parametrize(("text", "zip5"), [("rehab 80132", "80132"), ("80132-0001", "80132"), ("Charlotte 28202 iop", "28202")])
def test_zip_is_read(text, zip5):
    """Five digits in use are a place, with or without four more and a town before them."""
    assert read(text).place.place.zip == zip5


def test_street_number_is_no_zip():
    """The number of a house is not a ZIP code, the one at the end is."""
    assert read("80132 Main St Denver CO 80202").place.place.zip == "80202"


def test_state_alone():
    """A state behind "in" is the whole place."""
    place = read("rehab in TX").place.place

    assert (place.state, place.city) == ("TX", "")


@pytest.mark.parametrize(("text", "state"), [("tx rehab", "TX"), ("detox nj", "NJ"), ("treatment mo", "MO")])
def test_state_code_that_is_no_word_needs_nothing_before_it(text, state):
    """A code that is no word is a state at the start and at the end of a text."""
    assert read(text).place.place.state == state


def test_county_before_a_kind_of_care():
    """ "Orange County rehab" is in the county; "county rehab" alone is rehab that a county runs."""
    assert read("orange county rehab").place.place.label == "Orange County, CA"
    assert "pay.state_funded" in read("county rehab denver").ids()


def test_two_letters_offer_the_state():
    """LA is the city; the state is offered."""
    assert "Louisiana" in {place.label for place in read("rehab in LA").place.alternatives}


def test_same_name_offers_the_others():
    """Several towns of a name: the most populous, the others offered."""
    reading = read("portland detox").place

    assert reading.place.state == "OR"
    assert "ME" in {place.state for place in reading.alternatives}


def test_last_wish_wins_over_where_one_lives():
    """Who lives in one state and asks for another means the other."""
    assert read("I live in Ohio but want a rehab in Florida").place.place.state == "FL"


def test_place_ruled_out():
    """A place can be excluded; the other one stays."""
    understanding = read("detox in Jacksonville not in Georgia")

    assert understanding.place_excluded.state == "GA"
    assert understanding.place.place.city == "Jacksonville"


def test_care_outside_a_town_rules_the_town_out():
    """Not where one lives but where care is wanted: "rehab outside Texas" is not in Texas."""
    assert read("rehab outside Texas").place_excluded.state == "TX"


def test_a_spanish_name_offers_the_other_town():
    """San Luis is in Arizona; Saint Louis is offered."""
    assert "St. Louis, MO" in {place.label for place in read("tratamiento en San Luis").place.alternatives}


def test_near_me_needs_a_position():
    """ "Near me" is said, never guessed: it is not Maine."""
    understanding = read("detox near me")

    assert understanding.near_me
    assert understanding.place is None


@pytest.mark.parametrize(
    ("text", "miles"),
    [("within 25 miles of Lubbock", 25), ("10 mile radius 60614", 10), ("a 20 millas de Miami", 20), ("rehab in 3 days", None)],
)
def test_radius(text, miles):
    """A stated distance is read in miles."""
    radius = read(text).radius

    assert (radius.miles if radius else None) == miles


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("detox columbia oh", "Columbus, OH"),
        ("detox columbia ohio", "Columbus, OH"),
        ("rehab tampa ca", "California"),
        ("detox nashville al", "Alabama"),
        ("detox boulder wy", "Boulder, WY"),
        ("detox phoenix md", "Phoenix, MD"),
    ],
)
def test_a_stated_state_wins(text, label):
    """A town that is elsewhere is read as a near name in the state that was stated, else as that state; the page says so."""
    understanding = read(text)
    assert understanding.place is not None
    assert understanding.place.place.label == label
    assert bool(understanding.corrections) == (label not in {"Boulder, WY", "Phoenix, MD"})


@pytest.mark.parametrize("text", ["help in denver ok thanks", "rehab denver me", "mi hijo vive en houston la clinica"])
def test_a_word_that_is_a_code_states_no_state(text):
    """Small words behind a town are words."""
    understanding = read(text)
    assert understanding.place is not None
    assert understanding.place.place.state in {"CO", "TX"}


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("detox for my 72 year old dad louisville", "Louisville, KY"),
        ("rehab for my mom seattle", "Seattle, WA"),
        ("mobile al suboxone", "Mobile, AL"),
        ("dmv area rehab", "Washington, DC"),
        ("cocain anonimous los angelas", "Los Angeles, CA"),
    ],
)
def test_a_place_is_read_beside_words_that_hide_it(text, label):
    """Somebody's kin before a large town, a code that is Spanish too, a region, a slip behind "los"."""
    understanding = read(text)
    assert understanding.place is not None
    assert understanding.place.place.label == label


def test_a_place_ruled_out_rules_out_no_care():
    """ "Anywhere but" reaches the place and stops there."""
    understanding = read("anywhere but texas rehab")
    assert understanding.place_excluded is not None
    assert understanding.excluded == ()


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("detox fort hood", "Fort Hood, TX"),
        ("fort campbell rehab", "Fort Campbell, KY"),
        ("fort moore tricare detox", "Columbus, GA"),
        ("counseling near lackland", "San Antonio, TX"),
        ("counseling near quantico", "Quantico, VA"),
        ("fort worth detox", "Fort Worth, TX"),
        ("boise va detox", "Boise, ID"),
        ("norfolk va detox", "Norfolk, VA"),
        ("aa near union station dc", "Washington, DC"),
        ("rehab near denver airport", "Denver, CO"),
        ("rehab in the garden state", "New Jersey"),
        ("sunshine state detox", "Florida"),
        ("rehab jersey", "New Jersey"),
        ("rehab jersey city", "Jersey City, NJ"),
        ("rehab norcal", "Sacramento, CA"),
        ("detox maui", "Kahului, HI"),
        ("counselor in Flushing", "Flushing, NY"),
    ],
)
def test_what_people_call_a_place(text: str, label: str):
    """Military posts, states by their bynames, regions: never a village elsewhere that shares one of the words."""
    assert read(text).place.place.label == label


@pytest.mark.parametrize("text", ["flushing pills down the toilet", "a fort for kids", "drink in moderation state"])
def test_words_of_bynames_alone_are_no_places(text: str):
    assert read(text).place is None


@pytest.mark.parametrize(("text", "named"), [("rehab in tijuana", "tijuana"), ("detox en Ciudad Juárez", "Juárez")])
def test_a_town_beyond_the_border_is_a_place_that_nobody_here_knows(text: str, named: str):
    """Never a search of the whole country."""
    understanding = read(text)
    assert (understanding.place, understanding.unknown_place) == (None, named)


@pytest.mark.parametrize("text", ["im from mexico, detox el paso", "rehab new mexico", "detox mexico missouri"])
def test_where_somebody_comes_from_and_namesakes_here_are_not(text: str):
    assert read(text).unknown_place == ""
