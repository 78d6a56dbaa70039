"""Ids of listings: minted once, kept in the store, never used again."""

from __future__ import annotations

import base64
from collections.abc import Container
from hashlib import blake2b
from typing import Final

from index.listing import ListingId

ID_LETTERS: Final = 12  # 60 bits: at a million listings a clash is a one in two million chance, and is counted round
PROGRAM_LETTERS: Final = 6


def mint_id(first_key: str, taken: Container[str]) -> ListingId:
    """Return a new id for the listing whose first record has this key: 12 lower-case base32 characters.

    The same key gives the same id in an empty store, so that copies of the service built from the same data agree.
    """
    attempt = 0
    while True:
        text = first_key if attempt == 0 else f"{first_key}#{attempt}"
        candidate = _letters(text, ID_LETTERS)
        if candidate not in taken:
            return ListingId(candidate)
        attempt += 1


def program_id(listing_id: str, source: str, key: str) -> str:
    """Return the id of a program: its listing's, and letters derived from the source's own key."""
    return f"{listing_id}-{_letters(f'{source}|{key}', PROGRAM_LETTERS)}"


def _letters(text: str, count: int) -> str:
    return base64.b32encode(blake2b(text.encode(), digest_size=10).digest()).decode("ascii").lower()[:count]
