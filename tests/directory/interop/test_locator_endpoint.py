"""A client written for the federal locator works against this service unchanged."""

from __future__ import annotations

from typing import Any

import pytest
from small_directory import NOW

from directory.feeds.importing import run_import
from directory.interop.locator.codes import CATEGORIES, LocatorCodes
from directory.sources.federal.locator.service_labels import ServiceLabels

EXPORT = "/locator/exportsAsJson/v2"
NEAR = "sAddr=38.8339, -104.8214"


@pytest.fixture
def ask(client):
    def ask(parameters: str = "") -> dict[str, Any]:
        response = client.get(f"{EXPORT}?{parameters}")
        assert response.status_code == 200, response.text
        return response.get_json()

    return ask


def names(answer: dict[str, Any]) -> list[str]:
    return [f"{row['name1']}/{row['name2']}".rstrip("/") for row in answer["rows"]]


class TestRows:
    def test_a_program_is_a_row_typed_as_the_locator_types_it(self, ask):
        """Points are text, miles a number, what nobody states is null."""
        row = next(row for row in ask(NEAR)["rows"] if row["name2"] == "Detox")
        assert row["zip"] == "80132"
        assert (row["latitude"], row["longitude"]) == ("39.0917", "-104.8728")
        assert isinstance(row["miles"], float)
        assert len(row["frid"]) == 64
        assert (row["phone"], row["intake1"], row["hotline1"]) == ("719-555-0101 x12", "719-555-0111", "719-555-0112")
        assert row["typeFacility"] == "SA"

    def test_services_are_labels_in_their_categories(self, ask):
        row = next(row for row in ask()["rows"] if row["name2"] == "Detox")
        types = {service["f2"]: service["f3"] for service in row["services"]}
        assert types["TC"] == "Substance use treatment; Detoxification"
        assert types["PAY"] == "Medicaid"

    def test_a_list_without_federal_codes_has_null_services(self, ask):
        """Its own codes may look alike and mean something else."""
        row = next(row for row in ask()["rows"] if row["name1"] == "Dogwood House")
        assert row["services"] is None

    def test_every_label_leads_back_to_its_code(self):
        """Whoever imports our answer finds the codes that we were given."""
        codes, labels = LocatorCodes.load(), ServiceLabels.load()
        lost = [
            code
            for code in labels_of_table()
            if labels.code_of(codes.label(code), codes.category(code).code, codes.category(code).name) != code
        ]
        assert lost == []

    def test_without_a_point_there_are_no_miles(self, ask):
        assert {row["miles"] for row in ask()["rows"]} == {None}


def labels_of_table() -> list[str]:
    codes = LocatorCodes.load()
    current = [code for code in codes._labels if code not in RETIRED_TWINS]
    return [code for code in current if codes.category(code).code in (*CATEGORIES, "")]


# Retired codes whose words a current code took over.
RETIRED_TWINS = {"ASS"}


class TestCodes:
    def test_codes_of_one_category_are_alternatives(self, ask):
        """Buprenorphine or methadone."""
        assert names(ask("sCodes=BU,MU&sort=1")) == ["Aspen Center/Detox", "Birch Clinic"]

    def test_categories_must_all_match(self, ask):
        assert names(ask("sCodes=BU,MU,MD")) == ["Aspen Center/Detox"]

    def test_one_program_must_satisfy_all(self, ask):
        """Outpatient care and detox of two programs in one house are not outpatient detox."""
        assert ask("sCodes=DT,OP")["rows"] == []

    def test_a_code_means_itself_and_not_its_concept(self, ask):
        """MI is military insurance there; private insurance or Michigan are other things."""
        assert names(ask("sCodes=MI")) == ["Birch Clinic"]

    def test_an_unknown_code_is_refused(self, client):
        """An empty answer would say that there is no such place."""
        response = client.get(f"{EXPORT}?sCodes=ZZZ")
        assert (response.status_code, response.content_type) == (400, "application/problem+json")
        assert response.get_json()["parameter"] == "sCodes"

    def test_languages_are_alternatives_of_their_own(self, ask):
        assert names(ask("sLanguages=SP,F4")) == ["Aspen Center/Detox"]


class TestLimits:
    def test_metres(self, ask):
        """Monument is 18 miles from Colorado Springs, Denver 63."""
        assert "Aspen Center/Detox" in names(ask(f"{NEAR}&limitType=2&limitValue=40000"))
        assert "Cedar Clinic" not in names(ask(f"{NEAR}&limitType=2&limitValue=40000"))

    def test_a_state_by_the_locators_own_number(self, ask):
        assert ask("sAddr=0,0&limitType=0&limitValue=24")["recordCount"] == 5
        assert ask("sAddr=0,0&limitType=0&limitValue=23")["recordCount"] == 0

    def test_a_county_by_name_or_by_the_point(self, ask):
        assert ask("limitType=1&limitValue=El Paso County, CO")["recordCount"] == 5
        assert ask(f"{NEAR}&limitType=1")["recordCount"] == 5

    @pytest.mark.parametrize(
        "wrong",
        [
            "sAddr=here",
            "sAddr=95,0",
            "limitType=2&limitValue=5",
            "limitType=0&limitValue=17",
            "pageSize=2001",
            "sort=4",
            "sType=x",
        ],
    )
    def test_a_value_that_cannot_be_used_is_refused(self, client, wrong):
        assert client.get(f"{EXPORT}?{wrong}").status_code == 400

    @pytest.mark.parametrize("point", ["38.8339,-104.8214", '"38.8339, -104.8214"', "-104.8214,38.8339"])
    def test_a_point_as_clients_write_it(self, ask, point):
        """With quotation marks, and in the order of the locator's own guide."""
        assert ask(f"sAddr={point}&limitType=2&limitValue=100")["recordCount"] == 2

    @pytest.mark.parametrize(("kind", "count"), [("sa", 4), ("mh", 1), ("both", 5), ("SA,MH", 5), ("BOTH", 5)])
    def test_the_type_of_directory(self, ask, kind, count):
        assert ask(f"sType={kind}")["recordCount"] == count


class TestPages:
    def test_pages_hold_every_row_once(self, ask):
        pages = [ask(f"{NEAR}&pageSize=2&page={number}") for number in (1, 2, 3)]
        assert [(page["page"], page["totalPages"], page["recordCount"]) for page in pages] == [(1, 3, 5), (2, 3, 5), (3, 3, 5)]
        assert len({row["frid"] for page in pages for row in page["rows"]}) == 5

    def test_the_nearest_come_first(self, ask):
        miles = [row["miles"] for row in ask(NEAR)["rows"]]
        assert miles == sorted(miles)

    def test_past_the_end_there_are_no_rows(self, ask):
        """A client that reads until nothing comes ends cleanly."""
        assert ask("page=9")["rows"] == []


class TestTerms:
    def test_a_source_that_may_not_be_handed_on_is_left_out(self, ask):
        assert not any("Elm House" in name for name in names(ask()))

    def test_a_withdrawn_place_is_left_out_at_once(self, ask, directory):
        directory.take_down("Birch Clinic")
        assert "Birch Clinic" not in names(ask())

    def test_a_paying_place_says_so_before_its_name(self, ask, directory):
        """A client of the locator shows name1 and ignores fields that it does not know."""
        directory.sponsor("Birch Clinic")
        row = next(row for row in ask()["rows"] if "Birch" in row["name1"])
        assert row["name1"] == "Paid advertisement: Birch Clinic"
        assert row["disclosure"]["payer"] == "Example Payer"

    def test_paying_moves_no_row(self, ask, directory):
        before = [row["frid"] for row in ask(NEAR)["rows"]]
        directory.sponsor("Birch Clinic", "Cedar Clinic")
        assert [row["frid"] for row in ask(NEAR)["rows"]] == before

    def test_every_row_has_a_status_and_every_number_an_answerer(self, ask):
        rows = ask()["rows"]
        assert rows
        for row in rows:
            assert row["disclosure"]["paid_status"] in {"paid", "not_paid", "unknown"}
            assert all(number["statement"] for number in row["answered_by"])


class TestHttp:
    def test_both_addresses_answer_a_form_a_json_body_and_a_query(self, client):
        bodies = [
            client.get("/locator/listing?sCodes=OTP"),
            client.post("/locator/listing", data={"sCodes": "OTP"}),
            client.post("/locator/listing", json={"sCodes": "OTP", "page": 1}),
        ]
        assert [names(body.get_json()) for body in bodies] == [["Cedar Clinic"]] * 3

    def test_a_body_that_is_not_read_is_refused(self, client):
        """Else it would answer everything, as if nothing had been asked."""
        response = client.post("/locator/listing", data="sCodes=OTP", content_type="text/plain")
        assert (response.status_code, response.content_type) == (415, "application/problem+json")
        assert response.headers["Accept"] == "application/x-www-form-urlencoded, application/json"

    def test_it_is_readable_from_anywhere_without_cookies(self, client):
        response = client.get(EXPORT)
        assert response.headers["Access-Control-Allow-Origin"] == "*"
        assert "Set-Cookie" not in response.headers

    def test_a_kept_answer_is_asked_for_again(self, client, directory):
        """The tag moves when somebody begins to pay."""
        first = client.get(EXPORT)
        assert first.headers["Cache-Control"] == "no-cache"
        again = {"If-None-Match": first.headers["ETag"]}
        assert client.get(EXPORT, headers=again).status_code == 304
        directory.sponsor("Birch Clinic")
        assert client.get(EXPORT, headers=again).status_code == 200


def test_what_we_answer_can_be_imported_again(client, empty_store, tmp_path):
    """Our own importer of the locator's JSON finds the same programs with the same codes."""
    file = tmp_path / "locator.json"
    file.write_bytes(client.get(f"{EXPORT}?sType=both").data)
    report = run_import(empty_store, "samhsa", str(file), now=NOW)

    assert (report.rows_read, report.rows_rejected, report.unknown_codes) == (5, 0, {})
    codes = {one.source_codes for listing in empty_store.public_listings() for one in listing.programs}
    assert ("SA", "DT", "RD", "BU", "MD", "SP") in codes
