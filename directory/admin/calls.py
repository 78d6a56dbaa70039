"""What the helpline's calls found, for editors: what stays internal until they confirm it, and what places answer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from flask import redirect, render_template, request
from flask.typing import ResponseReturnValue

from directory.admin.access import admin, member, needs
from directory.admin.names import names_of
from directory.answers.cards import shown_number
from directory.desk.answers import end_answer, publish_answer, standing_answers, take_answer
from directory.desk.calls import calls_for_editors, calls_of, confirm_call, dismiss_call, strike_call, take_back_closing
from directory.disclosure.call_words import finding_sentence
from directory.errors import Refused
from directory.numerals import record_number
from directory.store import Store
from directory.store.desk.findings import CallKind, CallOutcome
from directory.store.staff import Role
from directory.web import current
from index.listing import ListingId, Phone

KINDS = {
    CallKind.REACHED: "answered, the listing is right",
    CallKind.TAKES_MEDICAID: "takes Medicaid",
    CallKind.WAITS: "has a wait",
    CallKind.FULL: "is full",
    CallKind.NO_ANSWER: "nobody answered",
    CallKind.DISCONNECTED: "number not in service",
    CallKind.NO_MEDICAID: "does not take Medicaid",
    CallKind.CLOSED: "has closed",
}
Act = Callable[[Store, int, str, datetime], None]
ACTS: dict[str, Act] = {
    "confirm": lambda store, number, by, now: confirm_call(store, number, by=by, now=now),
    "dismiss": lambda store, number, by, now: dismiss_call(store, number, by=by, now=now),
    "strike": lambda store, number, by, now: strike_call(store, number, by=by, now=now),
    "take_back": lambda store, number, by, now: take_back_closing(store, number, by=by, now=now),
    "publish_answer": lambda store, number, by, now: publish_answer(store, number, by=by, now=now),
    "end_answer": lambda store, number, by, now: end_answer(store, number, by=by, now=now),
}


@dataclass(frozen=True, slots=True)
class CallRow:
    """An outcome in words."""

    id: int
    listing_id: ListingId
    words: str


@admin.get("/calls")
@needs(Role.HELPLINE)
def calls() -> ResponseReturnValue:
    """Show what waits for an editor, what readers hear of our calls, and the answers of places."""
    return _page()


@admin.post("/calls")
@needs(Role.EDITOR)
def decide_call() -> ResponseReturnValue:
    """Confirm, dismiss, strike, take back, publish or set aside."""
    act, number = ACTS.get(request.form.get("act", "")), record_number(request.form.get("number", ""))
    return _done(lambda: act(current.lookup().store, number, member().login, current.now()) if act else None)


@admin.post("/calls/answers")
@needs(Role.EDITOR)
def add_answer() -> ResponseReturnValue:
    """Write down what a place answered to our staff."""
    listing_id, statement = request.form.get("listing_id", "").strip(), request.form.get("statement", "")
    store, by = current.lookup().store, member().login
    return _done(lambda: take_answer(store, listing_id, statement, told_by=by, now=current.now()))


def _done(act: Callable[[], object]) -> ResponseReturnValue:
    """Do it and show the page again, with the reason where it was refused."""
    try:
        act()
    except Refused as refused:
        return _page(str(refused)), 400
    return redirect("/admin/calls", 303)


def _page(problem: str = "") -> str:
    store, now = current.lookup().store, current.now()
    known, answers = calls_for_editors(store, now), standing_answers(store)
    ids = known.listing_ids | {one.listing_id for one in answers}
    return render_template(
        "admin/calls.html",
        waiting=[_row(one) for one in known.waiting],
        closings=[_row(one) for one in known.closings],
        said={listing_id: [finding_sentence(one, "en") for one in found] for listing_id, found in known.said.items()},
        behind={listing_id: [_row(one) for one in outcomes] for listing_id, outcomes in calls_of(store, known.said, now).items()},
        answers=answers,
        names=names_of(ids),
        problem=problem,
    )


def _row(outcome: CallOutcome) -> CallRow:
    wait = f", {outcome.days} days" if outcome.days else ""
    when = f"{outcome.called_on:%b %d, %Y} by {outcome.recorded_by}"
    words = f"{KINDS[outcome.kind]}{wait} ({shown_number(Phone(number=outcome.number))}, {when})"
    return CallRow(outcome.id, outcome.listing_id, words)
