"""One Whoosh index, read through Whoosh's public API alone. Part of the oracle: plain on purpose, never fast."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from whoosh import query, scoring
from whoosh.index import open_dir

from index.engine.schema import BM25_B, BM25_K1, FIELD_BOOSTS
from index.errors import GenerationCorrupt
from index.listing import ConceptId, Listing, ListingId, decode_listing

LEAST_SCORE: Final = 0.0  # of programs when no words were asked


@dataclass(frozen=True, slots=True)
class IndexedProgram:
    """One Whoosh document: the program at `position` of `listing`; `concepts` are closed upward, as indexed."""

    number: int
    listing: Listing
    document: bytes
    position: int
    concepts: frozenset[ConceptId]


class BaseStatistics(scoring.BM25F):  # type: ignore[misc]  # Whoosh is untyped
    """BM25F with the rarity of words and the length of fields of a base, for the delta beside it.

    A word that the base lacks is as rare as can be. Without a base these are the index's own, as in Whoosh.
    """

    def __init__(self, base: Any | None = None) -> None:
        super().__init__(B=BM25_B, K1=BM25_K1)
        self._base = base  # Whoosh's searcher

    def scorer(self, searcher: Any, fieldname: str, text: bytes, qf: int = 1) -> Any:
        """Return Whoosh's scorer of one word in one field."""
        scorer = super().scorer(searcher, fieldname, text, qf)
        if self._base is not None:
            scorer.idf = self._rarity(fieldname, text)
            scorer.avgfl = self._base.avg_field_length(fieldname) or 1
        return scorer

    def _rarity(self, field: str, text: bytes) -> float:
        count = self._base.doc_count_all() if self._base else 0
        if not count or self._base is None:
            return 1.0
        return math.log(count / (self._base.reader().doc_frequency(field, text) + 1)) + 1


class OracleSegment:
    """An opened index with its programs; those of listings in `gone` are left out, as if deleted."""

    def __init__(self, directory: Path, gone: Collection[ListingId] = (), base: OracleSegment | None = None) -> None:
        self.searcher: Any = open_dir(str(directory)).searcher(weighting=BaseStatistics(base.searcher if base else None))
        self.programs = tuple(one for one in self._read() if one.listing.id not in gone)

    def _read(self) -> Iterator[IndexedProgram]:
        """Yield the programs in document order; a listing's JSON stands with its first program only."""
        stated = self._concepts_by_document()
        document = b""
        listing: Listing | None = None
        for number in range(self.searcher.doc_count_all()):
            stored = self.searcher.stored_fields(number)
            if stored.get("document"):
                document = bytes(stored["document"])
                listing = decode_listing(document)
            assert listing is not None
            if listing.id != stored["listing"]:
                raise GenerationCorrupt(f"document {number} belongs to {stored['listing']}, not to {listing.id}")
            yield IndexedProgram(number, listing, document, stored["position"], frozenset(stated.get(number, ())))

    def _concepts_by_document(self) -> dict[int, set[ConceptId]]:
        stated: dict[int, set[ConceptId]] = {}
        for key in self.searcher.lexicon("concepts") if self.searcher.doc_count_all() else ():
            for number in self.searcher.docs_for_query(query.Term("concepts", key.decode())):
                stated.setdefault(number, set()).add(ConceptId(key.decode()))
        return stated

    def scores(self, terms: Sequence[str]) -> dict[int, float]:
        """Return the BM25F score of each document that holds every term in some text field; 0 for all without terms."""
        if not terms:
            return {program.number: LEAST_SCORE for program in self.programs}
        everywhere = [query.Or([query.Term(field, term, boost=boost) for field, boost in FIELD_BOOSTS.items()]) for term in terms]
        found = self.searcher.search(query.And(everywhere), limit=None)
        return dict(found.items())

    def frequency(self, word: str) -> int:
        """Return in how many documents' text fields a term occurs, fields added up."""
        reader = self.searcher.reader()
        return sum(reader.doc_frequency(field, word) for field in FIELD_BOOSTS) if reader.doc_count_all() else 0

    def words(self) -> frozenset[str]:
        """Return every term of the text fields."""
        reader = self.searcher.reader()
        if not reader.doc_count_all():
            return frozenset()
        return frozenset(term.decode() for field in FIELD_BOOSTS for term in reader.lexicon(field))
