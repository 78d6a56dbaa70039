"""The corpora by name: synthetic ones of any size, and the federal directory when its file is there."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

import msgspec

from bench import corpus
from bench.requests import ANCHORS, Query, make_queries
from bench.rows import Taxonomy
from bench.systems import Corpus
from index.language.vocabulary import Vocabulary
from index.listing import ConceptId, Listing, ListingId


def synthetic(count: int) -> Corpus:
    """Return the seeded corpus of `count` listings."""
    taxonomy = Taxonomy({one.id: one.group for one in corpus.concepts()}, corpus.closed_upward)
    return Corpus(f"synthetic-{count}", count, lambda: corpus.listings(count), taxonomy, corpus.DATA / f"synthetic-{count}")


def federal(path: Path) -> Corpus:
    """Return the federal directory, imported as the service does it, each program a listing of its own."""
    from directory.feeds.importing import run_import  # synthetic corpora need no importer
    from directory.store import Store

    home = corpus.DATA / "federal"
    home.mkdir(parents=True, exist_ok=True)
    store = Store(f"sqlite:///{home / 'directory.db'}")
    store.migrate()
    run_import(store, "samhsa", str(path), now=datetime.now(UTC))
    vocabulary = Vocabulary.load()
    groups = {ConceptId(one.id): one.group for one in vocabulary.concepts if one.group != "none"}
    flat = one_program_each(store.public_listings(), frozenset(groups))

    def closed_upward(concepts: Iterable[ConceptId]) -> frozenset[ConceptId]:
        return frozenset(ConceptId(one) for one in vocabulary.closed_upward(concepts) if one in groups)

    return Corpus("federal", len(flat), lambda: flat, Taxonomy(groups, closed_upward), home)


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
