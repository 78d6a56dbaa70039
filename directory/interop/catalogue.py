"""Every program that may be handed on, compiled once a generation: what is asked in codes is answered by codes.

The engine's filters are concepts, and several federal codes name one concept, so a filter by code cannot be asked of it exactly.
This catalogue holds one bitmap per code and per concept and the points of all programs: a few megabytes for 20,000 listings. A
request is a handful of ANDs over them; only the programs of the page asked for are decoded.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import blake2b
from threading import Lock
from typing import Final

import numpy as np
import numpy.typing as npt

from directory.answers.kept_here import handed_on
from directory.sources.federal.samhsa import SOURCE as FEDERAL
from directory.sources.matching import fold_words
from index.engine.protocol import Engine
from index.geo.distance import Coordinates, Vectors, miles_of_squared_chords, squared_chords, unit_vector, unit_vectors
from index.listing import ConceptId, Kind, Listing, ListingId, Program

Mask = npt.NDArray[np.bool_]
Numbers = npt.NDArray[np.int64]

MENTAL_HEALTH: Final = ConceptId("care.mental_health")
ADDICTION: Final = ConceptId("care.treatment")
KINDS: Final = (Kind.FACILITY, Kind.HELPLINE)  # meetings have a feed of their own


@dataclass(frozen=True, slots=True)
class Row:
    """One program of the catalogue: its id (`key`), its listing, and what is sorted and filtered by."""

    listing: ListingId
    key: str
    kind: Kind
    directory: str
    name: str
    city: str
    state: str
    county: str
    modified: date | None


@dataclass(frozen=True, eq=False)
class Catalogue:
    """The programs of one generation in a fixed random order that changes monthly, so that ties favour nobody."""

    rows: tuple[Row, ...]
    points: Vectors
    codes: Mapping[str, npt.NDArray[np.uint8]]
    concepts: Mapping[str, npt.NDArray[np.uint8]]

    def __len__(self) -> int:
        return len(self.rows)

    def everything(self) -> Mask:
        """Return a mask of all rows."""
        return np.ones(len(self.rows), bool)

    def with_codes(self, codes: Iterable[str]) -> Mask:
        """Return the rows whose source states at least one of these federal codes."""
        return self._any_of(self.codes, codes)

    def with_concept(self, concept: str) -> Mask:
        """Return the rows that state exactly this concept."""
        return self._any_of(self.concepts, (concept,))

    def _any_of(self, bitmaps: Mapping[str, npt.NDArray[np.uint8]], names: Iterable[str]) -> Mask:
        found = np.zeros(len(self.rows), bool)
        for name in names:
            if (bits := bitmaps.get(name)) is not None:
                found |= np.unpackbits(bits, count=len(self.rows)).astype(bool)
        return found

    def without(self, withdrawn: frozenset[ListingId]) -> Mask:
        """Return the rows of listings that were not withdrawn."""
        return np.fromiter((row.listing not in withdrawn for row in self.rows), bool, len(self.rows))

    def where(self, is_wanted: Iterable[bool]) -> Mask:
        """Return a mask of one truth value per row."""
        return np.fromiter(is_wanted, bool, len(self.rows))

    def miles_from(self, centre: Coordinates) -> Vectors:
        """Return the great-circle miles of each row from a point; NaN for a row without one."""
        return miles_of_squared_chords(squared_chords(unit_vector(centre), self.points))


def program_of(row: Row, held: Mapping[ListingId, Listing]) -> tuple[Listing, Program] | None:
    """Return what a row stands for out of listings just fetched; None when a newer generation no longer has it."""
    shown = handed_on(held[row.listing]) if row.listing in held else None
    found = next((one for one in shown.programs if one.id == row.key), None) if shown else None
    return (shown, found) if shown and found else None


def programs_of(engine: Engine) -> Iterator[tuple[Listing, int]]:
    """Yield every program that may be handed on, with its listing."""
    for listing in engine.all_listings():
        if listing.kind in KINDS and (shown := handed_on(listing)) is not None:
            yield from ((shown, number) for number in range(len(shown.programs)))


def compile_catalogue(engine: Engine) -> Catalogue:
    """Return the catalogue of the generation that an engine answers from."""
    salt = engine.info().salt.encode()
    found = [_entry(listing, number) for listing, number in programs_of(engine)]
    found.sort(key=lambda entry: blake2b(entry[0].key.encode(), digest_size=8, key=salt[:64]).digest())
    rows = tuple(row for row, _, _, _ in found)
    return Catalogue(
        rows=rows,
        points=unit_vectors([point[0] for _, point, _, _ in found], [point[1] for _, point, _, _ in found]),
        codes=_bitmaps([codes for _, _, codes, _ in found]),
        concepts=_bitmaps([offers for _, _, _, offers in found]),
    )


_Entry = tuple[Row, tuple[float, float], tuple[str, ...], tuple[str, ...]]


def _entry(listing: Listing, number: int) -> _Entry:
    program, address = listing.programs[number], listing.address
    nowhere = float("nan")
    row = Row(
        listing=listing.id,
        key=program.id,
        kind=listing.kind,
        directory=directory_of(program),
        name=fold_words(f"{listing.name} {program.name} {listing.organization}"),
        city=fold_words(address.city),
        state=address.state,
        county=address.county,
        modified=modified_on(program),
    )
    point = (nowhere, nowhere) if listing.lat is None or listing.lon is None else (listing.lat, listing.lon)
    return row, point, federal_codes(program), program.offers


def federal_codes(program: Program) -> tuple[str, ...]:
    """Return a program's federal codes; another list's codes may look alike and mean something else."""
    return program.source_codes if program.source.name == FEDERAL else ()


def directory_of(program: Program) -> str:
    """Return the federal directory that a program stands in, as its key begins: substance, mental, otp, hrsa.

    A program of another list counts by what it states: mental health alone, or anything else.
    """
    if program.source.name == FEDERAL:
        return program.source.key.partition(":")[0]
    return "mental" if MENTAL_HEALTH in program.offers and ADDICTION not in program.offers else "substance"


def modified_on(program: Program) -> date | None:
    """Return the newest day on which its source is known to have stated a program, None when nobody says."""
    source = program.source
    return max((day for day in (source.checked_on, source.updated_on, source.retrieved_on) if day), default=None)


def _bitmaps(stated: list[tuple[str, ...]]) -> dict[str, npt.NDArray[np.uint8]]:
    holders: dict[str, list[int]] = {}
    for row, names in enumerate(stated):
        for name in names:
            holders.setdefault(name, []).append(row)
    bitmaps = {}
    for name, held in holders.items():
        mask = np.zeros(len(stated), bool)
        mask[held] = True
        bitmaps[name] = np.packbits(mask)
    return bitmaps


class Catalogues:
    """Keeps the catalogue of the generation that answers; made by the first request that needs it."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._kept: tuple[str, Catalogue] | None = None

    def of(self, engine: Engine) -> Catalogue:
        """Return the catalogue of now. Raises EngineUnavailable."""
        name = engine.info().name
        kept = self._kept
        if kept is not None and kept[0] == name:
            return kept[1]
        with self._lock:
            if self._kept is None or self._kept[0] != name:
                self._kept = (name, compile_catalogue(engine))
            return self._kept[1]
