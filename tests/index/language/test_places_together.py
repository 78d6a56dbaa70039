"""Several places in one text: the first leads, the others are named, and none is silently left."""

from __future__ import annotations

import pytest

from index.geo.places import Gazetteer
from index.language.names.listed import NoNames
from index.language.understanding import Understanding, understand
from index.language.vocabulary import Vocabulary


def read(text: str) -> Understanding:
    return understand(text, vocabulary=Vocabulary.load(), places=Gazetteer.load(), names=NoNames())


def labels(text: str) -> list[str]:
    """The place searched, then those named besides."""
    understanding = read(text)
    return [understanding.place.place.label, *(place.label for place in understanding.other_places)]


@pytest.mark.parametrize(
    ("text", "places"),
    [
        pytest.param("detox denver or boulder", ["Denver, CO", "Boulder, CO"], id="or"),
        pytest.param("detox Denver OR Boulder", ["Denver, CO", "Boulder, CO"], id="OR is no Oregon"),
        pytest.param("rehab in maine or vermont", ["Maine", "Vermont"], id="states"),
        pytest.param("new york or new jersey detox", ["New York State", "New Jersey"], id="a state beside a state"),
        pytest.param("sober living between Dallas and Fort Worth", ["Dallas, TX", "Fort Worth, TX"], id="between"),
        pytest.param("detox dallas/fort worth", ["Dallas, TX", "Fort Worth, TX"], id="slash"),
        pytest.param("charlotte, raleigh or durham rehab", ["Charlotte, NC", "Raleigh, NC", "Durham, NC"], id="three"),
        pytest.param("reunión AA en Miami o en Orlando", ["Miami, FL", "Orlando, FL"], id="Spanish"),
        pytest.param("detox near 80202 or 80301", ["Denver, CO 80202", "Boulder, CO 80301"], id="ZIP codes"),
        pytest.param("detox boise or reading", ["Boise, ID", "Reading, PA"], id="a town that is a word, behind or"),
    ],
)
def test_places_named_in_one_breath(text: str, places: list[str]):
    """The first one named leads."""
    assert labels(text) == places


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("between akron and canton detox", ["Akron, OH", "Canton, OH"]),
        ("peoria or springfield rehab", ["Peoria, IL", "Springfield, IL"]),
        ("detox akron or canton ohio", ["Akron, OH", "Canton, OH"]),
    ],
)
def test_namesakes_near_each_other_are_meant(text: str, places: list[str]):
    """The larger Canton is in Michigan, but not near Akron."""
    assert labels(text) == places


def test_a_far_place_told_elsewhere_in_the_text_is_named():
    """The later place is searched, and the reader is told of the other."""
    assert labels("my mom is in tampa i live in seattle, detox for her") == ["Seattle, WA", "Tampa, FL"]


def test_a_quarter_before_its_city_is_no_town_elsewhere():
    """Capitol Hill is also in Washington, DC; here it is a part of Seattle."""
    assert labels("beginners meeting near capitol hill seattle") == ["Seattle, WA"]


def test_miles_outside_a_town_count_from_it():
    """Who says how far outside wants care around the town, not anywhere but there."""
    understanding = read("rehab 100 miles outside of dallas")
    assert (understanding.place.place.label, understanding.place_excluded) == ("Dallas, TX", None)
    assert understanding.radius is not None


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("detox columbus, medicaid ohio", id="the state of the town"),
        pytest.param("rehab 80132 monument", id="the town of the ZIP code"),
        pytest.param("rehab truth or consequences nm", id="or inside a name"),
        pytest.param("detox in the spring, peoria il", id="a season is no town"),
        pytest.param("rehab portland or", id="or is Oregon"),
        pytest.param("sheppard pratt towson", id="a town inside a name"),
        pytest.param("detox denver, colorado", id="comma before the state"),
    ],
)
def test_one_place_in_several_words_is_one_place(text: str):
    assert len(labels(text)) == 1
