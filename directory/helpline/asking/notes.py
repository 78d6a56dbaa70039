"""A place for what other rooms know of the listings of an answer, such as the last call outcome: one sentence each.

A room adds its own function once, with `add_notes`; the desk asks all of them for every answer it shows.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from flask import Flask, current_app

from directory.disclosure import Language
from directory.errors import StoreUnavailable

EXTENSION: Final = "directory.helpline.asking.notes"
Notes = Mapping[str, Sequence[str]]
NotesOf = Callable[[Sequence[str], Language], Notes]


def add_notes(app: Flask, notes_of: NotesOf) -> None:
    """Let a function say sentences about listings, by id, in a language. It may raise StoreUnavailable."""
    app.extensions.setdefault(EXTENSION, []).append(notes_of)


def notes_of(ids: Sequence[str], lang: Language) -> Notes:
    """Return what is known of listings; nothing while the database cannot be read."""
    found: dict[str, list[str]] = {}
    for ask in current_app.extensions.get(EXTENSION, ()):
        try:
            known = ask(ids, lang)
        except StoreUnavailable:
            continue
        for listing_id, sentences in known.items():
            found.setdefault(listing_id, []).extend(sentences)
    return found
