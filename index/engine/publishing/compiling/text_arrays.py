"""Postings with Whoosh's own BM25F impacts, and the spelling dictionary over the same terms."""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from index.engine.arrays import Array, Deletes, Floats, Ints, Longs, SegmentArrays, SegmentMeta, Text
from index.engine.publishing.compiling.layout import pack_strings
from index.engine.publishing.compiling.postings import read_postings
from index.engine.schema import BM25_B, BM25_K1, FIELD_BOOSTS
from index.engine.search.spelling import deletions, is_spellable

_FIELDS: Final = tuple(FIELD_BOOSTS)


@dataclass(frozen=True)
class Statistics:
    """What BM25 scores with: the number of documents, the total length of each field, and (terms, fields) frequencies."""

    programs: int
    field_lengths: dict[str, int]
    frequencies: Ints

    def norms(self, field: str, lengths: Floats) -> Floats:
        """Return the part of BM25's divisor that depends on the document's length alone."""
        average = self.field_lengths[field] / (self.programs or 1) or 1.0
        return BM25_K1 * ((1 - BM25_B) + BM25_B * lengths / average)

    def rarity(self, field: str) -> Floats:
        """Return Whoosh's idf of every term in a field; a base without documents knows no rarity."""
        frequency = self.frequencies[:, _FIELDS.index(field)]
        if not self.programs:
            return np.ones(len(frequency))
        rarity: Floats = np.log(self.programs / (frequency + 1.0)) + 1
        return rarity


@dataclass(frozen=True)
class _Postings:
    """Postings of one field, one row each: term, document, weight."""

    terms: Ints
    documents: Ints
    weights: Floats


def compile_text(reader: Any, slot_of_document: Longs, base: tuple[SegmentArrays, SegmentMeta] | None) -> tuple[Text, Statistics]:
    """Return the text arrays of an index; `reader` is Whoosh's. A delta scores with the statistics of its base."""
    documents = reader.doc_count_all()
    lexicons = {field: list(reader.lexicon(field)) if documents else [] for field in _FIELDS}
    terms = sorted({term for lexicon in lexicons.values() for term in lexicon})
    positions = {term: position for position, term in enumerate(terms)}
    postings = {field: _field_postings(reader, field, lexicons[field], positions) for field in _FIELDS}
    own = np.array([np.bincount(postings[field].terms, minlength=len(terms)) for field in _FIELDS], np.int32).T
    statistics = _statistics(reader, own, terms, base)
    impacts = [_impacts(reader, field, postings[field], statistics) for field in _FIELDS]
    starts, slots, summed = _summed(
        np.concatenate([postings[field].terms for field in _FIELDS]),
        slot_of_document[np.concatenate([postings[field].documents for field in _FIELDS])],
        np.concatenate(impacts),
        len(terms),
    )
    return Text(pack_strings(term.decode() for term in terms), starts, slots, summed, own), statistics


def compile_deletes(text: Text) -> Deletes:
    """Return the spelling dictionary of a segment's terms."""
    hashes: list[int] = []
    terms: list[int] = []
    for position, term in enumerate(text.terms):
        word = term.decode()
        if is_spellable(word):
            variants = deletions(word)
            hashes.extend(zlib.crc32(variant.encode()) for variant in variants)
            terms.extend([position] * len(variants))
    order = np.argsort(np.array(hashes, np.uint32), kind="stable")
    return Deletes(np.array(hashes, np.uint32)[order], np.array(terms, np.int32)[order])


def _field_postings(reader: Any, field: str, lexicon: list[bytes], positions: dict[bytes, int]) -> _Postings:
    terms, documents, weights = [np.zeros(0, np.int32)], [np.zeros(0, np.int32)], [np.zeros(0)]
    for term in lexicon:
        found, weight = read_postings(reader, field, term)
        terms.append(np.full(len(found), positions[term], np.int32))
        documents.append(found)
        weights.append(weight)
    return _Postings(np.concatenate(terms), np.concatenate(documents), np.concatenate(weights))


def _statistics(reader: Any, own: Ints, terms: list[bytes], base: tuple[SegmentArrays, SegmentMeta] | None) -> Statistics:
    if base is None:
        lengths = {field: int(reader.field_length(field)) for field in _FIELDS}
        return Statistics(reader.doc_count_all(), lengths, own)
    arrays, meta = base
    frequencies = np.zeros_like(own)
    for row, term in enumerate(terms):
        position = arrays.text.terms.find(term.decode())
        if position is not None:
            frequencies[row] = arrays.text.frequencies[position]
    return Statistics(meta.programs, meta.field_lengths, frequencies)


def _impacts(reader: Any, field: str, postings: _Postings, statistics: Statistics) -> Floats:
    """Return boost times Whoosh's BM25F score of every posting."""
    if not postings.terms.size:
        return np.zeros(0)
    lengths = _field_lengths(reader, field, postings.documents)
    rarity = statistics.rarity(field)[postings.terms]
    norms = statistics.norms(field, lengths)
    scores: Floats = rarity * ((postings.weights * (BM25_K1 + 1)) / (postings.weights + norms))
    return FIELD_BOOSTS[field] * scores


def _field_lengths(reader: Any, field: str, documents: Ints) -> Floats:
    """Return the length of the field in each posting's document, as Whoosh rounds it."""
    bearing = np.unique(documents)
    table = np.zeros(reader.doc_count_all())
    table[bearing] = [reader.doc_field_length(number, field) for number in bearing.tolist()]
    lengths: Floats = table[documents]
    return lengths


def _summed(terms: Array, slots: Array, impacts: Floats, count: int) -> tuple[Longs, Ints, Floats]:
    """Return postings grouped by term, ascending by slot, the impacts of a program's fields added up."""
    order = np.lexsort((slots, terms))
    terms, slots, impacts = terms[order], slots[order], impacts[order]
    new = np.ones(len(terms), bool)
    new[1:] = (terms[1:] != terms[:-1]) | (slots[1:] != slots[:-1])
    first = np.flatnonzero(new)
    starts = np.searchsorted(terms[first], np.arange(count + 1)).astype(np.int64)
    summed = np.add.reduceat(impacts, first) if first.size else impacts
    return starts, slots[first].astype(np.int32), summed
