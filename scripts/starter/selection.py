"""Which facilities of the federal directory stand in the starter list: a rule, not a taste.

1. A candidate is a facility with a record that states substance use treatment and a phone, and with a point inside its
   state. Left out are places with a number that cannot be dialled (the directory has typing errors) or has ended, and
   with a name that breaks off: one that fills the directory's 38 characters, or ends in "and" or the like.
2. Every state, territory and DC gets four places (or all it has); the rest of the 300 go where most candidates are.
3. Inside a state the first places are taken for what the list must show there: detox, residential, outpatient, and in
   Colorado a detox near Monument. Then cities take turns.
4. Among candidates for one place: the substance use directory before the other, a city not yet shown, a street-level
   point, the larger city, a place in both directories, then the match key, which is arbitrary and stable. Nothing
   about a facility's business counts.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import phonenumbers

from directory.sources.records import ListingRecord
from index.geo.distance import Coordinates, great_circle_miles
from index.geo.places import Gazetteer
from index.listing import ConceptId, Phone, Precision

TARGET: Final = 300
FEWEST_PER_STATE: Final = 4
CUT_LENGTH: Final = 38  # characters the federal directory keeps of a name
BREAKING_OFF: Final = (" and", " of", " for", " the", " at", " in", " to", "/", "-", ",")
SHOWN_EVERYWHERE: Final = (ConceptId("care.detox"), ConceptId("care.residential"), ConceptId("care.outpatient"))
RETIRED: Final = frozenset({"+18002738255"})  # the lifeline before 988
SUBSTANCE_CODE: Final = "SA"  # the federal code of substance use treatment, in both directories
MONUMENT_ZIP: Final = "80132"
NEAR_MILES: Final = 25.0
STREET_LEVEL: Final = frozenset({Precision.ROOFTOP, Precision.STREET})

Need = Callable[[ListingRecord], bool]


@dataclass(frozen=True, slots=True)
class Geography:
    """What the rule asks about places, from the shipped gazetteer."""

    gazetteer: Gazetteer

    def inside_state(self, record: ListingRecord) -> bool:
        """Say whether the record has a point and it lies in the box of its state."""
        point = point_of(record)
        return point is not None and any(
            state.code == record.address.state and state.contains(point) for state in self.gazetteer.states()
        )

    def population(self, record: ListingRecord) -> int:
        """Return how many people live in the record's city; 0 when the gazetteer does not know it."""
        places = self.gazetteer.lookup(f"{record.address.city}, {record.address.state}")
        return max((place.population for place in places if place.state == record.address.state), default=0)

    def near_monument(self, record: ListingRecord) -> bool:
        """Say whether the record lies within 25 miles of ZIP 80132."""
        point, centre = point_of(record), self.gazetteer.zip_point(MONUMENT_ZIP)
        return point is not None and centre is not None and great_circle_miles(point, centre) <= NEAR_MILES


def point_of(record: ListingRecord) -> Coordinates | None:
    """Return the record's point, None where it has none."""
    return None if record.lat is None or record.lon is None else Coordinates(record.lat, record.lon)


def substance_offers(record: ListingRecord) -> frozenset[ConceptId]:
    """Return what the record's substance use programs state: the mental health directory's beds are not detox beds."""
    return frozenset(o for program in record.programs if _is_substance(program.key) for o in program.offers)


def choose(records: Iterable[ListingRecord], gazetteer: Gazetteer) -> list[ListingRecord]:
    """Return the chosen facilities by state, then in the order they were chosen."""
    geography = Geography(gazetteer)
    by_state: dict[str, list[ListingRecord]] = defaultdict(list)
    for record in records:
        if _is_candidate(record) and geography.inside_state(record):
            by_state[record.address.state].append(record)
    shares = places_per_state({state: len(found) for state, found in by_state.items()})
    return [r for state in sorted(by_state) for r in choose_in_state(by_state[state], shares[state], geography)]


def places_per_state(candidates: Mapping[str, int]) -> dict[str, int]:
    """Share the places out: four to each state (or all it has), each further one where a place stands for most candidates.

    >>> places_per_state({"AA": 2, "BB": 9, "CC": 5000})
    {'AA': 2, 'BB': 4, 'CC': 294}
    """
    shares = {state: min(count, FEWEST_PER_STATE) for state, count in candidates.items()}
    while sum(shares.values()) < min(TARGET, sum(candidates.values())):
        room = [state for state, count in candidates.items() if shares[state] < count]
        shares[max(room, key=lambda state: (candidates[state] / shares[state], state))] += 1
    return shares


def choose_in_state(candidates: Sequence[ListingRecord], places: int, geography: Geography) -> list[ListingRecord]:
    """Return `places` of one state's candidates, those that the list must show first."""
    chosen: list[ListingRecord] = []
    populations = {record.match_key: geography.population(record) for record in candidates}
    for need in _needs(geography):
        if not any(need(record) for record in chosen):
            _take_best(chosen, [record for record in candidates if need(record)], populations)
    while len(chosen) < min(places, len(candidates)):
        _take_best(chosen, candidates, populations)
    return chosen


def _needs(geography: Geography) -> list[Need]:
    """List what a state's places must show, the rarest first."""
    detox, *others = (_offering(concept) for concept in SHOWN_EVERYWHERE)
    return [lambda record: detox(record) and geography.near_monument(record), detox, *others]


def _offering(concept: ConceptId) -> Need:
    return lambda record: concept in substance_offers(record)


def _take_best(chosen: list[ListingRecord], candidates: Iterable[ListingRecord], populations: Mapping[str, int]) -> None:
    """Move the best candidate not yet chosen to `chosen`; nothing happens when there is none."""
    taken, cities = {r.match_key for r in chosen}, Counter(r.address.city for r in chosen)
    left = [record for record in candidates if record.match_key not in taken]
    if left:
        chosen.append(
            min(
                left,
                key=lambda r: (
                    not any(_is_substance(p.key) for p in r.programs),
                    cities[r.address.city],
                    r.precision not in STREET_LEVEL,
                    -populations[r.match_key],
                    -len(r.programs),
                    r.match_key,
                ),
            )
        )


def _is_candidate(record: ListingRecord) -> bool:
    """Say whether a program treats substance use and has a phone, all phones can be dialled and no name may be cut off."""
    names = (record.name, record.organization, *(program.name for program in record.programs))
    return (
        any(SUBSTANCE_CODE in program.source_codes and program.phones for program in record.programs)
        and all(_can_be_dialled(phone) for program in record.programs for phone in program.phones)
        and not any(len(name) == CUT_LENGTH or name.lower().endswith(BREAKING_OFF) for name in names)
    )


def _can_be_dialled(phone: Phone) -> bool:
    return phone.number not in RETIRED and phonenumbers.is_valid_number(phonenumbers.parse(phone.number))


def _is_substance(program_key: str) -> bool:
    return program_key.startswith("substance:")
