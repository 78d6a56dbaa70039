"""The pages: each view reads the request, asks the lookup, and renders."""

from __future__ import annotations

from flask import Blueprint, Response, abort, current_app, make_response, render_template, request
from flask.typing import ResponseReturnValue

from directory.asking.query import SearchQuery, TextTooLong
from directory.disclosure import LABELS, RANKING_STATEMENT, SENTENCES
from directory.site import listing_facts
from directory.site.home import HomePages
from directory.site.meetings import facts as meeting_facts
from directory.site.meetings.lists import age_of, passes_by_the_minute, when, zone_of
from directory.site.notices import notice_views
from directory.site.parts import assets
from directory.site.parts.languages import kept_language
from directory.site.searching.forms import Refused, SearchForm, language_pairs
from directory.site.searching.results import answer_form, edition_list, find, private, show, show_refused, show_too_long
from directory.web import current
from directory.web.http import changes_by_the_minute, holds_listings
from directory.web.i18n import current_language
from directory.web.kept_answers import keeps_answers
from index.listing import Kind

site = Blueprint("site", __name__)
home_pages = HomePages()


site.register_error_handler(TextTooLong, show_too_long)


@site.after_request
def name_language_choice(response: Response) -> Response:
    """Say to caches that the browser's preferred language may change a page."""
    if response.mimetype == "text/html":
        response.vary.add("Accept-Language")
        response.headers["Content-Language"] = current_language()
    return response


@site.get("/")
@holds_listings
def home() -> ResponseReturnValue:
    """Show the search form and ways to start, all of which the loaded data can answer."""
    return render_home()


def render_home() -> str:
    """Return the home page as HTML."""
    lang = current_language()
    page = home_pages.page(current.lookup(), lang, current.now())
    return render_template(
        "home.html",
        form=SearchForm(kept=language_pairs(kept_language())),
        problems={},
        examples=page.examples,
        kinds=page.kinds,
        family=page.family,
        info=page.info,
        editions=edition_list(page.info.editions, lang),
    )


@site.get("/search")
@holds_listings
@keeps_answers
def results() -> ResponseReturnValue:
    """Show what the address asks for; an address that asks nothing shows the form."""
    found = find(request.args)
    if isinstance(found, Refused):
        return show_refused(found)
    if found.query.is_empty:
        return render_home()
    body = show(found)
    return changes_by_the_minute(make_response(body)) if passes_by_the_minute(found) else body


@site.post("/search")
def ask() -> ResponseReturnValue:
    """Answer the sent form with the address of its understood parts, or in place."""
    return private(answer_form(request.form))


@site.get("/listing/<listing_id>")
@holds_listings
def listing(listing_id: str) -> ResponseReturnValue:
    """Show one listing. Raises ListingNotFound and ListingMoved."""
    lang = current_language()
    page = current.lookup().listing(listing_id, lang, today=current.now().date())
    meets = page.listing.kind is Kind.MEETING
    body = render_template(
        "listing.html",
        page=page,
        notice_views=notice_views(page.notices, SearchQuery(lang=lang), lang),
        lines=listing_facts.phone_lines(page),
        number_labels=listing_facts.number_labels(),
        facts_of=lambda program: listing_facts.facts_of(program, page.listing.kind),
        times=listing_facts.meeting_times(page, lang),
        meets=meets,
        blocks=meeting_facts.meeting_blocks(page),
        source_rows=meeting_facts.sources_once(page) if meets else page.programs,
        said_by=meeting_facts.who_says_what(page),
        zone=zone_of(page.card),
        next_meeting=when(page.card, None, current.now()) if meets else "",
        age=age_of(page.card),
        credential_words=listing_facts.credential_words,
        owned=page.card.disclosure.operator_stake,
    )
    return changes_by_the_minute(make_response(body)) if meets else body


@site.get("/about")
def about() -> ResponseReturnValue:
    """Say who runs and funds this copy, how results are ordered, and where the facts come from."""
    lang = current_language()
    lookup = current.lookup()
    return render_template(
        "about.html",
        ranking=RANKING_STATEMENT[lang],
        paid_words=[(LABELS[status][lang], SENTENCES[status][lang]) for status in LABELS],
        advertising=lookup.settings.advertising,
        contact=lookup.settings.operator.contact,
        info=lookup.status().info,
    )


@site.get("/privacy")
def privacy() -> ResponseReturnValue:
    """Say what this program writes down, and what others can still see."""
    settings = current.lookup().settings
    return render_template(
        "privacy.html",
        proxy_logs=settings.proxy_logs,
        desk_report=settings.desk_report,
        tile_host=settings.tile_host,
    )


@site.get("/styleguide")
def styleguide() -> ResponseReturnValue:
    """Show every component, in development only."""
    if not current_app.debug:
        abort(404)
    from directory.site.samples import samples

    return render_template("styleguide.html", samples=samples())


@site.get("/static/<digest>/<name>")
def asset(digest: str, name: str) -> Response:
    """Send the style sheet, the script or the icon."""
    return assets.send_asset(digest, name)
