"""The corpora by name: synthetic ones of any size, and the federal directory when its file is there."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import islice
from pathlib import Path

import msgspec

from bench import corpus
from bench.requests import ANCHORS, Query, make_queries
from bench.rows import Taxonomy
from bench.systems import Corpus
from index.listing import Listing, ListingId


def synthetic(count: int) -> Corpus:
    """Return the seeded corpus of `count` listings."""
    taxonomy = Taxonomy({one.id: one.group for one in corpus.concepts()}, corpus.closed_upward)
    return Corpus(f"synthetic-{count}", count, lambda: corpus.listings(count), taxonomy, corpus.DATA / f"synthetic-{count}")


def queries_for(chosen: Corpus) -> list[Query]:
    """Return the query mix anchored in a corpus; all synthetic ones share theirs."""
    anchors: Sequence[Listing] = list(islice(chosen.listings(), ANCHORS))
    return make_queries(anchors, lambda concept: chosen.taxonomy.groups[concept])


def one_program_each(listings: Iterable[Listing], known: frozenset[str]) -> list[Listing]:
    """Return each program as a listing of its own, without concepts that no facet counts: peers know no programs."""
    flat = []
    for listing in listings:
        for program in listing.programs:
            offers = tuple(concept for concept in program.offers if concept in known)
            alone = msgspec.structs.replace(program, offers=offers)
            flat.append(msgspec.structs.replace(listing, id=ListingId(f"{listing.id}/{program.id}"), programs=(alone,)))
    return flat
