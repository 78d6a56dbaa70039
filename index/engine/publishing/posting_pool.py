"""A faster way into Whoosh's files: the same postings, sorted by construction.

Whoosh sorts a tuple for every posting, through temporary pickles when there are many. Documents come in ascending order
here, so it is enough to append each to its term's list and to walk the terms in order: a quarter of the time.
Only hooks that Whoosh offers are used: a writer's `pool`, and a codec whose field writer overrides `add_postings`. Whoosh writes
the codec's address into every index: were this module moved, indexes made before could no longer be opened.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from typing import Any, Final

from whoosh.codec.whoosh3 import W3Codec, W3FieldWriter

_BLOCK_POSTINGS: Final = 1024  # in one block of the file; Whoosh's 128 suits skipping, which nobody does here
_COMPRESSION: Final = 1  # zlib's fastest; the index is read once, by the compiler

Posting = tuple[str, bytes, int, float, bytes]  # field, term, document, weight, packed frequency


class TermPool:
    """Stands in for Whoosh's pool of postings: `add` and `iter_postings` in the order of fields, terms, documents."""

    def __init__(self) -> None:
        self._fields: dict[str, dict[bytes, _PostingList]] = {}

    def add(self, posting: Posting) -> None:
        """Note one posting; documents must come in ascending order."""
        field, term, document, weight, value = posting
        terms = self._fields.get(field)
        if terms is None:
            terms = self._fields[field] = {}
        postings = terms.get(term)
        if postings is None:
            postings = terms[term] = _PostingList()
        postings.documents.append(document)
        if value:
            postings.weights.append(weight)
            postings.values.append(value)

    def iter_postings(self) -> Iterator[tuple[str, bytes, _PostingList]]:
        """Yield (field, term, postings), each list given away as it is yielded."""
        for field in sorted(self._fields):
            terms = self._fields[field]
            for term in sorted(terms):
                yield field, term, terms.pop(term)

    def cleanup(self) -> None:
        """Forget everything."""
        self._fields.clear()


class _PostingList:
    """The postings of one term; keys have no weights and values: each weighs 1."""

    __slots__ = ("documents", "values", "weights")

    def __init__(self) -> None:
        self.documents = array("I")
        self.weights = array("f")
        self.values: list[bytes] = []


class PooledCodec(W3Codec):  # type: ignore[misc]  # Whoosh is untyped
    """Whoosh's codec with a field writer that takes whole posting lists; the files are the same."""

    def __init__(self) -> None:
        super().__init__(blocklimit=_BLOCK_POSTINGS, compression=_COMPRESSION)

    def field_writer(self, storage: Any, segment: Any) -> PooledFieldWriter:
        """Return the writer of terms and postings; both arguments are Whoosh's."""
        return PooledFieldWriter(self, storage, segment)


class PooledFieldWriter(W3FieldWriter):  # type: ignore[misc]  # Whoosh is untyped
    """Writes what a `TermPool` holds."""

    def add_postings(self, schema: Any, lengths: Any, items: Iterator[tuple[str, bytes, _PostingList]]) -> None:
        """Write all posting lists; `lengths` knows how long each document's text fields are."""
        current = ""
        for field, term, postings in items:
            if field != current:
                if current:
                    self.finish_field()
                self.start_field(field, schema[field])
                current = field
            self.start_term(term)
            if postings.values:
                self._add_words(field, postings, lengths)
            else:
                self._add_keys(postings)
            self.finish_term()
        if current:
            self.finish_field()

    def _add_words(self, field: str, postings: _PostingList, lengths: Any) -> None:
        for document, weight, value in zip(postings.documents, postings.weights, postings.values, strict=True):
            self.add(document, weight, value, lengths.doc_field_length(document, field))

    def _add_keys(self, postings: _PostingList) -> None:
        for document in postings.documents:
            self.add(document, 1.0, b"", 1)
