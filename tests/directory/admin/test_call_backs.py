"""What a place asks for its own listing is checked by a call to a number that the report did not bring."""

from __future__ import annotations

import pytest
from paying_places import NOW

from directory.duties.caring import CallBack, CaseRefused, case_of, close_report, note_call_back, report_problem
from directory.store.corrections.cases import CaseKind, NewCase
from directory.store.staff import latest_audit

LISTED, IN_REPORT, ELSEWHERE = "719-555-0101", "719-555-0199", "719-555-0150"


@pytest.fixture
def asked(places) -> int:
    """The number of a report in which somebody asks to change the phone of Aspen House."""
    text = f"Our new number is {IN_REPORT}."
    new = NewCase(places.id_of("Aspen House"), CaseKind.CORRECTION, text, "", from_provider=True)
    return report_problem(places.store, new, NOW)


def call(places, case: int, number: str = LISTED, origin: str = "", *, confirmed: bool = True) -> None:
    note_call_back(places.store, case, CallBack(number, origin, confirmed), by="kim", now=NOW)


class TestTheCall:
    def test_goes_to_a_number_of_the_listing(self, places, asked):
        call(places, asked)
        found = case_of(places.store, asked, NOW)
        assert (found.called_number, found.called_by, found.call_confirmed) == ("+17195550101", "kim", True)

    def test_or_to_one_that_another_source_names(self, places, asked):
        call(places, asked, ELSEWHERE, "state licence list")
        assert case_of(places.store, asked, NOW).called_number == "+17195550150 (state licence list)"

    @pytest.mark.parametrize(
        ("number", "origin", "field"),
        [(IN_REPORT, "their website", "called"), (ELSEWHERE, "", "origin"), ("soon", "", "called")],
    )
    def test_never_to_the_reports_own_number(self, places, asked, number, origin, field):
        """Nor to one that nobody names, nor to none."""
        with pytest.raises(CaseRefused) as refused:
            call(places, asked, number, origin)
        assert refused.value.field == field

    def test_is_on_record(self, places, asked):
        call(places, asked, confirmed=False)
        with places.store.reading() as connection:
            entry = latest_audit(connection, 1)[0]
        assert (entry.action, entry.detail) == ("case.call_back", "+17195550101: no")

    def test_needs_an_open_report(self, places, asked):
        close_report(places.store, asked, "", by="kim", now=NOW)
        with pytest.raises(CaseRefused):
            call(places, asked)


class TestGranting:
    @pytest.mark.parametrize("confirmed", [None, False])
    def test_is_refused_until_the_place_confirmed(self, places, asked, confirmed):
        """Nobody called, or nobody there said yes."""
        if confirmed is not None:
            call(places, asked, confirmed=confirmed)
        with pytest.raises(CaseRefused, match="call back first"):
            close_report(places.store, asked, "Changed.", by="kim", now=NOW, granted=True)
        assert case_of(places.store, asked, NOW).closed_at is None

    def test_is_possible_afterwards(self, places, asked):
        call(places, asked)
        assert close_report(places.store, asked, "Changed.", by="kim", now=NOW, granted=True)

    def test_refusing_what_is_asked_needs_no_call(self, places, asked):
        assert close_report(places.store, asked, "Nobody there.", by="kim", now=NOW)

    def test_reports_of_readers_need_none(self, places):
        """A wrong number is checked as staff see fit."""
        new = NewCase(places.id_of("Aspen House"), CaseKind.WRONG_PHONE, "", "", from_provider=False)
        case = report_problem(places.store, new, NOW)
        assert close_report(places.store, case, "Corrected.", by="kim", now=NOW, granted=True)


class TestStaffPage:
    def test_an_editor_calls_and_closes(self, places, asked, log_in, send):
        editor = log_in("editor")
        page = editor.get(f"/admin/cases/{asked}").text
        assert "Call a number from another source than the report" in page
        assert "The listing has (719) 555-0101." in page

        assert send(editor, f"/admin/cases/{asked}/call", called=LISTED, confirmed="yes").status_code == 303
        assert "the place confirmed it" in editor.get(f"/admin/cases/{asked}").text
        assert send(editor, f"/admin/cases/{asked}/close", outcome="Done.", granted="yes").status_code == 303

    def test_a_refusal_is_said_at_its_field(self, asked, log_in, send):
        answer = send(log_in("editor"), f"/admin/cases/{asked}/call", called=IN_REPORT, origin="x", confirmed="yes")
        assert answer.status_code == 400
        assert 'id="called-problem">This number stands in the report itself' in answer.text
