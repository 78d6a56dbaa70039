"""States by their two letters, towns with a slip, and places that nobody knows."""

from __future__ import annotations

import pytest

from index.geo.places import Gazetteer
from index.language.names.listed import NoNames
from index.language.places.place_reading import REGIONS
from index.language.understanding import Understanding, understand
from index.language.vocabulary import Vocabulary


def read(text: str) -> Understanding:
    return understand(text, vocabulary=Vocabulary.load(), places=Gazetteer.load(), names=NoNames())


def label(text: str) -> str | None:
    place = read(text).place
    return place.place.label if place else None


class TestStateCodes:
    @pytest.mark.parametrize(
        ("text", "state"),
        [
            pytest.param("rehab, IN", "Indiana", id="behind a comma"),
            pytest.param("detox, or", "Oregon", id="behind a comma in small letters"),
            pytest.param("rehab in OR", "Oregon", id="in capitals behind in"),
            pytest.param("rehab OR", "Oregon", id="in capitals at the end, behind a word of care"),
            pytest.param("pa rehab", "Pennsylvania", id="before a word of care"),
            pytest.param("MS detox", "Mississippi", id="a title, but in capitals before a word of care"),
            pytest.param("portland me detox", "Portland, ME", id="between a town and a word of care"),
            pytest.param("mobile al suboxone clinic", "Mobile, AL", id="a Spanish word in an English text"),
            pytest.param("rehab in washington", "Washington State", id="who means the city writes DC"),
        ],
    )
    def test_code_is_a_state(self, text, state):
        """Two letters are a state where nothing else makes sense of them."""
        assert label(text) == state

    @pytest.mark.parametrize(
        "text",
        [
            pytest.param("help me, ok", id="okay"),
            pytest.param("MD who prescribes suboxone", id="a doctor"),
            pytest.param("title:detox OR (name:rehab", id="an operator"),
            pytest.param("aa cerca de mi casa", id="my, in Spanish"),
            pytest.param("co-occurring disorders", id="a beginning"),
        ],
    )
    def test_word_is_no_state(self, text):
        """A word that only looks like a code names no place."""
        assert label(text) is None

    def test_state_of_a_medicaid_name_goes_with_both(self):
        """In "Toledo Ohio Medicaid" the state tells the town, and names its Medicaid."""
        found = read("toledo ohio medicaid detox")
        assert found.place.place.label == "Toledo, OH"
        assert "pay.medicaid.oh" in found.ids()


class TestTownsWithASlip:
    @pytest.mark.parametrize(
        ("text", "town"),
        [
            pytest.param("beton rouge detox", "Baton Rouge, LA", id="first of two words"),
            pytest.param("solt lake city rehab", "Salt Lake City, UT", id="not the town inside the name"),
            pytest.param("siattle detox", "Seattle, WA", id="no organization's name"),
            pytest.param("rehab auroa colorado", "Aurora, CO", id="not a Spanish word"),
            pytest.param("downy ca suboxone", "Downey, CA", id="an existing word before its state"),
            pytest.param("san joe detox", "San Jose, CA", id="an existing word behind San"),
            pytest.param("rehab memfis", "Memphis, TN", id="two slips that sound the same"),
            pytest.param("alcohol taper, Portland miane", "Portland, ME", id="the state misspelt"),
            pytest.param("montgmery county md rehab", "Montgomery County, MD", id="a county"),
            pytest.param("suboxone clinic knoxvville that takes medicaid", "Knoxville, TN", id="in the middle"),
            pytest.param("treatment pensacolaa fla", "Pensacola, FL", id="before a short state"),
        ],
    )
    def test_town_is_found(self, text, town):
        """Whole names are compared, with the state where one is written."""
        assert label(text) == town

    @pytest.mark.parametrize("text", ["detox near colege", "rehab a hous on a budget", "supportt group", "percacet rehab"])
    def test_other_words_are_no_towns(self, text):
        """A slip in another word never makes a place."""
        assert label(text) is None


class TestNamesOfTowns:
    @pytest.mark.parametrize(
        ("text", "town"),
        [
            pytest.param("rehab in spanish fork", "Spanish Fork, UT", id="begins like a phrase of this field"),
            pytest.param("Fuquay-Varina NC detox", "Fuquay-Varina, NC", id="hyphen"),
            pytest.param("casa grande az rehab", "Casa Grande, AZ", id="small words"),
            pytest.param("counseling in Chico", "Chico, CA", id="a Spanish word behind in"),
            pytest.param("kent detox", "Kent, WA", id="a first name beside a word of care"),
            pytest.param("will county rehab", "Will County, IL", id="county of a small word"),
        ],
    )
    def test_name_is_read(self, text, town):
        """The longest name that somebody may mean is the place."""
        assert label(text) == town

    @pytest.mark.parametrize("text", ["rehab for my madison", "adrian needs rehab", "rehab for brandon", "blackjack addiction"])
    def test_person_is_no_town(self, text):
        """Somebody's name, or a thing, is no place without a word that points at one."""
        assert label(text) is None


class TestUnknownPlaces:
    @pytest.mark.parametrize(
        ("text", "meant"),
        [
            ("detox 00000", "00000"),
            ("detox near Zzyzxville", "Zzyzxville"),
            ("rehab in Zzyzx Springs", "Zzyzx Springs"),
            ("detox in Zzyzxville, CO", "Zzyzxville, CO"),
        ],
    )
    def test_unknown_place_is_said(self, text, meant):
        """What stands where a place must be is kept, so that nobody searches the whole country instead."""
        assert read(text).unknown_place == meant

    @pytest.mark.parametrize(
        "text",
        [
            pytest.param("i owe 20000 dollars to a rehab", id="money"),
            pytest.param("sober living near the beach", id="no name"),
            pytest.param("rehab in recoverry", id="a misspelt word"),
            pytest.param("not breathing near zzyzxville", id="danger comes first"),
            pytest.param("detox 80132", id="a ZIP code"),
        ],
    )
    def test_other_words_are_no_unknown_place(self, text):
        """Everything else is searched as it stands."""
        assert read(text).unknown_place == ""


class TestRegions:
    @pytest.mark.parametrize(
        ("text", "town"),
        [
            ("sober living on cape cod", "Barnstable County, MA"),
            ("rehab in the hamptons", "Southampton, NY"),
            ("silicon valley iop", "San Jose, CA"),
            ("upstate ny rehab", "New York State"),
            ("LGBTQ AA west hollywood", "West Hollywood, CA"),
        ],
    )
    def test_what_people_call_a_place(self, text, town):
        """A region is searched from the town in its middle; the page says which."""
        assert label(text) == town

    def test_every_region_has_its_town(self):
        """None of the towns that stand for regions is missing from the gazetteer."""
        places = Gazetteer.load()
        towns = [town.partition(",") for town in REGIONS.values()]
        assert [name for name, _, state in towns if not places.find(name.split("_"), state)] == []
