"""Whole posting lists out of a Whoosh reader.

The public way steps a matcher from posting to posting. The block way reads what the matcher of Whoosh's only codec has
decoded, some hundred postings at a time; it is forty times faster and used when the matcher has those blocks.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

Documents = npt.NDArray[np.int32]
Weights = npt.NDArray[np.float64]


def read_postings(reader: Any, field: str, term: bytes) -> tuple[Documents, Weights]:
    """Return the document numbers of a term, ascending, and its weight in each; `reader` is Whoosh's, which is untyped."""
    matcher = reader.postings(field, term)
    if hasattr(matcher, "_read_ids") and hasattr(matcher, "_next_block"):
        return _by_block(matcher)
    return _by_posting(matcher)


def _by_posting(matcher: Any) -> tuple[Documents, Weights]:
    documents, weights = [], []
    while matcher.is_active():
        documents.append(matcher.id())
        weights.append(matcher.weight())
        matcher.next()
    return np.array(documents, np.int32), np.array(weights, np.float64)


def _by_block(matcher: Any) -> tuple[Documents, Weights]:
    documents, weights = [], []
    while matcher.is_active():
        matcher._read_ids()
        matcher._read_weights()
        documents.append(np.array(matcher._ids, np.int32))
        weights.append(np.array(matcher._weights, np.float64))
        matcher._next_block()
    return np.concatenate(documents), np.concatenate(weights)
