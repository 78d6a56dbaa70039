"""In which order results stand: the public rule, on every engine."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from engines_under_test import ENGINES, publish
from listing_factory import DENVER, asking, ids, place, program, wanted

from index.errors import InvalidRequest
from index.geo.distance import Coordinates
from index.listing import ConceptId, Precision, Session
from index.request import Circle, InState, LocalWindow, SearchRequest, Sort

HERE = Circle(DENVER, 100)
DETOX = (ConceptId("care.detox"),)
MEDICAID = (ConceptId("pay.medicaid"),)
TEENS = (ConceptId("pop.teens"),)


def north(miles: float) -> Coordinates:
    """Return the point so many miles north of Denver."""
    return Coordinates(DENVER.lat + miles / 69.09, DENVER.lon)


@pytest.fixture(scope="module")
def listings():
    return (
        place("zip 1", at=north(1), precision=Precision.ZIP, name="Zebra Cedar"),
        place("zip 4", at=north(4), precision=Precision.ZIP, name="Àlder House"),
        place("city 3", at=north(3), precision=Precision.CITY, name="alder cottage"),
        place("door 2", at=north(2), name="Birch House"),
        place("door 6", program("care.detox", checked_on=date(2026, 1, 2)), at=north(6), name="Cedar"),
        place("zip 7", program("pay.medicaid"), at=north(7), precision=Precision.ZIP, name="Elm House"),
        place(
            "far",
            program("care.detox", "pop.teens", checked_on=date(2026, 1, 9)),
            program("care.detox", "pay.medicaid", name="Cedar Unit"),
            at=north(50),
            name="Fir House",
        ),
        place("pointless", at=None, name="Cedar Cedar"),
    )


class TestBest:
    def test_coarse_points_nearby_share_one_distance(self, search):
        """Three points known by ZIP or city only are equally near; a door 2 miles away is nearer than "about 5"."""
        order = ids(search(SearchRequest(area=HERE)))
        assert order[0] == "door 2"
        assert set(order[1:4]) == {"zip 1", "zip 4", "city 3"}
        assert order[4:] == ["door 6", "zip 7", "far"]

    def test_wishes_come_before_distance(self, search):
        """A listing that states more of what is wished stands first, however far."""
        found = search(SearchRequest(area=HERE, prefer=(DETOX, TEENS)))
        assert ids(found)[:2] == ["far", "door 6"]
        assert [hit.unmet for hit in found.hits[:3]] == [(), (1,), (0, 1)]

    def test_a_wish_hides_nobody(self, search):
        """Everything still matches."""
        assert search(SearchRequest(area=HERE, prefer=(DETOX,))).total == search(SearchRequest(area=HERE)).total

    def test_the_program_with_fewest_unmet_wishes_represents_the_listing(self, search):
        """The card shows the program that fits best."""
        request = asking(wanted("care", "care.detox"), area=HERE, prefer=(MEDICAID,))
        assert {hit.id: hit.program for hit in search(request).hits} == {"far": 1, "door 6": 0}

    def test_three_unmet_wishes_are_as_bad_as_four(self, search):
        """Past three the nearer is better."""
        unstated = [(ConceptId(f"lang.{number}"),) for number in range(3)]
        found = search(SearchRequest(area=HERE, prefer=(*unstated, DETOX)))
        assert ids(found)[0] == "door 2"

    def test_words_fade_with_distance(self, search):
        """Beside a place, a match at the door beats the same match far away."""
        assert ids(search(SearchRequest(words=("cedar",), area=HERE)))[-1] == "far"

    def test_words_alone_order_by_score(self, search):
        """Without a place the better match is first."""
        scores = [hit.score for hit in search(SearchRequest(words=("cedar",))).hits]
        assert scores == sorted(scores, reverse=True)
        assert min(scores) > 0

    def test_a_listing_without_a_point_comes_last(self, search):
        """Unknown is not near."""
        assert ids(search(SearchRequest(area=InState("CO", DENVER))))[-1] == "pointless"

    def test_no_words_no_score(self, search):
        """A score says how words match."""
        assert {hit.score for hit in search(SearchRequest(area=HERE)).hits} == {0.0}


class TestOtherSorts:
    def test_distance_is_pure(self, search):
        """Neither wishes nor precision matter."""
        found = search(SearchRequest(area=HERE, prefer=(TEENS,), sort=Sort.DISTANCE))
        assert ids(found) == ["zip 1", "door 2", "city 3", "zip 4", "door 6", "zip 7", "far"]

    def test_names_are_folded(self, search):
        """Accents and case do not matter to the alphabet."""
        found = search(SearchRequest(sort=Sort.NAME))
        assert ids(found) == ["city 3", "zip 4", "door 2", "door 6", "pointless", "zip 7", "far", "zip 1"]

    def test_checked_newest_first_unknown_last(self, search):
        """A day that nobody stated is older than any."""
        assert ids(search(SearchRequest(sort=Sort.CHECKED)))[:2] == ["far", "door 6"]


def meeting(identity: str, *starts: tuple[int, int], **facts):
    """Return a meeting that begins at these (weekday, hour)."""
    times = [Session(weekday=day, start_minute=60 * hour, end_minute=60 * hour + 60) for day, hour in starts]
    return place(identity, program(meets=times), **facts)


class TestStart:
    """Saturday is 5. Searches look from Saturday 18:30 in Denver, which is 15:30 in Honolulu."""

    NOW = datetime(2026, 1, 11, 1, 30, tzinfo=UTC)

    @staticmethod
    def meetings():
        return (
            meeting("begun", (5, 18)),
            meeting("in half an hour", (5, 19)),
            meeting("as soon, far", (5, 19), at=north(50)),
            meeting("same hour elsewhere", (5, 19), at=north(1), time_zone="Pacific/Honolulu"),
            meeting("tonight and monday", (0, 7), (5, 20)),
            meeting("sunday", (6, 9)),
            meeting("no zone", (5, 19), time_zone=""),
            meeting("no times", at=north(2)),
        )

    @pytest.fixture(scope="class", params=sorted(ENGINES))
    @classmethod
    def search(cls, request, tmp_path_factory):
        return ENGINES[request.param](publish(tmp_path_factory.mktemp("meetings"), cls.meetings())).search

    def asking(self, **parts):
        """Return a search in order of start."""
        return SearchRequest(area=HERE, sort=Sort.START, **{"starts_from": self.NOW, **parts})

    def test_the_soonest_start_is_first_and_unknown_times_are_last(self, search):
        """Each place's own clock counts; of two equally soon the nearer is first; what began is a week away."""
        assert ids(search(self.asking())) == [
            "in half an hour",
            "as soon, far",
            "tonight and monday",
            "same hour elsewhere",
            "sunday",
            "begun",
            "no zone",
            "no times",
        ]

    def test_looking_from_earlier_keeps_what_can_still_be_joined(self, search):
        """The caller decides for how long a meeting that began is not over."""
        assert ids(search(self.asking(starts_from=self.NOW - timedelta(minutes=30))))[0] == "begun"

    def test_only_starts_inside_the_windows_count(self, search):
        """Who asks for Monday is shown Monday's meeting by Monday's time."""
        monday = (LocalWindow("America/Denver", 0, 24 * 60), LocalWindow("America/Denver", 6 * 24 * 60, 7 * 24 * 60))
        assert ids(search(self.asking(windows=monday))) == ["sunday", "tonight and monday"]

    def test_the_program_that_begins_soonest_stands_for_the_listing(self, tmp_path):
        """Wishes do not hide the next meeting of a place with several."""
        late = program("pop.teens", meets=[Session(weekday=6, start_minute=0, end_minute=60)])
        soon = program(meets=[Session(weekday=5, start_minute=19 * 60, end_minute=20 * 60)], name="Late group")
        root = publish(tmp_path, (place("both", late, soon),))
        for engine in ENGINES.values():
            (hit,) = engine(root).search(self.asking(prefer=(TEENS,))).hits
            assert (hit.program, hit.unmet) == (1, (0,))

    def test_it_needs_a_moment_with_a_zone(self):
        """The engine has no clock of its own."""
        with pytest.raises(InvalidRequest):
            SearchRequest(sort=Sort.START)
        with pytest.raises(InvalidRequest):
            SearchRequest(sort=Sort.START, starts_from=self.NOW.replace(tzinfo=None))


def test_the_same_request_has_the_same_order(search):
    """Ties are broken by a salted hash: never at random, never by name."""
    once = ids(search(SearchRequest()))
    assert once == ids(search(SearchRequest()))
    assert once != sorted(once)
