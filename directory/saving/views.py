"""`/page.html`: a search or a list as one self-contained file."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from flask import Blueprint, Response, render_template, request
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from directory import current
from directory.channels.shortlist import ids_of, shortlist
from directory.http import holds_listings
from directory.i18n import current_language
from directory.query import parse_query
from directory.saving.kept_page import KeptPage, of_list, of_results
from directory.styles import FIRST_STYLE

FILE_NAME: Final = "page.html"  # says nothing to who looks through a folder of downloads
STYLE: Final = Markup(FIRST_STYLE + Path(__file__).with_name("saved.css").read_text(encoding="utf-8"))  # noqa: S704 - our own

saving = Blueprint("saving", __name__, template_folder="templates")


@saving.get(f"/{FILE_NAME}")
@holds_listings
def save() -> ResponseReturnValue:
    """Answer with a file that opens without a connection: what `/search` or `/list` shows for the same parameters.

    Raises InvalidRequest, UnknownPlace, TextTooLong or PageNotFound, as those pages do.
    """
    body = render_template("saved.html", page=_kept_page(), style=STYLE)
    response = Response(body, content_type="text/html; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{FILE_NAME}"'
    return response


def _kept_page() -> KeptPage:
    lookup, lang = current.lookup(), current_language()
    if "ids" in request.args:
        return of_list(shortlist(lookup, ids_of(request.args.getlist("ids")), lang, current.now().date()))
    query = parse_query(request.args, lookup.vocabulary, strict=False, lang=lang)
    return of_results(lookup.search(query, now=current.now()))
