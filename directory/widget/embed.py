"""`/embed`: the results as a small page for a frame on somebody else's site. It needs no script.

What a reader types is sent in the body of a form, so that it stands in no address; the first search is the host's own.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from flask import Response, make_response, render_template, request
from flask.typing import ResponseReturnValue

from directory.asking.query import SearchQuery
from directory.disclosure import Language
from directory.page import ResultPage
from directory.site.meetings.lists import passes_by_the_minute
from directory.site.notices import notice_views
from directory.site.searching.forms import Refused
from directory.site.searching.results import find
from directory.web import current
from directory.web.http import changes_by_the_minute, holds_listings
from directory.web.i18n import current_language
from directory.widget.page_words import PAGE_WORDS
from directory.widget.snippets import LONGEST_HOST_NAME
from directory.widget.words import INTERFACE

FRAME_SCRIPT: Final = Path(__file__).with_name("frame.js").read_bytes()
KEPT: Final = ("host", "ads")  # of the host's choices, beside those of the search


@holds_listings
def embed() -> ResponseReturnValue:
    """Show what the address of the frame asks for, or the form alone."""
    return _answer()


def embed_again() -> ResponseReturnValue:
    """Answer a search that was typed into the frame; nobody keeps it."""
    response = make_response(_answer())
    response.headers["Cache-Control"] = "no-store"
    return response


def frame_script() -> Response:
    """Send the few lines that tell the page around the frame how tall it is."""
    return Response(FRAME_SCRIPT, content_type="text/javascript; charset=utf-8")


def _answer() -> ResponseReturnValue:
    """Return the page; one that refuses a value has status 400. Raises what `directory.site.searching.results.find` raises.

    It stands on somebody else's site, so it holds what may be handed on, as the element does.
    """
    lang, found = current_language(), find(request.values, leaves_here=True)
    page = found if isinstance(found, ResultPage) and not found.query.is_empty else None
    refused = found if isinstance(found, Refused) else None
    body = render_template(
        "embed.html",
        title=INTERFACE[lang]["title"],
        words={**INTERFACE[lang], **PAGE_WORDS[lang]},
        said_first=_said_first(page, lang),
        page=page,
        refused=refused,
        notice_views=notice_views(page.notices, page.parts, lang) if page else (),
        typed=request.values,
        kept=_kept(page),
        ads="ads" in request.values,
    )
    response = make_response(body, 400 if refused else 200)
    return changes_by_the_minute(response) if page and passes_by_the_minute(page) else response


def _said_first(page: ResultPage | None, lang: Language) -> list[str]:
    """Return whose choice of places this is, where the host limits them, and whose results."""
    asked, words = page.query if page else SearchQuery(), INTERFACE[lang]
    limited = asked.has_scope or asked.kinds or asked.offers or asked.unpaid_only
    sentences = [words["only"]] * bool(limited) + [words["by"]]
    return [sentence.format(owner=_owner(lang), host=_host(lang)) for sentence in sentences]


def _owner(lang: Language) -> str:
    return current.lookup().settings.operator.owner or PAGE_WORDS[lang]["this"]


def _host(lang: Language) -> str:
    return request.values.get("host", "").strip()[:LONGEST_HOST_NAME] or PAGE_WORDS[lang]["around"]


def _kept(page: ResultPage | None) -> list[tuple[str, str]]:
    """Return what a form of the frame must send again, besides what its boxes hold."""
    asked = page.query if page else SearchQuery(lang=current_language())
    pairs = [pair for pair in asked.params() if pair[0] not in {"q", "near", "lang"}]
    return [*pairs, ("lang", current_language()), *((name, request.values[name]) for name in KEPT if name in request.values)]
