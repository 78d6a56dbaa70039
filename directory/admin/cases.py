"""The queue of reports: read by everybody on staff, closed by editors."""

from __future__ import annotations

from flask import abort, redirect, render_template, request
from flask.typing import ResponseReturnValue

from directory import current
from directory.admin.access import admin, member, needs
from directory.caring import case_of, close_report, closed_lately, waiting_cases
from directory.reports.words import KINDS
from directory.store.staff import Role


@admin.get("/cases")
@needs(Role.HELPLINE)
def cases() -> ResponseReturnValue:
    """Show the reports that wait, and those closed last."""
    store = current.lookup().store
    waiting, closed = waiting_cases(store, current.now()), closed_lately(store)
    listings = store.public_listings_by_id({case.listing_id for case in (*waiting, *closed)})
    return render_template("admin/cases.html", waiting=waiting, closed=closed, listings=listings, kinds=KINDS["en"])


@admin.get("/cases/<int:number>")
@needs(Role.HELPLINE)
def case(number: int) -> ResponseReturnValue:
    """Show one report, with the numbers under which the place can be called back."""
    store = current.lookup().store
    found = case_of(store, number, current.now())
    if found is None:
        abort(404)
    listing = store.public_listings_by_id([found.listing_id]).get(found.listing_id)
    return render_template("admin/case.html", case=found, listing=listing, kinds=KINDS["en"])


@admin.post("/cases/<int:number>/close")
@needs(Role.EDITOR)
def close_case(number: int) -> ResponseReturnValue:
    """Close a report; its reply address is deleted."""
    if not close_report(current.lookup().store, number, request.form.get("outcome", ""), by=member().login, now=current.now()):
        abort(404)
    return redirect("/admin/cases", 303)
