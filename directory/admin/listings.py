"""One listing on the staff pages: what sources state, what staff corrected, and how to correct it."""

from __future__ import annotations

from flask import abort, redirect, render_template, request
from flask.typing import ResponseReturnValue

from directory import current
from directory.admin.access import admin, member, needs
from directory.correcting import FIELDS, CorrectionRefused, correct, corrections_of, public_listing, value_of, withdraw
from directory.store.facts import PHONE_FIELD
from directory.store.staff import Role


@admin.get("/listings/<listing_id>")
@needs(Role.HELPLINE)
def listing(listing_id: str) -> ResponseReturnValue:
    """Show a listing as it stands, with who says what."""
    return _page(listing_id)


@admin.post("/listings/<listing_id>")
@needs(Role.EDITOR)
def correct_listing(listing_id: str) -> ResponseReturnValue:
    """Correct a fact, or say why not."""
    given = request.form
    try:
        correct(
            current.lookup().store,
            listing_id,
            given.get("field", ""),
            given.get("value", ""),
            said_by=given.get("said_by", ""),
            by=member().login,
            now=current.now(),
        )
    except CorrectionRefused as refused:
        return _page(listing_id, str(refused)), 400
    return redirect(f"/admin/listings/{listing_id}", 303)


@admin.post("/listings/<listing_id>/withdraw")
@needs(Role.EDITOR)
def withdraw_correction(listing_id: str) -> ResponseReturnValue:
    """Let the sources' word count again."""
    try:
        withdraw(current.lookup().store, listing_id, request.form.get("field", ""), by=member().login, now=current.now())
    except CorrectionRefused as refused:
        return _page(listing_id, str(refused)), 400
    return redirect(f"/admin/listings/{listing_id}", 303)


def _page(listing_id: str, problem: str = "") -> str:
    store = current.lookup().store
    try:
        found = public_listing(store, listing_id)
    except CorrectionRefused:
        abort(404)
    corrections = corrections_of(store, found.id)
    fields = [(name, value_of(found, name)) for name in FIELDS]
    fields += [(f"{PHONE_FIELD}{phone.number}", phone.number) for phone in found.phones]
    return render_template("admin/listing.html", listing=found, corrections=corrections, fields=fields, problem=problem)
