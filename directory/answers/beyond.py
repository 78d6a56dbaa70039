"""What stands beyond the results: labelled groups, each with its own total, on the first page only.

Results are what was asked for, near the place that was asked for. Everything else that may help is a group that says what it
is: detox that names no drug, other kinds of help nearby, statewide and national lines, online meetings, telehealth.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Final

from directory.asking.planning import (
    GENERAL_LINES,
    HYBRID,
    LINES_GROUP,
    OF_THE_STATE,
    ONLINE,
    OUTPATIENT,
    PAYMENT_GROUP,
    PSYCHIATRIC_MEDICINE,
    SEDATIVES,
    SUBSTANCE_GROUP,
    Knowledge,
    coded_substances,
)
from directory.asking.query import SearchQuery
from directory.disclosure import Language, Words
from index.listing import ConceptId, Kind, Reach
from index.request import Circle, InState, Nearest, SearchRequest, Selection, Serving, Sort

MOST_ROWS: Final = 5
OTHER_KIND_ROWS: Final = 3
TELEHEALTH: Final = ConceptId("care.telehealth")
FREE: Final = ConceptId("pay.free")
LOW_COST: Final = (ConceptId("pay.sliding_scale"), ConceptId("pay.assistance"), ConceptId("pay.state_funded"))
IN_A_PLACE: Final = (
    *("care.detox", "care.residential", "care.inpatient", "care.hospital", "care.psych_hospital", "care.sober", "care.oxford"),
    *("care.rtc", "care.php", "care.otp", "care.therapeutic_community", "care.crisis_", "care.mobile_crisis"),
)


LABELS: Final[dict[str, Words]] = {
    "detox_any_drug": {
        "en": "Offers detox; does not say for which drug",
        "es": "Ofrece desintoxicación; no dice de qué droga",
    },
    "payment_not_stated": {
        "en": "Offers this care; does not say that it takes this payment",
        "es": "Ofrece esta atención; no dice que acepta esta forma de pago",
    },
    "low_cost": {
        "en": "Says it has a sliding fee, help with paying, or state funds",
        "es": "Dice tener tarifa según ingresos, ayuda para pagar o fondos del estado",
    },
    "nearest": {
        "en": "The nearest that say they offer this, however far",
        "es": "Los más cercanos que dicen ofrecer esto, a cualquier distancia",
    },
    "nearest_of_name": {
        "en": "The nearest with this name, however far",
        "es": "Los más cercanos con este nombre, a cualquier distancia",
    },
    "taper": {
        "en": "Outpatient prescribers nearby: ask about a slow, supervised taper",
        "es": "Consultas cercanas que recetan: pregunte por una reducción lenta y supervisada",
    },
    "facility": {"en": "Treatment places nearby", "es": "Lugares de tratamiento cercanos"},
    "meeting": {"en": "Support-group meetings nearby", "es": "Reuniones de grupos de apoyo cercanas"},
    "statewide": {"en": "Lines and agencies of the state", "es": "Líneas y agencias del estado"},
    "national": {"en": "Lines you can call from anywhere", "es": "Líneas a las que puede llamar desde cualquier lugar"},
    "online_meetings": {"en": "Online meetings", "es": "Reuniones en línea"},
    "telehealth": {
        "en": "Places in the state that say they offer telehealth",
        "es": "Lugares del estado que dicen ofrecer atención a distancia",
    },
}


@dataclass(frozen=True, slots=True)
class GroupPlan:
    """A group to look for: its id, what to search, and the parts whose address shows all of it (None: no such page).

    `shared` groups depend on the state and the wishes alone, so that searches of many places have them in common.
    """

    id: str
    request: SearchRequest
    parts: SearchQuery | None = None
    shared: bool = False

    def label(self, lang: Language) -> str:
        """Return the heading of the group."""
        return LABELS[self.id][lang]


def plan_groups(parts: SearchQuery, request: SearchRequest, state: str, found: int, known: Knowledge) -> tuple[GroupPlan, ...]:
    """Return the groups to look for beyond `found` results of `request` in `state` ("": not known), most telling first."""
    base = replace(request, page=1, per_page=MOST_ROWS, facets=False, tallies={}, sort=Sort.BEST, windows=())
    return tuple(
        _stated_only(
            [
                *_detox_any_drug(parts, base),
                *_low_cost(parts, base),
                *_nearest(parts, base, found),
                *_payment_not_stated(parts, base, found),
                *_taper(parts, base, known),
                *_other_kinds(parts, base),
                *_telehealth(parts, base, state, found),
                *(() if parts.name and found else plan_lines(parts, base, state)),
                *_online_meetings(parts, replace(base, windows=request.windows, sort=_online_sort(request))),
            ],
            known,
        )
    )


def _stated_only(plans: Iterable[GroupPlan], known: Knowledge) -> Iterator[GroupPlan]:
    """Leave out groups that ask for what no loaded listing is or states: they would be empty at the price of a search."""
    for plan in plans:
        request = plan.request
        stated = all(any(concept in known.stated for concept in selection.any_of) for selection in request.selections)
        if stated and (not request.kinds or request.kinds & known.stated.kinds):
            yield plan


def _detox_any_drug(parts: SearchQuery, base: SearchRequest) -> Iterator[GroupPlan]:
    drugs = next((selection.any_of for selection in base.selections if selection.group == SUBSTANCE_GROUP), ())
    if not drugs:
        return
    request = replace(
        base,
        selections=tuple(selection for selection in base.selections if selection.group != SUBSTANCE_GROUP),
        leave_out=(*base.leave_out, *drugs),
    )
    asked = {concept for concept in (*parts.offers, *parts.prefer) if concept.startswith("sub.")}
    plain = replace(
        parts,
        offers=tuple(c for c in parts.offers if c not in asked),
        prefer=tuple(c for c in parts.prefer if c not in asked),
        leave_out=(*parts.leave_out, *drugs),
        page=1,
    )
    yield GroupPlan("detox_any_drug", request, plain)


def _nearest(parts: SearchQuery, base: SearchRequest, found: int) -> Iterator[GroupPlan]:
    """Where nothing is within the radius, the few nearest that state all of it, or bear the name: no circle hides one."""
    if found or not isinstance(base.area, Circle):
        return
    nearest = replace(base, area=Nearest(base.area.centre, MOST_ROWS), sort=Sort.DISTANCE)
    if parts.name and base.words:
        yield GroupPlan("nearest_of_name", nearest)
    elif base.selections and base.kinds == {Kind.FACILITY} and not parts.name:
        yield GroupPlan("nearest", nearest)


def _low_cost(parts: SearchQuery, base: SearchRequest) -> Iterator[GroupPlan]:
    """Hardly any place states that it is free; many lower the fee or are paid for by the state, which is what was meant."""
    payments = next((selection.any_of for selection in base.selections if selection.group == PAYMENT_GROUP), ())
    if FREE not in payments or Kind.FACILITY not in base.kinds:
        return
    kept = tuple(selection for selection in base.selections if selection.group != PAYMENT_GROUP)
    request = replace(base, selections=(*kept, Selection(PAYMENT_GROUP, LOW_COST)), leave_out=(*base.leave_out, *payments))
    offers = (*(concept for concept in parts.offers if concept not in payments), *LOW_COST)
    yield GroupPlan("low_cost", request, replace(parts, offers=offers, leave_out=request.leave_out, page=1))


def _payment_not_stated(parts: SearchQuery, base: SearchRequest, found: int) -> Iterator[GroupPlan]:
    """Where hardly any place states the payment, those that do not say: a call may tell. What was asked for stays required."""
    payments = next((selection.any_of for selection in base.selections if selection.group == PAYMENT_GROUP), ())
    kept = tuple(selection for selection in base.selections if selection.group != PAYMENT_GROUP)
    if not payments or not kept or found >= MOST_ROWS:
        return
    request = replace(base, selections=kept, leave_out=(*base.leave_out, *payments))
    offers = tuple(concept for concept in parts.offers if concept not in payments)
    yield GroupPlan("payment_not_stated", request, replace(parts, offers=offers, leave_out=request.leave_out, page=1))


def _taper(parts: SearchQuery, base: SearchRequest, known: Knowledge) -> Iterator[GroupPlan]:
    """Sedatives are tapered slowly, mostly as an outpatient (joint ASAM guideline, 2025): offer those who prescribe."""
    if SEDATIVES not in coded_substances(parts, known.vocabulary) or base.area is None:
        return
    kept = tuple(selection for selection in base.selections if selection.group == PAYMENT_GROUP)
    asked = (*kept, Selection("care", (OUTPATIENT,)), Selection("medication", (PSYCHIATRIC_MEDICINE,)))
    offers = (*(c for selection in kept for c in selection.any_of), OUTPATIENT, PSYCHIATRIC_MEDICINE)
    request = replace(base, selections=asked, prefer=(), kinds=frozenset({Kind.FACILITY}))
    yield GroupPlan("taper", request, replace(parts, offers=offers, prefer=(), name="", page=1))


def _other_kinds(parts: SearchQuery, base: SearchRequest) -> Iterator[GroupPlan]:
    """Three rows of the kinds that do not lead; their own filters do not carry over."""
    if not isinstance(base.area, Circle) or len(base.kinds) != 1 or parts.name:
        return
    for kind in (Kind.FACILITY, Kind.MEETING):
        if kind not in base.kinds and Kind.HELPLINE not in base.kinds:
            request = replace(base, kinds=frozenset({kind}), selections=(), prefer=(), words=(), per_page=OTHER_KIND_ROWS)
            yield GroupPlan(kind.value, request, replace(parts, kinds=(kind,), offers=(), prefer=(), page=1))


def _telehealth(parts: SearchQuery, base: SearchRequest, state: str, found: int) -> Iterator[GroupPlan]:
    """Telehealth only in the asked state, and only when asked for, or when nothing is near that a screen can stand for."""
    asked = TELEHEALTH in (*parts.offers, *parts.prefer)
    if not state or isinstance(base.area, InState) or parts.name or Kind.FACILITY not in base.kinds or not (found == 0 or asked):
        return
    if not asked and _needs_a_bed_or_a_room(base):
        return
    kept = tuple(selection for selection in base.selections if selection.group not in {"care", TELEHEALTH})
    request = replace(base, area=InState(state), selections=(*kept, Selection(TELEHEALTH, (TELEHEALTH,))))
    yield GroupPlan("telehealth", request)


def _needs_a_bed_or_a_room(base: SearchRequest) -> bool:
    """Tell whether the care that must be stated is given in a place alone: no screen stands for a bed or a daily dose."""
    care = next((selection.any_of for selection in base.selections if selection.group == "care"), ())
    return bool(care) and all(concept.startswith(IN_A_PLACE) for concept in care)


def plan_lines(parts: SearchQuery, base: SearchRequest, state: str) -> Iterator[GroupPlan]:
    """Yield the lines that serve the state, those for what is asked or for anybody first; then these of the nation alone."""
    of_the_state = base.reaches == OF_THE_STATE  # the results are these already
    if Kind.HELPLINE in base.kinds and not of_the_state:
        return
    fitting = tuple(dict.fromkeys((*parts.offers, *parts.prefer, *GENERAL_LINES)))
    lines = SearchRequest(
        kinds=frozenset({Kind.HELPLINE}),
        prefer=(fitting,),
        without_ids=base.without_ids,
        per_page=MOST_ROWS,
        facets=False,
    )
    if state and not of_the_state:
        yield GroupPlan("statewide", replace(lines, area=Serving(state), reaches=frozenset({Reach.STATE})), shared=True)
    everywhere = replace(lines, reaches=frozenset({Reach.NATION, Reach.ONLINE}))
    if not of_the_state:  # who asked for lines gets all of them
        everywhere = replace(everywhere, selections=(Selection(LINES_GROUP, fitting),))
    yield GroupPlan("national", everywhere, shared=True)


def _online_sort(request: SearchRequest) -> Sort:
    """Return the order of online meetings, which are as near as the screen: soonest first where a time was asked for."""
    return request.sort if request.sort is Sort.START else Sort.BEST


def _online_meetings(parts: SearchQuery, base: SearchRequest) -> Iterator[GroupPlan]:
    """The meetings that nobody can walk into, from anywhere; the results hold them where no place was named."""
    asked = (*parts.offers, *parts.prefer)
    if (Kind.MEETING not in base.kinds and ONLINE not in asked) or (base.kinds == {Kind.MEETING} and not base.reaches):
        return
    request = replace(base, kinds=frozenset({Kind.MEETING}), reaches=frozenset({Reach.ONLINE}), area=None)
    offers = parts.offers if ONLINE in parts.offers else (*parts.offers, ONLINE)
    elsewhere = replace(parts, near="", position=None, radius_miles=None, kinds=(Kind.MEETING,), offers=offers, page=1)
    yield GroupPlan("online_meetings", request, replace(elsewhere, leave_out=tuple(dict.fromkeys((*parts.leave_out, HYBRID)))))
