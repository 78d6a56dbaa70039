"""Who answers a number: established by an editor, with every payer of a line that sells calls, told before each number."""

from __future__ import annotations

from dataclasses import replace

import pytest
from paying_places import ANSWERS, CALLS_ARE_SOLD, NOW, SOLD, providers_file
from sqlalchemy.exc import DBAPIError

from directory.duties.answering import AnswerRefused, StatedAnswer, establish_answer, numbers_of, withdraw_established
from directory.duties.sponsoring import SponsorshipRefused
from directory.errors import ImportRefused
from directory.feeds.importing import run_import
from directory.store.disclosed.answers import established
from directory.store.staff import latest_audit

NUMBER = "+17195550101"
LABEL = "Paid line: calls to this number go to companies that pay for them."
PAYERS = "These pay: Example Rehab Group and Second Example Group."


def answered(number: str = NUMBER, by: str = "call_center", **stated) -> StatedAnswer:
    return StatedAnswer(number, by, **stated)


class TestRefusals:
    @pytest.mark.parametrize(
        ("stated", "field"),
        [
            pytest.param(replace(SOLD, payers=" \n "), "payers", id="nobody named"),
            pytest.param(replace(SOLD, source_url=""), "source_url", id="nobody says it"),
            pytest.param(replace(SOLD, source_url="javascript:alert(1)"), "source_url", id="no address"),
            pytest.param(replace(SOLD, payers="The Best Rehab"), "payers", id="praise"),
            pytest.param(replace(SOLD, payers="Call 719-555-0188"), "payers", id="a phone of its own"),
            pytest.param(answered(by="unknown"), "answered_by", id="nothing established"),
            pytest.param(answered(by="somebody"), "answered_by", id="no such answerer"),
            pytest.param(answered("soon"), "number", id="no number"),
            pytest.param(answered(hours="x" * 201), "hours", id="too long"),
        ],
    )
    def test_what_cannot_be_published_is_refused(self, places, stated, field):
        """Disclosure row 14: a routing disclosure with an empty payer list, and the like; the field says what must change."""
        with pytest.raises(AnswerRefused) as refused:
            establish_answer(places.store, stated, by="editor", now=NOW)
        assert refused.value.field == field

    def test_the_database_refuses_it_too(self, places):
        """Whoever writes there."""
        sold = {"number": NUMBER, "answered_by": "paid_advertisers", "operator_name": "", "source_url": "https://example.org"}
        rest = {"hours": "", "cost": "", "payers": "", "set_by": "somebody", "set_at": NOW}
        with places.store.engine.connect() as connection, pytest.raises(DBAPIError, match="payers_named"):
            connection.execute(established.insert().values(**sold, **rest))

    def test_a_file_that_names_no_payer_is_refused(self, places, tmp_path):
        """An import says which number it is, and changes nothing."""
        path = providers_file(tmp_path / "county.json")
        text = (tmp_path / "county.json").read_text().replace(',"payers":["Example Rehab Group","Second Example Group"]', "")
        (tmp_path / "county.json").write_text(text)
        with pytest.raises(ImportRefused, match=r"\+17195550105.*names of the payers"):
            run_import(places.store, "providers", path, now=NOW)


class TestTold:
    @pytest.mark.parametrize("address", ["/search?near=80132&offers=care.outpatient", "/listing/{id}", "/list?ids={id}"])
    def test_before_the_number_on_pages(self, places, address):
        """Disclosure row 13: label, payers by name, then the number."""
        page = places.client().get(address.format(id=places.id_of("Elm House"))).text
        shown = page[page.index(LABEL) :]
        assert shown.index(PAYERS) < shown.index("tel:+17195550105")

    def test_in_every_answer_of_the_api(self, places):
        row = places.client().get(f"/api/v1/listings/{places.id_of('Elm House')}").get_json()
        [phone] = row["programs"][0]["phones"]
        assert (phone["answered_by"], phone["payers"]) == (
            "paid_advertisers",
            ["Example Rehab Group", "Second Example Group"],
        )
        assert phone["statement"].startswith(f"{LABEL} {PAYERS}")

    def test_in_spanish_too(self, places):
        page = places.client().get(f"/listing/{places.id_of('Elm House')}?lang=es").text
        assert "Línea pagada: las llamadas a este número van a empresas que pagan por ellas. Pagan: Example Rehab Group y" in page

    def test_on_the_page_about_calls(self, places):
        """With every payer and the source that says so."""
        page = places.client().get("/where-do-calls-go").text
        assert "Example Rehab Group and Second Example Group" in page
        assert 'href="https://example.org/who"' in page

    def test_with_the_next_answer_of_every_worker(self, places):
        """No reindex: an answer is established and withdrawn while two workers run."""
        workers = [places.client(), places.client()]
        address = f"/listing/{places.id_of('Aspen House')}"
        before = [worker.get(address).text for worker in workers]
        establish_answer(places.store, answered(operator_name="Example Desk"), by="editor", now=NOW)
        during = [worker.get(address).text for worker in workers]
        withdraw_established(places.store, NUMBER, by="editor", now=NOW)
        after = [worker.get(address).text for worker in workers]

        assert ["Example Desk: a call center" in page for page in (*before, *during, *after)] == [
            False,
            False,
            True,
            True,
            False,
            False,
        ]


class TestEditors:
    def test_a_feeds_word_waits(self, places):
        """What a feed says of sold calls is shown once somebody established it, and waits in a list until then."""
        withdraw_established(places.store, CALLS_ARE_SOLD, by="editor", now=NOW)
        assert [fact for _, fact in numbers_of(places.store).waiting] == list(ANSWERS)
        assert LABEL not in places.client().get(f"/listing/{places.id_of('Elm House')}").text

    def test_a_place_whose_calls_are_said_to_be_sold_cannot_pay(self, places):
        """Also while that waits for an editor."""
        withdraw_established(places.store, CALLS_ARE_SOLD, by="editor", now=NOW)
        with pytest.raises(SponsorshipRefused, match="Example Calls"):
            places.sponsor("Elm House")

    def test_an_import_undoes_nothing(self, places, tmp_path):
        establish_answer(places.store, answered(operator_name="Example Desk"), by="editor", now=NOW)
        run_import(places.store, "providers", providers_file(tmp_path / "county.json"), now=NOW)
        assert {one.fact.number for one in numbers_of(places.store).established} == {NUMBER, CALLS_ARE_SOLD}

    def test_it_is_on_record(self, places):
        establish_answer(places.store, answered(operator_name="Example Desk"), by="kim", now=NOW)
        with places.store.reading() as connection:
            entry = latest_audit(connection, 1)[0]
        assert (entry.login, entry.action, entry.subject) == ("kim", "number.establish", NUMBER)

    def test_nothing_established_is_nothing_to_withdraw(self, places):
        with pytest.raises(AnswerRefused):
            withdraw_established(places.store, NUMBER, by="editor", now=NOW)
