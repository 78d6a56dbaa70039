"""A page's places as schema.org data for search engines: the label of who pays stands before the name, as everywhere."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import msgspec
from markupsafe import Markup

from directory.answers.kept_here import may_be_handed_on
from directory.disclosure import labelled_name, money_line
from directory.page import ResultPage

_SAFE_IN_HTML: Final = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026"}


def item_list(page: ResultPage, site: str) -> Markup:
    """Return the places of a page that may be handed on as a data block; nothing until the operator has named this site."""
    given = [row for row in page.rows if may_be_handed_on(row.card.listing)]
    if not site or not given:
        return Markup("")
    items = [
        {
            "@type": "ListItem",
            "position": position,
            "url": f"{site}{row.card.url}",
            "name": labelled_name(row.card.disclosure, row.card.listing.name, page.lang),
            "description": money_line(row.card.disclosure, page.lang),
        }
        for position, row in enumerate(given, page.rows[0].position)
    ]
    return data_block({"@context": "https://schema.org", "@type": "ItemList", "itemListElement": items})


def data_block(stated: Mapping[str, Any]) -> Markup:  # Any: JSON
    """Return data as HTML that no browser runs, without any sign that could end it."""
    written = msgspec.json.encode(stated).decode()
    for sign, escaped in _SAFE_IN_HTML.items():
        written = written.replace(sign, escaped)
    return Markup(f'<script type="application/ld+json">{written}</script>')  # noqa: S704 - see above
