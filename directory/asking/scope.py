"""A search that keeps to some places: listings that are named, or states. A site that embeds the search chooses them.

A scope hides places and never lines to call, and everyone who is shown its results is told of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from re import ASCII
from re import compile as pattern
from typing import Final

from directory.asking.phrases import OR, joined
from directory.asking.state_names import state_name, state_names
from directory.disclosure import Language
from index.errors import InvalidRequest
from index.listing import ListingId

MOST_LISTINGS: Final = 100  # that one address may name
_LISTING_ID: Final = pattern(r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}", ASCII)


def listing_ids(name: str, values: Iterable[str]) -> tuple[ListingId, ...]:
    """Return the ids that a parameter names, also separated by commas.

    One of the right shape that is no listing now is no error: a page that names it must not break when a place closes.
    Raises InvalidRequest for any other value, and for too many.
    """
    found = dict.fromkeys(ListingId(part) for part in _parts(values))
    for one in found:
        if not _LISTING_ID.fullmatch(one):
            raise InvalidRequest(name, f"must be ids of listings, got {one[:80]!r}")
    if len(found) > MOST_LISTINGS:
        raise InvalidRequest(name, f"may name at most {MOST_LISTINGS} listings, got {len(found):,}")
    return tuple(found)


def state_codes(name: str, values: Iterable[str]) -> tuple[str, ...]:
    """Return the postal codes of states that a parameter names, also separated by commas. Raises InvalidRequest."""
    found = dict.fromkeys(part.upper() for part in _parts(values))
    for code in found:
        if code not in state_names():
            raise InvalidRequest(name, f"must be two letters of a state such as CO, got {code[:80]!r}")
    return tuple(found)


def states_words(codes: Sequence[str], lang: Language) -> str:
    """Return the names of states: "Colorado or Utah"."""
    return joined([state_name(code, lang) for code in codes], OR[lang])


def listings_words(count: int, lang: Language) -> str:
    """Return the sentence that says that only named listings were searched."""
    if lang == "es":
        return "Solo se buscó 1 lugar elegido." if count == 1 else f"Solo se buscó entre {count} lugares elegidos."
    return "Only 1 chosen listing was searched." if count == 1 else f"Only {count} chosen listings were searched."


def scope_label(only: Sequence[ListingId], states: Sequence[str], lang: Language) -> str:
    """Return the scope in a few words, for the link that leaves it."""
    spanish, said = lang == "es", []
    if only:
        said.append(f"solo {len(only)} elegidos" if spanish else f"only {len(only)} chosen")
    if states:
        said.append(f"solo {states_words(states, lang)}" if spanish else f"only {states_words(states, lang)}")
    return ", ".join(said)


def _parts(values: Iterable[str]) -> list[str]:
    return [part.strip() for value in values for part in value.split(",") if part.strip()]
