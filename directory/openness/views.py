"""The pages that say how this site works, and the feed of the change log."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from operator import attrgetter
from xml.etree import ElementTree

from flask import Blueprint, Response, abort, render_template
from flask.typing import ResponseReturnValue

from directory.answers.cards import shown_number
from directory.answers.kept_here import may_be_handed_on
from directory.disclosure import ANSWERERS, RANKING_STATEMENT, number_statement, order_statement
from directory.duties.changelog import change_log, paying_now
from directory.openness.states import state_page
from directory.sources.records import AnsweredBy
from directory.web import current
from directory.web.http import holds_listings
from directory.web.i18n import current_language
from index.engine.ranking import COARSE_MILES, HALVING_MILES
from index.listing import Phone
from index.request import Sort

openness = Blueprint("openness", __name__, template_folder="templates")


@dataclass(frozen=True, slots=True)
class SoldNumber:
    """A number whose calls are sold, with the whole statement about it."""

    shown: str
    statement: str
    source_url: str


ATOM = "http://www.w3.org/2005/Atom"


@openness.get("/how-results-are-ordered")
def how_results_are_ordered() -> ResponseReturnValue:
    """Say the public rule of the order."""
    lang = current_language()
    orders = [
        order_statement(sort, has_centre=place, has_words=words, lang=lang)
        for sort, place, words in (
            (Sort.BEST, True, False),
            (Sort.BEST, True, True),
            (Sort.BEST, False, False),
            (Sort.DISTANCE, True, False),
            (Sort.NAME, False, False),
            (Sort.CHECKED, False, False),
        )
    ]
    return render_template(
        f"{lang}/how_results_are_ordered.html",
        orders=orders,
        ranking=RANKING_STATEMENT[lang],
        coarse_miles=f"{COARSE_MILES:g}",
        halving_miles=f"{HALVING_MILES:g}",
        advertising=current.lookup().settings.advertising,
    )


@openness.get("/where-do-calls-go")
@holds_listings
def where_do_calls_go() -> ResponseReturnValue:
    """Say who may answer a number, and what is known of the numbers listed here."""
    lang = current_language()
    facts = current.lookup().store.disclosure_records(current.now().date()).answered_by.values()
    counted = Counter(fact.answered_by for fact in facts)
    sold = sorted((fact for fact in facts if fact.answered_by is AnsweredBy.PAID_ADVERTISERS), key=attrgetter("number"))
    routed = [
        SoldNumber(shown_number(Phone(number=one.number)), number_statement(one, "", 1, lang), one.source_url) for one in sold
    ]
    kinds = [(ANSWERERS[kind][lang], counted[kind]) for kind in AnsweredBy if kind is not AnsweredBy.UNKNOWN]
    return render_template(f"{lang}/where_do_calls_go.html", kinds=kinds, routed=routed)


@openness.get("/paid-listings")
@holds_listings
def paid_listings() -> ResponseReturnValue:
    """Show everybody who pays now, and every change of it."""
    lookup, lang = current.lookup(), current_language()
    return render_template(
        f"{lang}/paid_listings.html",
        payers=paying_now(lookup.store, current.now().date(), lang),
        entries=change_log(lookup.store, lang),
        advertising=lookup.settings.advertising,
    )


@openness.get("/paid-listings.atom")
@holds_listings
def paid_listings_feed() -> ResponseReturnValue:
    """Answer with the change log as an Atom feed (RFC 4287)."""
    lookup, lang = current.lookup(), current_language()
    entries = change_log(lookup.store, lang, may_name=may_be_handed_on)
    site = current.site_address()
    feed = ElementTree.Element("feed", {"xmlns": ATOM, "xml:lang": lang})
    updated = entries[0].at.isoformat() if entries else lookup.status().info.published_at
    title = {"en": "Who pays: every change", "es": "Quién paga: todos los cambios"}[lang]
    for name, text in (("title", title), ("id", f"{site}/paid-listings"), ("updated", updated)):
        ElementTree.SubElement(feed, name).text = text
    ElementTree.SubElement(feed, "link", {"rel": "self", "href": f"{site}/paid-listings.atom?lang={lang}"})
    author = ElementTree.SubElement(feed, "author")
    ElementTree.SubElement(author, "name").text = lookup.settings.operator.owner or site
    for entry in entries:
        element = ElementTree.SubElement(feed, "entry")
        address = f"{site}/paid-listings#change-{entry.id}"
        for name, text in (("title", entry.text), ("id", address), ("updated", entry.at.isoformat())):
            ElementTree.SubElement(element, name).text = text
        ElementTree.SubElement(element, "link", {"href": address})
    return Response(ElementTree.tostring(feed, "utf-8", xml_declaration=True), content_type="application/atom+xml")


@openness.get("/health-data")
def health_data() -> ResponseReturnValue:
    """Show the policy on health data."""
    settings = current.lookup().settings
    return render_template(f"{current_language()}/health_data.html", operator=settings.operator, tile_host=settings.tile_host)


@openness.get("/state/<code>")
@holds_listings
def state(code: str) -> ResponseReturnValue:
    """Show a state's own lines and lists, and how many listings it has here."""
    page = state_page(current.lookup(), code, current_language(), current.now())
    if page is None:
        abort(404)
    return render_template(f"{current_language()}/state.html", page=page)
