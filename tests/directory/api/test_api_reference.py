"""One listing, suggestions, understanding, vocabulary, coverage, health."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

from flask.testing import FlaskClient
from web_fakes import DANGER, NAMED, NOW, FakeLookup, make_settings

from directory.api.listing import FIELDS
from directory.errors import StoreUnavailable
from index.errors import EngineUnavailable


class TestListing:
    def test_has_every_promised_member(self, get: Any) -> None:
        """One listing says all that is known of it, its disclosure and the money statements among it."""
        answer = get("/listings/l-cedar")
        assert set(answer) == set(FIELDS)
        assert answer["disclosure"]["label"] == "Not an ad"
        assert answer["meta"]["ranking"].startswith("Money never changes")

    def test_programs_have_their_own_numbers(self, get: Any) -> None:
        """Each program has its numbers, each number who answers it."""
        assert get("/listings/l-cedar")["programs"][0]["phones"][0]["answered_by"] == "unknown"

    def test_unknown_id_is_not_found(self, get: Any) -> None:
        """An id that nobody knows is a problem with a type of its own."""
        assert get("/listings/l-nobody", 404)["type"] == "/problems/listing-not-found"

    def test_merged_id_redirects(self, client: FlaskClient) -> None:
        """An id that was merged into another leads there, with what was asked."""
        response = client.get("/api/v1/listings/l-merged?lang=es")
        assert (response.status_code, response.headers["Location"]) == (301, "/api/v1/listings/l-cedar?lang=es")

    def test_selection_keeps_disclosure_and_meta(self, get: Any) -> None:
        """No selection drops who paid, or how order and money go together."""
        assert set(get("/listings/l-cedar?fields=name")) == {"id", "name", "disclosure", "meta"}


class TestSuggest:
    def test_completes(self, get: Any) -> None:
        """What is being typed is completed, as many times as asked."""
        assert [item["text"] for item in get("/suggest?q=de&limit=1")["suggestions"]] == ["Detox"]

    def test_nothing_typed_has_no_completion(self, get: Any, lookup: FakeLookup) -> None:
        """An empty box suggests nothing and asks nobody."""
        assert get("/suggest?q=") == {"suggestions": []}
        assert lookup.asked == []

    def test_limit_is_checked(self, get: Any) -> None:
        """A limit that cannot be used is refused, not clamped."""
        assert get("/suggest?q=de&limit=99", 400)["parameter"] == "limit"


class TestUnderstand:
    def test_answers_the_reading(self, get: Any) -> None:
        """The reading of words is the object that stands in a search too."""
        assert get("/understand?q=detox")["concepts"][0]["id"] == "care.detox"

    def test_unknown_parameter_is_refused(self, get: Any) -> None:
        """Only q and lang are known here."""
        assert get("/understand?q=detox&near=Denver", 400)["parameter"] == "near"

    def test_too_much_text_is_refused(self, get: Any) -> None:
        """More than 2,000 characters are a problem of their own."""
        problem = get(f"/understand?q={'a' * 2001}", 413)
        assert (problem["type"], "lines" in problem) == ("/problems/text-too-long", False)

    def test_crisis_in_too_much_text_is_answered(self, get: Any, lookup: FakeLookup) -> None:
        """The crisis words of a text that is too long are still read, and its lines are named."""
        lookup.reading = DANGER
        problem = get(f"/search?q={'a' * 2001}", 413)
        assert problem["crisis"]["id"] == "crisis.suicide"
        assert [line["id"] for line in problem["lines"]] == ["help.988", "help.crisis_text"]


class TestVocabulary:
    def test_names_every_concept_with_words_to_show(self, get: Any, lookup: FakeLookup) -> None:
        """Each concept has labels in both languages; street words and misspellings are input only and stay away."""
        concepts = get("/vocabulary")["concepts"]
        assert len(concepts) == len(lookup.vocabulary.concepts)
        assert all(concept["label"] and concept["label_es"] for concept in concepts)
        assert not {"street", "misspellings"} & set(concepts[0])

    def test_can_be_kept(self, client: FlaskClient) -> None:
        """A vocabulary that did not change is not sent twice."""
        tag = client.get("/api/v1/vocabulary").headers["ETag"]
        assert client.get("/api/v1/vocabulary", headers={"If-None-Match": tag}).status_code == 304


class TestCoverage:
    def test_names_all_jurisdictions(self, get: Any) -> None:
        """States without a listing stand there too: a gap is shown, not hidden."""
        states = get("/coverage")["states"]
        assert len({state["state"] for state in states}) == 56
        assert set(states[0]) == {"state", "name", "facility", "meeting", "helpline"}


class TestHealth:
    def test_answers_without_reading_anything(self, client: FlaskClient, lookup: FakeLookup) -> None:
        """The process is alive though the store is not."""
        lookup.failure = StoreUnavailable("no store")
        assert client.get("/healthz").get_json() == {"status": "ok"}

    def test_ready_says_what_is_served(self, client: FlaskClient) -> None:
        """Readiness names the generation and its age."""
        answer = client.get("/readyz")
        assert answer.status_code == 200
        assert (answer.get_json()["generation"], answer.get_json()["age_seconds"]) == ("g-0001", 3600.0)

    def test_lag_is_the_wait_of_the_oldest_edit(self, client: FlaskClient, lookup: FakeLookup) -> None:
        """An edit that nobody publishes shows."""
        lookup.waiting = (SimpleNamespace(at=NOW - timedelta(seconds=90)),)
        assert client.get("/readyz").get_json()["publisher_lag_seconds"] == 90.0

    def test_broken_index_is_not_ready(self, client: FlaskClient, lookup: FakeLookup) -> None:
        """What cannot answer says so."""
        lookup.failure = EngineUnavailable("no generation")
        answer = client.get("/readyz")
        assert (answer.status_code, answer.get_json()["problems"]) == (503, ["the index cannot be read"])

    def test_unnamed_operator_is_not_ready_for_production(self, client: FlaskClient, lookup: FakeLookup) -> None:
        """In production somebody must say who runs and funds the copy."""
        lookup.settings = make_settings(production=True)
        assert client.get("/readyz").status_code == 503
        lookup.settings = replace(lookup.settings, operator=NAMED)
        assert client.get("/readyz").status_code == 200
