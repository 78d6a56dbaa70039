"""Results as CSV and GeoJSON: for spreadsheets and maps, which may drop what they do not know."""

from __future__ import annotations

import csv
import io

import pytest
from flask.testing import FlaskClient
from web_fakes import KEPT_BACK, PAID, FakeLookup, make_card, make_listing, make_row

from directory.api.formats.table import COLUMNS, harmless
from index.listing import Precision

PROMISED = (
    *("id", "kind", "name", "organization", "street", "city", "state", "zip", "lat", "lon", "precision", "phone", "website"),
    *("offers", "paid_status", "payer", "label", "answered_by", "last_checked", "source"),
)


def table(client: FlaskClient, query: str = "") -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(client.get(f"/api/v1/search.csv{query}").get_data(as_text=True))))


class TestCsv:
    def test_has_every_promised_column(self) -> None:
        """A client may rely on the columns of issue 2."""
        assert set(PROMISED) <= set(COLUMNS)

    def test_row_holds_the_facts(self, client: FlaskClient) -> None:
        """A row is a listing with its number as people read it, and who answers it."""
        row = table(client)[0]
        assert (row["id"], row["phone"], row["answered_by"], row["zip"]) == ("l-cedar", "(303) 555-0142", "unknown", "80202")
        assert row["offers"] == "care.detox; pay.medicaid"

    def test_paid_row_has_its_label_before_its_name(self, client: FlaskClient, lookup: FakeLookup) -> None:
        """A spreadsheet that hides columns still shows who paid."""
        lookup.rows = (make_row(make_card(disclosure=PAID)),)
        row = table(client)[0]
        assert row["name"] == "Paid advertisement: Cedar House"
        assert (row["paid_status"], row["payer"], row["label"]) == ("paid", "Example Payer LLC", "Paid advertisement")

    def test_selection_keeps_the_paid_status(self, client: FlaskClient) -> None:
        """No selection of columns drops who paid, nor who answers a number."""
        assert list(table(client, "?fields=name,phone")[0]) == [
            *("id", "name", "phone", "paid_status", "payer", "label", "answered_by")
        ]

    @pytest.mark.parametrize("start", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1"])
    def test_no_cell_is_a_formula(self, start: str) -> None:
        """A name that a spreadsheet would run is kept as text."""
        assert harmless(start) == f"'{start}"

    def test_negative_longitude_stays_a_number(self, client: FlaskClient) -> None:
        """Numbers that we write ourselves are not formulas."""
        assert table(client)[0]["lon"] == "-104.99"

    def test_forbidden_facts_stay_away(self, client: FlaskClient, lookup: FakeLookup) -> None:
        """A source that lets nothing be handed on leaves an address and a status."""
        lookup.rows = (make_row(make_card(make_listing(source=KEPT_BACK))),)
        row = table(client)[0]
        assert (row["name"], row["phone"], row["lat"], row["paid_status"]) == ("", "", "", "not_paid")

    def test_next_page_is_linked(self, client: FlaskClient, lookup: FakeLookup) -> None:
        """A table has no place for paging, so a header names the next page."""
        lookup.answer = {"pages": 3}
        link = client.get("/api/v1/search.csv?near=Denver").headers["Link"]
        assert link == '</api/v1/search.csv?near=Denver&page=2>; rel="next"'


class TestGeoJson:
    def test_is_longitude_first(self, client: FlaskClient) -> None:
        """RFC 7946 puts longitude before latitude."""
        answer = client.get("/api/v1/search.geojson").get_json(force=True)
        assert answer["type"] == "FeatureCollection"
        assert answer["features"][0]["geometry"] == {"type": "Point", "coordinates": [-104.99, 39.75]}

    def test_paid_feature_has_its_label_before_its_name(self, client: FlaskClient, lookup: FakeLookup) -> None:
        """A map that shows the name alone shows who paid."""
        lookup.rows = (make_row(make_card(disclosure=PAID)),)
        properties = client.get("/api/v1/search.geojson").get_json(force=True)["features"][0]["properties"]
        assert properties["name"] == "Paid advertisement: Cedar House"
        assert properties["disclosure"]["payer"] == "Example Payer LLC"

    def test_label_follows_the_language(self, client: FlaskClient, lookup: FakeLookup) -> None:
        """A Spanish answer labels in Spanish."""
        lookup.rows = (make_row(make_card(disclosure=PAID, lang="es")),)
        properties = client.get("/api/v1/search.geojson?lang=es").get_json(force=True)["features"][0]["properties"]
        assert properties["name"] == "Anuncio pagado: Cedar House"

    def test_listing_without_a_point_has_no_geometry(self, client: FlaskClient, lookup: FakeLookup) -> None:
        """A listing that nobody located is listed, not placed at 0, 0."""
        nowhere = make_listing(lat=None, lon=None, precision=Precision.NONE)
        lookup.rows = (make_row(make_card(nowhere), miles=None),)
        assert client.get("/api/v1/search.geojson").get_json(force=True)["features"][0]["geometry"] is None
