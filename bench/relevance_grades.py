"""Graded relevance computed from what listings state: the rules of docs/relevance.md, grades 0 to 3.

A grade looks at one program at a time, as a search does, and a listing earns that of its best one. What no source states (an
insurer, a taper, pets) never lowers a grade; what a program denies or the query rules out makes it 0.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from index.geo.places import Gazetteer, Place, PlaceKind
from index.language.vocabulary import Vocabulary
from index.listing import Kind, Listing

SOFT: Final = frozenset(
    {"care.treatment", "cond.withdrawal", "pop.family_members", "group.any", "fmt.proximity_walk", "sched.now"}
)
NOT_OF_A_PLACE: Final = ("crisis.", "help.", "sched.", "fmt.", "group.")
DAILY: Final = frozenset({"care.otp", "med.methadone"})
FAR: Final = frozenset({"care.detox", "care.inpatient", "care.residential", "care.hospital_inpatient", "care.psych_hospital"})
LIFE_THREATENING: Final = "life-threatening"
FREE: Final = frozenset({"pay.free", "pay.sliding_scale"})
HELPED: Final = frozenset({"pay.assistance", "pay.state_funded"})
OWN_MONEY: Final = frozenset({"pay.private", "pay.self_pay"})
MEDICINE: Final = frozenset({"med.methadone", "med.buprenorphine", "care.moud"})
MEDICAL_DETOX: Final = frozenset({"care.detox.hospital", "care.detox.residential"})
# Care that is near to what was asked: worth a 1 where the asked one is not stated.
NEIGHBOURS: Final = {
    "care.detox": {"care.inpatient", "care.hospital_inpatient"},
    "care.inpatient": {"care.detox"},
    "care.residential": {"care.detox", "care.hospital_inpatient"},
    "care.outpatient": {"care.telehealth", "care.iop"},
    "care.iop": {"care.outpatient", "care.php"},
    "care.php": {"care.iop", "care.outpatient"},
    "care.otp": {"med.buprenorphine"},
    "med.methadone": {"med.buprenorphine"},
    "care.obot": {"care.telehealth", "care.moud"},
    "care.sober_living": {"care.residential"},
}


@dataclass(frozen=True)
class Need:
    """What a labelled query asks for, in concepts that the data can state. Distances are miles."""

    care: frozenset[str]
    others: frozenset[str]
    drugs: frozenset[str]
    excluded: frozenset[str]
    place: Place | None
    primary: float
    secondary: float
    detox: bool = False
    risky: bool = False
    pregnant_on_opioids: bool = False
    young: bool = False
    uninsured: bool = False
    opioid: bool = False
    base: str = ""


@dataclass(frozen=True)
class Known:
    """The vocabulary, the gazetteer and every concept that some program of the corpus states, closed upward."""

    vocabulary: Vocabulary
    places: Gazetteer
    stated: frozenset[str] = field(default_factory=frozenset)


def need_of(expect: Mapping[str, Any], known: Known) -> Need:
    """Return what a labelled reading asks for."""
    vocabulary = known.vocabulary
    wanted = [c for c in expect["concepts"] if not c.startswith(NOT_OF_A_PLACE)]
    closed = vocabulary.closed_upward(wanted)
    drugs = {c for c in wanted if c.startswith("sub.")}
    rest = {can for c in wanted if c not in SOFT | drugs and c != "pay.uninsured" and (can := _statable(c, known))}
    care = {c for c in rest if c.startswith("care.") or c in DAILY}
    place = _place(expect, known.places)
    detox = "care.detox" in closed
    primary, secondary = _reach(expect, place, care, "care.detox" in closed)
    return Need(
        care=frozenset(care),
        others=frozenset(rest - care),
        drugs=frozenset(can for drug in drugs if (can := _statable(drug, known))) if detox else frozenset(),
        excluded=frozenset(expect.get("excluded", ())),
        place=place,
        primary=primary,
        secondary=secondary,
        detox=detox,
        risky=detox and any(vocabulary.concept(drug).withdrawal_risk == LIFE_THREATENING for drug in drugs),
        pregnant_on_opioids="pop.pregnant" in closed and "sub.opioids" in closed,
        young="pop.adolescents" in closed,
        uninsured="pay.uninsured" in wanted,
        opioid="sub.opioids" in closed,
        base=_base(wanted, care),
    )


def _base(wanted: Iterable[str], care: set[str]) -> str:
    """Return the care that a query without a level of care asks for."""
    about_mind = any(c.startswith("cond.") for c in wanted)
    about_drugs = any(c.startswith(("sub.", "beh.")) or c == "care.treatment" for c in wanted)
    if care:
        return ""
    return "care.mental_health" if about_mind and not about_drugs else "care.treatment"


def _statable(concept: str, known: Known) -> str | None:
    """Return the concept, or its nearest broader one, that some program of the corpus states."""
    return next((c for c in (concept, *known.vocabulary.ancestors(concept)) if c in known.stated), None)


def _place(expect: Mapping[str, Any], places: Gazetteer) -> Place | None:
    wanted = expect.get("place")
    if not wanted:
        return None
    text = wanted.get("zip") or ", ".join(part for part in (wanted.get("city") or wanted.get("county"), wanted["state"]) if part)
    found = places.lookup(text)
    return found[0] if found else None


def _reach(expect: Mapping[str, Any], place: Place | None, care: set[str], detox: bool) -> tuple[float, float]:
    if expect.get("radius_hint"):
        return float(expect["radius_hint"]), 1.5 * expect["radius_hint"]
    if place is not None and place.kind is PlaceKind.STATE:
        return 0.0, 0.0  # the state itself is the reach
    if detox or care & FAR:
        return 50.0, 150.0
    if care & DAILY:
        return 15.0, 30.0
    return (25.0, 75.0) if "care.sober_living" in care else (25.0, 50.0)


def grade(need: Need, listing: Listing, programs: Iterable[tuple[frozenset[str], frozenset[str]]], miles: float | None) -> int:
    """Return the grade of a listing; `programs` are the concepts each states and denies, closed upward."""
    if listing.kind is not Kind.FACILITY:
        return 0
    reached = _reached(need, listing, miles)
    if not reached:
        return 0
    best = max(_offered(need, stated, denied) for stated, denied in programs)
    return best if reached == 2 else max(0, best - 1)


def _reached(need: Need, listing: Listing, miles: float | None) -> int:
    """Return 2 inside the primary reach, 1 inside the secondary one, 0 outside."""
    if need.place is None:
        return 2
    if need.place.kind is PlaceKind.STATE:
        return 2 if listing.address.state == need.place.state else 0
    if miles is None:
        return 0
    return 2 if miles <= need.primary else int(miles <= need.secondary)


def _offered(need: Need, stated: frozenset[str], denied: frozenset[str]) -> int:
    if stated & need.excluded or (need.opioid and "sub.opioids" in denied) or denied & (need.care | need.others):
        return 0
    if need.young and "pop.adolescents" not in stated and stated & {"pop.adults", "pop.young_adults", "pop.older_adults"}:
        return 0
    if need.base and need.base not in stated:
        return 1 if not need.others - stated and need.others else 0
    missing_care = need.care - stated
    if missing_care:
        near = any(NEIGHBOURS.get(c, set()) & stated for c in missing_care)
        return int(near or len(missing_care) < len(need.care))
    unknown = len(need.others - stated) + len(need.drugs - stated)
    found = 3 if unknown == 0 else 2 if unknown == 1 else 1
    return min(found, _cap(need, stated))


def _cap(need: Need, stated: frozenset[str]) -> int:
    caps = [3]
    if need.risky and not stated & MEDICAL_DETOX:
        caps.append(1 if "care.detox.outpatient" in stated else 2)
    if need.pregnant_on_opioids and not stated & MEDICINE:
        caps.append(1 if need.detox else 2)
    if need.uninsured and not stated & FREE:
        caps.append(2 if stated & HELPED or not stated & OWN_MONEY else 0)
    return min(caps)
