"""What a reading of free text says: the values that `understand` returns."""

from __future__ import annotations

from dataclasses import dataclass

from index.geo.places import Place
from index.language.meaning.roles import Role
from index.language.names.listed import NameMatch
from index.language.places.numbers import RadiusReading
from index.language.places.place_reading import PlaceReading
from index.language.signals.intent import Intent
from index.language.words.corrections import Correction


@dataclass(frozen=True, slots=True)
class ConceptMatch:
    """A concept that was read, the words that said it, the misspelling they were read from, and what it does."""

    id: str
    matched: str
    corrected_from: str | None
    role: Role


@dataclass(frozen=True, slots=True)
class Understanding:
    """What a text asks for. Ids in `excluded` never stand in `concepts`; `residual` are words for names and full text.

    `other_places` were named besides `place`, and a search of it does not reach them ("denver or boulder").
    `unknown_place` is what stands where a place must be and names none ("detox 00000"): never a search of the whole country.
    `words` are all folded words read, misspellings replaced: for rules on words (safety notices), never to be shown.
    """

    text: str
    language: str
    concepts: tuple[ConceptMatch, ...] = ()
    excluded: tuple[ConceptMatch, ...] = ()
    place: PlaceReading | None = None
    place_excluded: Place | None = None
    other_places: tuple[Place, ...] = ()
    near_me: bool = False
    radius: RadiusReading | None = None
    time: tuple[str, ...] = ()
    residual: tuple[str, ...] = ()
    corrections: tuple[Correction, ...] = ()
    intent: Intent | None = None
    crisis: str | None = None
    name: NameMatch | None = None
    words: tuple[str, ...] = ()
    phone: str | None = None
    unknown_place: str = ""

    def ids(self, *roles: Role) -> tuple[str, ...]:
        """Return the concepts read, in order of the text; only those of the roles given, if any are."""
        return tuple(match.id for match in self.concepts if not roles or match.role in roles)
