"""The weekly report: opt-in, ticked by staff, one dimension at a time, without small numbers and without any call in it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from paying_places import NOW
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from directory.desk.small_cells import OTHERS, SUM
from directory.desk.weekly import (
    CountedCall,
    CountRefused,
    close_weeks,
    count_call,
    county_of,
    reported_weeks,
    week_of,
    weekly_report,
)
from directory.errors import StoreUnavailable
from directory.store.desk.tables import week_reports, week_tallies
from directory.store.desk.weeks import Cell, Dimension, Measure, write_report
from directory.upkeep.chores import Chores
from index.geo.places import Gazetteer

NEXT_WEEK = NOW + timedelta(days=7)
EL_PASO, PUEBLO = "El Paso County, CO", "Pueblo County, CO"


def count(places, times: int, *, met: str = "", unmet: str = "", county: str = "", given: int = 0) -> None:
    for _ in range(times):
        count_call(places.store, CountedCall(given, frozenset(met.split()), frozenset(unmet.split()), county), NOW)


def numbers(places, dimension: Dimension, measure: Measure) -> dict[str, int]:
    close_weeks(places.store, NEXT_WEEK)
    report = weekly_report(places.store, week_of(NOW.date()), dimension)
    return {cell.key: cell.number for cell in report.cells if cell.measure is measure and cell.dimension is dimension}


class TestCounting:
    def test_a_call_becomes_counts_and_is_not_kept(self, places):
        """Two calls with the same ticks are two in a count: nothing tells them apart, or which need went with which county."""
        count(places, 2, met="detox", unmet="paying", county=EL_PASO, given=3)
        with places.store.reading() as connection:
            rows = {tuple(row)[1:] for row in connection.execute(select(week_tallies))}
        assert rows == {
            ("all", "given", "", 6),
            ("need", "met", "detox", 2),
            ("need", "unmet", "paying", 2),
            ("county", "met", EL_PASO, 2),
            ("county", "unmet", EL_PASO, 2),
        }

    @pytest.mark.parametrize(
        ("given", "met", "unmet", "field"),
        [(51, "", "", "given"), (0, "cure", "", "needs"), (0, "detox", "detox", "needs")],
    )
    def test_what_makes_no_sense_is_refused(self, given, met, unmet, field):
        with pytest.raises(CountRefused) as refused:
            CountedCall(given, frozenset(met.split()), frozenset(unmet.split()))
        assert refused.value.field == field

    @pytest.mark.parametrize(
        ("text", "county"), [("80132", EL_PASO), ("Monument, CO", EL_PASO), ("CO", ""), ("xqzzy", ""), ("", "")]
    )
    def test_a_place_is_counted_by_its_county_alone(self, text, county):
        assert county_of(text, Gazetteer.load()) == county


class TestTheReport:
    def test_a_running_week_has_none(self, places):
        count(places, 30, met="detox")
        assert reported_weeks(places.store, NOW) == ()

    def test_a_week_that_is_over_is_written_and_its_counts_are_deleted(self, places):
        count(places, 30, met="detox")
        assert reported_weeks(places.store, NEXT_WEEK) == (week_of(NOW.date()),)
        with places.store.reading() as connection:
            assert connection.execute(select(week_tallies)).all() == []

    def test_needs_stand_by_kind_with_small_ones_together(self, places):
        count(places, 30, met="detox")
        count(places, 12, met="groups")
        count(places, 4, met="supplies")
        assert numbers(places, Dimension.NEED, Measure.MET) == {"detox": 30, OTHERS: 16, SUM: 46}

    def test_needs_stand_by_county_in_a_report_of_its_own(self, places):
        count(places, 20, unmet="detox", county=EL_PASO)
        count(places, 14, unmet="detox", county=PUEBLO)
        assert numbers(places, Dimension.COUNTY, Measure.UNMET) == {EL_PASO: 20, PUEBLO: 14, SUM: 34}

    def test_a_small_county_is_not_even_named(self, places):
        count(places, 40, met="detox", county=EL_PASO)
        count(places, 2, met="detox", county=PUEBLO)
        assert numbers(places, Dimension.COUNTY, Measure.MET) == {OTHERS: 42, SUM: 42}

    def test_a_quiet_week_has_no_numbers(self, places):
        count(places, 3, met="detox", given=2)
        assert reported_weeks(places.store, NEXT_WEEK) == ()

    def test_the_database_itself_refuses_a_small_cell(self, places):
        """Whoever writes there."""
        cell = Cell(NOW.date(), Dimension.NEED, Measure.MET, "detox", 10)
        with pytest.raises((IntegrityError, StoreUnavailable)), places.store.writing() as connection:
            write_report(connection, NOW.date(), [cell])
        with places.store.reading() as connection:
            assert connection.execute(select(week_reports)).all() == []

    def test_it_is_written_though_nobody_opens_it(self, places):
        """The hourly chores close a week."""
        count(places, 30, met="detox")
        Chores(places.store, lambda: 0.0).do(NEXT_WEEK)
        with places.store.reading() as connection:
            assert len(connection.execute(select(week_reports)).all()) > 0


class TestThePages:
    def test_staff_tick_and_nothing_of_the_call_is_shown_again(self, places, ana):
        answer = ana.send("/helpline/count", in_page=False, need_detox="met", given="3", where="80132")
        assert (answer.status_code, answer.headers["Location"]) == (303, "/helpline/count?counted=1")

    def test_an_unknown_place_is_asked_again(self, ana):
        answer = ana.send("/helpline/count", in_page=False, need_detox="met", where="xqzzy")
        assert answer.status_code == 400
        assert "We do not know that place" in answer.text

    def test_editors_read_the_report_and_take_it_as_csv(self, places, eda):
        for _ in range(30):
            count_call(places.store, CountedCall(1, frozenset({"detox"}), frozenset()), NOW - timedelta(days=7))

        assert "Week of November 9, 2026" in eda.get("/helpline/report").text
        lines = eda.get("/helpline/report.csv?by=need").text.split("\r\n")
        assert lines[0] == "week,dimension,key,label,measure,number"
        assert "2026-11-09,all,,All,given,30" in lines
        assert "2026-11-09,need,*,Others together,met,30" in lines

    @pytest.mark.parametrize("address", ["/helpline/count", "/helpline/report", "/helpline/report.csv"])
    def test_nothing_of_it_exists_where_the_operator_did_not_turn_it_on(self, places, staff, address):
        off = places.client(desk_report=False)
        browser = staff("eva", "editor")
        off.set_cookie("staff", browser.client.get_cookie("staff", path="/helpline").value, path="/helpline")
        assert off.get(address).status_code == 404

    @pytest.mark.parametrize(("on", "said"), [(True, True), (False, False)])
    def test_the_privacy_page_says_so_only_where_it_is_on(self, places, on, said):
        page = places.client(desk_report=on).get("/privacy").text
        assert ("may count which kind of help you asked for" in page) is said
