"""A listing as schema.org data and as the text that a shared link shows; the label is part of the name.

Both are read by other programs, so they hold what may be handed on and nothing else.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Final

from directory.answers.kept_here import handed_on
from directory.channels.entries import address_line
from directory.disclosure import labelled_name, money_line
from directory.page import ListingPage
from index.listing import Kind, Listing

TYPES: Final = {Kind.FACILITY: "MedicalOrganization", Kind.MEETING: "Organization", Kind.HELPLINE: "Organization"}


def schema_org(page: ListingPage, site: str) -> dict[str, Any] | None:  # Any: JSON
    """Return a listing for search engines: what is public, who answers each number, and who pays, before anything else.

    None where no source of it lets anything be handed on.
    """
    listing, lang = handed_on(page.listing), page.lang
    if listing is None:
        return None
    given = {(phone.number, phone.extension) for phone in listing.phones}
    lines = [line for line in page.card.phones if (line.number, line.extension) in given]
    described = (money_line(page.card.disclosure, lang), *(line.statement for line in lines[:1]))
    stated: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": TYPES[listing.kind],
        "@id": f"{site}{page.card.url}",
        "name": labelled_name(page.card.disclosure, listing.name, lang),
        "description": " ".join(described),
        "url": f"{site}{page.card.url}",
        "inLanguage": lang,
    }
    if address := _address(listing):
        stated["address"] = address
    if lines:
        stated["contactPoint"] = [
            {"@type": "ContactPoint", "telephone": line.shown, "description": line.statement} for line in lines
        ]
    if listing.website:
        stated["sameAs"] = listing.website
    return stated


def _address(listing: Listing) -> dict[str, str]:
    """Return the public parts of the address; a withheld street is not among them."""
    address = listing.address
    parts = {
        "streetAddress": "" if address.withheld else " ".join(filter(None, (address.street, address.street2))),
        "addressLocality": address.city,
        "addressRegion": address.state,
        "postalCode": address.zip,
    }
    stated = {name: value for name, value in parts.items() if value}
    return {"@type": "PostalAddress", **stated} if stated else {}


def preview(page: ListingPage) -> dict[str, str]:
    """Return what a shared link shows: Open Graph names and their text; nothing where nothing may be handed on."""
    given, lang = handed_on(page.listing), page.lang
    if given is None:
        return {}
    card = replace(page.card, listing=given)
    return {
        "og:type": "website",
        "og:title": labelled_name(card.disclosure, given.name, lang),
        "og:description": f"{money_line(card.disclosure, lang)} {address_line(card, lang)}".strip(),
        "og:locale": "es_US" if lang == "es" else "en_US",
    }
