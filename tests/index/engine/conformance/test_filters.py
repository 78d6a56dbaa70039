"""What a search keeps: every filter, on every engine."""

from __future__ import annotations

from datetime import date

import pytest
from listing_factory import DENVER, asking, ids, place, program, wanted

from index.listing import ConceptId, Kind, ListingId, Reach, Session
from index.request import LocalWindow, SearchRequest

TUESDAY_SEVEN_PM = Session(weekday=1, start_minute=19 * 60, end_minute=20 * 60)


@pytest.fixture(scope="module")
def listings():
    return (
        place("both", program("care.detox", "pop.teens"), name="Cedar House"),
        place("apart", program("care.detox"), program("pop.teens"), name="Cedar Lodge", organization="Harbor House Group"),
        place("child", program("care.detox.residential", "pay.medicaid"), name="Ärztehaus O'Brien"),
        place("private", program("care.detox", "pay.private", checked_on=date(2026, 1, 15)), name="12-Step Home"),
        place("silent", name="Quiet"),
        place("meeting", program("group.aa", meets=[TUESDAY_SEVEN_PM]), kind=Kind.MEETING, name="Tuesday A.A."),
        place("line", kind=Kind.HELPLINE, at=None, reach=Reach.NATION, name="Nation Line"),
    )


class TestConcepts:
    def test_one_program_must_state_everything(self, search):
        """Two programs that state half each are not a place for teens who need detox."""
        assert ids(search(asking(wanted("care", "care.detox"), wanted("pop.teens", "pop.teens")))) == ["both"]

    def test_a_child_satisfies_its_parent(self, search):
        """Residential detox is detox."""
        assert "child" in ids(search(asking(wanted("care", "care.detox"))))

    def test_a_parent_does_not_satisfy_its_child(self, search):
        """Detox alone does not promise residential detox."""
        assert ids(search(asking(wanted("care", "care.detox.residential")))) == ["child"]

    def test_values_of_one_group_are_alternatives(self, search):
        """Medicaid or private insurance finds places that take either."""
        either = search(asking(wanted("payment", "pay.medicaid", "pay.private")))
        assert set(ids(either)) == {"child", "private"}

    def test_groups_must_all_match(self, search):
        """Detox and private insurance must both be stated."""
        assert ids(search(asking(wanted("care", "care.detox"), wanted("payment", "pay.private")))) == ["private"]

    def test_an_excluded_concept_removes_only_the_programs_that_state_it(self, search):
        """A listing stays when another of its programs states what is asked without what is excluded."""
        found = search(asking(wanted("care", "care.detox"), leave_out=(ConceptId("pop.teens"),)))
        assert set(ids(found)) == {"apart", "child", "private"}

    def test_an_excluded_parent_excludes_its_children(self, search):
        """Leaving out detox leaves out residential detox."""
        assert "child" not in ids(search(SearchRequest(leave_out=(ConceptId("care.detox"),))))

    def test_an_unknown_concept_is_stated_by_nobody(self, search):
        """A concept that no listing states finds nothing."""
        assert search(asking(wanted("care", "care.nothing"))).total == 0

    def test_the_hit_names_the_program_that_matched(self, search):
        """A card shows the program that satisfies the search, not the first one."""
        (hit,) = [hit for hit in search(asking(wanted("pop.teens", "pop.teens"))).hits if hit.id == "apart"]
        assert hit.program == 1


class TestWords:
    @pytest.mark.parametrize(
        ("words", "found"),
        [
            pytest.param(("cedar",), {"both", "apart"}, id="one word"),
            pytest.param(("CEDAR", "house"), {"both", "apart"}, id="across name and organization"),
            pytest.param(("arztehaus",), {"child"}, id="accents do not matter"),
            pytest.param(("obriens",), set(), id="no stemming"),
            pytest.param(("o'brien",), {"child"}, id="apostrophes do not matter"),
            pytest.param(("12-step",), {"private"}, id="a compound"),
            pytest.param(("12step",), {"private"}, id="a compound written as one"),
            pytest.param(("aa",), {"meeting"}, id="dotted letters"),
            pytest.param(("denver", "quiet"), {"silent"}, id="the city counts"),
            pytest.param(("zzz",), set(), id="an unknown word finds nothing"),
        ],
    )
    def test_all_words_must_occur(self, search, words, found):
        """Each word must stand in the name, organization, program or city."""
        assert set(ids(search(SearchRequest(words=words)))) == found

    def test_words_of_which_nothing_is_left_find_nothing(self, search):
        """Punctuation alone never answers with every listing there is."""
        assert search(SearchRequest(words=("---", ""))).total == 0

    def test_a_word_without_letters_beside_others_is_ignored(self, search):
        """A dash between words is no word."""
        assert set(ids(search(SearchRequest(words=("cedar", "-", "lodge"))))) == {"apart"}


class TestOtherFilters:
    def test_kind(self, search):
        """Only the asked kinds are found."""
        assert set(ids(search(SearchRequest(kinds=frozenset({Kind.MEETING, Kind.HELPLINE}))))) == {"meeting", "line"}

    def test_reach(self, search):
        """National help is found by its reach."""
        assert ids(search(SearchRequest(reaches=frozenset({Reach.NATION})))) == ["line"]

    def test_states_limit_what_an_area_holds(self, search, listings):
        """By the state of the address, whatever the area; a state without listings finds nothing."""
        expected = {listing.id for listing in listings if listing.address.state in {"CO", "ZZ"}}
        assert set(ids(search(SearchRequest(states=frozenset({"CO", "ZZ"}), per_page=100)))) == expected != set()
        assert search(SearchRequest(states=frozenset({"ZZ"}))).total == 0

    def test_checked_since_is_inclusive_and_unknown_is_not_recent(self, search):
        """A program that nobody dated is not "checked since"."""
        assert ids(search(SearchRequest(checked_since=date(2026, 1, 15)))) == ["private"]
        assert search(SearchRequest(checked_since=date(2026, 1, 16))).total == 0

    def test_only_these_ids(self, search):
        """Unknown ids among those to keep are no error."""
        keep = frozenset(map(ListingId, ("both", "silent", "gone")))
        assert set(ids(search(SearchRequest(only_ids=keep)))) == {"both", "silent"}
        assert search(SearchRequest(only_ids=frozenset())).total == 0

    def test_without_these_ids(self, search, listings):
        """Hidden listings vanish from results and totals."""
        found = search(SearchRequest(without_ids=frozenset({ListingId("both")})))
        assert "both" not in ids(found)
        assert found.total == len(listings) - 1


class TestMeetingTimes:
    @pytest.mark.parametrize(
        ("start", "end", "total"),
        [
            pytest.param(2_580, 2_581, 1, id="the minute it starts"),
            pytest.param(2_520, 2_580, 0, id="the end is excluded"),
            pytest.param(2_581, 2_640, 0, id="after it started"),
            pytest.param(10_000, 10_080 + 2_581, 1, id="past the end of the week"),
        ],
    )
    def test_a_window_holds_the_start(self, search, start, end, total):
        """A meeting at 19:00 on Tuesday starts at minute 2,580 of its week."""
        assert search(SearchRequest(windows=(LocalWindow("America/Denver", start, end),))).total == total

    def test_a_window_of_another_zone_does_not_count(self, search):
        """Seven in New York is not seven in Denver."""
        assert search(SearchRequest(windows=(LocalWindow("America/New_York", 0, 10_080),))).total == 0

    def test_windows_are_alternatives(self, search):
        """One window for each zone of the generation: any may hold."""
        windows = (LocalWindow("America/New_York", 0, 60), LocalWindow("America/Denver", 2_500, 2_600))
        assert ids(search(SearchRequest(windows=windows, area=None))) == ["meeting"]


def test_filters_hold_together(search):
    """A circle, a word and a concept must all hold."""
    from index.request import Circle

    found = search(asking(wanted("care", "care.detox"), words=("cedar",), area=Circle(DENVER, 1)))
    assert set(ids(found)) == {"both", "apart"}
