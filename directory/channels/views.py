"""The reader's list under `/list`: compared, printed, copied, texted, mailed. The address is all that there is of it."""

from __future__ import annotations

from flask import Blueprint, Response, render_template, request
from flask.typing import ResponseReturnValue

from directory import current
from directory.channels.mail import mail_address, message_address, plain_text
from directory.channels.printed import list_pdf
from directory.channels.shortlist import Shortlist, ids_of, shortlist
from directory.channels.text_message import text_message
from directory.channels.words import WORDS
from directory.disclosure import site_statements
from directory.http import holds_listings
from directory.i18n import current_language

channels = Blueprint("channels", __name__, template_folder="templates")


def _chosen() -> Shortlist:
    """Return the list that the address names. Raises InvalidRequest for too many places."""
    return shortlist(current.lookup(), ids_of(request.args.getlist("ids")), current_language(), current.now().date())


@channels.get("/list")
@holds_listings
def show_list() -> ResponseReturnValue:
    """Show the list side by side, with every way to take it along."""
    chosen, today = _chosen(), current.now().date()
    funding = site_statements(current.lookup().settings.operator, chosen.lang)
    message = text_message([page.card for page in chosen.pages], chosen.lang)
    return render_template(
        "list.html",
        chosen=chosen,
        words=WORDS[chosen.lang],
        message=message,
        message_address=message_address(message.text),
        mail_address=mail_address(chosen, funding, today),
        plain_text=plain_text(chosen, funding, today),
    )


@channels.get("/list.pdf")
@holds_listings
def print_list() -> ResponseReturnValue:
    """Answer with the list as PDF."""
    chosen = _chosen()
    funding = site_statements(current.lookup().settings.operator, chosen.lang)
    response = Response(list_pdf(chosen, funding, current.now()), content_type="application/pdf")
    response.headers["Content-Disposition"] = 'inline; filename="list.pdf"'
    return response
