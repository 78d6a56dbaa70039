"""What every template can use: words of the current language, addresses that keep it, safe links, rendered cards."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote, urlencode, urlsplit

from flask import Flask, request
from markupsafe import Markup

from directory.asking.state_names import state_name
from directory.disclosure import LANGUAGES, Language, PaidStatus, plain_date, site_statements
from directory.disclosure.source_words import in_language
from directory.errors import StoreUnavailable
from directory.safety import CRISIS_STRIP, CRISIS_STRIP_SHORT, lines_for
from directory.safety.lines import spanish_name
from directory.site.meetings.lists import age_of, forms, is_meeting, weekly_times
from directory.site.notices import call_address, with_calls
from directory.site.notices.danger import unanswered_danger
from directory.site.parts.assets import asset_address
from directory.site.parts.fragments import rendered_options, rendered_row
from directory.site.parts.languages import kept_language, link, with_language
from directory.site.parts.short_words import short_care
from directory.site.parts.streets import page_map
from directory.web import current, i18n
from directory.web.styles import FIRST_STYLE
from index.errors import EngineUnavailable
from index.listing import Kind, Listing

if TYPE_CHECKING:
    from index.listing import Address

NATIONAL_LINE: Final = "help.samhsa"
CARE_SHOWN: Final = 4  # in a card; the listing's page shows all
PAYMENT_SHOWN: Final = 3
LEAVE_ADDRESS: Final = "https://www.weather.gov/"  # neutral, the same for everyone


def web_address(text: str) -> str:
    """Return a website as a link may hold it: http or https with a host, "" for anything else a source might say."""
    stripped = text.strip()
    candidate = stripped if "://" in stripped else f"https://{stripped}"
    try:
        parts = urlsplit(candidate)
    except ValueError:
        return ""
    named = parts.hostname and "." in parts.hostname and not any(sign in candidate for sign in " <>\"'\\")
    return candidate if parts.scheme in {"http", "https"} and named else ""


def website_name(text: str) -> str:
    """Return a website as people read it: without scheme, www and a closing slash."""
    name = text.strip().partition("://")[2] or text.strip()
    return name.removeprefix("www.").rstrip("/")


def map_address(address: Address, lat: float | None, lon: float | None) -> str:
    """Return a link that shows a place on OpenStreetMap: by its street where stated, else by its point; "" with neither."""
    if address.street and address.city:
        words = f"{address.street}, {address.city}, {address.state} {address.zip}"
        return f"https://www.openstreetmap.org/search?query={quote(words)}"
    if lat is None or lon is None:
        return ""
    return "https://www.openstreetmap.org/?" + urlencode({"mlat": f"{lat:.4f}", "mlon": f"{lon:.4f}", "zoom": "13"})


def number(value: int) -> str:
    """Return a count for the eye: 4,000."""
    return f"{value:,}"


def day(value: date | None) -> str:
    """Return a day in words of the current language, "" when nobody said."""
    return plain_date(value, i18n.current_language()) if value else ""


@cache
def crisis_strip(lang: Language) -> tuple[Markup, ...]:
    """Return the strip's sentences with their numbers as links."""
    return tuple(with_calls(sentence) for sentence in CRISIS_STRIP[lang])


def page_context() -> dict[str, Any]:
    """Return what the frame of every page needs."""
    lang = i18n.current_language()
    return {
        "lang": lang,
        "today": current.now().date(),
        "other_languages": [language for language in LANGUAGES if language != lang],
        "crisis_strip": crisis_strip(lang),
        "crisis_strip_short": with_calls(CRISIS_STRIP_SHORT[lang]),
        "national_line": lines_for((NATIONAL_LINE,), lang)[0],
        "statements": statements(lang),
        "leave_address": LEAVE_ADDRESS,
        "first_style": Markup(FIRST_STYLE),  # noqa: S704 - our own style sheet
        "plain_tab": current.lookup().settings.plain_tab,
        "here": _here(),
    }


def statements(lang: Language) -> tuple[str, ...]:
    """Return who runs and funds this copy, with the names of the places that the operator has a stake in."""
    lookup = current.lookup()
    try:
        return lookup.funding(lang, today=current.now().date())
    except (EngineUnavailable, StoreUnavailable):  # the page of that error has a footer too
        return site_statements(lookup.settings.operator, lang, advertisers=None)


def _here() -> str:
    """Return this page's address for the language switch; a search says its own, without what must not be kept."""
    return request.path if request.method in {"GET", "HEAD"} else "/"


def capitalize_first(text: str) -> str:
    """Return the text with a capital first letter; the rest as it is."""
    return text[:1].upper() + text[1:]


def stated(text: str) -> str:
    """Return short words of a source in the language of this request, where we know them in it."""
    return in_language(text, i18n.current_language())


def named_state(code: str) -> str:
    """Return the name of a state in the language of this request."""
    return state_name(code, i18n.current_language())


def name_of_line(listing: Listing) -> str:
    """Return what a national line is called in the language of this request, "" where that is its name."""
    return spanish_name(listing.name) if listing.kind is Kind.HELPLINE and i18n.current_language() == "es" else ""


def init_app(app: Flask) -> None:
    """Give the app's templates their functions."""
    i18n.init_app(app)
    app.jinja_env.globals.update(
        asset=asset_address,
        link=link,
        kept_language=kept_language,
        with_language=with_language,
        web_address=web_address,
        website_name=website_name,
        call_address=call_address,
        map_address=map_address,
        number=number,
        day=day,
        rendered_row=rendered_row,
        rendered_options=rendered_options,
        short_care=short_care,
        unanswered_danger=unanswered_danger,
        is_meeting=is_meeting,
        name_of_line=name_of_line,
        area_map=page_map,
        forms=forms,
        weekly_times=weekly_times,
        age_of=age_of,
        PAID=PaidStatus.PAID,
        CARE_SHOWN=CARE_SHOWN,
        PAYMENT_SHOWN=PAYMENT_SHOWN,
    )
    app.jinja_env.filters["capitalize_first"] = capitalize_first
    app.jinja_env.filters["stated"] = stated
    app.jinja_env.filters["state_name"] = named_state
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.context_processor(page_context)
