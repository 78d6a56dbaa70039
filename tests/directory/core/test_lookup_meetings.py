"""Meetings lead when meeting words are used, and words of time narrow them by each place's own clock."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pytest
from small_directory import (
    DENVER,
    SPRINGS,
    SmallDirectory,
    directory_over,
    fill,
    names,
    place,
    program,
    publisher_of,
    settings_of,
)

from directory.asking.query import SearchQuery
from directory.store import open_store
from index.engine.whoosh_engine import WhooshEngine
from index.errors import InvalidRequest
from index.listing import Address, ConceptId, Kind, ListingId, Precision, Reach, Session
from index.request import Sort

# Saturday 21 November 2026, 18:30 in Denver.
SATURDAY_EVENING = datetime(2026, 11, 22, 1, 30, tzinfo=UTC)
SATURDAY, SUNDAY = 5, 6


def meeting(name: str, fellowship: str, weekday: int, hour: int, *, at=DENVER, number: int):
    session = Session(weekday=weekday, start_minute=hour * 60, end_minute=hour * 60 + 60)
    held = (program(name, fellowship, number=number, schedule=(session,)),)
    return msgspec.structs.replace(place(name, at, number=number, programs=held), kind=Kind.MEETING)


MEETINGS = (
    meeting("Saturday Supper NA", "group.na", SATURDAY, 19, number=130),
    meeting("Saturday Breakfast NA", "group.na", SATURDAY, 8, number=131),
    meeting("Night Owls NA", "group.na", SUNDAY, 1, number=132),
    meeting("Sunday Supper NA", "group.na", SUNDAY, 19, number=133),
    meeting("Saturday Supper AA", "group.aa", SATURDAY, 19, number=134),
    place("Elm Outpatient", SPRINGS, "care.outpatient", number=135),
)


@pytest.fixture(scope="module")
def meetings(tmp_path_factory: pytest.TempPathFactory) -> SmallDirectory:
    """Five meetings in Denver, of two fellowships and at several times."""
    home: Path = tmp_path_factory.mktemp("meetings")
    store = open_store(settings_of(home))
    fill(store, home, MEETINGS)
    publisher_of(store, home).publish()
    return directory_over(WhooshEngine(home / "index"), store, home)


def search(meetings: SmallDirectory, words: str, now: datetime = SATURDAY_EVENING):
    return meetings.lookup.search(SearchQuery(text=words), now=now)


class TestTimes:
    def test_tonight_runs_into_the_small_hours(self, meetings: SmallDirectory):
        """What begins this evening or before four in the morning is tonight; this morning's and tomorrow's are not."""
        assert set(names(search(meetings, "NA tonight denver").rows)) == {"Saturday Supper NA", "Night Owls NA"}

    def test_tonight_moves_with_the_clock(self, meetings: SmallDirectory):
        """An hour later the seven o'clock meeting has begun: the same words give another answer."""
        later = datetime(2026, 11, 22, 2, 30, tzinfo=UTC)

        assert names(search(meetings, "NA tonight denver", later).rows) == ["Night Owls NA"]

    def test_a_weekday_and_a_part_of_it(self, meetings: SmallDirectory):
        """Both must fit."""
        assert names(search(meetings, "NA saturday morning denver").rows) == ["Saturday Breakfast NA"]

    def test_without_words_of_time_every_meeting_counts(self, meetings: SmallDirectory):
        """Nothing is hidden that was not asked to be."""
        assert search(meetings, "NA meetings denver").total == 4

    def test_the_lists_are_not_said_to_lack_times(self, meetings: SmallDirectory):
        """The sentence about missing hours is for places, whose hours nobody states."""
        assert search(meetings, "NA tonight denver").remarks == ()


def test_the_shared_address_asks_for_the_same_time(meetings: SmallDirectory):
    """Words of time are parts too."""
    page = search(meetings, "NA saturday morning denver")

    assert [names(meetings.follow(page.url).rows), page.total] == [names(page.rows), 1]


def test_facilities_follow_as_a_group(meetings: SmallDirectory):
    """The other kinds keep their own counts; time does not hide them."""
    page = search(meetings, "AA tonight colorado springs")

    assert page.total == 0
    assert [(group.id, group.total) for group in page.beyond if group.id == "facility"] == [("facility", 1)]


def test_each_meeting_tells_its_time(meetings: SmallDirectory):
    """A row's program holds the sessions that the page shows."""
    row = search(meetings, "AA denver saturday").rows[0]

    assert ListingId(row.card.listing.id)
    assert [session.weekday for session in row.card.program.schedule] == [SATURDAY]


class TestSoonestFirst:
    def test_who_names_a_time_gets_what_begins_soonest(self, meetings: SmallDirectory):
        """The page says so, and miles do not matter then."""
        page = search(meetings, "NA tonight denver")

        assert names(page.rows) == ["Saturday Supper NA", "Night Owls NA"]
        assert page.order == "what begins soonest first"

    def test_another_order_can_be_asked_for(self, meetings: SmallDirectory):
        page = meetings.lookup.search(SearchQuery(text="NA tonight denver", sort=Sort.NAME), now=SATURDAY_EVENING)

        assert (names(page.rows), page.order) == (["Night Owls NA", "Saturday Supper NA"], "by name")

    def test_without_a_time_it_can_be_asked_for(self, meetings: SmallDirectory):
        """From this evening on, round the week; this morning's breakfast comes last."""
        page = meetings.lookup.search(SearchQuery(text="NA meetings denver", sort=Sort.START), now=SATURDAY_EVENING)

        assert names(page.rows) == ["Saturday Supper NA", "Night Owls NA", "Sunday Supper NA", "Saturday Breakfast NA"]

    def test_what_began_a_moment_ago_comes_first(self, meetings: SmallDirectory):
        """Ten minutes late one can still walk in."""
        late = datetime(2026, 11, 22, 2, 10, tzinfo=UTC)
        page = meetings.lookup.search(SearchQuery(text="NA meetings denver", sort=Sort.START), now=late)

        assert names(page.rows)[0] == "Saturday Supper NA"

    def test_places_have_no_start(self, meetings: SmallDirectory):
        with pytest.raises(InvalidRequest, match="meetings alone"):
            meetings.lookup.search(SearchQuery(text="detox denver", sort=Sort.START), now=SATURDAY_EVENING)


@pytest.fixture(scope="module")
def mixed(tmp_path_factory: pytest.TempPathFactory) -> SmallDirectory:
    """A group in a hall, one in a hall and online, one online alone whose list names its town."""
    home: Path = tmp_path_factory.mktemp("online")
    hall = meeting("Hall NA", "group.na", SATURDAY, 19, number=140)
    both = meeting("Both NA", "group.na", SATURDAY, 19, number=141)
    both = with_offers(both, "fmt.hybrid", "fmt.online", "fmt.in_person")
    only = with_offers(meeting("Online NA", "group.na", SATURDAY, 20, number=142), "fmt.online")
    nowhere = {"lat": None, "lon": None, "precision": Precision.NONE, "reach": Reach.ONLINE}
    only = msgspec.structs.replace(only, address=Address(city="Denver", state="CO"), **nowhere)
    store = open_store(settings_of(home))
    fill(store, home, (hall, both, only))
    publisher_of(store, home).publish()
    return directory_over(WhooshEngine(home / "index"), store, home)


class TestOnline:
    @pytest.mark.parametrize("words", ["NA denver", "NA colorado", "NA meetings", "NA online denver"])
    def test_results_can_be_walked_into_and_online_ones_stand_beyond(self, mixed: SmallDirectory, words: str):
        """Also in the state that an online group's list names: nobody can be ten miles from it."""
        page = search(mixed, words)
        assert "Online NA" not in names(page.rows)
        assert page.total == len(page.rows) == (1 if "online" in words else 2)
        (online,) = [group for group in page.beyond if group.id == "online_meetings"]
        assert (names(online.rows), online.total) == (["Online NA"], 1)

    def test_all_of_them_can_be_shown(self, mixed: SmallDirectory):
        (online,) = [group for group in search(mixed, "NA denver").beyond if group.id == "online_meetings"]
        page = mixed.follow(online.url)
        assert (names(page.rows), page.total) == (["Online NA"], online.total)
        assert "online_meetings" not in [group.id for group in page.beyond]

    def test_who_asks_for_online_meetings_and_no_place_gets_them(self, mixed: SmallDirectory):
        assert set(names(search(mixed, "NA online").rows)) == {"Online NA", "Both NA"}

    def test_a_name_finds_its_group_wherever_it_meets(self, mixed: SmallDirectory):
        page = mixed.lookup.search(SearchQuery(name="online", kinds=(Kind.MEETING,)), now=SATURDAY_EVENING)
        assert names(page.rows) == ["Online NA"]


def with_offers(record, *concepts: str):
    (held,) = record.programs
    offers = (*held.offers, *map(ConceptId, concepts))
    return msgspec.structs.replace(record, programs=(msgspec.structs.replace(held, offers=offers),))
