"""`directory duplicates`: what may be one place twice, and what staff decide about it."""

from __future__ import annotations

import getpass
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime

import click

from directory.commands.assembly import open_settings_and_store
from directory.feeds.merging import WeakMatch, doubts, keep_apart, merge, merges_of, undo
from directory.store import Store
from directory.store.facts import AmbiguousMatch
from index.listing import Listing, ListingId


@click.group(invoke_without_command=True)
@click.option("--limit", type=click.IntRange(min=1), default=50, show_default=True, help="How many pairs to show.")
@click.pass_context
def duplicates(context: click.Context, limit: int) -> None:
    """List records that fit several listings, and listings of different sources that look alike: nothing is merged by itself."""
    if context.invoked_subcommand is None:
        _, store = open_settings_and_store()
        for line in duplicate_lines(store, limit):
            click.echo(line)


@duplicates.command("merge")
@click.argument("other")
@click.argument("kept")
def merge_listings(other: str, kept: str) -> None:
    """Make the listing OTHER a part of KEPT; addresses of OTHER lead to KEPT from now on."""
    _, store = open_settings_and_store()
    merge(store, other, kept, by=getpass.getuser(), now=datetime.now(UTC))
    click.echo(f"{other} is a part of {kept} now. `directory duplicates undo {other}` parts them again.")


@duplicates.command("undo")
@click.argument("other")
def undo_merge(other: str) -> None:
    """Let the merged listing OTHER stand by itself again."""
    _, store = open_settings_and_store()
    kept = undo(store, other, by=getpass.getuser(), now=datetime.now(UTC))
    click.echo(f"{other} stands by itself again, and so does {kept}.")


@duplicates.command("apart")
@click.argument("one")
@click.argument("other")
def apart(one: str, other: str) -> None:
    """Say that ONE and OTHER are two places, so that they are not listed here again."""
    _, store = open_settings_and_store()
    keep_apart(store, one, other, by=getpass.getuser(), now=datetime.now(UTC))
    click.echo(f"{one} and {other} are two places.")


def duplicate_lines(store: Store, limit: int) -> list[str]:
    """Return each open question with the listings it is about, and the merges that hold, a fact a line."""
    found = doubts(store)
    wanted = [one for question in found.questions for one in (question.listing_id, *question.candidates)]
    listed = {id_: _named(one) for id_, one in store.public_listings_by_id(wanted).items()}
    said = [line for question in found.questions for line in _question_lines(question, listed)]
    said += [line for weak in found.weak[:limit] for line in _weak_lines(weak)]
    if len(found.weak) > limit:
        said.append(f"... and {len(found.weak) - limit:,} more pairs that look alike")
    merged = [
        f"Merged on {_when(one.merged_at)} by {one.merged_by}: {one.merged_id} into {one.kept_id}" for one in merges_of(store)
    ]
    return [*(said or ["No record fits several listings, and no two listings look alike."]), *merged]


def _named(listing: Listing) -> str:
    return f"{listing.id} {listing.name}, {listing.address.street} {listing.address.city}".rstrip(" ,")


def _question_lines(question: AmbiguousMatch, named: Mapping[ListingId, str]) -> Iterator[str]:
    yield f"{question.source} {question.key} (feed {question.feed}, {_when(question.noticed_at)})"
    yield f"  stands as {named.get(question.listing_id, question.listing_id)}"
    for candidate in question.candidates:
        yield f"  may be    {named.get(candidate, candidate)}"


def _weak_lines(weak: WeakMatch) -> Iterator[str]:
    yield f"{', '.join(weak.clues)}; names {weak.alike:.0f} % alike"
    for listing in (weak.first, weak.second):
        sources = ", ".join(dict.fromkeys(program.source.name for program in listing.programs))
        yield f"  {_named(listing)} ({sources})"


def _when(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%d %H:%M UTC")
