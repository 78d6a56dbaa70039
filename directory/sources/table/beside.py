"""The small file beside a list that says what the list does not: `list.csv.toml` for `list.csv`.

Its `[source]` serves every importer; `[columns]`, `[words]` and `[yes]` are a table's mapping.
"""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

import msgspec

from directory.errors import ImportRefused
from directory.sources.feed_options import FeedOptions
from directory.sources.table.mapping import MappedSource, options_of
from directory.sources.table.reader import first_mapping
from index.language.vocabulary import Vocabulary

ENDING: Final = ".toml"


def path_beside(location: str) -> Path:
    """Return where the file beside a list stands, or would."""
    return Path(location + ENDING)


def options_beside(location: str) -> FeedOptions:
    """Return what the file beside a list says; nothing for an address or a list without one.

    Raises ImportRefused when it cannot be read.
    """
    if urlsplit(location).scheme in ("http", "https") or not path_beside(location).is_file():
        return FeedOptions()
    content = path_beside(location).read_bytes()
    try:
        source = msgspec.convert(tomllib.loads(content.decode("utf-8-sig")).get("source", {}), MappedSource)
    except (ValueError, msgspec.ValidationError) as error:
        raise ImportRefused(f"{path_beside(location)} cannot be read: {error}") from error
    return options_of(source, content)


def write_first_mapping(location: str) -> Path:
    """Write a first mapping beside a list, to be edited, and return where it stands.

    Raises ImportRefused when one is there already, which is never written over, or when the list cannot be read or is no table.
    """
    target = path_beside(location)
    try:
        content = Path(location).read_bytes()
    except OSError as error:
        raise ImportRefused(f"{location} cannot be opened: {error.strerror}") from error
    guessed = first_mapping(content, Path(location).name, Vocabulary.load())
    try:
        with target.open("x", encoding="utf-8") as file:
            file.write(guessed)
    except FileExistsError as error:
        raise ImportRefused(f"{target} is there already; edit it, or move it away for a new guess") from error
    except OSError:
        target.unlink(missing_ok=True)  # half a mapping would stand in the way of the next
        raise
    return target
