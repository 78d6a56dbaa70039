"""The parts of a page that repeat: rows and filter options. What is the same in every answer is rendered once and kept."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from flask import current_app
from markupsafe import Markup, escape

from directory.site.meetings.lists import is_meeting, when, zone_of
from directory.site.parts.languages import kept_language, with_language
from directory.web import current
from directory.web.i18n import gettext as _

if TYPE_CHECKING:
    from directory.asking.query import SearchQuery
    from directory.page import Card, FacetOption, Row

CARDS_KEPT: Final = 4096  # about 3 KB each
OPTIONS_KEPT: Final = 4096


@dataclass(frozen=True, slots=True)
class RenderedCard:
    """What is said of a listing whatever was searched, as HTML: its heading, its body, and what folds away, in two parts."""

    heading: str
    body: str
    more: str
    rest: str
    paid: bool


def rendered_row(row: Row, id_prefix: str, asked: SearchQuery | None = None) -> Markup:
    """Return one listing in a list; only its number, its miles, why it stands here and a meeting's next time are new."""
    card = _rendered_card(row.card, kept_language())
    heading_id = f"{id_prefix}{row.position}"
    miles = f'<p class="miles">{escape(row.miles)}</p>' if row.miles else ""
    next_time = _next_time(row.card, asked) if is_meeting(row.card) else ""
    why = "".join(f"<li>{escape(sentence)}</li>" for sentence in row.why)
    return Markup(  # noqa: S704 - the parts come from templates or are escaped here
        f'<li><article class="card{" paid" if card.paid else ""}" aria-labelledby="{heading_id}">\n'
        f'<div class="head"><h3 id="{heading_id}">{card.heading}</h3>{miles}</div>\n'
        f"{next_time}{card.body}{card.more}{f'<ul>{why}</ul>' if why else ''}{card.rest}</article></li>\n"
    )


def _next_time(card: Card, asked: SearchQuery | None) -> str:
    """Return a meeting's next time as HTML; "" where its list states no time."""
    said, zone = when(card, asked, current.now()), zone_of(card)
    return f'<p class="when"><strong>{escape(said)}</strong> <span class="soft">({escape(zone)})</span></p>\n' if said else ""


@lru_cache(maxsize=CARDS_KEPT)
def _rendered_card(card: Card, kept: str) -> RenderedCard:
    """Return a card's HTML; `kept` is the language its links carry. Cards are replaced when the data or a disclosure moves."""
    parts: Any = current_app.jinja_env.get_template("card.html").module
    paid = bool(card.disclosure.marks(card.lang))
    return RenderedCard(str(parts.head(card)), str(parts.body(card)), str(parts.more(card)), str(parts.rest(card)), paid)


def rendered_options(options: Iterable[FacetOption]) -> Markup:
    """Return the options of a filter as list items; only the address and the count are new in each answer."""
    kept, remove = kept_language(), _("Remove")
    items = []
    for option in options:
        start, end = _option_parts(option.id, option.label, option.help, remove if option.selected else "")
        address = with_language(option.url, kept) if kept else option.url
        items.append(f'<li{start[0]}><a href="{escape(address)}"{start[1]}{option.count:,}{end}')
    return Markup("\n".join(items))  # noqa: S704 - every part is escaped


@lru_cache(maxsize=OPTIONS_KEPT)
def _option_parts(concept: str, label: str, words: str, remove: str) -> tuple[tuple[str, str], str]:
    """Return an option's HTML around its address and its count; `remove` is said of one that is on."""
    on = ' class="on"' if remove else ""
    mark = f'<span aria-hidden="true">✓ </span><span class="unseen">{escape(remove)} </span>' if remove else ""
    described = f' aria-describedby="f-{escape(concept)}"' if words else ""
    help_line = f'<p class="hint" id="f-{escape(concept)}">{escape(words)}</p>' if words else ""
    return (on, f'{described}><span>{mark}{escape(label)}</span><span class="tally">'), f"</span></a>{help_line}</li>"
