"""The list of guides, one guide, and the guides that fit a page of results or a listing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache, partial
from hashlib import blake2b

from flask import Blueprint, Response, abort, make_response, render_template, request
from flask.blueprints import BlueprintSetupState
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from directory.disclosure import Language
from directory.guides.documents import Guide
from directory.guides.library import library
from directory.guides.markdown import Page, Words, render, render_line
from directory.guides.words import WORDS
from directory.page import ListingPage, ResultPage
from directory.site.parts.languages import kept_language, link, with_language
from directory.web import current
from directory.web.i18n import current_language

guides = Blueprint("guides", __name__, template_folder="templates")


@guides.record_once
def read_all(_state: BlueprintSetupState) -> None:
    """Read every guide when the program starts: a wrong file stops it then, not a reader later. Raises GuideProblem."""
    library()


@dataclass(frozen=True, slots=True)
class RenderedGuide:
    """A guide as a page shows it."""

    page: Page
    danger: tuple[Markup, ...]


@dataclass(frozen=True, slots=True)
class Offered:
    """A guide as another page offers it."""

    title: str
    address: str


@guides.get("/guides")
def index() -> ResponseReturnValue:
    """List every guide."""
    lang = current_language()
    return _tagged(render_template("guides/index.html", guides=library().guides[lang].values(), words=WORDS[lang]))


@guides.get("/guides/<slug>")
def guide(slug: str) -> ResponseReturnValue:
    """Show one guide."""
    lang = current_language()
    found = library().guides[lang].get(slug)
    if found is None:
        abort(404)
    body = render_template("guides/guide.html", guide=found, rendered=rendered(found, kept_language()), words=WORDS[lang])
    return _tagged(body)


def _tagged(body: str) -> Response:
    """Return a page with a tag of its content, so that a reader who has it already gets no second copy over a bad line."""
    response = make_response(body)
    response.set_etag(blake2b(body.encode(), digest_size=12).hexdigest(), weak=True)
    response.make_conditional(request)
    return response


@lru_cache(128)
def rendered(guide: Guide, kept: str) -> RenderedGuide:
    """Return a guide as HTML whose links keep the language `kept`; "" where the browser's preference decides."""
    words = Words(guide.numbers, WORDS[guide.lang]["source"], partial(_kept_link, kept))
    return RenderedGuide(render(guide.body, words), tuple(render_line(line, words) for line in guide.front.danger))


def _kept_link(kept: str, address: str) -> str:
    return with_language(address, kept) if kept else address


def concepts_of(page: ResultPage | ListingPage) -> tuple[str, ...]:
    """Return what a page is about: what was asked, or what the listing's first program offers."""
    if isinstance(page, ListingPage):
        return tuple(offer.id for offer in page.card.offers)
    asked = (*page.parts.offers, *page.parts.prefer)
    danger = (page.understanding.crisis,) if page.understanding.crisis else ()
    return tuple(dict.fromkeys((*page.understanding.ids(), *asked, *danger)))


@guides.app_template_global()
def guides_for(page: ResultPage | ListingPage) -> list[Offered]:
    """Return the guides that fit a page."""
    return offered(concepts_of(page), page.lang)


@guides.app_template_global()
def guide_words() -> dict[str, str]:
    """Return the words around guides in the language of this page."""
    return dict(WORDS[current_language()])


def offered(concepts: Iterable[str], lang: Language) -> list[Offered]:
    """Return the guides about these concepts, by addresses that keep the reader's language."""
    fitting = library().fitting(concepts, lang, current.lookup().vocabulary)
    return [Offered(guide.front.title, link(f"/guides/{guide.slug}")) for guide in fitting]
