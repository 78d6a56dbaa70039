"""Small, seeded, fictional listings that hold every awkward case a search engine meets.

Several programs in one listing, ZIP and city points, withheld addresses, missing points, meetings over midnight, helplines
without a place, points on both sides of the antimeridian, and points at the poles (no one is treated there, but a circle may be).
"""

from __future__ import annotations

import random
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from index.listing import Address, ConceptId, Kind, Listing, ListingId, Phone, Precision, Program, Reach, Session, SourceRef

FIRST_DAY = date(2026, 1, 1)


@dataclass(frozen=True, slots=True)
class Town:
    """A town with the point of its centre, its one ZIP and its clock."""

    name: str
    state: str
    county: str
    zip: str
    lat: float
    lon: float
    zone: str


TOWNS = (
    Town("Denver", "CO", "Denver County", "80202", 39.7525, -104.9995, "America/Denver"),
    Town("Aurora", "CO", "Arapahoe County", "80010", 39.7294, -104.8319, "America/Denver"),
    Town("Fort Collins", "CO", "Larimer County", "80521", 40.5853, -105.0844, "America/Denver"),
    Town("Boulder", "CO", "Boulder County", "80301", 40.0150, -105.2705, "America/Denver"),
    Town("Springfield", "IL", "Sangamon County", "62701", 39.7990, -89.6440, "America/Chicago"),
    Town("Springfield", "MA", "Hampden County", "01103", 42.1015, -72.5898, "America/New_York"),
    Town("Boston", "MA", "Suffolk County", "02108", 42.3588, -71.0707, "America/New_York"),
    Town("Saint Paul", "MN", "Ramsey County", "55101", 44.9537, -93.0900, "America/Chicago"),
    Town("Phoenix", "AZ", "Maricopa County", "85003", 33.4510, -112.0770, "America/Phoenix"),
    Town("Adak", "AK", "Aleutians West Census Area", "99546", 51.8800, -176.6581, "America/Adak"),
    Town("Attu Station", "AK", "Aleutians West Census Area", "99502", 52.8513, 173.1780, "America/Adak"),
    Town("Amchitka", "AK", "Aleutians West Census Area", "99547", 51.5660, 179.9950, "America/Adak"),
    Town("Semisopochnoi", "AK", "Aleutians West Census Area", "99548", 51.9500, -179.9900, "America/Adak"),
    Town("Hagåtña", "GU", "Guam", "96910", 13.4745, 144.7504, "Pacific/Guam"),
    Town("Pago Pago", "AS", "Eastern District", "96799", -14.2756, -170.7020, "Pacific/Pago_Pago"),
    Town("San Juan", "PR", "San Juan Municipio", "00901", 18.4663, -66.1057, "America/Puerto_Rico"),
    Town("North Pole", "AK", "Polar Census Area", "99998", 89.9500, 30.0, "America/Anchorage"),
    Town("South Pole", "AK", "Polar Census Area", "99999", -90.0, 0.0, "America/Anchorage"),
)

PARENTS: dict[ConceptId, ConceptId | None] = {
    ConceptId(child): ConceptId(parent) if parent else None
    for child, parent in {
        "care.treatment": "",
        "care.detox": "",
        "care.detox.residential": "care.detox",
        "care.detox.hospital": "care.detox",
        "care.residential": "",
        "care.outpatient": "",
        "care.iop": "care.outpatient",
        "pay.medicaid": "",
        "pay.medicaid.co": "pay.medicaid",
        "pay.private": "",
        "pay.sliding_scale": "",
        "med.buprenorphine": "",
        "med.methadone": "",
        "pop.teens": "",
        "pop.women": "",
        "pop.veterans": "",
        "access.wheelchair": "",
        "lang.es": "",
        "lang.asl": "",
        "group.aa": "",
        "group.na": "",
    }.items()
}
CONCEPTS = tuple(PARENTS)
NO_FACET = "none"  # the vocabulary's group of concepts that never filter
_SHARED_GROUPS = {"care": "care", "pay": "payment", "med": "medication", "lang": "language", "group": "fellowship"}

_OPENINGS = ("Cedar", "Harbor", "Saint Mary's", "New Day", "Río Claro", "12-Step", "Quiet", "First", "A Better")
_ENDINGS = ("House", "Recovery Center", "Behavioral Health", "Clinic", "Detox", "Women's Home", "Group", "Center")
_ORGANIZATIONS = ("", "", "Harbor Health Partners", "Cedar Valley Services", "Northern Care Alliance", "Denver Health")
_PROGRAM_NAMES = ("", "Detox Unit", "Women's Program", "Outpatient Clinic", "Teen Center", "Cedar Evening Group")
_PRECISIONS = (
    *[Precision.ROOFTOP] * 3,
    *[Precision.STREET] * 3,
    *[Precision.ZIP] * 4,
    Precision.CITY,
    Precision.NONE,
)


def group_of(concept: ConceptId) -> str:
    """Return the facet group of a concept: shared for alternatives, its own where a wish stands alone."""
    if concept == "care.treatment":
        return NO_FACET
    return _SHARED_GROUPS.get(concept.split(".")[0], str(concept))


def closed_upward(concepts: Iterable[ConceptId]) -> frozenset[ConceptId]:
    """Return the concepts with all their parents."""
    closed: set[ConceptId] = set()
    for concept in concepts:
        step: ConceptId | None = concept
        while step is not None:
            closed.add(step)
            step = PARENTS.get(step)
    return frozenset(closed)


def make_listings(count: int, seed: int = 1) -> tuple[Listing, ...]:
    """Return `count` listings, the same ones for the same seed."""
    chance = random.Random(seed)
    return tuple(_listing(chance, number) for number in range(count))


def _listing(chance: random.Random, number: int) -> Listing:
    kind = chance.choices(list(Kind), (6, 3, 1))[0]
    town = chance.choice(TOWNS)
    reach = Reach.LOCAL if kind is Kind.FACILITY else chance.choice((Reach.LOCAL, *Reach))
    precision = _precision(chance, kind, reach)
    lat, lon = _point(chance, town, precision)
    programs = tuple(_program(chance, f"L{number:04d}-{turn}", kind) for turn in range(chance.choice((1, 1, 1, 1, 2, 2, 3, 9))))
    return Listing(
        id=ListingId(f"L{number:04d}"),
        kind=kind,
        name=_name(chance, town),
        organization=chance.choice(_ORGANIZATIONS),
        address=_address(chance, town, precision),
        lat=lat,
        lon=lon,
        precision=precision,
        reach=reach,
        states_served=tuple(sorted(chance.sample(("CO", "IL", "MA", "AK", "GU"), chance.choice((1, 2)))))
        if reach is Reach.STATE
        else (),
        programs=programs,
        phones=tuple(dict.fromkeys(phone for program in programs for phone in program.phones)),
        time_zone=town.zone if chance.random() < 0.9 else "",
    )


def _precision(chance: random.Random, kind: Kind, reach: Reach) -> Precision:
    if kind is Kind.HELPLINE or reach is Reach.ONLINE:
        return Precision.NONE
    return chance.choice(_PRECISIONS)


def _point(chance: random.Random, town: Town, precision: Precision) -> tuple[float | None, float | None]:
    """Return a point near the town; ZIP and city points are its centre, so that several listings share one."""
    if precision is Precision.NONE:
        return None, None
    if precision in (Precision.ZIP, Precision.CITY):
        return town.lat, town.lon
    lat = max(-90.0, min(90.0, town.lat + chance.gauss(0, 0.15)))
    lon = (town.lon + chance.gauss(0, 0.2) + 180) % 360 - 180
    return round(lat, 5), round(lon, 5)


def _address(chance: random.Random, town: Town, precision: Precision) -> Address:
    if precision is Precision.NONE and chance.random() < 0.6:
        return Address(state=town.state if chance.random() < 0.5 else "")
    withheld = precision is Precision.CITY
    street = "" if withheld else f"{chance.randint(1, 999)} Main Street"
    return Address(street=street, city=town.name, state=town.state, zip=town.zip, county=town.county, withheld=withheld)


def _name(chance: random.Random, town: Town) -> str:
    opening = chance.choice((*_OPENINGS, town.name))
    return f"{opening} {chance.choice(_ENDINGS)}"


def _program(chance: random.Random, program_id: str, kind: Kind) -> Program:
    stated = chance.sample(CONCEPTS, chance.randint(0, 7))
    denied = [concept for concept in chance.sample(CONCEPTS, 2) if concept not in closed_upward(stated)]
    checked_on = FIRST_DAY + timedelta(days=chance.randint(0, 40)) if chance.random() < 0.6 else None
    return Program(
        id=program_id,
        source=SourceRef(
            name=chance.choice(("registry", "staff")),
            title="A fictional registry",
            key=program_id,
            edition="2026",
            retrieved_on=FIRST_DAY,
            checked_on=checked_on,
        ),
        name=chance.choice(_PROGRAM_NAMES),
        phones=(Phone(number=f"+1303555{chance.randint(100, 199):04d}"),),
        offers=tuple(stated),
        denies=tuple(denied),
        schedule=_schedule(chance) if kind is Kind.MEETING else (),
    )


def _schedule(chance: random.Random) -> tuple[Session, ...]:
    """Return weekly sessions on the quarter hour, some late enough to end after midnight."""
    sessions = []
    for _ in range(chance.randint(0, 3)):
        start = 15 * chance.randint(0, 95)
        sessions.append(Session(weekday=chance.randint(0, 6), start_minute=start, end_minute=start + 15 * chance.randint(0, 6)))
    return tuple(sessions)


GROUPS = {concept: group_of(concept) for concept in CONCEPTS}
