"""Words of time become windows of the week in each place's own clock."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.asking.times import DAY, WEEK, WEEKDAYS, windows_of
from index.listing import ConceptId
from index.request import LocalWindow

DENVER = "America/Denver"
# Saturday 21 November 2026, 20:00 in Denver, 22:00 in New York.
SATURDAY_EVENING = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
SATURDAY = 5 * DAY


def windows(*concepts: str, zones: tuple[str, ...] = (DENVER,), now: datetime = SATURDAY_EVENING) -> list[tuple[int, int]]:
    found = windows_of([ConceptId(concept) for concept in concepts], zones, now)
    return [(window.start, window.end) for window in found]


class TestTonight:
    def test_it_runs_from_now_to_four_in_the_morning(self):
        """At eight in the evening, what began at seven is over for tonight."""
        assert windows("sched.tonight") == [(SATURDAY + 20 * 60, SATURDAY + DAY + 4 * 60)]

    def test_before_five_it_begins_at_five(self):
        """Asked at noon, "tonight" is not this afternoon."""
        noon = datetime(2026, 11, 21, 19, 0, tzinfo=UTC)

        assert windows("sched.tonight", now=noon) == [(SATURDAY + 17 * 60, SATURDAY + DAY + 4 * 60)]

    def test_after_midnight_the_rest_of_this_night_counts_too(self):
        """At two on Sunday morning tonight means what is left of this night, or the coming one."""
        two = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)

        assert (6 * DAY + 2 * 60, 6 * DAY + 4 * 60) in windows("sched.tonight", now=two)

    def test_each_zone_has_its_own_clock(self):
        """The same moment is ten in the evening in New York."""
        found = windows_of([ConceptId("sched.tonight")], (DENVER, "America/New_York"), SATURDAY_EVENING)

        assert [window.start for window in found] == [SATURDAY + 20 * 60, SATURDAY + 22 * 60]

    def test_a_sunday_night_passes_the_end_of_the_week(self):
        """A meeting at one on Monday morning is part of Sunday night."""
        sunday = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)

        assert windows("sched.tonight", now=sunday) == [(6 * DAY + 20 * 60, WEEK + 4 * 60)]


@pytest.mark.parametrize(
    ("concepts", "expected"),
    [
        pytest.param(("sched.saturday", "sched.morning"), [(SATURDAY + 300, SATURDAY + 720)], id="a part of a named day"),
        pytest.param(("sched.weekend",), [(SATURDAY, SATURDAY + DAY), (SATURDAY + DAY, WEEK)], id="both days of the weekend"),
        pytest.param(("sched.today",), [(SATURDAY + 1200, SATURDAY + DAY)], id="what is left of today"),
        pytest.param(("sched.tomorrow",), [(SATURDAY + DAY, WEEK)], id="all of tomorrow"),
        pytest.param(("sched.now",), [(SATURDAY + 1170, SATURDAY + 1260)], id="just begun or about to"),
        pytest.param(("sched.24_7", "care.detox"), [], id="no word of time"),
    ],
)
def test_words_of_time(concepts: tuple[str, ...], expected: list[tuple[int, int]]):
    """Days and parts of days combine; words that name no time give no window."""
    assert windows(*concepts) == expected


def test_a_part_of_the_day_alone_means_every_day():
    """ "Morning meetings" are those of any morning."""
    assert len(windows("sched.morning")) == 7


@given(
    st.sets(
        st.sampled_from([*WEEKDAYS, "sched.tonight", "sched.now", "sched.today", "sched.morning", "sched.weekend"]), min_size=1
    ),
    st.datetimes(datetime(2024, 1, 1), datetime(2028, 1, 1)),  # noqa: DTZ001 - hypothesis wants naive bounds
)
def test_every_window_is_sound(concepts: set[str], moment: datetime):
    """A window begins inside the week, is not empty, and is never longer than a day and a half."""
    for window in windows_of([ConceptId(c) for c in concepts], (DENVER, "Pacific/Guam"), moment.replace(tzinfo=UTC)):
        assert isinstance(window, LocalWindow)
        assert 0 <= window.start < WEEK
        assert 0 < window.end - window.start <= DAY * 3 // 2
