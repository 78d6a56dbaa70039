"""`directory check` counts what is wrong or doubtful and shows examples."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from store_factory import phone, place, program

from directory.quality import QualityReport, SharedNumber, check_quality
from directory.settings import Operator, Settings
from index.listing import Precision

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
