"""What must be disclosed is read together with a version that moves whenever any of it changes."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from outbox import forget_outbox
from sqlalchemy import delete, insert, update
from sqlalchemy.exc import DBAPIError
from store_factory import NOW, place, program, source

from directory.errors import StoreUnavailable
from directory.sources.records import AnsweredBy, AnsweredByFact, PaymentTerms
from directory.store.disclosed.answers import establish
from directory.store.tables import phone_answers, sponsorships

TODAY = date(2026, 11, 21)
NUMBER = "+17195550101"


@pytest.fixture
def cedar_house(store, bring_in) -> str:
    """The id of the one listing in the store."""
    bring_in(place("Cedar House"))
    (listing,) = store.public_listings()
    return listing.id


def sponsor(store, listing_id: str, **stated) -> None:
    sound = {
        "payer": "Example Payer Inc",
        "compensation": "flat_fee",
        "licence": "CO-1",
        "starts_on": TODAY,
        "ends_on": TODAY,
        "source": "https://example.org/contract",
        "recorded_by": "editor",
        "recorded_at": NOW,
    }
    with store.writing() as connection:
        connection.execute(insert(sponsorships).values(listing_id=listing_id, **sound | stated))


class TestSponsorships:
    @pytest.mark.parametrize(("days", "runs"), [(-1, False), (0, True), (1, False)])
    def test_run_on_whole_days_with_both_ends(self, store, cedar_house, days, runs):
        """A sponsorship of one day runs on that day only."""
        sponsor(store, cedar_house)

        assert (cedar_house in store.disclosure_records(TODAY + timedelta(days=days)).payers) is runs

    def test_every_payer_is_named(self, store, cedar_house):
        """Two payers are two names."""
        sponsor(store, cedar_house)
        sponsor(store, cedar_house, payer="Second Payer Inc")

        assert store.disclosure_records(TODAY).payers[cedar_house] == "Example Payer Inc, Second Payer Inc"

    def test_anything_but_a_flat_fee_is_refused(self, store, cedar_house):
        """The database itself refuses payment per call, lead or admission."""
        with pytest.raises(StoreUnavailable, match="flat_fee_only"):
            sponsor(store, cedar_house, compensation="per_call")

    @pytest.mark.parametrize("statement", [delete(sponsorships), update(sponsorships).values(payer="Nobody")])
    def test_are_never_deleted_or_rewritten(self, store, cedar_house, statement):
        """They are ended."""
        sponsor(store, cedar_house)

        with store.engine.connect() as connection, pytest.raises(DBAPIError, match="never"):
            connection.execute(statement)

    def test_can_be_ended(self, store, cedar_house):
        """An ended one no longer runs."""
        sponsor(store, cedar_house)
        with store.writing() as connection:
            connection.execute(update(sponsorships).values(ended_at=NOW, ended_by="editor"))

        assert store.disclosure_records(TODAY).payers == {}


class TestVersion:
    def test_moves_with_a_sponsorship(self, store, cedar_house):
        """The next request sees it, without a publication."""
        before = store.disclosure_version()
        sponsor(store, cedar_house)

        assert store.disclosure_version() > before
        assert store.disclosure_records(TODAY).version == store.disclosure_version()

    def test_moves_with_a_phone_answer(self, store, bring_in):
        """Who answers a number is disclosed too."""
        bring_in(place("Cedar House"))
        before = store.disclosure_version()
        bring_in(place("Cedar House"), answered_by=[AnsweredByFact(number=NUMBER, answered_by=AnsweredBy.FACILITY)])

        assert store.disclosure_version() > before

    def test_moves_with_a_sources_terms(self, store, bring_in):
        """A source that turns out to be paid changes every listing of it."""
        bring_in(place("Cedar House"))
        before = store.disclosure_version()
        bring_in(place("Cedar House"), sources=[source(payment=PaymentTerms.UNKNOWN)])

        assert store.disclosure_version() > before

    def test_stays_when_only_listings_change(self, store, bring_in):
        """A corrected website discloses nothing new."""
        bring_in(place("Cedar House"))
        before = store.disclosure_version()
        bring_in(place("Cedar House", website="https://example.org"))

        assert store.disclosure_version() == before


class TestAnswers:
    def fact(self, answered_by: AnsweredBy, **stated) -> AnsweredByFact:
        return AnsweredByFact(number=NUMBER, answered_by=answered_by, **stated)

    def test_what_vanished_from_a_feed_is_forgotten(self, store, bring_in):
        """A feed states all of its answers each time."""
        bring_in(place("Cedar House"), answered_by=[self.fact(AnsweredBy.FACILITY)])
        bring_in(place("Cedar House"))

        assert store.disclosure_records(TODAY).answered_by == {}

    def test_a_known_answer_beats_an_unknown_one(self, store, bring_in):
        """Of two feeds, the one that knows is believed; of two that know, the one that checked last."""
        bring_in(place("Cedar House"), answered_by=[self.fact(AnsweredBy.UNKNOWN)])
        other = place("Elsewhere", program("x", source="city"))
        stated = [self.fact(AnsweredBy.CALL_CENTER, operator_name="Example Calls")]
        bring_in(other, sources=[source("city")], feed="city", answered_by=stated)

        assert store.disclosure_records(TODAY).answered_by[NUMBER].answered_by is AnsweredBy.CALL_CENTER

    def test_that_calls_are_sold_waits_for_an_editor(self, store, bring_in):
        """What a feed says of it is kept and shown to nobody until a person looked at its source."""
        sold = self.fact(AnsweredBy.PAID_ADVERTISERS, source_url="https://example.org/who", payers=("Example Group",))
        bring_in(place("Cedar House"), answered_by=[sold])
        assert store.disclosure_records(TODAY).answered_by == {}

        with store.writing() as connection:
            establish(connection, sold, "editor", NOW)
        assert store.disclosure_records(TODAY).answered_by == {NUMBER: sold}

    def test_an_old_statement_that_names_no_payer_is_not_shown(self, store, bring_in):
        """Rows from before the names were asked for."""
        bring_in(place("Cedar House"), answered_by=[self.fact(AnsweredBy.FACILITY)])
        with store.writing() as connection:
            connection.execute(update(phone_answers).values(answered_by="paid_advertisers"))

        assert store.disclosure_records(TODAY).answered_by == {}

    def test_staff_count_more_than_feeds(self, store, bring_in):
        """Also against a feed that checked later."""
        later = self.fact(AnsweredBy.FACILITY, checked_on=TODAY)
        bring_in(place("Cedar House"), answered_by=[later])
        with store.writing() as connection:
            establish(connection, self.fact(AnsweredBy.CALL_CENTER), "editor", NOW)

        assert store.disclosure_records(TODAY).answered_by[NUMBER].answered_by is AnsweredBy.CALL_CENTER


class TestPaymentTerms:
    def test_disagreeing_copies_confirm_nothing(self, store, bring_in):
        """Only the source's own feed could settle it: until then the status is unknown, never "not paid"."""
        bring_in(place("Cedar House"))
        other = place("Elsewhere", program("x"))
        bring_in(other, sources=[source(payment=PaymentTerms.UNKNOWN)], feed="another")

        assert store.disclosure_records(TODAY).payment_terms == {"county": PaymentTerms.UNKNOWN}


class TestTieSalt:
    def test_changes_monthly_and_not_daily(self, store):
        """Ties get a new order each month, so that no listing is lucky for ever."""
        assert store.tie_salt(date(2026, 11, 1)) == store.tie_salt(date(2026, 11, 30))
        assert store.tie_salt(date(2026, 11, 30)) != store.tie_salt(date(2026, 12, 1))

    def test_is_another_in_every_store(self, store, tmp_path):
        """Nobody can choose an id that comes first."""
        other = type(store)(f"sqlite:///{tmp_path / 'other.sqlite3'}")
        other.migrate()

        assert other.tie_salt(TODAY) != store.tie_salt(TODAY)


class TestOutbox:
    def test_a_sequence_is_never_used_again(self, store, bring_in):
        """An emptied outbox goes on counting, so an old acknowledgement can't swallow a new entry."""
        bring_in(place("Cedar House"))
        published = store.outbox()[-1].sequence
        forget_outbox(store)
        bring_in(place("Cedar House", hours="always"))

        assert store.outbox()[0].sequence > published
