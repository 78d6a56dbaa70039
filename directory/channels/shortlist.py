"""A reader's own list: ids in an address, and nothing anywhere else."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final, Protocol
from urllib.parse import urlencode

from directory.disclosure import Language
from directory.errors import ListingMoved, ListingNotFound
from directory.page import ListingPage
from index.errors import InvalidRequest

MOST_PLACES: Final = 20


class Listings(Protocol):
    """What is asked of the lookup."""

    def listing(self, listing_id: str, lang: Language, *, today: date) -> ListingPage: ...  # noqa: D102


@dataclass(frozen=True, slots=True)
class Shortlist:
    """The places of a list in the reader's order, and how many of its ids are listed no more."""

    pages: tuple[ListingPage, ...]
    gone: int
    lang: Language

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids that are listed, merged ones under their new id."""
        return tuple(page.listing.id for page in self.pages)

    def url(self, path: str = "/list") -> str:
        """Return the address of this list."""
        return list_address(self.ids, path)

    def url_without(self, listing_id: str) -> str:
        """Return the address of this list without one place."""
        return list_address(tuple(one for one in self.ids if one != listing_id))


def list_address(ids: tuple[str, ...], path: str = "/list") -> str:
    """Return the address of a list of ids."""
    return f"{path}?{urlencode({'ids': ','.join(ids)}, safe=',')}" if ids else path


def ids_of(values: Iterable[str]) -> tuple[str, ...]:
    """Return the ids that `ids=` names, each once, in their order. Raises InvalidRequest for too many."""
    found = tuple(dict.fromkeys(part.strip() for value in values for part in value.split(",") if part.strip()))
    if len(found) > MOST_PLACES:
        raise InvalidRequest("ids", f"may hold at most {MOST_PLACES} places, got {len(found)}")
    return found


def shortlist(lookup: Listings, ids: tuple[str, ...], lang: Language, today: date) -> Shortlist:
    """Return the list of these ids; those that are listed no more are counted, merged ones followed.

    Raises EngineUnavailable or StoreUnavailable.
    """
    pages: dict[str, ListingPage] = {}
    gone = 0
    for listing_id in ids:
        page = _page(lookup, listing_id, lang, today)
        if page is None:
            gone += 1
        else:
            pages.setdefault(page.listing.id, page)
    return Shortlist(tuple(pages.values()), gone, lang)


def list_to_keep(lookup: Listings, ids: tuple[str, ...], lang: Language, today: date) -> Shortlist:
    """Return the list of these ids as a file may hold it: an empty one would look like an answer to whoever opens it later.

    Raises ListingNotFound where none of them is listed, EngineUnavailable or StoreUnavailable.
    """
    chosen = shortlist(lookup, ids, lang, today)
    if not chosen.pages:
        raise ListingNotFound(",".join(ids))
    return chosen


def _page(lookup: Listings, listing_id: str, lang: Language, today: date) -> ListingPage | None:
    try:
        return lookup.listing(listing_id, lang, today=today)
    except ListingMoved as moved:
        return _page(lookup, moved.target, lang, today)
    except ListingNotFound:
        return None
