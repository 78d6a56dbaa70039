"""Sponsorships on the staff pages: seen by editors, recorded and ended by admins, through the same service as the command."""

from __future__ import annotations

from datetime import date

from flask import redirect, render_template, request
from flask.typing import ResponseReturnValue

from directory.admin.access import admin, member, needs
from directory.admin.names import names_of
from directory.disclosure import ANSWERERS
from directory.duties.changelog import change_log
from directory.duties.sponsoring import (
    COUNSEL,
    Compensation,
    Offer,
    SponsorshipRefused,
    add_sponsorship,
    answered_elsewhere,
    end_listing_sponsorships,
    sponsorships_of,
)
from directory.sources.records import AnsweredBy
from directory.store.disclosed.sponsorships import UNTIL_ENDED
from directory.store.staff import Role
from directory.web import current

ANSWERERS_OFFERED = (AnsweredBy.FACILITY, AnsweredBy.OPERATOR, AnsweredBy.CALL_CENTER, AnsweredBy.PAID_ADVERTISERS)
TEXT_FIELDS = ("listing_id", "payer", "compensation", "licence", "answered_by", "source")


@admin.get("/sponsorships")
@needs(Role.EDITOR)
def sponsorships() -> ResponseReturnValue:
    """Show every sponsorship ever recorded, newest first, and the public change log."""
    return _page()


@admin.post("/sponsorships")
@needs(Role.ADMIN)
def add() -> ResponseReturnValue:
    """Record a sponsorship, or say next to the field why not."""
    store, now = current.lookup().store, current.now()
    try:
        add_sponsorship(store, _offer(), by=member().login, now=now)
    except SponsorshipRefused as refused:
        return _page({refused.field: str(refused)}), 400
    return redirect("/admin/sponsorships", 303)


@admin.post("/sponsorships/<listing_id>/end")
@needs(Role.ADMIN)
def end(listing_id: str) -> ResponseReturnValue:
    """End what is paid for a listing."""
    store, now = current.lookup().store, current.now()
    try:
        end_listing_sponsorships(store, listing_id, by=member().login, now=now)
    except SponsorshipRefused as refused:
        return _page({refused.field: str(refused)}), 400
    return redirect("/admin/sponsorships", 303)


def _offer() -> Offer:
    """Return what the form offers. Raises SponsorshipRefused for a day that is none."""
    stated = {name: request.form.get(name, "").strip() for name in TEXT_FIELDS}
    return Offer(**stated, starts_on=_day("starts_on"), ends_on=_day("ends_on"))


def _day(name: str) -> date | None:
    text = request.form.get(name, "").strip()
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise SponsorshipRefused(name, f"a day is written YYYY-MM-DD, got {text!r}") from error


def _page(problems: dict[str, str] | None = None) -> str:
    store = current.lookup().store
    found, today = sponsorships_of(store), current.now().date()
    return render_template(
        "admin/sponsorships.html",
        sponsorships=found[::-1],
        names=names_of(one.listing_id for one in found),
        entries=change_log(store, "en"),
        today=today,
        elsewhere=answered_elsewhere(store, today),
        until_ended=UNTIL_ENDED,
        compensations=[(one.value, one.value.replace("_", " ")) for one in Compensation],
        answerers=[(one.value, ANSWERERS[one]["en"]) for one in ANSWERERS_OFFERED],
        counsel=COUNSEL,
        problems=problems or {},
        given=request.form,
    )
