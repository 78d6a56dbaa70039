"""A scope: a site that embeds the search keeps to its own places or its own states, and the page says so."""

from __future__ import annotations

from dataclasses import replace

import pytest
from small_directory import NOW, SmallDirectory, names

from index.listing import Kind, ListingId


def id_of(directory: SmallDirectory, name: str) -> ListingId:
    return directory.search(name).rows[0].card.listing.id


class TestNamedListings:
    def test_only_they_are_found(self, directory: SmallDirectory):
        """And still only where they match what is asked."""
        chosen = (id_of(directory, "Aspen Detox"), id_of(directory, "Cedar House"))
        assert set(names(directory.search(only=chosen).rows)) == {"Aspen Detox", "Cedar House"}
        assert names(directory.search("detox", near="Monument", only=chosen).rows) == ["Aspen Detox"]

    def test_the_page_says_so_and_never_that_a_name_matched(self, directory: SmallDirectory):
        page = directory.search(only=(id_of(directory, "Aspen Detox"),))
        assert "Only 1 chosen listing was searched." in page.remarks
        assert "Its name matches your words." not in page.rows[0].why

    def test_they_may_be_of_any_kind(self, directory: SmallDirectory):
        """A line or a meeting that the host names is found like a place."""
        assert names(directory.search(only=(id_of(directory, "Utah Line"),)).rows) == ["Utah Line"]

    def test_one_that_is_gone_breaks_nothing(self, directory: SmallDirectory):
        """A page that names it still shows the others; with none left it says that nothing was found."""
        assert names(directory.search(only=(ListingId("gone"), id_of(directory, "Cedar House"))).rows) == ["Cedar House"]
        assert directory.search(only=(ListingId("gone"),)).total == 0

    def test_a_merged_one_stands_for_what_it_became(self, directory: SmallDirectory, monkeypatch: pytest.MonkeyPatch):
        target = id_of(directory, "Cedar House")
        monkeypatch.setattr(directory.lookup.store, "redirect_of", {"merged": target}.get)
        assert names(directory.search(only=(ListingId("merged"),)).rows) == ["Cedar House"]

    def test_lines_to_call_stay(self, directory: SmallDirectory):
        """A host may choose places; it cannot hide help."""
        groups = {group.id for group in directory.search(near="Denver", only=(id_of(directory, "Elm Outpatient"),)).beyond}
        assert {"statewide", "national"} <= groups


class TestStates:
    def test_places_elsewhere_are_left_out(self, directory: SmallDirectory):
        assert directory.search(near="Denver", states=("CO",)).total == directory.search(near="Denver").total > 0
        assert directory.search(near="Denver", states=("UT", "WY")).total == 0

    @pytest.mark.parametrize(
        ("asked", "sentence"),
        [
            ({"states": ("CO",)}, "Treatment places in Colorado."),
            ({"states": ("CO", "UT"), "near": "Denver"}, "Treatment places near Denver, CO, only in Colorado or Utah."),
            (
                {"states": ("CO",), "lang": "es", "near": "Denver"},
                "Lugares de tratamiento cerca de Denver, CO, solo en Colorado.",
            ),
        ],
    )
    def test_the_sentence_says_it(self, directory: SmallDirectory, asked: dict, sentence: str):
        assert directory.search(**asked).sentence == sentence

    def test_lines_are_not_limited(self, directory: SmallDirectory):
        """A national line has no state; nobody is kept from it."""
        assert "National Line" in names(directory.search(kinds=(Kind.HELPLINE,), states=("CO",)).rows)


class TestLeaving:
    def test_one_click_leaves_the_scope(self, directory: SmallDirectory):
        """With the number that it would show; the rest of the search stays."""
        page = directory.search(near="Denver", states=("UT",), only=(ListingId("gone"),))
        (chip,) = [chip for chip in directory.lookup.extras(page, now=NOW).chips if chip.role == "scope"]
        assert chip.label == "only 1 chosen, only Utah"
        assert chip.url == replace(page.parts, only=(), states=()).url()
        assert chip.total == directory.search(near="Denver").total
