"""`/api/v1/search`: the members of an answer, what may be asked, and what is refused."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from flask.testing import FlaskClient
from web_fakes import KEPT_BACK, PAID, FakeLookup, make_card, make_listing, make_row

from directory.api.formats.rows import FIELDS
from index.errors import PageNotFound
from index.geo.places import Gazetteer, UnknownPlace
from index.listing import Kind, Precision, Redistribute


class TestAnswer:
    def test_has_every_promised_member(self, get: Any) -> None:
        """A client may rely on the members of issue 2, in every answer."""
        promised = {
            "query",
            "notices",
            "total",
            "page",
            "pages",
            "per_page",
            "results",
            "beyond",
            "advertisements",
            "facets",
            "meta",
        }
        assert set(get("/search?near=Denver")) == promised

    def test_result_has_every_promised_member(self, get: Any) -> None:
        """Every row has all of its members, empty ones too."""
        assert [set(row) for row in get("/search")["results"]] == [set(FIELDS)] * 2

    def test_a_meeting_says_what_the_age_of_its_list_means(self, get: Any, lookup: FakeLookup) -> None:
        """So that nobody who shows it sends a reader to a meeting that is long gone."""
        old = replace(make_card(make_listing(kind=Kind.MEETING)), age_note="This list has no date.")
        lookup.rows = (make_row(old), make_row(make_card(make_listing())))

        assert [row["age_note"] for row in get("/search")["results"]] == ["This list has no date.", ""]
        assert get("/search?fields=age_note")["results"][0]["age_note"] == "This list has no date."

    def test_what_may_not_be_handed_on_is_not_told_by_the_age_of_its_list(self, get: Any, lookup: FakeLookup) -> None:
        """Whom to ask is the group's own service body, whose name such a source keeps to itself."""
        kept = make_listing(kind=Kind.MEETING, source=KEPT_BACK)
        lookup.rows = (make_row(replace(make_card(kept), age_note="Check with Example Area before you go.")),)

        assert [row["age_note"] for row in get("/search")["results"]] == [""]

    def test_the_list_is_named_in_words(self, get: Any) -> None:
        assert get("/search")["results"][0]["source_words"] == "federal list 2024"

    def test_place_readings_are_offered(self, get: Any) -> None:
        """A place with several readings answers for one and names the others."""
        assert [other["label"] for other in get("/search")["query"]["place"]["alternatives"]] == ["Denver, PA"]

    def test_meta_says_how_order_and_money_go_together(self, get: Any) -> None:
        """Ranking and funding statements stand in every answer."""
        meta = get("/search")["meta"]
        assert meta["ranking"].startswith("Money never changes the order")
        assert meta["funding"]
        assert meta["order"] == "nearest first"

    def test_facets_count_states_and_kinds_too(self, get: Any, lookup: FakeLookup) -> None:
        """States and kinds are groups like any other, with labels to show."""
        facets = {facet["group"]: facet for facet in get("/search")["facets"]}
        assert facets["care"]["counts"] == [{"id": "care.detox", "label": lookup.vocabulary.label("care.detox"), "count": 2}]
        assert facets["state"]["counts"] == [{"id": "CO", "label": "Colorado", "count": 2}]
        assert facets["kind"]["counts"][0]["id"] == Kind.FACILITY

    def test_states_are_labelled_in_the_language_of_the_answer(self, get: Any, lookup: FakeLookup) -> None:
        """A facet is shown as it comes."""
        lookup.answer = {"states": {"NC": 2}, "lang": "es"}
        facets = {facet["group"]: facet for facet in get("/search?lang=es")["facets"]}
        assert facets["state"]["counts"] == [{"id": "NC", "label": "Carolina del Norte", "count": 2}]

    def test_groups_beyond_have_their_own_totals(self, get: Any) -> None:
        """A group beyond the results counts for itself and holds rows of the same shape."""
        group = get("/search")["beyond"][0]
        assert (group["id"], group["total"]) == ("national", 1)
        assert set(group["results"][0]) == set(FIELDS)


class TestDistance:
    def test_exact_point_has_hundredths(self, get: Any) -> None:
        """A street address is measured to the hundredth of a mile."""
        row = get("/search")["results"][0]
        assert (row["distance_miles"], row["distance_precision"]) == (2.13, "street")

    def test_zip_point_has_whole_miles(self, get: Any) -> None:
        """A ZIP code's point is off by miles, so nothing finer than a mile is claimed."""
        row = get("/search")["results"][1]
        assert (row["distance_miles"], row["distance_precision"]) == (8, "zip")

    def test_no_place_has_no_distance(self, get: Any, lookup: FakeLookup) -> None:
        """Without a place there is nothing to measure from."""
        lookup.rows = (make_row(miles=None, precision=Precision.NONE),)
        row = get("/search")["results"][0]
        assert (row["distance_miles"], row["distance_precision"]) == (None, None)


class TestPhones:
    def test_every_number_says_who_answers(self, get: Any) -> None:
        """The facts about who picks up stand at each number, in the row and in its programs."""
        row = get("/search")["results"][0]
        numbers = [*row["phones"], *(phone for program in row["programs"] for phone in program["phones"])]
        assert [phone["answered_by"] for phone in numbers] == ["unknown", "unknown"]
        assert numbers[0]["statement"].endswith("We have not checked who answers.")

    def test_number_is_the_sources_own(self, get: Any) -> None:
        """No tracking number: the digits are those of the source."""
        assert get("/search")["results"][0]["phones"][0]["number"] == "+13035550142"


class TestRedistribution:
    def test_codes_leave_only_where_the_source_allows(self, get: Any, lookup: FakeLookup) -> None:
        """A source that allows bare facts keeps its own codes to itself."""
        source = type(KEPT_BACK)(name="facts", title="Facts", key="f:1", redistribute=Redistribute.FACTS_ONLY)
        lookup.rows = (make_row(), make_row(make_card(make_listing("Quiet Harbor", source=source))))
        rows = get("/search")["results"]
        assert [row["programs"][0]["source_codes"] for row in rows] == [["DT", "MD"], []]

    def test_source_that_forbids_it_leaves_only_an_address(self, get: Any, lookup: FakeLookup) -> None:
        """Nothing of such a source leaves the pages of this service but where to find it, and its disclosure."""
        lookup.rows = (make_row(make_card(make_listing("Quiet Harbor", source=KEPT_BACK))),)
        row = get("/search")["results"][0]
        assert (row["name"], row["phones"], row["programs"], row["lat"]) == ("", [], [], None)
        assert row["url"] == "/listing/l-quiet"
        assert row["disclosure"]["paid_status"] == "not_paid"


class TestDisclosure:
    def test_paid_row_names_its_payer(self, get: Any, lookup: FakeLookup) -> None:
        """Whoever reads a paid row reads that it is one, and who pays."""
        lookup.rows = (make_row(make_card(disclosure=PAID)),)
        disclosure = get("/search")["results"][0]["disclosure"]
        assert disclosure == {
            "paid_status": "paid",
            "label": "Paid advertisement",
            "label_es": "Anuncio pagado",
            "payer": "Example Payer LLC",
            "explanation_url": "/about#money",
            "operator_stake": False,
        }

    def test_name_of_a_paid_row_stays_the_name(self, get: Any, lookup: FakeLookup) -> None:
        """In JSON the label has a member of its own, so the name is not changed."""
        lookup.rows = (make_row(make_card(disclosure=PAID)),)
        assert get("/search")["results"][0]["name"] == "Cedar House"


class TestFields:
    def test_selection_keeps_only_what_was_asked(self, get: Any) -> None:
        """A client that needs little gets little, and always id and disclosure."""
        assert set(get("/search?fields=name,phones")["results"][0]) == {"id", "disclosure", "name", "phones"}

    def test_selection_reaches_every_block(self, get: Any) -> None:
        """Rows beyond the results are selected alike."""
        assert set(get("/search?fields=name")["beyond"][0]["results"][0]) == {"id", "disclosure", "name"}

    def test_repeated_parameters_add_up(self, get: Any) -> None:
        """`fields` may be repeated or separated by commas."""
        assert set(get("/search?fields=name&fields=lat,lon")["results"][0]) == {"id", "disclosure", "name", "lat", "lon"}

    def test_unknown_member_is_refused(self, get: Any) -> None:
        """A misspelt member is an error with a near miss, not a silent gap."""
        problem = get("/search?fields=phone", 400)
        assert (problem["parameter"], problem["suggestions"][0]) == ("fields", "phones")


class TestRefused:
    @pytest.mark.parametrize(
        ("query", "parameter"),
        [
            pytest.param("radios=5", "radios", id="unknown parameter"),
            pytest.param("radius=far", "radius", id="not a number"),
            pytest.param("radius=0", "radius", id="radius of nothing"),
            pytest.param("per_page=101", "per_page", id="too many on a page"),
            pytest.param("offers=care.detoxx", "offers", id="unknown concept"),
            pytest.param("not=nonsense", "not", id="unknown exclusion"),
            pytest.param("lat=39", "lon", id="half a point"),
            pytest.param("sort=paid", "sort", id="unknown order"),
            pytest.param("lang=fr", "lang", id="unknown language"),
            pytest.param("page=0", "page", id="page zero"),
        ],
    )
    def test_problem_names_the_parameter(self, get: Any, query: str, parameter: str) -> None:
        """Whoever asks wrongly learns which part to change."""
        problem = get(f"/search?{query}", 400)
        assert (problem["type"], problem["parameter"], problem["status"]) == ("/problems/invalid-parameter", parameter, 400)

    def test_unknown_concept_has_near_misses(self, get: Any) -> None:
        """The nearest concept is offered."""
        assert "care.detox" in get("/search?offers=care.detoxx", 400)["suggestions"]

    def test_unknown_place_has_near_misses(self, get: Any, lookup: FakeLookup) -> None:
        """A place that nobody knows is an error, never all results."""
        denver = Gazetteer.load().resolve("Denver, CO").place
        lookup.failure = UnknownPlace("Denvr", (denver,))
        problem = get("/search?near=Denvr", 400)
        assert (problem["type"], problem["parameter"], problem["suggestions"]) == (
            "/problems/unknown-place",
            "near",
            ["Denver, CO"],
        )

    def test_page_past_the_end_is_not_found(self, get: Any, lookup: FakeLookup) -> None:
        """A page that does not exist is no empty page."""
        lookup.failure = PageNotFound(9, 3)
        problem = get("/search?page=9", 404)
        assert (problem["type"], problem["parameter"]) == ("/problems/page-past-the-end", "page")

    def test_first_page_of_nothing_is_an_answer(self, get: Any, lookup: FakeLookup) -> None:
        """Nothing found is found out, not an error."""
        lookup.rows = ()
        answer = get("/search")
        assert (answer["total"], answer["results"], answer["pages"]) == (0, [], 1)


class TestInWords:
    def test_distance_is_said_as_on_the_site(self, get: Any) -> None:
        """Rounded once: a client that shows it never differs from the reasons by a tenth of a mile."""
        assert get("/search")["results"][0]["distance"] == "2.1 mi"

    def test_distance_of_what_may_not_be_handed_on_is_not_said(self, get: Any, lookup: FakeLookup) -> None:
        """A distance locates."""
        lookup.rows = (make_row(make_card(make_listing("Quiet Harbor", source=KEPT_BACK))),)
        assert get("/search")["results"][0]["distance"] == ""

    def test_money_is_said_in_sentences(self, get: Any, lookup: FakeLookup) -> None:
        """With the label and the payer, so that a client needs no words of its own."""
        lookup.rows = (make_row(make_card(disclosure=PAID)),)
        money = get("/search")["results"][0]["money"]

        assert money.startswith("Paid advertisement. This place pays us a flat fee")
        assert money.endswith("Payer: Example Payer LLC.")

    def test_what_a_place_disputes_is_said(self, get: Any, lookup: FakeLookup) -> None:
        """Beside the fact, by whoever shows it."""
        lookup.rows = (make_row(make_card(disputes=("The place says that it does not offer detox.",))),)

        assert get("/search")["results"][0]["disputes"] == ["The place says that it does not offer detox."]

    def test_a_paying_result_says_that_it_did_not_pay_to_stand_there(self, get: Any, lookup: FakeLookup) -> None:
        """Its advertisement below does not: that one stands there because it paid."""
        row = make_row(make_card(disclosure=PAID, paid_note="It stands here because it matches."))
        lookup.rows, lookup.answer = (row,), {"advertisements": (row,)}
        answer = get("/search")

        assert answer["results"][0]["why"][-1] == "It stands here because it matches."
        assert "It stands here because it matches." not in answer["advertisements"][0]["why"]


class TestByForm:
    def test_it_answers_as_by_address(self, get: Any, client: FlaskClient, lookup: FakeLookup) -> None:
        """The same parameters, in a body that no address and no history holds."""
        by_form = client.post("/api/v1/search", data={"q": "detox", "near": "Denver", "page": "1"}).get_json(force=True)
        by_address = get("/search?q=detox&near=Denver&page=1")

        assert lookup.asked[0] == lookup.asked[1]
        assert by_form["results"] == by_address["results"]

    def test_nobody_keeps_the_answer(self, client: FlaskClient) -> None:
        """It has no tag to ask again with."""
        headers = client.post("/api/v1/search", data={"q": "detox"}).headers

        assert headers["Cache-Control"] == "no-store"
        assert "ETag" not in headers

    @pytest.mark.parametrize(("data", "status"), [({"radios": "1"}, 400), ({"q": "a" * 3000}, 413), ({"radius": "x"}, 400)])
    def test_it_refuses_what_an_address_would_be_refused_for(
        self, client: FlaskClient, data: dict[str, str], status: int
    ) -> None:
        """In the same words, readable from anywhere."""
        answer = client.post("/api/v1/search", data=data)

        assert answer.status_code == status
        assert answer.headers["Access-Control-Allow-Origin"] == "*"

    @pytest.mark.parametrize("sent", ["application/json", "text/plain;charset=UTF-8", "", "application/graphql"])
    def test_a_body_that_is_not_read_is_refused(self, client: FlaskClient, lookup: FakeLookup, sent: str) -> None:
        """Its words were once left out without a word, and the whole country answered."""
        answer = client.post("/api/v1/search", data=b'{"q": "detox"}', headers={"Content-Type": sent})
        problem = answer.get_json(force=True)

        assert (answer.status_code, answer.content_type) == (415, "application/problem+json")
        assert problem["type"] == "/problems/unsupported-media-type"
        assert problem["detail"] == "the body must be application/x-www-form-urlencoded"
        assert answer.headers["Accept"] == "application/x-www-form-urlencoded"
        assert lookup.asked == []

    def test_without_a_body_the_address_is_searched(self, client: FlaskClient, lookup: FakeLookup) -> None:
        """Some programs name a type even for nothing."""
        assert client.post("/api/v1/search?q=detox", headers={"Content-Type": "application/json"}).status_code == 200
        assert [query.text for query in lookup.asked] == ["detox"]

    def test_a_form_of_parts_is_read_too(self, client: FlaskClient, lookup: FakeLookup) -> None:
        """As a page's script sends what a form holds."""
        client.post("/api/v1/search", data={"q": "detox"}, content_type="multipart/form-data")
        assert [query.text for query in lookup.asked] == ["detox"]

    def test_the_language_of_the_address_counts_for_refusals(self, client: FlaskClient) -> None:
        """A reader of Spanish is refused in Spanish."""
        english = client.post("/api/v1/search?lang=en", data={"radius": "x"}).get_json(force=True)
        spanish = client.post("/api/v1/search?lang=es", data={"radius": "x"}).get_json(force=True)

        assert english["title"] != spanish["title"]
