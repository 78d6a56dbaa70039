"""What a source reader is: an iteration over one file's records, accounting for every row."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from directory.sources.records import AnsweredByFact, ListingRecord, SourceInfo
from index.geo.distance import Coordinates
from index.geo.places import Gazetteer
from index.language.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class Reject:
    """A row that was not taken in: where it stands, which field is wrong, what was expected.

    `keys` are the (source, key) pairs that could still be read from it, `name` its listing's name: an import uses them to
    leave what it stored earlier from this row untouched.
    """

    row: int
    field: str
    reason: str
    keys: tuple[tuple[str, str], ...] = ()
    name: str = ""


class UnusableRow(ValueError):
    """A row that cannot be taken in: which field is wrong and what was expected there."""

    def __init__(self, field: str, reason: str) -> None:
        super().__init__(f"{field}: {reason}")
        self.field, self.reason = field, reason


class SourceReader(Protocol):
    """One file being read. Iterating yields records and rejects; the counts are complete when the iteration has ended.

    `rows_read` counts every row, `rows_merged` those that repeat another row in full; the others were yielded.
    """

    rows_read: int
    rows_merged: int
    unknown_codes: Counter[str]

    @property
    def sources(self) -> Sequence[SourceInfo]:
        """The sources that the records name."""
        ...

    @property
    def answered_by(self) -> Sequence[AnsweredByFact]:
        """Who answers which number, as far as the file says."""
        ...

    @property
    def repairs(self) -> Counter[str]:
        """How often each repair was made."""
        ...

    def __iter__(self) -> Iterator[ListingRecord | Reject]:
        """Yield what the file holds, in its order."""
        ...


class CodeTable(Protocol):
    """The one table from federal service codes to concepts; `index.language.vocabulary.Vocabulary` is it."""

    def concept_of_code(self, code: str) -> tuple[str, bool] | None:
        """Return the concept a code names and whether the code states it (False: it denies it), or None."""
        ...

    def is_known_code(self, code: str) -> bool:
        """Tell whether the code is in the table at all, with or without a concept."""
        ...


@dataclass(frozen=True, slots=True)
class Locality:
    """What a ZIP code tells of the place around it; empty strings and None where nothing is known."""

    point: Coordinates | None = None
    county: str = ""
    time_zone: str = ""


class Localities(Protocol):
    """Where ZIP codes and towns are."""

    def of_zip(self, zip5: str) -> Locality:
        """Return what is known of a ZIP code."""
        ...

    def city_point(self, city: str, state: str) -> Coordinates | None:
        """Return the point of a town, or None when the gazetteer does not know it."""
        ...


class GazetteerLocalities:
    """The shipped gazetteer, asked once per ZIP code and town of a file."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer
        self._zips: dict[str, Locality] = {}
        self._cities: dict[tuple[str, str], Coordinates | None] = {}

    def of_zip(self, zip5: str) -> Locality:
        """Return the point, county and time zone of a ZIP code."""
        known = self._zips.get(zip5)
        if known is None:
            known = self._zips[zip5] = self._look_up(zip5)
        return known

    def _look_up(self, zip5: str) -> Locality:
        if self._gazetteer.zip_point(zip5) is None:
            return Locality()
        place = self._gazetteer.lookup(zip5)[0]
        return Locality(place.point, place.county, place.time_zone)

    def city_point(self, city: str, state: str) -> Coordinates | None:
        """Return the point of the most populous town of that name in the state."""
        key = (city, state)
        if key not in self._cities:
            found = self._gazetteer.lookup(f"{city}, {state}") if city and state else ()
            self._cities[key] = next((place.point for place in found if place.city and place.state == state), None)
        return self._cities[key]


class VocabularyCodes:
    """The vocabulary's table of federal codes."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._without_concept = frozenset(unmapped.code for unmapped in vocabulary.codes_without_concept)

    def concept_of_code(self, code: str) -> tuple[str, bool] | None:
        """Return the concept a code names and whether the code states it."""
        return self._vocabulary.concept_of_code(code)

    def is_known_code(self, code: str) -> bool:
        """Tell whether the code is in the table."""
        return code in self._without_concept or self.concept_of_code(code) is not None
