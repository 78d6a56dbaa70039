"""The addresses: `/coverage`, `/care/…`, `/state/…/care/…`, `/state/…/town/…`, the sitemap and what robots may read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, cast

from flask import Blueprint, Response, abort, current_app, render_template, request
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from directory.asking.state_names import state_name
from directory.channels.structured import schema_org
from directory.disclosure import LANGUAGES, Language
from directory.landing import pages, sitemap
from directory.landing.census import ENOUGH, Census
from directory.landing.changes import changes_feed, list_changes
from directory.landing.structured import data_block, item_list
from directory.landing.words import PAGE_WORDS
from directory.maps.country import country_map
from directory.page import ListingPage, StateCoverage
from directory.web import current
from directory.web.http import holds_listings
from directory.web.i18n import current_language
from directory.web.kept_answers import keeps_answers
from index.geo.places import UnknownPlace

landing: Final = Blueprint("landing", __name__, template_folder="templates")
EXTENSION: Final = "directory.landing"
CHANGES_SHOWN: Final = 10
MOST_TOWNS: Final = 24  # on the page of a state; the sitemap has all


@landing.record
def _keep_a_census(state: Any) -> None:  # Any: Flask's own BlueprintSetupState
    """Give each application its own census."""
    state.app.extensions[EXTENSION] = pages.Censuses()


@landing.get("/coverage")
@holds_listings
@keeps_answers
def coverage() -> ResponseReturnValue:
    """Show what is listed for each state, and how old it is."""
    lang, lookup = current_language(), current.lookup()
    counted = lookup.coverage()
    return _page(
        "coverage.html",
        description=PAGE_WORDS[lang]["description_coverage"],
        map=_map(counted, lang),
        legend=pages.legend([one.facility for one in counted], lang),
        rows=pages.coverage_rows(counted, _census(), lang),
        changes=list_changes(lookup.store, lang)[:CHANGES_SHOWN],
        totals=[sum(getattr(one, kind) for one in counted) for kind in ("facility", "meeting", "helpline")],
    )


@landing.get("/coverage.atom")
@holds_listings
def changes_of_lists() -> ResponseReturnValue:
    """Answer with what changed in the lists as an Atom feed."""
    lookup, lang = current.lookup(), current_language()
    changes, owner = list_changes(lookup.store, lang), lookup.settings.operator.owner
    body = changes_feed(changes, current.site_address(), owner, lookup.status().info.published_at, lang)
    return Response(body, content_type="application/atom+xml")


@landing.get("/care/<slug>")
@holds_listings
@keeps_answers
def care_everywhere(slug: str) -> ResponseReturnValue:
    """Show which states have places that state a kind of care."""
    care, lookup, lang = pages.care_of_slug(slug), current.lookup(), current_language()
    states = pages.care_in_country(_census(), care, lang) if care else ()
    if care is None or not states:
        abort(404)
    total = sum(state.count for state in states)
    description = PAGE_WORDS[lang]["description_care"].format(total=f"{total:,}")
    label, help_text = lookup.vocabulary.label(care, lang), lookup.vocabulary.help(care, lang)
    return _page(
        "care.html", description=description, care=label, help_text=help_text, states=states, total=total, enough=total >= ENOUGH
    )


@landing.get("/state/<code>/care/<slug>")
@holds_listings
@keeps_answers
def care_in_state(code: str, slug: str) -> ResponseReturnValue:
    """Show a kind of care in a state."""
    care, state, lang = pages.care_of_slug(slug), _state(code), current_language()
    if care is None or not _census().care.get(state.state, {}).get(care):
        abort(404)
    page = pages.care_page(current.lookup(), _census(), state, care, lang, current.now())
    description = PAGE_WORDS[lang]["description_care"].format(total=f"{page.results.total:,}")
    everywhere = f"/care/{slug}"
    return _results_page("care_in_state.html", page.results, description, page=page, everywhere=everywhere)


@landing.get("/state/<code>/town/<slug>")
@holds_listings
@keeps_answers
def town(code: str, slug: str) -> ResponseReturnValue:
    """Show the places in a town."""
    state, lang = _state(code), current_language()
    found = _census().towns.get(state.state, {}).get(slug)
    if found is None:
        abort(404)
    try:
        page = pages.town_page(current.lookup(), found, state, lang, current.now())
    except UnknownPlace:
        abort(404)  # a name that our lists have and no gazetteer does
    description = PAGE_WORDS[lang]["description_town"].format(total=f"{page.results.total:,}")
    return _results_page("town.html", page.results, description, page=page)


@landing.get("/sitemap.xml")
@holds_listings
@keeps_answers
def map_of_the_site() -> ResponseReturnValue:
    """Name every page that search engines may show; 404 until the operator has said where this site is."""
    lookup = current.lookup()
    if not lookup.settings.public_url:
        abort(404)
    return Response(sitemap.sitemap(lookup, _census()), content_type="application/xml")


@landing.get("/robots.txt")
def robots() -> Response:
    """Say what programs need not fetch: searches have pages without end."""
    return Response(sitemap.robots(current.lookup().settings.public_url), content_type="text/plain; charset=utf-8")


@landing.app_template_global("state_pages")
def state_pages(code: str) -> Markup:
    """Return the links from the page of a state to its kinds of care and its towns."""
    lang, lookup = current_language(), current.lookup()
    body = render_template(
        "landing/of_state.html",
        words=PAGE_WORDS[lang],
        state_name=state_name(_state(code).state, lang),
        care=pages.care_in_state(lookup, _census(), code, lang),
        towns=pages.towns_in_state(_census(), code)[:MOST_TOWNS],
    )
    return Markup(body)  # noqa: S704 - a template's own output


@landing.app_template_global("listing_data")
def listing_data(page: ListingPage) -> Markup:
    """Return a listing as a data block; nothing until the operator has named this site, or where nothing may be handed on."""
    site = current.lookup().settings.public_url
    stated = schema_org(page, site) if site else None
    return data_block(stated) if stated else Markup("")


@landing.app_template_global("canonical")
def canonical(path: str = "") -> Markup:
    """Return the links that say where this page is, or the one at `path`; nothing until the operator has named this site."""
    site = current.lookup().settings.public_url
    if not site:
        return Markup("")
    own, others = f"{site}{path or request.path}", Markup('<link rel="alternate" hreflang="{}" href="{}">\n')
    here = own if current_language() == "en" else f"{own}?lang={current_language()}"
    # Without `lang` the browser's preference decides, so that address is for readers of any language, too.
    alternates = (*((lang, own if lang == "en" else f"{own}?lang={lang}") for lang in LANGUAGES), ("x-default", own))
    return Markup('<link rel="canonical" href="{}">\n').format(here) + Markup("").join(
        others.format(lang, address) for lang, address in alternates
    )


@landing.app_template_global("canonical_of_fixed")
def canonical_of_fixed() -> Markup:
    """Return the links of `canonical` on pages that every copy has; those of places and listings know when they are too thin."""
    return canonical() if sitemap.is_fixed(request.path) else Markup("")


def _results_page(template: str, results: Any, description: str, **values: Any) -> str:  # Any: what a template shows
    """Return a page of places with its data for search engines; one with few places stays out of them."""
    data = item_list(results, current.lookup().settings.public_url)
    return _page(template, description=description, data=data, results=results, enough=results.total >= ENOUGH, **values)


def _page(template: str, **values: Any) -> str:  # Any: what a template shows
    return render_template(f"landing/{template}", words=PAGE_WORDS[current_language()], **values)


def _map(counted: tuple[StateCoverage, ...], lang: Language) -> Markup:
    words, counts = PAGE_WORDS[lang], {one.state: one.facility for one in counted}
    ordered = sorted((one for one in counted if one.facility), key=lambda one: -one.facility)
    ends: Mapping[str, str] = {
        name: f"{state_name(one.state, lang)} ({one.facility:,})"
        for name, one in zip(("most", "fewest"), (ordered[:1] + ordered[-1:]), strict=False)
    }
    said = words["map_words"].format(most=ends.get("most", "–"), fewest=ends.get("fewest", "–"))
    return country_map(counts, {one.state: state_name(one.state, lang) for one in counted}, words["map"], said)


def _state(code: str) -> StateCoverage:
    """Return a state by its postal code as written in capitals: one page has one address."""
    found = next((one for one in current.lookup().coverage() if one.state == code), None)
    return found or abort(404)


def _census() -> Census:
    return cast("pages.Censuses", current_app.extensions[EXTENSION]).of(current.lookup())
