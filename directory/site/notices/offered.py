"""Which searches a page may offer: those that the loaded data answers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from directory.asking.query import SearchQuery
from directory.safety import Notice
from index.listing import ConceptId

if TYPE_CHECKING:
    from directory.lookup import Lookup


class Offered:
    """Remembers for one generation which concepts some listing states."""

    def __init__(self) -> None:
        self._generation = ""
        self._stated: dict[str, bool] = {}

    def answerable(self, notices: Iterable[Notice], lookup: Lookup, generation: str, now: datetime) -> tuple[Notice, ...]:
        """Return the notices without the searches that would find nothing anywhere."""
        if generation != self._generation:
            self._generation, self._stated = generation, {}
        return tuple(
            replace(notice, see=tuple(concept for concept in notice.see if self._is_stated(concept, lookup, now)))
            for notice in notices
        )

    def _is_stated(self, concept: str, lookup: Lookup, now: datetime) -> bool:
        if concept not in self._stated:
            self._stated[concept] = lookup.search(SearchQuery(offers=(ConceptId(concept),)), now=now).total > 0
        return self._stated[concept]
