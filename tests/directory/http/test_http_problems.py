"""Errors on pages and in logs: what to do next for a person, the cause for the operator, the search words for nobody."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from web_fakes import FakeLookup

from directory.errors import StoreUnavailable
from directory.web.error_log import ErrorLog
from directory.web.problem_kinds import KINDS
from index.errors import EngineUnavailable

SECRET = "klonopin-near-my-house"


class TestPages:
    def test_missing_page_is_a_page(self, client: FlaskClient) -> None:
        """A wrong address answers as a page, with the crisis strip and a way on."""
        answer = client.get("/nowhere")
        body = answer.get_data(as_text=True)
        assert (answer.status_code, answer.mimetype) == (404, "text/html")
        assert "There is no such page" in body
        assert "988" in body

    def test_unreadable_store_shows_the_lines(self, client: FlaskClient, lookup: FakeLookup) -> None:
        """No answer is better than one that may hide who paid; the lines answer."""
        lookup.failure = StoreUnavailable("gone")
        answer = client.get("/search?near=Denver")
        assert answer.status_code == 503
        assert "1-800-662-4357" in answer.get_data(as_text=True)

    def test_spanish_reader_reads_spanish(self, client: FlaskClient) -> None:
        """Errors are in the reader's language."""
        assert "Esa página no existe" in client.get("/nowhere?lang=es").get_data(as_text=True)

    def test_broken_template_still_shows_the_lines(self, client: FlaskClient, app: Flask) -> None:
        """Whatever else fails, the numbers reach the reader."""
        app.context_processor(broken)
        body = client.get("/nowhere").get_data(as_text=True)
        assert "988" in body
        assert "There is no such page" in body

    def test_missing_listing_is_a_page(self, client: FlaskClient) -> None:
        """A listing that is gone answers 404."""
        assert client.get("/listing/l-nobody").status_code == 404


class TestUnexpected:
    def test_is_a_problem_with_the_lines(self, client: FlaskClient, lookup: FakeLookup) -> None:
        """A defect of ours answers like any other problem."""
        lookup.failure = KeyError(SECRET)
        problem = client.get("/api/v1/search").get_json(force=True)
        assert (problem["type"], problem["status"]) == ("/problems/internal-error", 500)
        assert problem["lines"]

    @pytest.mark.parametrize("failure", [KeyError(SECRET), StoreUnavailable(SECRET)])
    def test_log_holds_the_cause_and_no_words(
        self, client: FlaskClient, lookup: FakeLookup, caplog: pytest.LogCaptureFixture, failure: Exception
    ) -> None:
        """The log names the type and the lines of code, and neither address nor words nor place."""
        lookup.failure = failure
        with caplog.at_level(logging.DEBUG):
            client.get(f"/api/v1/search?q={SECRET}&near=Denver")
            client.get(f"/search?q={SECRET}&near=Denver")
        assert type(failure).__name__ in caplog.text
        assert "http.py" in caplog.text
        assert SECRET not in caplog.text
        assert "Denver" not in caplog.text


class TestErrorLog:
    def test_same_error_is_reported_once_a_minute(self, caplog: pytest.LogCaptureFixture) -> None:
        """A store that is away does not fill the disk; the next report says how often it failed."""
        moments = iter([0.0, 1.0, 2.0, 61.0])
        errors = ErrorLog(lambda: next(moments))
        for _ in range(4):
            errors.report(StoreUnavailable(SECRET), "api.search")
        assert [record.getMessage().partition("repeated=")[2][0] for record in caplog.records] == ["0", "2"]

    def test_other_errors_are_reported_at_once(self, caplog: pytest.LogCaptureFixture) -> None:
        """One outage hides no other defect."""
        errors = ErrorLog(lambda: 0.0)
        errors.report(StoreUnavailable(SECRET), "api.search")
        errors.report(KeyError(SECRET), "api.search")
        assert len(caplog.records) == 2


class TestLimits:
    def test_endless_address_is_refused(self, client: FlaskClient) -> None:
        """An address longer than any text that we read is refused before anything reads it."""
        assert client.get(f"/api/v1/search?q={'a' * 40_000}").status_code == 414

    def test_too_much_text_without_an_index_shows_the_lines(self, client: FlaskClient, lookup: FakeLookup) -> None:
        """Where danger cannot be read, the lines are shown to everybody."""
        lookup.failure = EngineUnavailable("no generation")
        problem = client.get(f"/api/v1/search?q={'a' * 2001}").get_json(force=True)
        assert (problem["status"], bool(problem["lines"])) == (503, True)

    def test_any_2000_characters_fit(self, client: FlaskClient) -> None:
        """Two thousand characters of any script are read."""
        assert client.get("/api/v1/understand", query_string={"q": "🙂" * 2000}).status_code == 200

    def test_endless_form_is_refused(self, client: FlaskClient) -> None:
        """A form larger than any that we offer is refused, as a page."""
        answer = client.post("/search", data={"q": "a" * 100_000})
        assert (answer.status_code, answer.mimetype) == (413, "text/html")


class TestKinds:
    def test_type_leads_to_its_explanation(self, client: FlaskClient) -> None:
        """The type of a problem is an address that answers."""
        problem = client.get("/api/v1/search?radius=far").get_json(force=True)
        explained = client.get(problem["type"]).get_json()
        assert (explained["type"], explained["status"]) == (problem["type"], 400)

    def test_every_kind_is_documented(self) -> None:
        """The guide to the API explains each kind under its name."""
        guide = (Path(__file__).parents[3] / "docs" / "api.md").read_text(encoding="utf-8")
        assert [name for name in KINDS if f"`/problems/{name}`" not in guide] == []

    def test_every_kind_speaks_both_languages(self) -> None:
        """Titles and advice exist in English and Spanish."""
        assert all(set(kind.title) == set(kind.message) == {"en", "es"} for kind in KINDS.values())


def broken() -> dict[str, object]:
    raise RuntimeError
