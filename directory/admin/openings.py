"""Private links through which places tell their openings: made and closed by editors. The address is shown once."""

from __future__ import annotations

from flask import redirect, render_template, request
from flask.typing import ResponseReturnValue

from directory.admin.access import admin, member, needs
from directory.admin.names import names_of
from directory.desk.opening_words import opening_words
from directory.desk.openings import fresh_openings, make_link, open_links, revoke_link
from directory.errors import Refused
from directory.numerals import record_number
from directory.store.staff import Role
from directory.web import current


@admin.get("/openings")
@needs(Role.EDITOR)
def opening_links() -> ResponseReturnValue:
    """Show the links that work."""
    return _page()


@admin.post("/openings")
@needs(Role.EDITOR)
def make_opening_link() -> ResponseReturnValue:
    """Make a link for a listing and show its address, this once."""
    listing_id = request.form.get("listing_id", "").strip().rpartition("/")[2]
    try:
        token = make_link(current.lookup().store, listing_id, by=member().login, now=current.now())
    except Refused as refused:
        return _page(problem=str(refused)), 400
    return _page(made=f"{current.site_address()}/openings/{token}")


@admin.post("/openings/revoke")
@needs(Role.EDITOR)
def revoke_opening_link() -> ResponseReturnValue:
    """Close a link."""
    number = record_number(request.form.get("number", ""))
    try:
        revoke_link(current.lookup().store, number, by=member().login, now=current.now())
    except Refused as refused:
        return _page(problem=str(refused)), 400
    return redirect("/admin/openings", 303)


def _page(*, made: str = "", problem: str = "") -> str:
    store, now = current.lookup().store, current.now()
    links = open_links(store)
    told = fresh_openings(store, now, {link.listing_id for link in links})
    return render_template(
        "admin/openings.html",
        links=links,
        names=names_of(link.listing_id for link in links),
        told={listing_id: opening_words(opening, "en", now) for listing_id, opening in told.items()},
        made=made,
        problem=problem,
        asked=request.args.get("listing", ""),
    )
