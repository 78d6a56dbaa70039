"""What readers may hear of our calls: enough tries, only for a time, and only what we did ourselves."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from calls import NUMBER, TODAY, call, three_tries
from hypothesis import given
from hypothesis import strategies as st

from directory.disclosure.call_words import finding_sentence, words_of_number
from directory.store.desk.findings import (
    FOR_EDITORS,
    CallFinding,
    CallKind,
    CallOutcome,
    CallsOfListing,
    PlaceAnswer,
    findings_of,
)


def kinds(*outcomes: CallOutcome) -> list[CallKind]:
    return [finding.kind for finding in findings_of(outcomes, TODAY)]


class TestANumberThatNobodyAnswers:
    def test_three_tries_on_two_days_by_two_people_are_enough(self):
        assert findings_of(three_tries(), TODAY) == (
            CallFinding(NUMBER, CallKind.NO_ANSWER, 3, date(2026, 11, 19), date(2026, 11, 21)),
        )

    @pytest.mark.parametrize(
        "calls",
        [
            pytest.param([call(days_ago=2), call(by="ben")], id="two tries"),
            pytest.param([call(), call(by="ben"), call(by="ben")], id="one day"),
            pytest.param([call(days_ago=2), call(days_ago=1), call()], id="one member of staff"),
        ],
    )
    def test_less_is_not_enough(self, calls):
        assert kinds(*calls) == []

    def test_an_undone_try_does_not_count(self):
        """Undoing takes the words back too."""
        *most, last = three_tries()
        assert kinds(*most, replace(last, undone_at=datetime(2026, 11, 21, 12, 1, tzinfo=UTC))) == []

    def test_being_answered_once_ends_it(self):
        """Whatever was said then: somebody is there."""
        later = call(CallKind.FULL, recorded_at=datetime(2026, 11, 21, 13, tzinfo=UTC))
        assert kinds(*three_tries(), later) == [CallKind.FULL]

    def test_tries_end_after_thirty_days(self):
        assert kinds(*three_tries(27)) == [CallKind.NO_ANSWER]
        assert kinds(*three_tries(28)) == []

    def test_tries_of_two_numbers_are_not_one_number(self):
        """Each number of a listing is judged by its own calls."""
        *most, last = three_tries()
        assert kinds(*most, replace(last, number="+17195550102")) == []


class TestAFullPlace:
    @pytest.mark.parametrize(("days_ago", "said"), [(0, True), (2, True), (3, False)])
    def test_it_is_said_for_less_than_72_hours(self, days_ago, said):
        """Its own day and the two after it."""
        assert bool(kinds(call(CallKind.FULL, days_ago))) is said

    def test_the_newest_word_counts(self):
        newer = call(CallKind.WAITS, days=5, recorded_at=datetime(2026, 11, 21, 13, tzinfo=UTC))
        assert [one.days for one in findings_of([call(CallKind.FULL), newer], TODAY)] == [5]


class TestWhatStaysInternal:
    @pytest.mark.parametrize("kind", sorted(FOR_EDITORS))
    @pytest.mark.parametrize("confirmed", [None, False])
    def test_nobody_hears_it_before_an_editor_confirms(self, kind, confirmed):
        assert kinds(call(kind, confirmed=confirmed)) == []

    def test_a_confirmed_closing_is_said_until_it_is_taken_back(self):
        assert kinds(call(CallKind.CLOSED, days_ago=200, confirmed=True)) == [CallKind.CLOSED]


@given(
    st.lists(
        st.builds(
            call,
            kind=st.sampled_from(CallKind),
            days_ago=st.integers(0, 40),
            by=st.sampled_from(["ana", "ben", "eva"]),
            confirmed=st.sampled_from([None, False]),
        ),
        max_size=12,
    )
)
def test_nothing_is_said_without_the_tries_or_after_its_time(outcomes):
    """Whatever was recorded: failed calls are said of three tries on two days by two people, fullness for three days."""
    for finding in findings_of(outcomes, TODAY):
        if finding.kind is CallKind.NO_ANSWER:
            assert finding.calls >= 3
            assert finding.first < finding.last <= TODAY
            assert (TODAY - finding.first).days < 30
        else:
            assert finding.kind in (CallKind.FULL, CallKind.WAITS)
            assert (TODAY - finding.last).days < 3


class TestTheWords:
    UNREACHED = CallFinding(NUMBER, CallKind.NO_ANSWER, 3, date(2026, 11, 3), date(2026, 11, 9))

    def test_they_tell_our_act_and_send_nobody_away(self):
        assert finding_sentence(self.UNREACHED, "en") == (
            "We could not reach this number on 3 calls between November 3, 2026 and November 9, 2026. Try anyway."
        )

    def test_they_stand_in_spanish_too(self):
        said = finding_sentence(self.UNREACHED, "es")
        assert said.startswith("No pudimos comunicarnos con este número en 3 llamadas entre el 3 de noviembre de 2026")

    @pytest.mark.parametrize(("days", "en", "es"), [(1, "1 day.", "1 día."), (12, "12 days.", "12 días.")])
    def test_a_wait_is_counted_in_days(self, days, en, es):
        finding = CallFinding(NUMBER, CallKind.WAITS, 1, TODAY, TODAY, days)
        assert f"the wait was {en}" in finding_sentence(finding, "en")
        assert f"la espera era de {es}" in finding_sentence(finding, "es")

    def test_the_answer_of_the_place_stands_beside_them(self):
        calls = CallsOfListing((self.UNREACHED,), (PlaceAnswer("Our phone was being repaired.", TODAY),))
        said = words_of_number(calls, NUMBER, "en")
        assert said.endswith("The place answered on November 21, 2026: “Our phone was being repaired.”")

    def test_another_number_of_the_place_says_nothing(self):
        """Neither our words nor the answer to them belong there."""
        calls = CallsOfListing((self.UNREACHED,), (PlaceAnswer("Our phone was being repaired.", TODAY),))
        assert words_of_number(calls, "+17195550199", "en") == ""
