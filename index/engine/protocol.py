"""What any search engine behind this service answers. Nothing of arrays or Whoosh shows through it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol

from index.listing import Listing, ListingId
from index.request import SearchRequest
from index.results import GenerationInfo, NameSuggestion, Results


class Engine(Protocol):
    """A searchable generation of listings.

    Every call answers from one generation as a whole; a newer one takes effect between calls. Each may raise
    `EngineUnavailable` when no generation can be read; none answers emptily instead.
    """

    def search(self, request: SearchRequest) -> Results:
        """Return the asked page of matching listings with exact totals, facets and tallies.

        Raises PageNotFound for a page past the end.
        """
        ...

    def count(self, request: SearchRequest) -> int:
        """Return how many listings match; page and order do not matter."""
        ...

    def get(self, listing_ids: Sequence[ListingId]) -> Mapping[ListingId, Listing]:
        """Return the listings with these ids; unknown ids are left out."""
        ...

    def ids_by_phone(self, number: str) -> tuple[ListingId, ...]:
        """Return the listings that bear an E.164 number or short code, in id order."""
        ...

    def suggest_names(self, prefix: str, limit: int) -> tuple[NameSuggestion, ...]:
        """Return names of listings and organizations of which some word begins as typed, most listings first."""
        ...

    def match_name(self, words: Sequence[str]) -> str | None:
        """Return the indexed name that these words equal, else that two or more of them begin, else that they nearly equal."""
        ...

    def knows_word(self, word: str) -> bool:
        """Tell whether a folded word occurs in the indexed text."""
        ...

    def near_word(self, word: str) -> str | None:
        """Return the indexed word with the fewest edits, then the most frequent, or None.

        At most two edits; one in words of fewer than five letters.
        """
        ...

    def all_listings(self) -> Iterable[Listing]:
        """Yield every listing of the generation, in id order."""
        ...

    def info(self) -> GenerationInfo:
        """Return what the generation is."""
        ...
