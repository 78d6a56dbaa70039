"""The page under a place's private link. Its address is the key: nothing of it is kept, linked, or told to anybody."""

from __future__ import annotations

from flask import Blueprint, Response, abort, redirect, render_template, request
from flask.typing import ResponseReturnValue

from directory.admin.access import CHANGES, from_our_own_page
from directory.desk.answers import take_answer
from directory.desk.calls import said_of
from directory.desk.opening_words import opening_words
from directory.desk.openings import TooOften, fresh_openings, link_of, tell_through_link
from directory.disclosure import disclosure_of, labelled_name
from directory.disclosure.call_words import finding_sentence
from directory.errors import Refused
from directory.openings.words import WORDS
from directory.site.parts.languages import link
from directory.store.desk.openings import OpeningLink
from directory.web import current
from directory.web.i18n import current_language

openings = Blueprint("openings", __name__, template_folder="templates")
LONGEST_TOKEN = 64
TOLD_BY_PLACE = "the place, through its link"


@openings.before_request
def only_from_our_own_page() -> None:
    """Take no form that another site sends."""
    if request.method in CHANGES and not from_our_own_page():
        abort(403)


@openings.after_request
def keep_nothing(response: Response) -> Response:
    """Let nobody keep or index the page."""
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex"
    return response


@openings.get("/openings/<token>")
def openings_page(token: str) -> ResponseReturnValue:
    """Show what was told last, and what we say of our calls."""
    done = request.args.get("done", "")
    return _page(_known(token), done=done if done in ("told", "answered") else "")


@openings.post("/openings/<token>")
def tell(token: str) -> ResponseReturnValue:
    """Take in how many places are free."""
    known = _known(token)
    try:
        tell_through_link(current.lookup().store, token, request.form.get("places", ""), now=current.now())
    except TooOften:
        return _page(known, problem="wrong_often"), 429
    except Refused:
        return _page(known, problem="wrong_places"), 400
    return redirect(link(f"/openings/{token}?done=told"), 303)


@openings.post("/openings/<token>/answer")
def answer(token: str) -> ResponseReturnValue:
    """Take in what the place answers to what we say of our calls."""
    known = _known(token)
    statement = request.form.get("statement", "")
    try:
        take_answer(current.lookup().store, known.listing_id, statement, told_by=TOLD_BY_PLACE, now=current.now())
    except Refused:
        return _page(known, problem="wrong_statement"), 400
    return redirect(link(f"/openings/{token}?done=answered"), 303)


def _known(token: str) -> OpeningLink:
    known = link_of(current.lookup().store, token) if len(token) <= LONGEST_TOKEN else None
    if known is None:
        abort(404)
    return known


def _page(known: OpeningLink, *, problem: str = "", done: str = "") -> str:
    store, now, lang = current.lookup().store, current.now(), current_language()
    listing = store.public_listings_by_id([known.listing_id]).get(known.listing_id)
    if listing is None:
        abort(404)
    opened = fresh_openings(store, now, [listing.id]).get(listing.id)
    words = WORDS[lang]
    return render_template(
        "openings.html",
        words=words,
        name=labelled_name(disclosure_of(current.lookup().records(now.date()), listing), listing.name, lang),
        last=opening_words(opened, lang, now, names_staff=False) if opened else "",
        said=[finding_sentence(finding, lang) for finding in said_of(store, listing.id, now)],
        action=request.path.removesuffix("/answer"),
        problem=words[problem] if problem else "",
        done=words[done] if done else "",
        given=request.form,
    )
