"""`directory check` counts what is wrong or doubtful and shows examples."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from store_factory import phone, place, program, source

from directory.settings import Operator, Settings
from directory.sources.records import AnsweredBy, AnsweredByFact
from directory.upkeep.number_checks import ANSWERED_ELSEWHERE, DIFFERENT_NUMBERS, DIFFERENT_PLACES, TOLL_FREE_BESIDE_LOCAL
from directory.upkeep.quality import QualityReport, SharedNumber, check_quality
from index.listing import Phone, Precision

TODAY = date(2026, 11, 21)
NAMED = Operator(owner="Example County", funders=("Example Fund",))


@pytest.fixture
def check(store, tmp_path):
    """Check the store as a copy whose operator is named, or another."""

    def check(operator: Operator = NAMED) -> QualityReport:
        settings = Settings(home=tmp_path, database_url=str(store.engine.url), secret_key="-", operator=operator)
        return check_quality(settings, store, today=TODAY)

    return check


def found(report: QualityReport) -> dict[str, int]:
    return {finding.what: finding.listings for finding in report.findings}


def test_what_each_listing_lacks_is_counted(check, bring_in):
    """No phone, no point, nobody said when it was checked."""
    bring_in(place("Cedar House", lat=None, lon=None, precision=Precision.NONE))

    defects = found(check())
    assert (defects["No phone"], defects["No coordinates"]) == (1, 1)
    assert defects["Age unknown: nobody said when it was checked"] == 1


@pytest.mark.parametrize(("checked_on", "stale"), [(date(2025, 11, 21), 0), (date(2025, 11, 20), 1)])
def test_a_check_is_stale_after_a_year(check, bring_in, checked_on, stale):
    """365 days are the cycle of the federal survey."""
    bring_in(place("Cedar House", program("a", checked_on=checked_on)))

    assert found(check())["Checked more than a year ago"] == stale


def test_a_place_outside_its_state_is_found(check, bring_in):
    """A point in Kansas is no place in Colorado."""
    bring_in(place("Cedar House", lat=38.5, lon=-98.0), place("Elm House", street="1 Oak Road"))

    assert found(check())["Outside its state"] == 1


def test_a_number_on_five_listings_is_reported(check, bring_in):
    """It may be a call center: a person should look."""
    bring_in(*(place(f"House {number}", program(str(number), phones=(phone(),))) for number in range(5)))

    assert check().shared_numbers == (SharedNumber("+17195550101", 5),)


def test_an_unnamed_operator_must_be_mended(check):
    """Doubtful data does not fail the check; a copy that does not say who runs it does."""
    assert not check().must_be_mended
    assert check(Operator()).must_be_mended
    assert check(replace(NAMED, funders=())).settings_problems == ("Nobody is named as funding this copy: set DIRECTORY_FUNDERS",)


def test_the_report_is_lines_for_a_person(check, bring_in):
    """Counts with a few ids to look up."""
    bring_in(place("Cedar House"))

    lines = check().lines()
    assert lines[0] == "1 public listings"
    assert any(line.startswith("No phone: 1 (such as ") for line in lines)


class TestNumbersAcrossSources:
    """Two feeds state the same places; `directory check` says where their numbers do not fit together."""

    LOCAL, OTHER, TOLL_FREE = phone("+17195550101"), phone("+17195550102"), phone("+18005550103")

    @pytest.fixture
    def two_lists(self, bring_in):
        """Bring in places twice: each as (name, number of the county, number of the city)."""

        def two_lists(*places_: tuple[str, Phone, Phone]) -> None:
            bring_in(*(place(name, program(name, phones=(county,))) for name, county, _ in places_))
            city = [place(name, program(name, source="city", phones=(number,))) for name, _, number in places_]
            bring_in(*city, sources=[source("city")], feed="city")

        return two_lists

    @pytest.mark.parametrize(
        ("county", "city", "flags"),
        [
            pytest.param(LOCAL, LOCAL, set(), id="they agree"),
            pytest.param(LOCAL, OTHER, {DIFFERENT_NUMBERS}, id="they differ"),
            pytest.param(LOCAL, TOLL_FREE, {DIFFERENT_NUMBERS, TOLL_FREE_BESIDE_LOCAL}, id="one may forward"),
        ],
    )
    def test_two_numbers_of_one_place(self, check, two_lists, county, city, flags):
        two_lists(("Cedar House", county, city))
        asked = (DIFFERENT_NUMBERS, DIFFERENT_PLACES, TOLL_FREE_BESIDE_LOCAL)
        assert {what for what in asked if found(check())[what]} == flags

    def test_numbers_that_two_places_exchanged(self, check, two_lists):
        """What one list gives to Cedar House the other gives to Elm House."""
        two_lists(("Cedar House", self.LOCAL, self.OTHER), ("Elm House", self.OTHER, self.LOCAL))
        assert found(check())[DIFFERENT_PLACES] == 2

    def test_two_places_of_one_number_in_both_lists_are_no_swap(self, check, two_lists):
        """One desk for two houses, and both lists say so."""
        two_lists(("Cedar House", self.LOCAL, self.LOCAL), ("Elm House", self.LOCAL, self.LOCAL))
        assert found(check())[DIFFERENT_PLACES] == 0

    def test_a_facility_whose_calls_go_elsewhere(self, check, bring_in):
        fact = AnsweredByFact(number="+17195550101", answered_by=AnsweredBy.CALL_CENTER)
        bring_in(place("Cedar House", program("a", phones=(phone(),))), answered_by=[fact])
        assert found(check())[ANSWERED_ELSEWHERE] == 1
