"""The reader's list under `/list`: compared, printed, copied, texted, mailed. The address is all that there is of it."""

from __future__ import annotations

import msgspec
from flask import Blueprint, Response, abort, render_template, request
from flask.typing import ResponseReturnValue

from directory.channels.calendar import calendar
from directory.channels.mail import mail_address, message_address, plain_text
from directory.channels.printed import list_pdf
from directory.channels.shortlist import ids_of, list_to_keep, shortlist
from directory.channels.structured import preview, schema_org
from directory.channels.text_message import text_message
from directory.channels.words import WORDS
from directory.disclosure import money_line
from directory.page import ListingPage
from directory.site.parts.languages import with_language
from directory.web import current
from directory.web.http import holds_listings
from directory.web.i18n import current_language

channels = Blueprint("channels", __name__, template_folder="templates")


@channels.get("/list")
@holds_listings
def show_list() -> ResponseReturnValue:
    """Show the list side by side, with every way to take it along. Raises InvalidRequest for too many places."""
    lookup, today = current.lookup(), current.now().date()
    chosen = shortlist(lookup, ids_of(request.args.getlist("ids")), current_language(), today)
    funding = lookup.funding(chosen.lang, today=today)
    message = text_message([page.card for page in chosen.pages], chosen.lang)
    return render_template(
        "list.html",
        chosen=chosen,
        words=WORDS[chosen.lang],
        money_line=money_line,
        message=message,
        message_address=message_address(message.text),
        mail_address=mail_address(chosen, funding, today, current.site_address() + with_language(chosen.url(), chosen.lang)),
        plain_text=plain_text(chosen, funding, today),
    )


@channels.get("/list.pdf")
@holds_listings
def print_list() -> ResponseReturnValue:
    """Answer with the list as PDF. Raises InvalidRequest for too many places, ListingNotFound where none is listed."""
    lookup, today = current.lookup(), current.now().date()
    chosen = list_to_keep(lookup, ids_of(request.args.getlist("ids")), current_language(), today)
    funding = lookup.funding(chosen.lang, today=today)
    response = Response(list_pdf(chosen, funding, current.now()), content_type="application/pdf")
    response.headers["Content-Disposition"] = 'inline; filename="list.pdf"'
    return response


@channels.get("/listing/<listing_id>/calendar.ics")
@holds_listings
def listing_calendar(listing_id: str) -> ResponseReturnValue:
    """Answer with the weekly times of a meeting. Raises ListingNotFound and ListingMoved; 404 for a listing without times."""
    page = _listing(listing_id)
    if not has_times(page):
        abort(404)
    response = Response(calendar(page, current.now(), request.host), content_type="text/calendar; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="meeting.ics"'
    return response


@channels.get("/listing/<listing_id>/schema.json")
@holds_listings
def listing_schema(listing_id: str) -> ResponseReturnValue:
    """Answer with the listing as schema.org data; 404 where its sources let nothing be handed on.

    Raises ListingNotFound and ListingMoved.
    """
    stated = schema_org(_listing(listing_id), current.site_address())
    return Response(msgspec.json.encode(stated or abort(404)), content_type="application/ld+json")


def _listing(listing_id: str) -> ListingPage:
    return current.lookup().listing(listing_id, current_language(), today=current.now().date())


def has_times(page: ListingPage) -> bool:
    """Tell whether a listing meets at stated times."""
    return bool(page.listing.time_zone) and any(program.schedule for program in page.listing.programs)


@channels.app_context_processor
def ways_out() -> dict[str, object]:
    """Give listing pages the text of a shared link, and whether there is a calendar."""
    return {"preview": preview, "has_times": has_times, "list_words": WORDS[current_language()]}
