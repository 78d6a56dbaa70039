"""The words about money and phones: exact where the law is exact, and only where they are true."""

from __future__ import annotations

from datetime import date

import pytest

from directory.disclosure import (
    LABELS,
    LANGUAGES,
    SENTENCES,
    PaidStatus,
    disclose,
    number_statement,
    order_statement,
    paid_count_statement,
    site_statements,
)
from directory.settings import Operator
from directory.sources.records import AnsweredBy, AnsweredByFact
from index.request import Sort


class TestLabels:
    def test_paid_is_said_in_exactly_these_words(self):
        assert LABELS[PaidStatus.PAID] == {"en": "Paid advertisement", "es": "Anuncio pagado"}

    def test_unknown_is_a_status_of_its_own(self):
        assert disclose(PaidStatus.UNKNOWN).label == "Payment status not confirmed"

    @pytest.mark.parametrize("status", PaidStatus)
    def test_every_status_has_words_in_every_language(self, status: PaidStatus):
        assert set(LABELS[status]) == set(SENTENCES[status]) == set(LANGUAGES)

    @pytest.mark.parametrize(("status", "payer"), [(PaidStatus.PAID, None), (PaidStatus.NOT_PAID, "Somebody")])
    def test_payer_and_status_must_agree(self, status: PaidStatus, payer: str | None):
        with pytest.raises(ValueError, match="payer"):
            disclose(status, payer)


class TestNumbers:
    def test_what_nobody_checked_is_said(self):
        assert number_statement(None, "the federal list, 2024", 1, "en") == (
            "Number from the federal list, 2024. We have not checked who answers."
        )

    def test_a_number_on_many_places_says_so(self):
        """From five on: one desk answers for all of them."""
        assert "One number" not in number_statement(None, "a list", 4, "en")
        assert number_statement(None, "a list", 78, "en").endswith("One number for 78 places.")

    def test_paying_companies_are_named_as_such(self):
        """The label first, every payer by name, who runs it, when it was checked, the hours, the cost to the caller."""
        sold = {"answered_by": AnsweredBy.PAID_ADVERTISERS, "operator_name": "Example Calls", "payers": ("Group A", "Group B")}
        terms = {"checked_on": date(2026, 11, 1), "hours": "24/7", "cost": "free", "source_url": "https://example.org/who"}
        fact = AnsweredByFact(number="+13035550142", **sold, **terms)
        assert number_statement(fact, "a list", 1, "en") == (
            "Paid line: calls to this number go to companies that pay for them. These pay: Group A and Group B. It is run by "
            "Example Calls. We checked it on November 1, 2026. Hours: 24/7. Cost to you: free."
        )
        assert number_statement(fact, "una lista", 1, "es").startswith("Línea pagada: las llamadas a este número van a empresas")

    def test_who_pays_for_a_line_is_named(self):
        """Also where nobody sells its calls."""
        fact = AnsweredByFact(number="+13035550142", answered_by=AnsweredBy.CALL_CENTER, payers=("Example State",))
        said = number_statement(fact, "a list", 1, "en")
        assert said == "This number reaches a call center. It is paid for by Example State. Not stated: hours, cost."

    @pytest.mark.parametrize("missing", ["payers", "source_url"])
    def test_that_calls_are_sold_cannot_be_said_without_names_and_source(self, missing: str):
        """Disclosure row 14."""
        stated = {"payers": ("Group A",), "source_url": "https://example.org/who"}
        del stated[missing]
        with pytest.raises(ValueError, match="names of the payers"):
            AnsweredByFact(number="+13035550142", answered_by=AnsweredBy.PAID_ADVERTISERS, **stated)


class TestSite:
    def test_an_unnamed_operator_is_said(self):
        assert site_statements(Operator(), "en") == ("The operator of this copy has not said who runs it.",)
        assert site_statements(Operator(owner="Example County"), "en") == site_statements(Operator(), "en")

    def test_each_sentence_stands_only_where_it_is_true(self):
        named = Operator(owner="Example County", funders=("Fund A", "Fund B"))
        assert site_statements(named, "en") == (
            "We are Example County. We are paid by Fund A and Fund B.",
            "We do not run any treatment center.",
            "We do not get money when you call or enter a program.",
        )

    @pytest.mark.parametrize(
        ("count", "said"),
        [
            (0, None),
            (1, "One place pays us a flat fee for an advertisement."),
            (3, "3 places pay us a flat fee for an advertisement."),
            (None, "Right now we cannot read whether a place pays us."),
        ],
    )
    def test_who_pays_now_is_part_of_it(self, count, said):
        """Whoever declares a fund and also takes money for advertisements says both."""
        named = Operator(owner="Example County", funders=("Fund A",))
        for operator in (named, Operator()):
            statements = site_statements(operator, "en", advertisers=count)
            assert (said in statements) is (said is not None)
            assert any("pay us" in one or "pays us" in one for one in statements) is (said is not None)

    def test_a_stake_replaces_the_sentence_that_it_contradicts(self):
        """Two statements that contradict each other cannot both be configured."""
        owner = Operator(owner="Example Company", funders=("itself",), facilities_owned=("x1",), money_received="We sell books.")
        said = site_statements(owner, "en", ("Cedar House",))
        assert said[1:] == ("We run Cedar House; they are marked.", "We sell books.")


@pytest.mark.parametrize("sort", Sort)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_order_has_its_sentence(sort: Sort, lang: str):
    said = {order_statement(sort, has_centre=True, has_words=words, lang=lang) for words in (True, False)}
    assert all(said)


def test_the_paid_count_speaks_of_the_whole_match_set():
    assert paid_count_statement(2, 40, "en") == "2 of 40 pay us"
    assert paid_count_statement(0, 40, "es") == "Ninguno de estos lugares nos paga"
    assert paid_count_statement(0, 2, "en", lines=True) == "None of these lines pays us"
    assert paid_count_statement(0, 2, "es", lines=True) == "Ninguna de estas líneas nos paga"
