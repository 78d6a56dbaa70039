"""Recording what came of a call: in two steps, taken back within a minute, with its effects, and with nothing of the caller."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from outbox import forget_outbox
from paying_places import NOW

from directory.desk.calls import (
    Called,
    CallRefused,
    calls_for_editors,
    calls_of,
    confirm_call,
    dismiss_call,
    record_call,
    said_of,
    strike_call,
    take_back_closing,
    undo_call,
)
from directory.duties.correcting import corrections_of
from directory.errors import Refused
from directory.publish import Publisher
from directory.store.desk.findings import CallKind, CallOutcome
from index.engine.whoosh_engine import WhooshEngine
from index.geo.distance import Coordinates
from index.language.vocabulary import Vocabulary
from index.listing import Kind
from index.request import Circle, SearchRequest

NUMBER = "+17195550101"


@pytest.fixture
def record(places, aspen):
    """Record a call to Aspen House."""

    def record(kind: str, *, by: str = "ana", days_ago: int = 0, **stated: str) -> CallOutcome:
        called = replace(Called(aspen, NUMBER, kind), **stated)
        return record_call(places.store, called, by=by, now=NOW - timedelta(days=days_ago))

    return record


def checked_on(places, listing_id: str):
    return places.store.public_listings_by_id([listing_id])[listing_id].programs[0].source.checked_on


def index_of(places, root: Path) -> WhooshEngine:
    """Publish the store as it is now."""
    Publisher(places.store, root, Vocabulary.load()).publish()
    return WhooshEngine(root)


def statement(places, listing_id: str, lang: str = "en") -> str:
    page = places.client().get(f"/api/v1/listings/{listing_id}?lang={lang}").json
    return page["phones"][0]["statement"]


class TestRecording:
    def test_it_hangs_on_the_listing_with_the_staff_id_and_the_time(self, places, aspen, record):
        record("full")
        outcome = calls_of(places.store, [aspen], NOW)[aspen][0]
        assert (outcome.kind, outcome.number, outcome.recorded_by, outcome.recorded_at) == (CallKind.FULL, NUMBER, "ana", NOW)

    @pytest.mark.parametrize(
        ("stated", "field"),
        [
            ({"number": "+17195550199"}, "number"),
            ({"kind": "rude"}, "kind"),
            ({"kind": "waits"}, "days"),
            ({"kind": "waits", "days": "0"}, "days"),
            ({"kind": "waits", "days": "٣"}, "days"),
            ({"listing_id": "nowhere"}, "listing_id"),
        ],
    )
    def test_what_makes_no_sense_is_refused_by_its_field(self, record, stated, field):
        with pytest.raises(Refused) as refused:
            record(**{"kind": "full"} | stated)
        assert refused.value.field == field

    def test_pressing_twice_is_one_call(self, record):
        """Three clicks must not become three tries."""
        record("no_answer")
        with pytest.raises(CallRefused):
            record("no_answer")


class TestTakingBack:
    def test_within_a_minute_whoever_recorded_it_takes_it_back(self, places, aspen, record):
        outcome = record("full")
        undo_call(places.store, outcome.id, by="ana", now=NOW + timedelta(seconds=60))
        assert calls_of(places.store, [aspen], NOW) == {}

    @pytest.mark.parametrize(("by", "after"), [("ana", 61), ("ben", 5)])
    def test_neither_later_nor_by_somebody_else(self, places, record, by, after):
        outcome = record("full")
        with pytest.raises(CallRefused):
            undo_call(places.store, outcome.id, by=by, now=NOW + timedelta(seconds=after))

    def test_an_editor_strikes_a_mistake_at_any_time(self, places, aspen, record):
        outcome = record("full")
        strike_call(places.store, outcome.id, by="eda", now=NOW + timedelta(hours=5))
        assert calls_of(places.store, [aspen], NOW) == {}


class TestAGoodOutcome:
    def test_it_is_the_newest_check_of_the_listing(self, places, aspen, record):
        """The place told our staff that its listing is right."""
        assert checked_on(places, aspen) is None
        record("reached")
        assert checked_on(places, aspen) == NOW.date()

    def test_the_index_learns_it_and_forgets_it_when_it_is_undone(self, places, aspen, record, tmp_path):
        """Both enter the outbox, in the transaction of the outcome itself."""
        forget_outbox(places.store)
        outcome = record("takes_medicaid")
        assert [entry.listing_id for entry in places.store.outbox()] == [aspen]

        forget_outbox(places.store)
        undo_call(places.store, outcome.id, by="ana", now=NOW)
        assert [entry.listing_id for entry in places.store.outbox()] == [aspen]
        assert checked_on(places, aspen) is None

    @pytest.mark.parametrize("kind", ["full", "no_answer", "disconnected", "closed", "no_medicaid"])
    def test_others_check_nothing(self, places, aspen, record, kind):
        record(kind)
        assert checked_on(places, aspen) is None

    def test_an_older_check_never_takes_the_place_of_a_newer_one(self, places, aspen, record):
        record("reached")
        record("reached", by="ben", days_ago=3)
        assert checked_on(places, aspen) == NOW.date()


class TestWhatReadersHear:
    def test_a_full_place_says_so_at_its_number_in_both_languages(self, places, aspen, record):
        record("full")
        said = "When we called on November 21, 2026, we were told that it was full. Ask anyway: places open up."
        assert statement(places, aspen).endswith(said)
        assert "nos dijeron que estaba lleno" in statement(places, aspen, "es")

    def test_no_worker_says_yesterdays_words(self, places, aspen, record):
        """Recording and taking back both move the version that every request compares."""
        reader = places.client()
        first = reader.get(f"/listing/{aspen}").text
        outcome = record("full")
        second = reader.get(f"/listing/{aspen}").text
        undo_call(places.store, outcome.id, by="ana", now=NOW)

        assert ["was full" in page for page in (first, second, reader.get(f"/listing/{aspen}").text)] == [False, True, False]

    @pytest.mark.parametrize("kind", ["closed", "no_medicaid"])
    def test_what_is_internal_is_heard_nowhere(self, places, aspen, record, kind):
        before = statement(places, aspen)
        record(kind)
        assert statement(places, aspen) == before

    def test_outcomes_do_not_move_results(self, places, record, tmp_path):
        """The same order before and after every kind of outcome, in an index that has learned of them."""
        near = SearchRequest(kinds=frozenset({Kind.FACILITY}), area=Circle(Coordinates(39.09, -104.87), 200))
        before = [hit.id for hit in index_of(places, tmp_path / "before").search(near).hits]
        for kind in CallKind:
            record(kind.value, by=f"{kind.value}er", **({"days": "5"} if kind is CallKind.WAITS else {}))
        after = index_of(places, tmp_path / "after")

        assert [hit.id for hit in after.search(near).hits] == before
        assert len(before) > 2


class TestAnEditorsWord:
    def test_a_confirmed_closing_is_said_until_it_is_taken_back(self, places, aspen, record):
        outcome = record("closed")
        confirm_call(places.store, outcome.id, by="eda", now=NOW)
        assert "told that this place has closed" in statement(places, aspen)

        take_back_closing(places.store, outcome.id, by="eda", now=NOW)
        assert said_of(places.store, aspen, NOW) == ()

    def test_a_confirmed_no_to_medicaid_is_a_correction_like_any_other(self, places, aspen, record):
        """Said with who says it, and the filter obeys it by the public rule."""
        outcome = record("no_medicaid")
        confirm_call(places.store, outcome.id, by="eda", now=NOW)

        correction = corrections_of(places.store, aspen)[0]
        assert (correction.field, correction.value) == ("offer:pay.medicaid", "no")
        assert "our helpline called on 2026-11-21" in correction.said_by

    def test_what_is_dismissed_waits_no_more_and_is_never_said(self, places, aspen, record):
        outcome = record("closed")
        dismiss_call(places.store, outcome.id, by="eda", now=NOW)

        assert calls_for_editors(places.store, NOW).waiting == ()
        assert said_of(places.store, aspen, NOW) == ()

    def test_nobody_decides_twice(self, places, record):
        outcome = record("closed")
        confirm_call(places.store, outcome.id, by="eda", now=NOW)
        with pytest.raises(CallRefused):
            dismiss_call(places.store, outcome.id, by="other", now=NOW)


def test_the_index_bears_the_new_day(places, aspen, record, tmp_path):
    """A publication of the store after a good outcome holds the day, so that "checked" orders and filters by it."""
    record("reached")
    assert index_of(places, tmp_path / "own-index").get([aspen])[aspen].programs[0].source.checked_on == NOW.date()
