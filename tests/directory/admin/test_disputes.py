"""What a place disputes is marked for readers until it is settled; a closed listing is gone with the next answer."""

from __future__ import annotations

import pytest
from paying_places import NOW, providers_file

from directory.duties.disputing import DisputeRefused, close_listing, dispute, disputes_of, is_closed, reopen_listing, settle
from directory.feeds.importing import run_import

SAID = "they say that they take Medicaid since May"


@pytest.fixture
def cedar(places) -> str:
    return places.id_of("Cedar House")


class TestDisputes:
    @pytest.mark.parametrize(
        ("lang", "words"),
        [
            ("en", f"Hours: the place says that this is wrong ({SAID}). We have been checking since November 21, 2026."),
            (
                "es",
                f"Horario: el lugar dice que esto está mal ({SAID}). Lo estamos comprobando desde el 21 de noviembre de 2026.",
            ),
        ],
    )
    def test_readers_see_the_mark_with_the_next_answer(self, places, cedar, lang, words):
        """No reindex, whichever worker answers."""
        client = places.client()
        address = f"/listing/{cedar}?lang={lang}"
        assert words not in client.get(address).text
        dispute(places.store, cedar, "hours", SAID, by="kim", now=NOW)
        assert words in client.get(address).text

    def test_it_goes_when_it_is_settled(self, places, cedar):
        dispute(places.store, cedar, "hours", SAID, by="kim", now=NOW)
        [marked] = disputes_of(places.store, cedar)
        settle(places.store, cedar, marked.id, by="kim", now=NOW)
        assert SAID not in places.client().get(f"/listing/{cedar}").text

    def test_an_import_keeps_it(self, places, cedar, tmp_path):
        dispute(places.store, cedar, "offer:care.outpatient", SAID, by="kim", now=NOW)
        run_import(places.store, "providers", providers_file(tmp_path / "county.json"), now=NOW)
        assert "What it offers (Outpatient" in places.client().get(f"/listing/{cedar}").text

    @pytest.mark.parametrize(
        ("field", "said"),
        [
            ("hours", " "),
            ("nonsense", SAID),
            ("phone:+17195550199", SAID),
            ("hours", "the best in town"),
            ("name", "719-555-0188"),
        ],
    )
    def test_what_cannot_be_shown_is_refused(self, places, cedar, field, said):
        """Nothing said, no such fact, praise, a number of its own: a dispute is no advertisement."""
        with pytest.raises(DisputeRefused):
            dispute(places.store, cedar, field, said, by="kim", now=NOW)

    def test_nothing_is_settled_twice(self, places, cedar):
        with pytest.raises(DisputeRefused):
            settle(places.store, cedar, 7, by="kim", now=NOW)


class TestClosing:
    def test_it_is_gone_from_the_next_answer_of_every_worker(self, places, cedar):
        workers = [places.client(), places.client()]
        assert {worker.get(f"/listing/{cedar}").status_code for worker in workers} == {200}
        close_listing(places.store, cedar, "Called: closed in May.", by="kim", now=NOW)
        assert {worker.get(f"/listing/{cedar}").status_code for worker in workers} == {404}

    def test_no_import_brings_it_back(self, places, cedar, tmp_path):
        close_listing(places.store, cedar, "Called: closed in May.", by="kim", now=NOW)
        run_import(places.store, "providers", providers_file(tmp_path / "county.json"), now=NOW)
        assert places.client().get(f"/listing/{cedar}").status_code == 404

    def test_it_can_be_reopened(self, places, cedar):
        close_listing(places.store, cedar, "Called: closed in May.", by="kim", now=NOW)
        reopen_listing(places.store, cedar, by="kim", now=NOW)
        assert places.client().get(f"/listing/{cedar}").status_code == 200
        assert not is_closed(places.store, cedar)

    def test_a_reason_is_needed(self, places, cedar):
        with pytest.raises(DisputeRefused):
            close_listing(places.store, cedar, " ", by="kim", now=NOW)

    def test_what_is_open_cannot_be_reopened(self, places, cedar):
        with pytest.raises(DisputeRefused):
            reopen_listing(places.store, cedar, by="kim", now=NOW)


class TestStaffPage:
    def test_an_editor_marks_settles_closes_and_reopens(self, places, cedar, log_in, send):
        editor, address = log_in("editor"), f"/admin/listings/{cedar}"
        assert send(editor, f"{address}/dispute", field="hours", statement=SAID).status_code == 303
        assert SAID in editor.get(address).text
        assert f'<a href="{address}">Cedar House</a>: Hours' in editor.get("/admin/").text
        number = str(disputes_of(places.store, cedar)[0].id)
        assert send(editor, f"{address}/settle", number=number).status_code == 303
        assert send(editor, f"{address}/close", reason="Called: closed.").status_code == 303
        assert "Staff took this listing down." in editor.get(address).text
        assert send(editor, f"{address}/reopen").status_code == 303

    def test_listings_are_found_by_name_number_and_id(self, places, cedar, log_in):
        helper = log_in("helpline")
        for words in ("cedar house", "719-555-0103"):
            assert f"/admin/listings/{cedar}" in helper.get("/admin/listings", query_string={"q": words}).text
        assert helper.get("/admin/listings", query_string={"q": cedar}).headers["Location"].endswith(cedar)
        assert "Nothing has this name" in helper.get("/admin/listings", query_string={"q": "zzzz qqqq"}).text


class TestNumbersPage:
    def test_an_editor_establishes_confirms_and_withdraws(self, places, log_in, send):
        editor = log_in("editor")
        values = {"number": "719-555-0103", "answered_by": "call_center", "operator_name": "Example Desk"}
        assert send(editor, "/admin/numbers", **values).status_code == 303
        assert "This number reaches Example Desk: a call center." in editor.get("/admin/numbers").text
        assert send(editor, "/admin/numbers/withdraw", number="+17195550103").status_code == 303

        assert send(editor, "/admin/numbers/withdraw", number="+17195550105").status_code == 303
        assert "I looked: it is so" in editor.get("/admin/numbers").text

    def test_a_refusal_is_said_at_its_field(self, log_in, send):
        """Disclosure row 14, on the page."""
        values = {"number": "719-555-0103", "answered_by": "paid_advertisers", "source_url": "https://example.org"}
        answer = send(log_in("editor"), "/admin/numbers", **values)
        assert answer.status_code == 400
        assert 'id="payers-problem">A number whose calls are sold cannot be published' in answer.text
