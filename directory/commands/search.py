"""`directory search`: the same lookup as the pages, as a table."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Final

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text
from werkzeug.datastructures import MultiDict

from directory.asking.query import parse_query
from directory.commands.assembly import open_settings_and_store
from directory.disclosure import ANSWERERS
from directory.lookup import open_lookup
from directory.page import ResultPage, Row
from directory.safety import CallLine
from directory.sources.records import AnsweredBy
from index.engine.oracle import OracleEngine
from index.language.vocabulary import Vocabulary
from index.request import Sort

PRINTED_WIDTH: Final = 160  # columns


@click.command()
@click.argument("text", required=False, default="")
@click.option("--near", help="A ZIP code, a town, a county or a state.")
@click.option("--radius", type=float, help="Miles; 25 by default.")
@click.option("--offers", multiple=True, help="A concept that must be stated, such as care.detox; repeatable.")
@click.option("--not", "leave_out", multiple=True, help="A concept that must not be stated; repeatable.")
@click.option("--kind", multiple=True, help="facility, meeting or helpline; repeatable.")
@click.option("--sort", type=click.Choice([sort.value for sort in Sort]), help="How to order.")
@click.option("--unpaid-only", is_flag=True, help="Only listings that nobody pays us for.")
@click.option("--page", type=int, default=1, show_default=True)
@click.option("--per-page", type=int, default=20, show_default=True)
@click.option("--lang", type=click.Choice(["en", "es"]), default="en", show_default=True)
@click.option("--engine", "engine_name", type=click.Choice(["whoosh", "oracle"]), default="whoosh", show_default=True)
def search(text: str, engine_name: str, unpaid_only: bool, leave_out: tuple[str, ...], **options: object) -> None:
    """Search for TEXT and print the results as a table."""
    settings, store = open_settings_and_store()
    pairs = [("q", text), ("unpaid_only", "1" if unpaid_only else ""), *(("not", concept) for concept in leave_out)]
    for name, value in options.items():
        pairs += [(name, str(item)) for item in (value if isinstance(value, tuple) else (value,)) if item is not None]
    engine = OracleEngine(settings.index_root) if engine_name == "oracle" else None
    lookup = open_lookup(settings, store, engine)
    query = parse_query(MultiDict(pairs), Vocabulary.load(), strict=True)
    show(lookup.search(query, now=datetime.now().astimezone()), console())


def console() -> Console:
    """Return where to print: as wide as the terminal, or wide enough for a table where there is none."""
    usual = Console()
    return usual if usual.is_terminal else Console(width=PRINTED_WIDTH)


def show(page: ResultPage, console: Console) -> None:
    """Print a page: notices first, then what was understood, the rows, and what stands beyond them."""
    for notice in page.notices:
        console.print(Text("! " + " ".join((notice.title, *notice.lines)), style="bold"))
        for line in notice.call_lines:
            console.print(Text(f"  {line.name}: {_reached(line)}"))
    counted = [f"{page.total:,} found, {page.order}. {page.paid_count}."] if page.searched else []
    for text in (page.sentence, *_remarks(page), *counted):
        console.print(Text(text))
    if page.rows:
        console.print(_table(page.rows))
    for group in page.beyond:
        console.print(Text(f"\n{group.label} ({group.total:,})", style="bold"))
        console.print(_table(group.rows))
    console.print(Text(f"\nPage {page.page:,} of {page.pages:,}. {page.ranking} {' '.join(page.funding)}"))


def _reached(line: CallLine) -> str:
    """Return how a crisis line is reached: "988, press 1; text HOME to 741741"."""
    call = f"{line.call}, press {line.press}" if line.call and line.press else line.call
    text = f"text {line.text_word or 'anything'} to {line.text_to}" if line.text_to else ""
    return "; ".join(part for part in (call, text) if part)


def _remarks(page: ResultPage) -> Iterator[str]:
    """Yield what the reader should know of how the words were read."""
    if page.near_me_unanswered:
        yield "Say where: --near with a ZIP code or a town."
    for made in page.corrections:
        yield f"Showing results for “{made.shown}”, not “{made.typed}”."
    if page.place and page.place_alternatives:
        yield f"Searched near {page.place.label}. Also: {'; '.join(choice.label for choice in page.place_alternatives)}."
    yield from page.remarks
    if page.other_places:
        yield f"Search with --near for: {'; '.join(choice.label for choice in page.other_places)}."


def _table(rows: tuple[Row, ...]) -> Table:
    """Return the rows as a table; who answers a number stands before it."""
    table = Table(box=None, pad_edge=False, header_style="dim")
    for heading, whole in (
        *(("Paid?", False), ("Name", False), ("Town", False), ("Miles", False), ("Who answers", False)),
        *(("Phone", True), ("Source", False), ("Id", True)),
    ):
        table.add_column(heading, no_wrap=whole, overflow="fold")
    for row in rows:
        table.add_row(*(Text(cell) for cell in _cells(row)))
    return table


def _cells(row: Row) -> Iterator[str]:
    card, address = row.card, row.card.listing.address
    phone = card.phones[0] if card.phones else None
    yield card.disclosure.label_in(card.lang)
    yield card.listing.name
    yield f"{address.city}, {address.state}".strip(", ")
    yield row.miles
    yield ANSWERERS[AnsweredBy(phone.answered_by)][card.lang] if phone else ""
    yield phone.shown if phone else ""
    yield card.edition
    yield card.listing.id
