"""What stands in a saved page: the same places, words about money and lines to call as on the page it was saved from."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from directory.channels.entries import Entry, entry_of_card, number_words
from directory.channels.shortlist import Shortlist
from directory.channels.words import WORDS
from directory.page import Card, ResultPage, Row
from directory.site.notices import NoticeView, notice_views


@dataclass(frozen=True, slots=True)
class Number:
    """A number to call: who answers it, how it is written, and the address that dials it."""

    statement: str
    shown: str
    href: str


@dataclass(frozen=True, slots=True)
class Place:
    """A place of a saved page; `miles` is "" where no distance was asked, `note` where nobody pays for a result."""

    entry: Entry
    numbers: tuple[Number, ...]
    miles: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """Places under a heading."""

    heading: str
    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class KeptPage:
    """A whole saved page, paid places labelled as everywhere."""

    heading: str
    said: tuple[str, ...]
    notices: tuple[NoticeView, ...]
    places: tuple[Place, ...]
    groups: tuple[Group, ...]


def of_results(page: ResultPage) -> KeptPage:
    """Return a page of results, with what it was searched for, in its order, and the groups beyond it."""
    groups = tuple(Group(group.label, _places(group.rows)) for group in page.beyond)
    notices = notice_views(page.notices, page.parts, page.lang)
    return KeptPage(page.sentence, (page.order, page.paid_count, *page.remarks), notices, _places(page.rows), groups)


def of_list(chosen: Shortlist) -> KeptPage:
    """Return a reader's own list."""
    return KeptPage(WORDS[chosen.lang]["title"], (), (), tuple(_place(page.card) for page in chosen.pages), ())


def _places(rows: Iterable[Row]) -> tuple[Place, ...]:
    return tuple(_place(row.card, row.miles, row.card.paid_note) for row in rows)


def _place(card: Card, miles: str = "", note: str = "") -> Place:
    numbers = tuple(Number(line.statement, number_words(line), line.href) for line in card.phones)
    return Place(entry_of_card(card), numbers, miles, note)
