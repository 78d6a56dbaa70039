"""Listings on the staff pages: find one, see who says what, correct or dispute a fact, close it."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from flask import abort, redirect, render_template, request
from flask.typing import ResponseReturnValue

from directory.admin.access import admin, member, needs
from directory.admin.fields import fact_rows, phone_rows, stated_offers, time_rows, venue_row
from directory.admin.names import disclosure_now
from directory.answers.cards import edition_words
from directory.asking.query import SearchQuery
from directory.disclosure import money_line
from directory.disclosure.provenance import correction_sentence, dispute_sentence, field_name
from directory.duties.correcting import NEW_PHONE, NEW_TIME, correct, corrections_of, withdraw
from directory.duties.disputing import WHOLE_LISTING, close_listing, dispute, disputes_of, is_closed, reopen_listing, settle
from directory.errors import Refused
from directory.numerals import record_number
from directory.page import Card
from directory.store.corrections.meetings import VENUES
from directory.store.facts import OFFER_FIELD
from directory.store.staff import Role
from directory.web import current
from index.errors import SearchError
from index.language.vocabulary import Vocabulary
from index.listing import Kind, ListingId

MOST_FOUND = 20


@admin.get("/listings")
@needs(Role.HELPLINE)
def find_listing() -> ResponseReturnValue:
    """Find a listing by its name, its number or its id."""
    words = request.args.get("q", "").strip()
    if words and current.lookup().store.public_listings_by_id([words]):
        return redirect(f"/admin/listings/{words}", 303)
    return render_template("admin/listings.html", words=words, found=_found(words) if words else ())


def _found(words: str) -> tuple[Card, ...]:
    try:
        page = current.lookup().search(SearchQuery(name=words, per_page=MOST_FOUND), now=current.now())
        rows = page.rows or current.lookup().search(SearchQuery(text=words, per_page=MOST_FOUND), now=current.now()).rows
    except SearchError:
        return ()
    return tuple(row.card for row in rows)


@admin.get("/listings/<listing_id>")
@needs(Role.HELPLINE)
def listing(listing_id: str) -> ResponseReturnValue:
    """Show a listing as it stands, with who says what."""
    return _page(listing_id)


@admin.post("/listings/<listing_id>")
@needs(Role.EDITOR)
def correct_listing(listing_id: str) -> ResponseReturnValue:
    """Correct a fact, or say why not."""
    store, now = current.lookup().store, current.now()
    field, value, said_by = (request.form.get(name, "") for name in ("field", "value", "said_by"))
    return _done(listing_id, lambda: correct(store, listing_id, field, value, said_by=said_by, by=member().login, now=now))


@admin.post("/listings/<listing_id>/withdraw")
@needs(Role.EDITOR)
def withdraw_correction(listing_id: str) -> ResponseReturnValue:
    """Let the sources' word count again."""
    field, store = request.form.get("field", ""), current.lookup().store
    return _done(listing_id, lambda: withdraw(store, listing_id, field, by=member().login, now=current.now()))


@admin.post("/listings/<listing_id>/dispute")
@needs(Role.EDITOR)
def dispute_fact(listing_id: str) -> ResponseReturnValue:
    """Mark a fact that the place itself says is wrong."""
    field, said = request.form.get("field", ""), request.form.get("statement", "")
    store = current.lookup().store
    return _done(listing_id, lambda: dispute(store, listing_id, field, said, by=member().login, now=current.now()))


@admin.post("/listings/<listing_id>/settle")
@needs(Role.EDITOR)
def settle_dispute(listing_id: str) -> ResponseReturnValue:
    """Take such a mark away."""
    number = record_number(request.form.get("number", ""))
    store = current.lookup().store
    return _done(listing_id, lambda: settle(store, listing_id, number, by=member().login, now=current.now()))


@admin.post("/listings/<listing_id>/close")
@needs(Role.EDITOR)
def close(listing_id: str) -> ResponseReturnValue:
    """Take a listing down."""
    reason, store = request.form.get("reason", ""), current.lookup().store
    return _done(listing_id, lambda: close_listing(store, listing_id, reason, by=member().login, now=current.now()))


@admin.post("/listings/<listing_id>/reopen")
@needs(Role.EDITOR)
def reopen(listing_id: str) -> ResponseReturnValue:
    """Let a closed listing stand again."""
    store = current.lookup().store
    return _done(listing_id, lambda: reopen_listing(store, listing_id, by=member().login, now=current.now()))


def _done(listing_id: str, act: Callable[[], object]) -> ResponseReturnValue:
    """Do it and show the listing again, with the reason where it was refused."""
    try:
        act()
    except Refused as refused:
        return _page(listing_id, refused), 400
    return redirect(f"/admin/listings/{listing_id}", 303)


def _page(listing_id: str, refused: Refused | None = None) -> str:
    store = current.lookup().store
    problem = str(refused) if refused else ""
    found = store.public_listings_by_id([listing_id]).get(ListingId(listing_id))
    if found is None:
        if not is_closed(store, listing_id):
            abort(404)
        return render_template("admin/closed.html", listing_id=listing_id, problem=problem)
    records = store.disclosure_records(current.now().date())
    corrections = corrections_of(store, found.id)
    label = Vocabulary.load().label
    return render_template(
        "admin/listing.html",
        listing=found,
        sources=[(program.name or found.name, edition_words(program.source, "en")) for program in found.programs],
        facts=fact_rows(found, corrections),
        phones=phone_rows(found, corrections, records.answered_by),
        new_phone=NEW_PHONE,
        meets=found.kind is Kind.MEETING,
        times=time_rows(found, corrections),
        venue=venue_row(found, corrections),
        venues=tuple(VENUES),
        new_time=NEW_TIME,
        offers=stated_offers(found, corrections),
        concepts=_concepts(),
        disclosure=disclosure_now(found),
        money_line=money_line,
        corrections=[(one, correction_sentence(one, "en", label)) for one in corrections],
        disputes=[(one, dispute_sentence(one, "en", label)) for one in disputes_of(store, found.id)],
        disputable=[(WHOLE_LISTING, field_name(WHOLE_LISTING, "en"))],
        problem=problem,
        given=request.form if refused else {},
    )


@cache
def _concepts() -> tuple[tuple[str, str], ...]:
    """Return what can be offered: field and label, in the vocabulary's order."""
    return tuple((f"{OFFER_FIELD}{concept.id}", concept.label) for concept in Vocabulary.load().concepts)
