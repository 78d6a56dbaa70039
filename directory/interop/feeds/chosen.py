"""Which listings a feed holds: those of a search, by the parameters that every search has, or all."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from werkzeug.datastructures import MultiDict

from directory.asking.query import Arguments, parse_query
from directory.lookup import Lookup
from index.engine.protocol import Engine
from index.errors import InvalidRequest, PageNotFound
from index.listing import Kind, Listing, ListingId
from index.request import MAX_PER_PAGE, SearchRequest

NOT_OF_A_FEED: Final = ("page", "per_page", "fields", "sort")  # a feed has no pages and every column; its order is the search's
LISTINGS_AT_A_TIME: Final = 200
NOTHING: Final[Mapping[str, str]] = {}


@dataclass(frozen=True, slots=True)
class Chosen:
    """The listings of a feed, read while it is written; `timely` when the search named a time that passes."""

    listings: Callable[[], Iterable[Listing]]
    timely: bool = False


def chosen(
    lookup: Lookup, args: Arguments, now: datetime, own: Mapping[str, str] = NOTHING, kinds: tuple[Kind, ...] = ()
) -> Chosen:
    """Return what the parameters ask for; `own` are parameters of the feed itself, `kinds` what it holds if nobody names a kind.

    Raises InvalidRequest naming the parameter, UnknownPlace, EngineUnavailable or StoreUnavailable before anything is written.
    """
    given = MultiDict([(name, value) for name in args.keys() if name not in own for value in args.getlist(name)])  # noqa: SIM118
    for name in NOT_OF_A_FEED:
        if name in given:
            raise InvalidRequest(name, "is not a parameter of a feed, which holds everything that is found")
    query = replace(parse_query(given, lookup.vocabulary, strict=True), leaves_here=True)
    if query.is_empty and not (query.unpaid_only or query.checked_within_days or query.only or query.states):
        return Chosen(lookup.engine.all_listings)
    asked = replace(query, kinds=query.kinds or kinds, page=1, per_page=MAX_PER_PAGE)
    request = lookup.request_now(asked, now=now)
    ids = list(every_match(lookup.engine, request)) if request else []

    def found() -> Iterator[Listing]:
        for start in range(0, len(ids), LISTINGS_AT_A_TIME):
            part = ids[start : start + LISTINGS_AT_A_TIME]
            held = lookup.engine.get(part)
            yield from (held[one] for one in part if one in held)

    return Chosen(found, timely=bool(request and request.windows))


def every_match(engine: Engine, request: SearchRequest) -> Iterator[ListingId]:
    """Yield the ids of everything that a request finds, in its order, each once.

    A generation published meanwhile may have fewer pages: then that is all.
    """
    seen: set[ListingId] = set()
    pages, page = 1, 1
    while page <= pages:
        try:
            results = engine.search(replace(request, page=page, facets=False, tallies={}))
        except PageNotFound:
            return
        for hit in results.hits:
            if hit.id not in seen:
                seen.add(hit.id)
                yield hit.id
        pages, page = results.pages, page + 1
