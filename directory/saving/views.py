"""`/page.html`: a search or a list as one self-contained file."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from flask import Blueprint, Response, render_template, request
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from directory.asking.query import parse_query
from directory.channels.shortlist import ids_of, list_to_keep
from directory.saving.kept_page import KeptPage, of_list, of_results
from directory.site.meetings.lists import passes_by_the_minute
from directory.web import current
from directory.web.http import changes_by_the_minute, holds_listings
from directory.web.i18n import current_language
from directory.web.styles import FIRST_STYLE

FILE_NAME: Final = "page.html"  # says nothing to who looks through a folder of downloads
STYLE: Final = Markup(FIRST_STYLE + Path(__file__).with_name("saved.css").read_text(encoding="utf-8"))  # noqa: S704 - our own

saving = Blueprint("saving", __name__, template_folder="templates")


@saving.get(f"/{FILE_NAME}")
@holds_listings
def save() -> ResponseReturnValue:
    """Answer with a file that opens without a connection: what `/search` or `/list` shows for the same parameters.

    Raises InvalidRequest, UnknownPlace, TextTooLong or PageNotFound, as those pages do; ListingNotFound where no place of a
    list is listed.
    """
    lookup, lang, now = current.lookup(), current_language(), current.now()
    if "ids" in request.args:
        return _file(of_list(list_to_keep(lookup, ids_of(request.args.getlist("ids")), lang, now.date())))
    found = lookup.search(parse_query(request.args, lookup.vocabulary, strict=False, lang=lang), now=now)
    response = _file(of_results(found))
    return changes_by_the_minute(response) if passes_by_the_minute(found) else response


def _file(page: KeptPage) -> Response:
    response = Response(render_template("saved.html", page=page, style=STYLE), content_type="text/html; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{FILE_NAME}"'
    return response
