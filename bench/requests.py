"""A seeded mix of requests, anchored in existing listings so that most have hits.

Classes: `a` words, circle and filters; `b` circle and filters; `c` words in the whole nation; `d` one misspelled word;
`e` the beginning of a name. The anchors are the first 20,000 listings, the same ones for every size of corpus.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final

from bench import corpus
from index.geo.distance import Coordinates
from index.listing import ConceptId, Listing
from index.request import Circle, SearchRequest, Selection, Sort

SEED: Final = 7
ANCHORS: Final = 20_000
RADII: Final = (10.0, 25.0, 50.0, 100.0)
ALPHABET: Final = "abcdefghijklmnopqrstuvwxyz"
WORD: Final = re.compile(r"[a-z]{2,}")

GroupOf = Callable[[ConceptId], str]


@dataclass(frozen=True, slots=True)
class Query:
    """One measured question: its class, the request, and what a person would have typed for it."""

    kind: str
    request: SearchRequest
    text: str = ""
    wanted: str = ""


def make_queries(anchors: Sequence[Listing], group_of: GroupOf, seed: int = SEED) -> list[Query]:
    """Return 80 queries of class a, 60 of b, 40 of c, 30 of d and 40 of e."""
    chance = random.Random(seed)
    located = [listing for listing in anchors if listing.lat is not None]
    queries = [_words_and_place(chance, chance.choice(located), group_of, turn) for turn in range(80)]
    queries += [_place(chance, chance.choice(located), group_of) for _ in range(60)]
    queries += [_nationwide(chance, chance.choice(located)) for _ in range(40)]
    queries += [_misspelled(chance, chance.choice(located)) for _ in range(30)]
    queries += [_beginning(chance, chance.choice(located)) for _ in range(40)]
    return queries


def synthetic_queries() -> list[Query]:
    """Return the queries for a synthetic corpus of any size."""
    return make_queries(list(islice(corpus.listings(ANCHORS), ANCHORS)), corpus.group_of)


def _words(chance: random.Random, listing: Listing, count: int) -> tuple[str, ...]:
    """Return up to `count` different words of a listing's indexed text."""
    text = f"{listing.name} {listing.organization} {listing.address.city} {listing.programs[0].name}".lower()
    words = [word for word in dict.fromkeys(WORD.findall(text)) if word not in _STOP_WORDS]
    chance.shuffle(words)
    return tuple(words[:count]) or ("recovery",)


# Words that some engine's default analysis would drop.
_STOP_WORDS: Final = frozenset("and the for of in to an at by on or with is it this that be as are from not if can us we".split())  # noqa: SIM905


def _circle(chance: random.Random, listing: Listing) -> Circle:
    """Return a circle around a point some miles beside the listing, as a town or ZIP would be."""
    assert listing.lat is not None
    assert listing.lon is not None
    lat = min(max(listing.lat + chance.gauss(0, 0.03), -89.0), 89.0)
    lon = (listing.lon + chance.gauss(0, 0.03) + 180.0) % 360.0 - 180.0
    return Circle(Coordinates(lat, lon), chance.choice(RADII))


def _selections(chance: random.Random, listing: Listing, count: int, group_of: GroupOf) -> tuple[Selection, ...]:
    """Return at most `count` filters, each in a group of its own; every fourth offers an alternative."""
    offers = listing.programs[0].offers
    chosen: dict[str, Selection] = {}
    for _ in range(count if offers else 0):
        concept = chance.choice(offers)
        group = group_of(concept)
        alternatives = [other for other in offers if group_of(other) == group and other != concept]
        any_of = (concept, chance.choice(alternatives)) if alternatives and chance.random() < 0.25 else (concept,)
        chosen[group] = Selection(group, any_of)
    return tuple(chosen[group] for group in sorted(chosen))


def _typed(words: Sequence[str], selections: Sequence[Selection], listing: Listing | None) -> str:
    """Return the request as a person would type it, for the whole path from raw text."""
    concepts = [selection.any_of[0].split(".")[-1].replace("_", " ") for selection in selections]
    place = f" near {listing.address.city}, {listing.address.state}" if listing else ""
    return " ".join((*concepts, *words)) + place


def _words_and_place(chance: random.Random, listing: Listing, group_of: GroupOf, turn: int) -> Query:
    words = _words(chance, listing, chance.choice((1, 1, 2, 2, 3, 4)))
    selections = _selections(chance, listing, chance.choice((0, 1, 2, 3)), group_of)
    sort = Sort.BEST if turn % 2 else Sort.DISTANCE
    request = SearchRequest(words=words, selections=selections, area=_circle(chance, listing), sort=sort)
    return Query("a", request, _typed(words, selections, listing))


def _place(chance: random.Random, listing: Listing, group_of: GroupOf) -> Query:
    selections = _selections(chance, listing, chance.choice((0, 1, 2, 3)), group_of)
    request = SearchRequest(selections=selections, area=_circle(chance, listing), sort=Sort.DISTANCE)
    return Query("b", request, _typed((), selections, listing))


def _nationwide(chance: random.Random, listing: Listing) -> Query:
    words = _words(chance, listing, chance.choice((1, 2, 2, 3, 4)))
    return Query("c", SearchRequest(words=words), _typed(words, (), None))


def _misspelled(chance: random.Random, listing: Listing) -> Query:
    word = max(_words(chance, listing, 8), key=len)
    where = chance.randrange(1, len(word) - 1)
    letter = chance.choice(ALPHABET)
    typo = chance.choice(
        (
            word[:where] + word[where + 1 :],
            word[:where] + word[where + 1] + word[where] + word[where + 2 :],
            word[:where] + letter + word[where + 1 :],
            word[:where] + letter + word[where:],
        )
    )
    return Query("d", SearchRequest(words=(typo,)), typo, wanted=word)


def _beginning(chance: random.Random, listing: Listing) -> Query:
    word = chance.choice(_words(chance, listing, 4))
    prefix = word[: chance.choice((2, 3, 4))]
    return Query("e", SearchRequest(words=(prefix,)), prefix)
