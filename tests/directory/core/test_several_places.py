"""A search that names more than one place: states are searched together, of towns the first, and the others are a click away."""

from __future__ import annotations

import pytest
from small_directory import NOW, SmallDirectory, names

ONE_OF_TWO = "You named more than one place. This search is for Denver, CO, not for Colorado Springs, CO."


class TestTowns:
    def test_the_other_town_is_said_and_linked(self, directory: SmallDirectory):
        page = directory.search("detox denver or colorado springs")
        assert page.place is not None
        assert (page.place.label, page.remarks) == ("Denver, CO", (ONE_OF_TWO,))
        (other,) = page.other_places
        assert directory.follow(other.url).place == other.place
        assert directory.follow(other.url).parts.offers == page.parts.offers

    def test_it_is_still_said_at_the_address(self, directory: SmallDirectory):
        """A form leads to the address of what was understood: the second place must not be lost on the way."""
        page = directory.search("detox denver or colorado springs")
        followed = directory.follow(page.url)
        assert (followed.place, followed.remarks, followed.other_places) == (page.place, page.remarks, page.other_places)
        assert followed.url == page.url

    def test_two_towns_in_the_place_box(self, directory: SmallDirectory):
        page = directory.search("detox", near="Denver or Colorado Springs, CO")
        assert page.remarks == (ONE_OF_TWO,)

    def test_the_api_names_it_too(self, directory: SmallDirectory):
        understood = directory.search("detox denver or colorado springs").understood
        assert [place["label"] for place in understood["other_places"]] == ["Colorado Springs, CO"]

    def test_the_box_beats_all_of_them_and_says_so(self, directory: SmallDirectory):
        page = directory.search("detox denver or pueblo", near="80132")
        assert page.remarks == ("We searched the place in the place box and did not use “Denver, CO and Pueblo, CO”.",)

    def test_in_spanish(self, directory: SmallDirectory):
        page = directory.search("desintoxicación en Denver o Pueblo", lang="es")
        assert page.remarks[0].startswith("Usted nombró más de un lugar.")
        assert directory.follow(page.url).other_places == page.other_places


class TestStates:
    @pytest.mark.parametrize(
        "asked", [{"words": "outpatient colorado or utah"}, {"words": "outpatient", "near": "Colorado or Utah"}]
    )
    def test_states_are_searched_together(self, directory: SmallDirectory, asked: dict[str, str]):
        page = directory.search(**asked)
        assert (page.parts.states, page.place) == (("CO", "UT"), None)
        assert page.sentence.endswith("in Colorado or Utah.")
        assert set(names(page.rows)) == set(names(directory.search("outpatient", near="Colorado").rows))
        assert directory.follow(page.url).sentence == page.sentence

    def test_nothing_is_said_to_be_left_out(self, directory: SmallDirectory):
        page = directory.search("outpatient colorado or utah")
        assert (page.remarks, page.other_places, page.understood["other_places"]) == ((), (), [])

    def test_a_reading_without_a_search_names_both(self, directory: SmallDirectory):
        understood = directory.lookup.understand("outpatient colorado or utah", "en", today=NOW.date())
        assert understood["place"]["label"] == "Colorado"
        assert [place["label"] for place in understood["other_places"]] == ["Utah"]
