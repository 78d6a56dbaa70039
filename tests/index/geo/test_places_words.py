"""What the reading of whole queries asks of the gazetteer, phrase by phrase."""

import pytest

from index.geo.places import Gazetteer, PlaceKind


def test_a_phrase_names_every_town_of_that_name(gazetteer: Gazetteer) -> None:
    """Readings come most populous first, as in a lookup."""
    found = gazetteer.find(["grass", "valley"])

    assert found[0].label == "Grass Valley, CA"
    assert len(found) > 1


def test_a_state_limits_a_phrase(gazetteer: Gazetteer) -> None:
    """ "Bend OR" is asked as the name and the state apart."""
    assert [place.label for place in gazetteer.find(["bend"], state="OR")] == ["Bend, OR"]
    assert gazetteer.find(["bend"], state="VT") == ()


def test_zip_codes_counties_and_states_are_phrases_too(gazetteer: Gazetteer) -> None:
    """One call knows every kind of name."""
    assert gazetteer.find(["80132"])[0].kind is PlaceKind.ZIP
    assert gazetteer.find(["el", "paso", "county"])[0].kind is PlaceKind.COUNTY
    assert gazetteer.find(["north", "carolina"])[0].kind is PlaceKind.STATE


@pytest.mark.parametrize("word", ["or", "in", "me", "ok", "hi", "detox", "xanax", "naloxone", "medicaid"])
def test_codes_and_words_of_the_trade_are_no_phrases(gazetteer: Gazetteer, word: str) -> None:
    """State codes need `state_of`; "or" in a sentence is never Oregon."""
    assert gazetteer.find([word]) == ()


@pytest.mark.parametrize(
    ("word", "code"), [("tx", "TX"), ("North Carolina", "NC"), ("pr", "PR"), ("tejas", "TX"), ("springfield", "")]
)
def test_states_by_code_and_by_name(gazetteer: Gazetteer, word: str, code: str) -> None:
    """What is no state gives nothing."""
    assert gazetteer.state_of(word) == code


def test_no_name_has_more_words_than_promised(gazetteer: Gazetteer) -> None:
    """A scan may stop at this many words."""
    assert gazetteer.max_words == 7


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("sacremento", "Sacramento, CA"),
        ("albuquerqe", "Albuquerque, NM"),
        ("tuscon", "Tucson, AZ"),
        ("cincinatti", "Cincinnati, OH"),
        ("philidelphia", "Philadelphia, PA"),
        ("los angelos", "Los Angeles, CA"),
        ("pheonix", "Phoenix, AZ"),
        ("new yrok", "New York, NY"),
        ("colorado sprngs", "Colorado Springs, CO"),
    ],
)
def test_common_misspellings_lead_to_the_town(gazetteer: Gazetteer, typed: str, meant: str) -> None:
    """A populous town outweighs a letter more or less."""
    assert gazetteer.near_spellings(typed)[0].place.label == meant


def test_near_spellings_can_keep_to_a_state(gazetteer: Gazetteer) -> None:
    """ "Columbos, GA" is not Ohio's."""
    assert gazetteer.near_spellings("columbos")[0].place.label == "Columbus, OH"
    assert gazetteer.near_spellings("columbos", state="GA")[0].place.label == "Columbus, GA"


@pytest.mark.parametrize("text", ["", "iop", "aa", "detox", "suboxone", "inpatient"])
def test_words_that_are_like_no_town_stay_themselves(gazetteer: Gazetteer, text: str) -> None:
    """Short words may not differ at all, longer ones only by a letter in four."""
    assert gazetteer.near_spellings(text) == ()


def test_names_are_completed_most_prominent_first(gazetteer: Gazetteer) -> None:
    """What is being typed becomes a list of places."""
    labels = [place.label for place in gazetteer.starting_with("san f", limit=3)]

    assert labels[0] == "San Francisco, CA"
    assert len(labels) == 3
    assert gazetteer.starting_with("") == ()


@pytest.mark.parametrize(
    "words", [("los", "angeles"), ("salt", "lake"), ("north", "carolina"), ("n", "charleston"), ("the", "dalles")]
)
def test_the_first_words_of_a_long_name_begin_one(gazetteer: Gazetteer, words: tuple[str, str]) -> None:
    """A scan tries longer phrases only where two words begin a name, however the name is written."""
    assert gazetteer.begins(words)


def test_words_that_begin_no_name_are_told(gazetteer: Gazetteer) -> None:
    """Then no phrase that begins with them names a place."""
    assert not gazetteer.begins(("detox", "near"))
