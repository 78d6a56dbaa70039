"""What is counted beside results: facets, states, kinds, tallies; on every engine."""

from __future__ import annotations

import pytest
from listing_factory import asking, place, program, wanted

from index.listing import Address, ConceptId, Kind, ListingId
from index.request import SearchRequest


@pytest.fixture(scope="module")
def listings():
    return (
        place("one", program("care.detox.residential", "pay.medicaid"), program("care.detox", "pay.private")),
        place("two", program("care.detox", "pay.private"), address=Address(city="Salina", state="KS")),
        place("three", program("pay.medicaid")),
        place("four", kind=Kind.MEETING),
    )


@pytest.fixture(scope="module")
def facet(search):
    def counts(request: SearchRequest, group: str) -> dict[str, int]:
        """Return a facet's counts with its `not_stated`."""
        (found,) = [facet for facet in search(request).facets if facet.group == group]
        return {one.concept: one.count for one in found.counts} | {"not stated": found.not_stated}

    return counts


class TestFacets:
    def test_listings_are_counted_not_programs(self, facet):
        """Two programs that state detox are one place."""
        counts = facet(SearchRequest(), "care")
        assert counts == {"care.detox": 2, "care.detox.residential": 1, "not stated": 2}

    def test_a_group_ignores_its_own_choice(self, facet):
        """Choosing Medicaid still shows what private insurance would add."""
        counts = facet(asking(wanted("payment", "pay.medicaid")), "payment")
        assert counts == {"pay.medicaid": 2, "pay.private": 2, "not stated": 1}

    def test_other_groups_follow_the_choice(self, facet):
        """Of the programs that take Medicaid only one states detox: the residential one."""
        counts = facet(asking(wanted("payment", "pay.medicaid")), "care")
        assert counts == {"care.detox": 1, "care.detox.residential": 1, "not stated": 1}

    def test_a_chosen_concept_is_shown_even_at_zero(self, facet):
        """What is chosen can be seen and taken back."""
        counts = facet(asking(wanted("care", "care.detox"), wanted("payment", "pay.sliding_scale")), "payment")
        assert counts == {"pay.medicaid": 1, "pay.private": 2, "pay.sliding_scale": 0, "not stated": 0}

    def test_counts_come_most_frequent_first(self, search):
        """A list of filters begins with what most places offer."""
        for facet in search(SearchRequest()).facets:
            counts = [one.count for one in facet.counts]
            assert counts == sorted(counts, reverse=True)

    def test_exclusions_hold_in_every_group(self, facet):
        """An excluded concept is counted nowhere."""
        assert "pay.private" not in facet(SearchRequest(leave_out=(ConceptId("pay.private"),)), "payment")

    def test_facets_that_nobody_states_are_left_out(self, search):
        """A group appears once some match states anything of it, or while it has a choice that can be taken back."""
        found = search(asking(wanted("medication", "med.methadone"), wanted("care", "care.detox"))).facets
        assert [facet.group for facet in found] == ["care", "medication"]

    def test_facets_can_be_left_out(self, search):
        """An answer that shows no filters counts none; states and kinds are always told."""
        found = search(SearchRequest(facets=False))
        assert (found.total, found.facets, found.states) == (4, (), {"CO": 3, "KS": 1})


class TestOtherCounts:
    def test_states_count_addresses_of_the_match_set(self, search):
        """The counts add up to the total when every listing has a state."""
        assert search(SearchRequest()).states == {"CO": 3, "KS": 1}

    def test_kinds_ignore_the_kind_filter(self, search):
        """Choosing facilities still shows how many meetings there are."""
        kinds = search(SearchRequest(kinds=frozenset({Kind.FACILITY}))).kinds
        assert {kind: count for kind, count in kinds.items() if count} == {Kind.FACILITY: 3, Kind.MEETING: 1}

    def test_tallies_count_named_ids_in_the_match_set(self, search):
        """A tally counts over the whole match set; ids outside it do not count."""
        sets = {"some": frozenset(map(ListingId, ("one", "four", "gone"))), "none": frozenset()}
        found = search(asking(wanted("care", "care.detox"), tallies=sets, per_page=1))
        assert found.tallies == {"some": 1, "none": 0}

    def test_count_is_the_total(self, engine):
        """Counting alone gives the same number as searching."""
        request = asking(wanted("payment", "pay.medicaid"))
        assert engine.count(request) == engine.search(request).total == 2
