"""What the reading of places asks of a gazetteer."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import Protocol

from index.geo.places import NearSpelling, Place, State


class Places(Hashable, Protocol):
    """What the reading asks of a gazetteer; `index.geo.places.Gazetteer` is one."""

    def find(self, words: Sequence[str], state: str = "") -> tuple[Place, ...]:
        """Return the places that bear exactly this name, most prominent first."""

    def begins(self, words: Sequence[str]) -> bool:
        """Tell whether a name of several words may begin so."""

    def state_of(self, word: str) -> str:
        """Return the two letters of a state's code or full name, or ""."""

    def near_spellings(self, phrase: str, limit: int = 3, state: str = "") -> tuple[NearSpelling, ...]:
        """Return names a few letters away from a misspelt one."""

    def states(self) -> tuple[State, ...]:
        """Return the states, districts and territories."""
