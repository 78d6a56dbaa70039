"""Write data/providers.json: the hand-kept facts of scripts/starter and a chosen part of the federal directory.

    python -m scripts.build_starter --federal samhsa_directory_2024_geocoded.csv.gz

The same inputs always give the same bytes. docs/data-sources.md says what is taken from whom, and on which terms.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import click
import msgspec

from directory.sources.records import PROVIDERS_SCHEMA, AnsweredByFact, ListingRecord, SourceInfo
from index.geo.places import Gazetteer
from scripts.starter.facts import (
    NATIONAL_FILES,
    STARTER_SOURCE,
    STATE_FILE,
    answered_by_facts,
    listing_of,
    read_facts,
)
from scripts.starter.federal import places, read_directory
from scripts.starter.selection import choose

OUTPUT = Path(__file__).resolve().parent.parent / "data" / "providers.json"


@click.command()
@click.option("--federal", required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--output", default=OUTPUT, show_default=True, type=click.Path(path_type=Path))
def main(federal: Path, output: Path) -> None:
    """Choose the facilities, join them with the facts, write the file and say what stands in it."""
    facts = read_facts((*NATIONAL_FILES, STATE_FILE))
    lines = [listing_of(fact) for fact in facts]
    gazetteer = Gazetteer.load()
    directory = read_directory(federal, gazetteer)
    chosen = choose(places(directory), gazetteer)
    sources = (STARTER_SOURCE, *directory.sources)
    output.write_bytes(providers_file(sources, list(answered_by_facts(facts)), lines + chosen))
    click.echo(f"{len(lines)} lines and organizations, {len(chosen)} facilities: {output.stat().st_size:,} bytes")


def providers_file(
    sources: Iterable[SourceInfo], answered_by: Iterable[AnsweredByFact], listings: Iterable[ListingRecord]
) -> bytes:
    """Return the file's bytes: one record a line, so that a change of one record is a change of one line."""
    return b'{"schema":%b,\n"sources":%b,\n"answered_by":%b,\n"listings":%b}\n' % (
        msgspec.json.encode(PROVIDERS_SCHEMA),
        _rows(sources),
        _rows(answered_by),
        _rows(listings),
    )


def _rows(values: Iterable[msgspec.Struct]) -> bytes:
    return b"[\n" + b",\n".join(msgspec.json.encode(value) for value in values) + b"\n]"


if __name__ == "__main__":
    main()
