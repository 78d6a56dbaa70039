"""Promises that need a clock are kept while the service runs."""

from __future__ import annotations

from datetime import timedelta

from paying_places import NOW, PayingPlaces

from directory.duties.changelog import change_log
from directory.settings import Operator
from directory.store.corrections.cases import CaseKind, NewCase, case_numbered, open_case
from directory.upkeep.chores import EVERY_SECONDS, Chores, note_operator


def reply_address(places: PayingPlaces) -> str:
    with places.store.reading() as connection:
        found = case_numbered(connection, 1)
    assert found is not None
    return found.reply_address


def test_reply_addresses_are_forgotten_within_the_hour(places: PayingPlaces):
    """Nobody need open a page for it."""
    report = NewCase(places.id_of("Aspen House"), CaseKind.CLOSED, "", "reader@example.org", from_provider=False)
    with places.store.writing() as connection:
        open_case(connection, report, NOW)
    seconds = 0.0
    chores = Chores(places.store, lambda: seconds)

    chores.do(NOW + timedelta(days=29))
    assert reply_address(places) == "reader@example.org"

    chores.do(NOW + timedelta(days=31))
    assert reply_address(places) == "reader@example.org", "not due yet"

    seconds = EVERY_SECONDS
    chores.do(NOW + timedelta(days=31))
    assert reply_address(places) == ""


def test_a_new_owner_of_the_site_is_public(places: PayingPlaces):
    """What the operator declares is noted when the service starts, once for each change."""
    first, second = Operator(owner="Example County", funders=("Example State",)), Operator(owner="Example Inc", funders=("X",))
    noted = [note_operator(places.store, operator, NOW) for operator in (Operator(), first, first, second)]

    assert noted == [False, True, False, True]
    assert [entry.text for entry in change_log(places.store, "en")] == [
        "Who runs and funds this site: before Example County · Example State; now Example Inc · X.",
        "Who runs and funds this site: before nobody named; now Example County · Example State.",
    ]
