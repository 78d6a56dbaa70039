"""States by the names of the reader's language, which a search reads too."""

from __future__ import annotations

import pytest

from directory.asking.scope import states_words
from directory.asking.sentences import measured_from
from directory.asking.state_names import place_name, state_name, state_names
from index.geo.places import Gazetteer, Place, PlaceKind
from index.request import InState

GAZETTEER = Gazetteer.load()


def state(code: str) -> Place:
    """The state as the gazetteer finds it."""
    return next(place for place in GAZETTEER.lookup(state_names()[code]) if place.kind is PlaceKind.STATE)


@pytest.mark.parametrize("code", sorted(state_names()))
def test_what_a_spanish_page_calls_a_state_is_read_as_that_state(code: str):
    assert GAZETTEER.state_of(state_name(code, "es")) == code


@pytest.mark.parametrize(
    ("code", "spanish"),
    [("PA", "Pensilvania"), ("NC", "Carolina del Norte"), ("MO", "Misuri"), ("TX", "Texas")],
)
def test_spanish_has_its_own_names_where_it_has_them(code: str, spanish: str):
    assert state_name(code, "es") == spanish


def test_english_keeps_every_name():
    assert {state_name(code, "en") for code in state_names()} == set(state_names().values())


def test_what_is_no_state_stays_as_it_is():
    assert state_name("XX", "es") == "XX"


class TestAPlaceInASentence:
    def test_a_state_is_named_in_the_language_of_the_sentence(self):
        assert (place_name(state("NC"), "en"), place_name(state("NC"), "es")) == ("North Carolina", "Carolina del Norte")

    def test_one_that_shares_its_name_with_a_city_says_that_it_is_the_state(self):
        assert (place_name(state("NY"), "en"), place_name(state("NY"), "es")) == ("New York State", "Nueva York (estado)")

    def test_a_town_keeps_the_label_that_can_be_searched(self):
        """On letters both languages write "NY"."""
        (town, *_others) = GAZETTEER.lookup("Buffalo, NY")
        assert place_name(town, "es") == "Buffalo, NY"

    def test_miles_are_measured_from_its_middle(self):
        found = state("PA")
        assert measured_from(found, InState("PA", found.point), "es") == "el centro de Pensilvania"

    def test_a_scope_names_states_so(self):
        assert states_words(("SC", "LA"), "es") == "Carolina del Sur o Luisiana"
