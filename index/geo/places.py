"""The offline gazetteer: from what a person types to a point, its county and its time zone.

    Gazetteer.load().resolve("springfield").place.label    # "Springfield, MO"; the other Springfields are alternatives

Order of readings: most populous first. One rule is added for names that are both a state's and a town's: a city of
`CITY_BEFORE_STATE` people or more comes before the state (New York, Washington), smaller ones after it (Delaware, Ohio).
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, cached_property
from itertools import chain

import numpy as np

from index.geo.distance import Coordinates, Vectors, miles_of_squared_chords, squared_chords, unit_vector, unit_vectors
from index.geo.names import fold_name, join_name, shown_name
from index.geo.near_names import NearNames
from index.geo.place_file import (
    CITY_BEFORE_STATE,
    DEGREE,
    KIND_CITY,
    KIND_CITY_WITH_TWIN,
    KIND_COUNTY,
    KIND_STATE,
    PlaceFile,
    read_place_file,
)
from index.geo.place_text import WrittenPlace, places_of_text, readings_of_text, written_zip
from index.geo.place_types import NearSpelling, Place, PlaceKind, Resolution, State, UnknownPlace

__all__ = [
    "Gazetteer",
    "NearSpelling",
    "Place",
    "PlaceKind",
    "Resolution",
    "State",
    "UnknownPlace",
]

COUNTY_WAITS = 4
MOST_SUGGESTIONS = 5
SHORTEST_BEGINNING = 3  # letters
LONGEST_PLACE_TEXT = 120  # characters; the longest label has 60
FARTHEST_POSITION_MILES = 150  # a position farther than this from every ZIP code is in none of the jurisdictions
MILITARY_PREFIXES = ("340", *(f"{prefix:03}" for prefix in range(90, 99)), *(str(prefix) for prefix in range(962, 967)))
MILITARY = "this is a ZIP code of the armed forces' post, which stands for no place on the map; name the nearest town"


class Gazetteer:
    """Every state, county, town and ZIP code of the 56 jurisdictions, looked up by name or by position."""

    def __init__(self, stored: PlaceFile) -> None:
        self._names, self._counties, self._zones = [shown_name(name) for name in stored.names], stored.counties, stored.zones
        self._keys, self._aliases = stored.keys, stored.aliases
        self._starts = stored.column("key_starts")
        self._number_of_key = {key: number for number, key in enumerate(self._keys)}
        self._columns = {name: stored.column(name) for name in stored.columns}
        self._states = tuple(
            State(row.code, row.name, Coordinates(row.lat, row.lon), row.south, row.west, row.north, row.east)
            for row in stored.states
        )
        self._codes = [state.code for state in self._states]
        self._state_words = self._read_state_words()
        self.sources = stored.sources
        self.max_words = max(key.count(" ") for key in [*self._keys, *self._aliases]) + 1

    @classmethod
    def load(cls) -> Gazetteer:
        """Return the shipped gazetteer, read once per process."""
        return _shipped()

    def lookup(self, text: str) -> tuple[Place, ...]:
        """Return every reading of a place text, the most prominent first; empty when nothing matches.

        A state written with the name limits the readings to it. A text that can be taken apart in several ways is read in the
        first way that names something: as a whole ("Kansas City"), then as name and state ("Portland Oregon"), and only
        then with other blanks ("Oklahomacity") or as a county without the word ("Marin").
        """
        text = text[:LONGEST_PLACE_TEXT]
        if code := written_zip(text):
            return self._zip_or_town(text, code)
        readings = readings_of_text(text, self._state_words)
        for places_of in (self._places_of, self._loosely_places_of):
            for written in readings:
                if found := places_of(written):
                    return found
        return ()

    def resolve(self, text: str) -> Resolution:
        """Return the most prominent reading and the others; of "Akron or Canton, OH" the first place, and the second besides.

        Raises:
            UnknownPlace: nothing matches; it carries near misses that exist.
        """
        for named in self._ways_to_take(text):
            if all(named):
                return Resolution(named[0][0], named[0][1:], tuple(found[0] for found in named[1:]))
        code = written_zip(text)
        reason = MILITARY if code.startswith(MILITARY_PREFIXES) else ""
        raise UnknownPlace(text, self._near_zips(code) if code else self.suggest(text), reason)

    def _ways_to_take(self, text: str) -> Iterator[list[tuple[Place, ...]]]:
        """Yield the readings of each place of a text: as several where the first has its state or ZIP, as one, as several."""
        parts = places_of_text(text, self._state_words)
        several = [self.lookup(part) for part in parts]
        if parts and text.startswith(parts[0]) and ("," in parts[0] or written_zip(parts[0])):
            yield several
        yield [self.lookup(text)]
        if parts:
            yield several

    def find(self, words: Sequence[str], state: str = "") -> tuple[Place, ...]:
        """Return the places that bear exactly this name, most prominent first: what a scan over a query asks per phrase.

        Takes names of towns, counties ("el paso county") and states, and five digits; not state codes (`state_of` knows
        those) and no state behind the name: pass it as `state`, two letters.
        """
        phrase = " ".join(words)
        if len(words) == 1 and len(phrase) == 5 and phrase.isdigit():
            return tuple(place for place in self._zip_places(phrase) if state in ("", place.state))
        key = fold_name(phrase)
        found = self._bearers(key, state)
        apart = len(words) > 1 and all(len(word) > 1 for word in words)  # but not "coeur d alene"
        return found if found or apart else self._bearers_with_other_blanks(key, state)

    def begins(self, words: Sequence[str]) -> bool:
        """Tell whether some name of several words may begin so; a scan asks before it tries them all."""
        key = fold_name(" ".join(words))
        first = bisect_left(self._keys, key)
        known = first < len(self._keys) and self._keys[first].startswith(key)
        return known or any(alias.startswith(key) for alias in self._aliases_by_letter.get(key[:1], ()))

    @cached_property
    def _aliases_by_letter(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for alias in self._aliases:
            found.setdefault(alias[:1], []).append(alias)
        return found

    def state_of(self, word: str) -> str:
        """Return the two letters of a state's code or full name ("tx", "north carolina"), or ""."""
        return self._state_words.get(fold_name(word), "")

    def near_spellings(self, phrase: str, limit: int = 3, state: str = "") -> tuple[NearSpelling, ...]:
        """Return names a few letters away from a misspelt one, most plausible first; a populous town outweighs one letter."""
        key = fold_name(phrase)
        found = []
        for name, edits in self._near_names.near(key, limit if not state else limit * 40):
            if places := self._bearers(name, state):
                found.append(NearSpelling(name, edits, places[0]))
        return tuple(found[:limit])

    def starting_with(self, prefix: str, limit: int = 8) -> tuple[Place, ...]:
        """Return places whose name starts with the text, for completing what is being typed.

        Most prominent first; a county waits behind the towns of `COUNTY_WAITS` times fewer people, its own city among them.
        """
        key = fold_name(prefix)
        if not key:
            return ()
        first, last = bisect_left(self._keys, key), bisect_left(self._keys, key + "\uffff")
        rows = np.arange(self._starts[first], self._starts[last])
        is_county = self._columns["kind"][rows] == KIND_COUNTY
        weight = self._columns["weight"][rows] // np.where(is_county, COUNTY_WAITS, 1)
        best = rows[np.argsort(-weight, kind="stable")[:limit]]
        return tuple(self._place(int(row)) for row in best)

    def suggest(self, text: str, limit: int = MOST_SUGGESTIONS) -> tuple[Place, ...]:
        """Return near misses for a text that names no place.

        In this order: the town, when only what follows its comma is wrong; names one letter away; names that the text begins;
        names further away.
        """
        town, comma, _ = text.partition(",")
        behind_wrong_state = self._bearers(fold_name(town)) if comma else ()
        readings = readings_of_text(text[:LONGEST_PLACE_TEXT], self._state_words)
        near = [n for r in readings if r.name for n in self.near_spellings(r.name, limit, r.state)]
        begun = self.starting_with(text, limit) if len(fold_name(text)) >= SHORTEST_BEGINNING else ()
        one_letter = (spelling.place for spelling in near if spelling.edits == 1)
        found = chain(behind_wrong_state, one_letter, begun, (spelling.place for spelling in near))
        return tuple({place.label: place for place in found}.values())[:limit]

    def zip_point(self, zip5: str) -> Coordinates | None:
        """Return the point of a five-digit ZIP code, or None for a code that is not in use (or the armed forces')."""
        row = self._zip_row(zip5)
        return None if row is None else self._point("zip_", row)

    def states(self) -> tuple[State, ...]:
        """Return the 50 states, DC, AS, GU, MP, PR and VI, by code."""
        return self._states

    def towns_in(self, south: float, west: float, north: float, east: float, limit: int) -> tuple[Place, ...]:
        """Return the towns inside a box of degrees, the most populous first; it may cross the antimeridian (west > east).

        Towns that GeoNames counts nobody in are left out.
        """
        rows, lat, lon = self._town_vectors[0], self._columns["lat"], self._columns["lon"]
        high = (lat[rows] >= south * DEGREE) & (lat[rows] <= north * DEGREE)
        after, before = lon[rows] >= west * DEGREE, lon[rows] <= east * DEGREE
        inside = rows[high & (after & before if west <= east else after | before)]
        largest = inside[np.argsort(-self._columns["population"][inside], kind="stable")[:limit]]
        return tuple(self._place(int(row)) for row in largest)

    def nearest_city(self, point: Coordinates) -> Place:
        """Return the nearest town that GeoNames counts people in, however far.

        Raises:
            UnknownPlace: the point is in none of the jurisdictions.
        """
        self.state_at(point)
        rows, vectors = self._town_vectors
        return self._place(int(rows[np.argmin(squared_chords(unit_vector(point), vectors))]))

    def state_at(self, point: Coordinates) -> str:
        """Return the state of the nearest ZIP code, two letters; near a border it may be the neighbour's.

        Raises:
            UnknownPlace: no ZIP code within `FARTHEST_POSITION_MILES`.
        """
        squares = squared_chords(unit_vector(point), self._zip_vectors)
        nearest = int(np.argmin(squares))
        if miles_of_squared_chords(squares[nearest]) > FARTHEST_POSITION_MILES:
            raise UnknownPlace(f"{point.lat:g}, {point.lon:g}", (), "this position is outside the United States")
        return self._codes[int(self._columns["state"][self._columns["zip_town"][nearest]])]

    def _read_state_words(self) -> dict[str, str]:
        words = {state.code.lower(): state.code for state in self._states}
        words |= {fold_name(state.name): state.code for state in self._states}
        for alias, rows in self._aliases.items():
            for row in rows:
                if self._columns["kind"][row] == KIND_STATE:
                    words[alias] = self._codes[self._columns["state"][row]]
        return words

    def _places_of(self, written: WrittenPlace) -> tuple[Place, ...]:
        """Return the places that fit one way of taking a text apart."""
        if not written.name:
            return self._state_itself(written.state)
        found = self._bearers(written.name, written.state)
        if written.state:  # "New York, New York" is the city
            found = tuple(place for place in found if place.kind is not PlaceKind.STATE) or found
        elif len(written.name) == 2 and (code := self._state_words.get(written.name)):
            found += self._state_itself(code)
        if written.county:
            in_county = tuple(place for place in found if fold_name(place.county) == written.county)
            return in_county or found
        return found

    def _loosely_places_of(self, written: WrittenPlace) -> tuple[Place, ...]:
        """Return the places whose name has other blanks, or that are counties written without the word."""
        if not written.name:
            return ()
        found = self._bearers_with_other_blanks(written.name, written.state)
        return found or self._bearers(f"{written.name} county", written.state)

    def _bearers(self, key: str, state: str = "") -> tuple[Place, ...]:
        """Return the places filed under exactly this key, by weight."""
        rows = self._rows(key)
        if state and rows:
            code, states = self._codes.index(state) if state in self._codes else -1, self._columns["state"]
            rows = [row for row in rows if states[row] == code]
        return tuple(self._place(row) for row in (self._heaviest_first(rows) if len(rows) > 1 else rows))

    def _bearers_with_other_blanks(self, key: str, state: str) -> tuple[Place, ...]:
        """Return the places whose name has the same letters: "dekalb" for De Kalb, "coeur d alene" for Coeur d'Alene."""
        spellings = self._keys_of_joined.get(join_name(key), ())
        return tuple(place for spelling in spellings for place in self._bearers(spelling, state))

    def _rows(self, key: str) -> list[int]:
        number = self._number_of_key.get(key)
        own = [] if number is None else list(range(self._starts[number], self._starts[number + 1]))
        return own + [row for row in self._aliases.get(key, ()) if row not in own]

    def _heaviest_first(self, rows: Iterable[int]) -> list[int]:
        weight, kind = self._columns["weight"], self._columns["kind"]
        return sorted(rows, key=lambda row: (-int(weight[row]), -int(kind[row]), row))

    def _place(self, row: int) -> Place:
        columns = self._columns
        kind, state = int(columns["kind"][row]), self._codes[columns["state"][row]]
        name, county = self._names[row], self._counties[columns["county"][row]]
        is_city = kind >= KIND_CITY
        return Place(
            kind=_KINDS[kind],
            label=self._label(kind, name, county, state),
            city=name if is_city else "",
            county=county,
            state=state,
            zip="",
            point=self._point("", row),
            time_zone=self._zones[columns["zone"][row]],
            population=int(columns["population"][row]),
        )

    def _label(self, kind: int, name: str, county: str, state: str) -> str:
        if kind == KIND_STATE:
            city_comes_first = self._names_large_city(name)
            return f"{name} State" if city_comes_first else name
        if kind == KIND_CITY_WITH_TWIN:
            return f"{name}, {county}, {state}"
        return f"{name}, {state}"

    def _names_large_city(self, name: str) -> bool:
        rows = self._rows(fold_name(name))
        columns = self._columns
        return any(columns["kind"][row] >= KIND_CITY and columns["population"][row] >= CITY_BEFORE_STATE for row in rows)

    def _state_itself(self, code: str) -> tuple[Place, ...]:
        name = fold_name(self._states[self._codes.index(code)].name)
        return tuple(place for place in self._bearers(name, code) if place.kind is PlaceKind.STATE)

    def _point(self, prefix: str, row: int) -> Coordinates:
        lat, lon = self._columns[f"{prefix}lat"][row], self._columns[f"{prefix}lon"][row]
        return Coordinates(int(lat) / DEGREE, int(lon) / DEGREE)

    def _zip_or_town(self, text: str, code: str) -> tuple[Place, ...]:
        """Return the ZIP code's place; when no such code is in use, the town written before it."""
        found = self._zip_places(code)
        before = text[: text.rindex(code)].strip(" ,")
        return found or (self.lookup(before) if before else ())

    def _zip_row(self, zip5: str) -> int | None:
        if len(zip5) != 5 or not (zip5.isascii() and zip5.isdigit()):
            return None
        codes = self._columns["zip_code"]
        row = int(np.searchsorted(codes, int(zip5)))
        return row if row < len(codes) and codes[row] == int(zip5) else None

    def _zip_places(self, zip5: str) -> tuple[Place, ...]:
        row = self._zip_row(zip5)
        return () if row is None else (self._zip_place(row),)

    def _zip_place(self, row: int) -> Place:
        columns = self._columns
        town = int(columns["zip_town"][row])
        city, state, zip5 = self._names[town], self._codes[columns["state"][town]], f"{columns['zip_code'][row]:05}"
        return Place(
            kind=PlaceKind.ZIP,
            label=f"{city}, {state} {zip5}",
            city=city,
            county=self._counties[columns["zip_county"][row]],
            state=state,
            zip=zip5,
            point=self._point("zip_", row),
            time_zone=self._zones[columns["zip_zone"][row]],
            population=0,
        )

    def _near_zips(self, zip5: str) -> tuple[Place, ...]:
        """Return up to three codes in use beside an unknown one: same first three digits, numerically nearest."""
        codes = self._columns["zip_code"]
        wanted = int(zip5)
        same = np.flatnonzero(codes // 100 == wanted // 100)
        nearest = same[np.argsort(np.abs(codes[same] - wanted), kind="stable")[:3]]
        return tuple(self._zip_place(int(row)) for row in nearest)

    @cached_property
    def _near_names(self) -> NearNames:
        starts, weight = self._starts, self._columns["weight"]
        people = np.maximum.reduceat(weight, starts[:-1])
        return NearNames(self._keys, people)

    @cached_property
    def _keys_of_joined(self) -> dict[str, list[str]]:
        spellings: dict[str, list[str]] = {}
        for key in self._keys:
            spellings.setdefault(join_name(key), []).append(key)
        return spellings

    @cached_property
    def _town_vectors(self) -> tuple[np.ndarray[tuple[int], np.dtype[np.intp]], Vectors]:
        columns = self._columns
        rows = np.flatnonzero((columns["kind"] >= KIND_CITY) & (columns["population"] > 0))
        return rows, unit_vectors(columns["lat"][rows] / DEGREE, columns["lon"][rows] / DEGREE)

    @cached_property
    def _zip_vectors(self) -> Vectors:
        return unit_vectors(self._columns["zip_lat"] / DEGREE, self._columns["zip_lon"] / DEGREE)


_KINDS = {
    KIND_STATE: PlaceKind.STATE,
    KIND_COUNTY: PlaceKind.COUNTY,
    KIND_CITY: PlaceKind.CITY,
    KIND_CITY_WITH_TWIN: PlaceKind.CITY,
}


@cache
def _shipped() -> Gazetteer:
    return Gazetteer(read_place_file())
