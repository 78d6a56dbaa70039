"""The sitemap (sitemaps.org, 0.9) and robots.txt: what may be found, and what has no end."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final
from xml.sax.saxutils import escape

from directory.answers.kept_here import may_be_handed_on
from directory.guides.library import library
from directory.landing.census import CARE, ENOUGH, Census
from directory.landing.pages import care_slug, town_address

if TYPE_CHECKING:
    from directory.lookup import Lookup

FIXED: Final = (
    *("/", "/not-sure", "/for-someone-else", "/guides", "/coverage", "/about", "/how-results-are-ordered", "/where-do-calls-go"),
    *("/paid-listings", "/privacy", "/health-data", "/for-providers", "/widget"),
)
MOST_ADDRESSES: Final = 50_000  # of one file, by the standard
# Searches, lists and forms: without end, or of nobody's interest. Frames, data and desks have nothing to show a searcher.
# "/list" is not here: a rule is the beginning of a path (RFC 9309, 2.2.2), and it would close "/listing/…" too.
NOT_TO_FETCH: Final = ("/search", "/page.html", "/list.pdf", "/embed", "/oembed", "/api/", "/hsds/", "/widget-preview-")


def sitemap(lookup: Lookup, census: Census) -> bytes:
    """Return every page with something of its own to say, listings last; a larger directory than fits names the first."""
    site, day = lookup.settings.public_url, lookup.status().info.published_at[:10]
    addresses = [*FIXED, *_of_guides(), *_of_places(census), *_listings(lookup)][:MOST_ADDRESSES]
    entries = (f"<url><loc>{escape(site + address)}</loc><lastmod>{day}</lastmod></url>" for address in addresses)
    opening = '<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
    return (opening + "\n".join(entries) + "\n</urlset>\n").encode()


def robots(site: str) -> str:
    """Return robots.txt (RFC 9309); it names the sitemap once the operator has said where this site is."""
    rules = ["User-agent: *", *(f"Disallow: {path}" for path in NOT_TO_FETCH)]
    return "\n".join([*rules, *([f"Sitemap: {site}/sitemap.xml"] if site else []), ""])


def is_fixed(path: str) -> bool:
    """Tell whether a path is that of a page which every copy has: a fixed one or a guide. Coverage names its address itself."""
    return path != "/coverage" and (path in FIXED or path in _of_guides())


def _of_guides() -> Iterator[str]:
    yield from (f"/guides/{slug}" for slug in library().guides["en"])


def _of_places(census: Census) -> Iterator[str]:
    """Yield the pages of care, states and towns that have enough places."""
    yield from (f"/care/{care_slug(care)}" for care in CARE if sum(n for _, n in census.states_with(care)) >= ENOUGH)
    for state, counts in sorted(census.care.items()):
        yield f"/state/{state}"
        yield from (f"/state/{state}/care/{care_slug(care)}" for care in CARE if counts.get(care, 0) >= ENOUGH)
        yield from (town_address(town) for town in census.towns_of(state))


def _listings(lookup: Lookup) -> Iterator[str]:
    """Yield the pages of listings, without those that search engines are asked to leave alone."""
    withdrawn = lookup.store.withdrawn_ids()
    for listing in lookup.engine.all_listings():
        if listing.id not in withdrawn and may_be_handed_on(listing):
            yield f"/listing/{listing.id}"
