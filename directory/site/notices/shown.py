"""Safety notices as a page shows them: numbers that can be called from the text, lines to call, searches to offer."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from markupsafe import Markup, escape

from directory.asking.query import SearchQuery
from directory.disclosure import Language
from directory.safety import Notice, lines_for
from directory.safety.lines import CallLine
from directory.safety.texts import CARDS
from directory.web.i18n import gettext as _
from index.language.vocabulary import Vocabulary
from index.listing import ConceptId

# "Call or text 988" becomes two links; any other number one, together with the verb before it, so that there is more to touch.
_BOTH: Final = re.compile(r"(call|llame) (or|o) (text|envíe un texto al) (988)", re.IGNORECASE)
_ONE: Final = re.compile(r"((?:call|llame(?: hoy)? al) )?\b(911|988|1-\d{3}-\d{3}-\d{4})\b", re.IGNORECASE)
_TEXT_LINE: Final = re.compile(r"\b(741741|838255|435748)\b")


@dataclass(frozen=True, slots=True)
class Act:
    """Something to do at once: its words and its address."""

    label: str | Markup
    href: str


@dataclass(frozen=True, slots=True)
class NoticeView:
    """A notice ready for its template."""

    id: str
    tone: str
    title: Markup
    lines: tuple[Markup, ...]
    acts: tuple[Act, ...]
    leave_button: bool


def with_calls(text: str) -> Markup:
    """Return the text as HTML in which every emergency number can be called or texted."""
    safe = str(escape(text))
    if _BOTH.search(safe):
        linked = _BOTH.sub(r'<a href="tel:\4">\1</a> \2 <a href="sms:\4">\3 \4</a>', safe)
    else:
        linked = _ONE.sub(_call, safe)
    return Markup(_TEXT_LINE.sub(r'<a href="sms:\1">\1</a>', linked))  # noqa: S704 - escaped above, then only our own links


def _call(found: re.Match[str]) -> str:
    return f'<a href="{call_address(found[2])}">{found[0]}</a>'


def call_address(number: str) -> str:
    """Return the address that calls a number as people dial it."""
    digits = number.replace("-", "")
    return f"tel:+{digits}" if digits.startswith("1") and len(digits) == 11 else f"tel:{digits}"


def notice_views(notices: Iterable[Notice], parts: SearchQuery, lang: Language) -> tuple[NoticeView, ...]:
    """Return the notices for a page; the searches they offer keep the place of `parts`."""
    return tuple(_view(notice, parts, lang) for notice in notices)


def notices_named(ids: Iterable[str], lang: Language) -> tuple[Notice, ...]:
    """Return notices by their ids, for an answer that has a reading but no page."""
    return tuple(_named(card_id, lang) for card_id in ids if card_id in CARDS)


def _named(card_id: str, lang: Language) -> Notice:
    card = CARDS[card_id]
    text = card.es if lang == "es" else card.en
    return Notice(card_id, card.tone, text.title, text.lines, lines_for(card.lines, lang), card.see, card.leave_button)


def _view(notice: Notice, parts: SearchQuery, lang: Language) -> NoticeView:
    """Return one notice. A search to offer goes before a line to call, so that it stays short on a small screen."""
    said = " ".join((notice.title, *notice.lines))
    searches = tuple(_searches(notice.see, parts, lang))
    calls = () if searches else tuple(act for line in notice.call_lines for act in _line_acts(line, said))
    return NoticeView(
        id=notice.id,
        tone=notice.tone,
        title=with_calls(notice.title),
        lines=tuple(with_calls(line) for line in notice.lines),
        acts=calls or searches,
        leave_button=notice.leave_button,
    )


def _line_acts(line: CallLine, said: str) -> Iterable[Act]:
    """Return the line to call, unless the notice's own words name it already."""
    if line.call and line.call not in said:
        yield Act(Markup('{}: <span class="nowrap">{}</span>').format(line.name, line.call), call_address(line.call))


def _searches(concepts: Sequence[str], parts: SearchQuery, lang: Language) -> Iterable[Act]:
    vocabulary = Vocabulary.load()
    for concept in concepts:
        if concept not in parts.offers:
            label = vocabulary.label(concept, lang)
            asked = SearchQuery(offers=(ConceptId(concept),), near=parts.near, position=parts.position, lang=lang)
            yield Act(_("Show: %(what)s") % {"what": label}, replace(asked, radius_miles=parts.radius_miles).url())
