"""An export carries each listing's disclosure, obeys its sources, and runs nothing in a spreadsheet."""

from __future__ import annotations

import csv
import io
import json
from datetime import date

import pytest
from sqlalchemy import insert
from store_factory import NOW, phone, place, program, source

from directory.sources.records import AnsweredBy, AnsweredByFact, PaymentTerms
from directory.store.tables import sponsorships
from directory.upkeep.exporting import COLUMNS, export_csv, export_json
from index.listing import Redistribute

TODAY = date(2026, 11, 21)


@pytest.fixture
def rows(store):
    """Export as CSV and return the rows by column name."""

    def rows() -> list[dict[str, str]]:
        written = io.StringIO()
        export_csv(store, written, today=TODAY)
        return list(csv.DictReader(io.StringIO(written.getvalue())))

    return rows


def sponsor(store) -> None:
    (listing,) = store.public_listings()
    with store.writing() as connection:
        connection.execute(
            insert(sponsorships).values(
                listing_id=listing.id,
                payer="Example Payer Inc",
                compensation="flat_fee",
                licence="CO-1",
                starts_on=TODAY,
                ends_on=TODAY,
                source="contract",
                recorded_by="editor",
                recorded_at=NOW,
            )
        )


def test_every_row_has_every_column(rows, bring_in):
    """Also the disclosures, on every row."""
    answer = AnsweredByFact(number="+17195550101", answered_by=AnsweredBy.FACILITY)
    offering = program("a", offers=("care.detox",), phones=(phone(extension="7"),), checked_on=date(2026, 5, 1))
    bring_in(place("Cedar House", offering), answered_by=[answer])

    (row,) = rows()
    assert tuple(row) == COLUMNS
    assert (row["phone"], row["answered_by"]) == ("719-555-0101 x7", "facility")
    assert (row["paid_status"], row["label"], row["last_checked"]) == ("not_paid", "Not an ad", "2026-05-01")


def test_a_paid_row_is_labelled_in_its_name(rows, store, bring_in):
    """The label survives whoever deletes the other columns."""
    bring_in(place("Cedar House"))
    sponsor(store)

    (row,) = rows()
    assert row["name"] == "Paid advertisement: Cedar House"
    assert (row["paid_status"], row["payer"]) == ("paid", "Example Payer Inc")


def test_an_unknown_status_is_said(rows, bring_in):
    """Never empty, never "not paid"."""
    bring_in(place("Cedar House"), sources=[source(payment=PaymentTerms.UNKNOWN)])

    (row,) = rows()
    assert (row["paid_status"], row["label"]) == ("unknown", "Payment status not confirmed")


@pytest.mark.parametrize("name", ["=HYPERLINK(1)", "+1", "-cmd", "@sum", "\tx"])
def test_no_cell_is_a_formula(rows, bring_in, name):
    """A name from somebody's list can't run in the spreadsheet of whoever opens the file."""
    bring_in(place("Cedar House", organization=name))

    (row,) = rows()
    assert row["organization"] == f"'{name}"


def test_a_western_longitude_stays_a_number(rows, bring_in):
    """A minus before digits is no formula."""
    bring_in(place("Cedar House"))

    (row,) = rows()
    assert float(row["lon"]) == -104.9


@pytest.mark.parametrize("write", [export_csv, export_json])
def test_what_may_not_be_handed_on_is_left_out_and_counted(store, bring_in, write):
    """The count is for the person who asks why rows are missing."""
    bring_in(place("Cedar House"))
    other = place("Elsewhere", program("x", source="city"))
    bring_in(other, sources=[source("city", redistribute=Redistribute.NO)], feed="city")
    written = io.StringIO()

    assert write(store, written, today=TODAY) == 1
    assert "Elsewhere" not in written.getvalue()


def test_json_holds_the_same_with_disclosures(store, bring_in):
    """One document, a listing a line."""
    bring_in(place("Cedar House", program("a", phones=(phone(),))))
    written = io.StringIO()
    export_json(store, written, today=TODAY)

    (listing,) = json.loads(written.getvalue())["listings"]
    assert listing["disclosure"]["paid_status"] == "not_paid"
    assert listing["answered_by"] == {"+17195550101": "unknown"}


def test_an_empty_store_is_an_empty_document(store):
    """No listing is no error."""
    written = io.StringIO()

    assert export_json(store, written, today=TODAY) == 0
    assert json.loads(written.getvalue())["listings"] == []
