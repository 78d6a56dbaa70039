"""The report form of a listing, and the page for those who run one."""

from __future__ import annotations

from typing import Final

from flask import Blueprint, Response, redirect, render_template, request
from flask.typing import ResponseReturnValue
from itsdangerous import BadSignature, Signer

from directory.duties.caring import ReportRefused, report_problem
from directory.page import ListingPage
from directory.reports.words import KINDS, WORDS
from directory.store.corrections.cases import CaseKind, NewCase
from directory.web import current
from directory.web.i18n import current_language

reports = Blueprint("reports", __name__, template_folder="templates")

FORM_LASTS: Final = 6 * 60 * 60  # seconds between opening and sending
FASTEST: Final = 2  # seconds; no person reads and fills the form faster
TRAP: Final = "company"  # people leave it empty because it says so; programs fill every field


@reports.after_request
def keep_nothing(response: Response) -> Response:
    """What a reader wrote is kept by nobody on its way back."""
    if request.method == "POST":
        response.headers["Cache-Control"] = "no-store"
    return response


def _signer() -> Signer:
    return Signer(current.lookup().settings.secret_key, salt="report-form")


@reports.get("/listing/<listing_id>/report")
def report(listing_id: str) -> ResponseReturnValue:
    """Show the form, or thanks after it was sent. Raises ListingNotFound and ListingMoved."""
    page = _listing(listing_id)
    if "sent" in request.args:
        return render_template("report_sent.html", page=page, words=WORDS[page.lang])
    return _form(page)


@reports.post("/listing/<listing_id>/report")
def send_report(listing_id: str) -> ResponseReturnValue:
    """Take in a report."""
    page, given = _listing(listing_id), request.form
    kind = next((kind for kind in CaseKind if kind == given.get("kind")), None)
    if kind is None:
        return _form(page, "kind"), 400
    if not _was_opened_by_a_person(given.get("opened", "")):
        return _form(page, "form"), 400
    if given.get(TRAP):
        return _sent(page)  # a program: it learns nothing, and nothing is kept
    text, reply_address = given.get("text", "").strip(), given.get("reply_address", "").strip()
    new = NewCase(page.listing.id, kind, text, reply_address, from_provider=kind is CaseKind.CORRECTION)
    try:
        report_problem(current.lookup().store, new, current.now())
    except ReportRefused as refused:
        return _form(page, refused.field), 400 if refused.field else 429
    return _sent(page)


@reports.get("/for-providers")
def for_providers() -> ResponseReturnValue:
    """Say how a place corrects, disputes or closes its listing."""
    return render_template(f"for_providers.{current_language()}.html")


def _listing(listing_id: str) -> ListingPage:
    return current.lookup().listing(listing_id, current_language(), today=current.now().date())


def _was_opened_by_a_person(signed: str) -> bool:
    """Tell whether the form was opened here, some seconds and not too many hours ago."""
    try:
        opened = int(_signer().unsign(signed))
    except (BadSignature, ValueError):
        return False
    return FASTEST <= current.now().timestamp() - opened <= FORM_LASTS


def _form(page: ListingPage, problem: str | None = None) -> str:
    words = WORDS[page.lang]
    return render_template(
        "report.html",
        page=page,
        words=words,
        kinds=KINDS[page.lang],
        opened=_signer().sign(str(int(current.now().timestamp()))).decode(),
        trap=TRAP,
        given=request.form,
        wrong=problem,
        problem=words[f"wrong_{problem}"] if problem is not None else "",
    )


def _sent(page: ListingPage) -> ResponseReturnValue:
    lang = f"&lang={request.args['lang']}" if request.args.get("lang") in WORDS else ""
    return redirect(f"/listing/{page.listing.id}/report?sent=1{lang}", 303)
