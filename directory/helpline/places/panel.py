"""The panel of a place at the desk: what is known of it, and the forms that add to it.

The desk's own script shows it inside its page; without scripts it is a page of its own. An outcome is recorded in two steps, and
whoever recorded it may take it back for a minute.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Final

from flask import abort, redirect, render_template, request
from flask.typing import ResponseReturnValue

from directory.admin.access import needs
from directory.answers.cards import shown_number
from directory.desk.calls import Called, checked_call, record_call, undo_call
from directory.desk.intake import LASTS_DAYS, add_intake, end_intake
from directory.desk.openings import tell_openings
from directory.errors import Refused
from directory.helpline.desk import frame
from directory.helpline.places.knowledge import knowledge_of
from directory.helpline.places.words import PLACE_WORDS
from directory.helpline.room import helpline
from directory.helpline.staff.access import FROM_THE_PAGE, staff_session
from directory.numerals import record_number
from directory.site.parts.languages import link
from directory.store import Store
from directory.store.desk.findings import CallKind
from directory.store.desk.intake import IntakeKind
from directory.store.staff import Role
from directory.web import current
from directory.web.i18n import current_language
from index.listing import Phone

OUTCOMES: Final = tuple(kind.value for kind in CallKind)
FACTS: Final = tuple(kind.value for kind in IntakeKind)


@helpline.get("/listings/<listing_id>/panel")
@needs(Role.HELPLINE)
def panel(listing_id: str) -> ResponseReturnValue:
    """Show what the desk knows of a listing, for its place in the page of the desk."""
    return render_template("helpline/places/panel.html", **_values(listing_id))


@helpline.get("/listings/<listing_id>")
@needs(Role.HELPLINE)
def panel_page(listing_id: str) -> ResponseReturnValue:
    """Show the same on a page of its own."""
    return render_template("helpline/places/panel_page.html", **_values(listing_id))


@helpline.post("/listings/<listing_id>/calls")
@needs(Role.HELPLINE)
def add_call(listing_id: str) -> ResponseReturnValue:
    """Ask whether to record an outcome, then record it."""
    given = request.form
    called = Called(listing_id, given.get("number", ""), given.get("kind", ""), given.get("days", ""))
    if given.get("back"):
        return _shown(listing_id, section="calls")
    if given.get("sure") != "1":
        return _asked(called)
    return _done(listing_id, "calls", lambda store, by, now: record_call(store, called, by=by, now=now))


def _asked(called: Called) -> ResponseReturnValue:
    """Show what would be recorded, or what must change first."""
    try:
        _, kind, days = checked_call(current.lookup().store, called)
    except Refused as refused:
        return _refused(called.listing_id, "calls", refused)
    words = PLACE_WORDS[current_language()]
    what = words[f"outcome_{kind.value}"]
    if days:
        what = words["wait_of"].format(what=what, days=days)
    return _shown(called.listing_id, section="calls", asked=f"{what} · {shown_number(Phone(number=called.number))}")


@helpline.post("/listings/<listing_id>/calls/undo")
@needs(Role.HELPLINE)
def take_back_call(listing_id: str) -> ResponseReturnValue:
    """Take back one's own outcome within a minute."""
    number = record_number(request.form.get("number", ""))
    try:
        undo_call(current.lookup().store, number, by=staff_session().member.login, now=current.now())
    except Refused:
        return _shown(listing_id, section="calls", problem="wrong_undo"), 409
    return _shown(listing_id, section="calls", message="undone")


@helpline.post("/listings/<listing_id>/intake")
@needs(Role.HELPLINE)
def add_fact(listing_id: str) -> ResponseReturnValue:
    """Keep an intake fact."""
    kind, text, lasts = (request.form.get(name, "") for name in ("kind", "text", "lasts"))
    return _done(listing_id, "intake", lambda store, by, now: add_intake(store, listing_id, kind, text, lasts, by=by, now=now))


@helpline.post("/listings/<listing_id>/intake/end")
@needs(Role.HELPLINE)
def end_fact(listing_id: str) -> ResponseReturnValue:
    """Take an intake fact away."""
    number = record_number(request.form.get("number", ""))
    return _done(listing_id, "intake", lambda store, by, now: end_intake(store, listing_id, number, by=by, now=now))


@helpline.post("/listings/<listing_id>/openings")
@needs(Role.HELPLINE)
def add_openings(listing_id: str) -> ResponseReturnValue:
    """Keep how many places are free."""
    places = request.form.get("places", "")
    return _done(listing_id, "openings", lambda store, by, now: tell_openings(store, listing_id, places, by=by, now=now))


def _done(listing_id: str, section: str, act: Callable[[Store, str, datetime], object]) -> ResponseReturnValue:
    """Do it and show the panel again, with what must change where it was refused."""
    try:
        act(current.lookup().store, staff_session().member.login, current.now())
    except Refused as refused:
        return _refused(listing_id, section, refused)
    if FROM_THE_PAGE in request.headers:
        return _shown(listing_id, section=section, message="kept")
    return redirect(link(f"/helpline/listings/{listing_id}"), 303)


def _refused(listing_id: str, section: str, refused: Refused) -> ResponseReturnValue:
    if refused.field == "listing_id":
        abort(404)
    problem = f"wrong_{refused.field}"
    return _shown(listing_id, section=section, problem=problem), 400


def _shown(listing_id: str, **shown: str) -> str:
    template = "panel.html" if FROM_THE_PAGE in request.headers else "panel_page.html"
    return render_template(f"helpline/places/{template}", **_values(listing_id, **shown))


def _values(listing_id: str, section: str = "", problem: str = "", message: str = "", asked: str = "") -> dict[str, object]:
    lang = current_language()
    words = PLACE_WORDS[lang]
    lookup, now, who = current.lookup(), current.now(), staff_session().member.login
    records = lookup.records(now.date())
    try:
        known = knowledge_of(lookup.store, records, listing_id, lang, who=who, now=now)
    except Refused:
        abort(404)
    return {
        **frame(),
        "pw": words,
        "known": known,
        "section": section,
        "problem": words.get(problem, words["wrong_"]) if problem else "",
        "message": words[message] if message else "",
        "asked": asked,
        "given": request.form if section else {},
        "outcomes": OUTCOMES,
        "fact_kinds": FACTS,
        "lasts_days": LASTS_DAYS,
    }
