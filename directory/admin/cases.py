"""The queue of reports: read by everybody on staff, closed by editors."""

from __future__ import annotations

from collections.abc import Callable

from flask import abort, redirect, render_template, request
from flask.typing import ResponseReturnValue

from directory.admin.access import admin, member, needs
from directory.answers.cards import shown_number
from directory.duties.caring import CallBack, case_of, close_report, closed_lately, note_call_back, waiting_cases
from directory.errors import Refused
from directory.reports.words import KINDS
from directory.store.corrections.cases import Case
from directory.store.staff import Role
from directory.web import current


@admin.get("/cases")
@needs(Role.HELPLINE)
def cases() -> ResponseReturnValue:
    """Show the reports that wait, and those closed last."""
    store = current.lookup().store
    waiting, closed = waiting_cases(store, current.now()), closed_lately(store)
    listings = store.public_listings_by_id({case.listing_id for case in (*waiting, *closed)})
    return render_template("admin/cases.html", waiting=waiting, closed=closed, listings=listings, kinds=KINDS["en"])


@admin.get("/cases/<int(max=999999999):number>")
@needs(Role.HELPLINE)
def case(number: int) -> ResponseReturnValue:
    """Show one report, with the numbers under which the place can be called back."""
    store = current.lookup().store
    found = case_of(store, number, current.now())
    if found is None:
        abort(404)
    return _page(found)


@admin.post("/cases/<int(max=999999999):number>/call")
@needs(Role.EDITOR)
def call_back(number: int) -> ResponseReturnValue:
    """Note a call to the place about what it reported of itself."""
    given = request.form
    call = CallBack(given.get("called", ""), given.get("origin", ""), confirmed=given.get("confirmed") == "yes")
    return _done(number, lambda: note_call_back(current.lookup().store, number, call, by=member().login, now=current.now()))


@admin.post("/cases/<int(max=999999999):number>/close")
@needs(Role.EDITOR)
def close_case(number: int) -> ResponseReturnValue:
    """Close a report; its reply address is deleted."""
    outcome, granted = request.form.get("outcome", ""), request.form.get("granted") == "yes"
    store, by = current.lookup().store, member().login
    return _done(number, lambda: close_report(store, number, outcome, by=by, now=current.now(), granted=granted))


def _done(number: int, act: Callable[[], object]) -> ResponseReturnValue:
    """Do it and show the report again, with the reason where it was refused."""
    found = case_of(current.lookup().store, number, current.now())
    if found is None:
        abort(404)
    try:
        act()
    except Refused as refused:
        return _page(found, {refused.field: str(refused)}), 400
    return redirect(f"/admin/cases/{number}", 303)


def _page(case: Case, problems: dict[str, str] | None = None) -> str:
    listing = current.lookup().store.public_listings_by_id([case.listing_id]).get(case.listing_id)
    phones = [(phone.number, shown_number(phone)) for phone in listing.phones] if listing else []
    return render_template(
        "admin/case.html",
        case=case,
        listing=listing,
        phones=phones,
        kinds=KINDS["en"],
        problems=problems or {},
        given=request.form,
    )
