"""Answers kept in memory: exactly as fresh as their tag, and bounded."""

from __future__ import annotations

import gzip

from flask import Flask, Response
from flask.testing import FlaskClient
from web_fakes import PAID, FakeLookup, make_card, make_row

from directory.web.kept_answers import KeptAnswer, KeptAnswers
from index.language.understanding import Understanding

SEARCH = "/api/v1/search?near=Denver"


class TestKeeping:
    def test_same_question_is_searched_once(self, client: FlaskClient, lookup: FakeLookup) -> None:
        """Who asks what was just asked gets the same answer."""
        first, second = client.get(SEARCH), client.get(SEARCH)
        assert first.get_data() == second.get_data()
        assert first.headers["ETag"] == second.headers["ETag"]
        assert len(lookup.asked) == 1

    def test_sponsorship_shows_on_the_next_request(self, client: FlaskClient, lookup: FakeLookup) -> None:
        """When the disclosures move, no kept answer hides that somebody pays."""
        client.get(SEARCH)
        lookup.rows, lookup.version = (make_row(make_card(disclosure=PAID)),), "g-0001-8"
        assert client.get(SEARCH).get_json()["results"][0]["disclosure"]["paid_status"] == "paid"

    def test_answer_of_the_hour_is_not_kept(self, client: FlaskClient, lookup: FakeLookup) -> None:
        """ "Tonight" is searched each time."""
        lookup.answer = {"understanding": Understanding(text="", language="en", time=("sched.tonight",))}
        client.get(SEARCH)
        client.get(SEARCH)
        assert len(lookup.asked) == 2

    def test_refusal_is_not_kept(self, client: FlaskClient) -> None:
        """A problem is found anew each time."""
        assert [client.get(f"{SEARCH}&radius=far").status_code for _ in range(2)] == [400, 400]

    def test_compressed_and_plain_are_the_same(self, client: FlaskClient) -> None:
        """Whoever takes gzip reads the same answer."""
        plain = client.get(SEARCH)
        small = client.get(SEARCH, headers={"Accept-Encoding": "gzip"})
        assert gzip.decompress(small.get_data()) == plain.get_data()
        assert "Accept-Encoding" in small.headers["Vary"]
        assert "Accept-Encoding" in plain.headers["Vary"]


class TestBound:
    def test_longest_unasked_makes_room(self) -> None:
        """Memory is bounded: what nobody asks for again goes first."""
        answers = KeptAnswers(most_bytes=2_000)
        for tag in ("a", "b", "a", "c"):
            if not answers.get(tag):
                answers.keep(tag, KeptAnswer(Response(b"x" * 900)))
        assert [tag for tag in "abc" if answers.get(tag)] == ["a", "c"]

    def test_compressed_form_is_kept_alone(self, app: Flask) -> None:
        """Whoever reads compressed answers costs a fraction of the room, and a plain reader still gets all of it."""
        answer = KeptAnswer(Response(b"x" * 90_000))
        with app.test_request_context(headers={"Accept-Encoding": "gzip"}):
            answer.response()
        assert answer.size < 1_000
        with app.test_request_context():
            assert answer.response().get_data() == b"x" * 90_000

    def test_huge_answer_is_not_kept(self) -> None:
        """An answer larger than all the room is answered, not kept."""
        answers = KeptAnswers(most_bytes=100)
        answers.keep("a", KeptAnswer(Response(b"x" * 900)))
        assert answers.get("a") is None
