"""Pages of listings, what is withdrawn, what the copy says of itself, and failures that say so."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest
from small_directory import NOW, SmallDirectory, names

from directory.errors import ListingMoved, ListingNotFound, StoreUnavailable
from directory.lookup import Lookup
from index.request import Sort


class TestWithdrawal:
    def test_what_is_taken_down_is_gone_at_once(self, directory: SmallDirectory):
        """Whatever the generation holds: the results, their counts, the listing's own page."""
        taken = directory.id_of("Cedar House")
        directory.take_down("Cedar House")

        page = directory.search(near="Colorado")
        assert "Cedar House" not in names(page.rows)
        assert page.total == 6
        with pytest.raises(ListingNotFound):
            directory.lookup.listing(taken, "en", today=NOW.date())

    def test_a_hidden_listing_is_no_next_step(self, directory: SmallDirectory):
        directory.hide("Cedar House")
        page = directory.lookup.listing(directory.id_of("Birch Detox"), "en", today=NOW.date())
        assert "Cedar House" not in [name for group in page.next_steps for name in names(group.rows)]


class TestListingPages:
    def test_a_detox_shows_what_comes_next(self, directory: SmallDirectory):
        """After detox the old dose can kill: care that follows stands on the page."""
        page = directory.lookup.listing(directory.id_of("Birch Detox"), "en", today=NOW.date())
        steps = {group.id: names(group.rows) for group in page.next_steps}
        assert steps["next.care.residential"] == ["Cedar House"]
        assert "Aspen Detox" in steps["next.same"]

    def test_programs_stand_apart(self, directory: SmallDirectory):
        """A union of two records would invent services."""
        page = directory.lookup.listing(directory.id_of("Grove Center"), "en", today=NOW.date())
        assert [[heading for heading, _ in program.groups] for program in page.programs] == [["Care"], ["Care", "Programs for"]]

    def test_an_unknown_id_is_not_found(self, directory: SmallDirectory):
        with pytest.raises(ListingNotFound):
            directory.lookup.listing("nobody", "en", today=NOW.date())

    def test_a_merged_id_names_its_successor(self, directory: SmallDirectory, monkeypatch: pytest.MonkeyPatch):
        monkeypatch.setattr(directory.lookup.store, "redirect_of", lambda known: "successor")
        with pytest.raises(ListingMoved) as caught:
            directory.lookup.listing("merged", "en", today=NOW.date())
        assert caught.value.target == "successor"


@contextmanager
def without_store(lookup: Lookup) -> Iterator[None]:
    """A database that cannot be read."""
    url, store = lookup.store.engine.url, lookup.store
    broken = type(store)(f"sqlite:///{url.database}.missing/none.sqlite3")
    whole, store.engine = store.engine, broken.engine
    try:
        yield
    finally:
        store.engine = whole


class TestFailures:
    def test_without_the_store_there_is_no_answer(self, directory: SmallDirectory):
        """Never "not paid" because nobody could look it up."""
        directory.search("cedar house")
        with without_store(directory.lookup), pytest.raises(StoreUnavailable):
            directory.search("cedar house")

    def test_without_the_store_there_is_no_listing_page(self, directory: SmallDirectory):
        listing_id = directory.id_of("Cedar House")
        with without_store(directory.lookup), pytest.raises(StoreUnavailable):
            directory.lookup.listing(listing_id, "en", today=NOW.date())


class TestAboutTheCopy:
    def test_coverage_names_every_jurisdiction(self, directory: SmallDirectory):
        """All 56, also those without a single listing."""
        coverage = {state.state: state for state in directory.lookup.coverage()}
        assert len(coverage) == 56
        assert (coverage["CO"].facility, coverage["CO"].helpline, coverage["GU"].facility) == (7, 1, 0)

    def test_the_etag_moves_with_what_bodies_depend_on(self, directory: SmallDirectory):
        """Generation, disclosures, day, language: nothing else, and each of them."""
        mark = directory.lookup.etag("en", NOW.date())
        assert mark == directory.lookup.etag("en", NOW.date())
        assert mark != directory.lookup.etag("es", NOW.date())
        assert mark != directory.lookup.etag("en", NOW.date().replace(day=22))
        directory.sponsor("Cedar House")
        assert mark != directory.lookup.etag("en", NOW.date())

    def test_suggestions_come_from_concepts_places_and_names(self, directory: SmallDirectory):
        assert {found.kind for found in directory.lookup.suggest("de", "en", today=NOW.date())} >= {"concept", "place"}
        assert "Dogwood Clinic" in [found.text for found in directory.lookup.suggest("dogw", "en", today=NOW.date())]

    def test_a_reading_can_be_asked_for_alone(self, directory: SmallDirectory):
        shown = directory.lookup.understand("detox near denver", "en", today=NOW.date())
        assert [concept["id"] for concept in shown["concepts"]] == ["care.detox"]
        assert directory.lookup.understand("", "en", today=NOW.date())["intent"] is None

    def test_the_page_is_made_anew_when_a_generation_comes_in_between(self, directory: SmallDirectory, monkeypatch):
        """Cards of one generation never stand beside hits of another."""
        engine, asked = directory.lookup.engine, []

        def answer(request, search=engine.search):
            asked.append(request)
            found = search(request)
            was_first = [other.sort for other in asked].count(Sort.NAME) == 1
            return replace(found, generation="older") if request.sort is Sort.NAME and was_first else found

        monkeypatch.setattr(engine, "search", answer)
        directory.search(near="Denver", sort=Sort.NAME)
        assert [request.sort for request in asked].count(Sort.NAME) == 2
