"""From what was understood to what is searched: two pure steps that pages, API and command line share.

`parts_of` turns free text into understood parts (place, concepts, radius, name), which make the shareable address of a search;
`plan` turns parts into a validated `SearchRequest`. Because every search passes through its parts, the address gives the same
results as the words did. What filters and what only ranks is decided here and in `index.language` (see docs/understanding.md).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Final

from directory.asking.query import SearchQuery
from directory.asking.times import STARTED_LATELY, asks_for_a_time, windows_of
from directory.safety.lines import line_called
from index.engine.analysis import plain_terms
from index.errors import InvalidRequest
from index.geo.places import Place, PlaceKind
from index.language.meaning.roles import Role, filter_of
from index.language.signals.intent import Intent
from index.language.understanding import Understanding
from index.language.vocabulary import Vocabulary
from index.listing import ConceptId, Kind, Reach
from index.request import Area, Circle, InCounty, InState, SearchRequest, Selection, Serving, Sort

TREATMENT: Final = ConceptId("care.treatment")
DETOX: Final = ConceptId("care.detox")
INPATIENT: Final = ConceptId("care.inpatient")
MEDICATION_TREATMENT: Final = ConceptId("care.moud")
OPIOIDS: Final = ConceptId("sub.opioids")
PREGNANT: Final = ConceptId("pop.pregnant")
PRIVATE_INSURANCE: Final = ConceptId("pay.private")
MEDICAL_DETOX: Final = (ConceptId("care.detox.hospital"), ConceptId("care.detox.residential"))
NEAR_ME: Final = "fmt.proximity_walk"  # asks for a place, not for something that a place states
SUBSTANCE_GROUP: Final = "substance"
LINES_GROUP: Final = "lines"  # of a request alone: no facet group, and never said in the sentence of a search
LINE_PREFIX: Final = "help."
GENERAL_LINES: Final = (ConceptId("help.samhsa"), ConceptId("help.988"))  # for anybody, whatever is asked
OF_THE_STATE: Final = frozenset({Reach.STATE, Reach.LOCAL})
MENTAL_HEALTH: Final = ConceptId("care.mental_health")
OUTPATIENT: Final = ConceptId("care.outpatient")
PSYCHIATRIC_MEDICINE: Final = ConceptId("med.psychiatric")
SEDATIVES: Final = ConceptId("sub.benzodiazepines")
COOCCURRING: Final = ConceptId("care.cooccurring")
UNINSURED: Final = ConceptId("pay.uninsured")
FREE_OR_SLIDING: Final = (ConceptId("pay.free"), ConceptId("pay.sliding_scale"))
PAYMENT_GROUP: Final = "payment"
# Classes that hold medicines for the mind or for sleep: who names one may look for a prescriber.
PRESCRIBED: Final = frozenset(
    f"sub.{name}" for name in ("benzodiazepines", "barbiturates", "zdrugs", "rx_stimulants", "gabapentinoids", "other_rx")
)
ALTERNATIVES: Final = frozenset({"alternative", "alternatives", "alternativa", "alternativas"})
PRESCRIBERS: Final = (MENTAL_HEALTH, PSYCHIATRIC_MEDICINE, OUTPATIENT)
ADDICTION_GROUPS: Final = frozenset({"care", "fellowship"})  # a level of care or a group was asked for: that is what leads
MENTAL_CONDITIONS: Final = frozenset(
    ConceptId(f"cond.{condition}")
    for condition in (
        *("depression", "anxiety", "panic", "ptsd", "bipolar", "psychosis", "first_episode", "smi", "sed", "adhd", "ocd"),
        *("eating_disorder", "bpd", "grief", "insomnia", "postpartum_depression"),
    )
)
ONLINE: Final = ConceptId("fmt.online")
HYBRID: Final = ConceptId("fmt.hybrid")
REMOTE: Final = frozenset({ONLINE, ConceptId("fmt.phone")})
MEETING_PREFIXES: Final = ("group.", "fmt.")
LIFE_THREATENING: Final = "life-threatening"


@dataclass(frozen=True, slots=True)
class Stated:
    """The concepts that at least one program of the loaded data states, closed upward, and the kinds of its listings.

    A filter on a concept that no source ever states would hide everything: such a wish from free text only ranks.
    """

    concepts: frozenset[str]
    kinds: frozenset[Kind] = frozenset(Kind)

    def __contains__(self, concept: object) -> bool:
        return concept in self.concepts


@dataclass(frozen=True, slots=True)
class Knowledge:
    """What planning knows besides the query: the vocabulary, and what the loaded data states at all."""

    vocabulary: Vocabulary
    stated: Stated


def parts_of(query: SearchQuery, read: Understanding, near: str, known: Knowledge) -> SearchQuery:
    """Return the query as understood parts only: no free text, no crisis, family or leftover words.

    `near` names the place that was read. Words that match an indexed name become `name`, a phone number too. With `understand`
    off the words stay as they are.
    """
    if not query.understand:
        return replace(query, near="" if query.position else near)
    vocabulary = known.vocabulary
    required, wished = _roles(read, known)
    offers = vocabulary.without_parents((*query.offers, *required))
    if line_called(read.phone or "") in vocabulary.by_id:  # whose number it is, before all who give it, too
        wished.append(line_called(read.phone or ""))
    refused = (match.id for match in read.excluded if match.id not in offers)
    parts = replace(
        query,
        text="",
        near="" if query.position else near,
        not_near=query.not_near or (read.place_excluded.label if read.place_excluded else ""),
        radius_miles=query.radius_miles or (read.radius.miles if read.radius else None),
        offers=_ids(offers),
        prefer=_ids(vocabulary.without_parents((*query.prefer, *(c for c in wished if c not in offers)))),
        leave_out=_ids(dict.fromkeys((*query.leave_out, *refused))),
        name=query.name or _name(read),
    )
    if _is_danger_alone(read, parts):
        lines = (line for line in vocabulary.concept(read.crisis or "").resources if line in vocabulary.by_id)
        return replace(parts, kinds=(Kind.HELPLINE,), prefer=_ids(dict.fromkeys((*parts.prefer, *lines))))
    return replace(parts, kinds=query.kinds or _kinds(read))


def _is_danger_alone(read: Understanding, parts: SearchQuery) -> bool:
    """Tell whether nothing but danger was read: whom to call then comes before any place."""
    return read.crisis is not None and not (parts.kinds or parts.offers or parts.near or parts.position or parts.name)


def _name(read: Understanding) -> str:
    """Return the words to look for in names: as typed where the name has them all, the name itself where one was misspelt."""
    if read.phone:
        return f"{read.phone[:3]}-{read.phone[3:6]}-{read.phone[6:]}"
    if read.name is None:  # "Serenity House" reads like a name although no listing bears exactly that
        return " ".join(read.residual) if read.intent is Intent.PROVIDER_NAME else ""
    typed = plain_terms(" ".join(read.name.words))
    return " ".join(typed) if set(typed) <= set(plain_terms(read.name.name)) else read.name.name


def _ids(concepts: Iterable[str]) -> tuple[ConceptId, ...]:
    return tuple(ConceptId(concept) for concept in concepts)


def _roles(read: Understanding, known: Knowledge) -> tuple[list[str], list[str]]:
    """Return what must be stated and what ranks, in the order read."""
    required: list[str] = []
    wished: list[str] = []
    for match in read.concepts:
        concept = filter_of(known.vocabulary, match.id) or match.id
        if match.role is Role.FILTER and concept in known.stated:
            required.append(concept)
        elif match.role in (Role.FILTER, Role.PREFER, Role.TIME, Role.LINE) and concept != NEAR_ME:
            wished.append(concept)
    if _asks_about_a_medicine(read, required, wished, known.vocabulary):
        wished.append(PSYCHIATRIC_MEDICINE)  # "alternatives to klonopin" is a question for a prescriber
    return required, wished


def _asks_about_a_medicine(read: Understanding, required: Sequence[str], wished: Sequence[str], vocabulary: Vocabulary) -> bool:
    """Tell whether a question, or a wish for something else, is about a medicine for the mind or for sleep."""
    classes = vocabulary.closed_upward(wished)
    if not ALTERNATIVES.isdisjoint(read.words):
        return not PRESCRIBED.isdisjoint(classes)
    return read.intent is Intent.INFO and not required and SEDATIVES in classes


def _kinds(read: Understanding) -> tuple[Kind, ...]:
    match read.intent:
        case Intent.FIND_MEETING:
            return (Kind.MEETING,)
        case Intent.HELPLINE:
            return (Kind.HELPLINE,)
        case _:
            return ()


def leading_kind(parts: SearchQuery) -> frozenset[Kind]:
    """Return the kinds that `results` hold: those asked for, any kind for a name or for listings that are named, meetings for
    meeting words, else facilities.
    """
    if parts.kinds:
        return frozenset(parts.kinds)
    if parts.name or parts.text or parts.only:
        return frozenset()
    if any(concept.startswith(MEETING_PREFIXES) for concept in parts.offers):
        return frozenset({Kind.MEETING})
    return frozenset({Kind.FACILITY})


def area_of(parts: SearchQuery, place: Place | None) -> Area | None:
    """Return where to search: a circle around a position, town or ZIP; all of a state or county; everywhere without a place.

    In a state or county miles are measured from its middle. A state has no radius: it is searched whole.
    """
    if place and set(parts.kinds) == {Kind.HELPLINE}:
        return Serving(place.state)  # a line is where its service area is, not where its desk stands
    if parts.position:
        return Circle(parts.position, parts.radius)
    if place is None:
        return None
    if place.kind is PlaceKind.STATE:
        return InState(place.state, place.point)
    if parts.radius_miles is None and place.kind is PlaceKind.COUNTY:
        return InCounty(place.state, place.county, place.point)
    return Circle(place.point, parts.radius)


def plan(parts: SearchQuery, place: Place | None, words: Sequence[str], known: Knowledge, today: date) -> SearchRequest:
    """Return the request that searches the parts. `words` are the folded words of a name, or of text taken literally.

    Raises InvalidRequest for values that contradict each other, such as distance order without a place.
    """
    area = area_of(parts, place)
    if set(parts.kinds) == {Kind.HELPLINE}:
        parts = replace(parts, states=())  # a scope keeps no line from anybody
    lines = tuple(line for line in _lines_asked(parts, area) if line in known.stated)
    sort = parts.sort or Sort.BEST
    if sort is Sort.START and leading_kind(parts) != {Kind.MEETING}:
        raise InvalidRequest("sort", "by start is for meetings alone")
    if sort is Sort.START or (sort is Sort.DISTANCE and isinstance(area, Serving)):
        # What begins next is known when the clock is, in `timed`. A line is as near as the phone; the page says which order
        # it used.
        sort = Sort.BEST
    return SearchRequest(
        words=tuple(words),
        selections=(
            *_selections(parts, known.vocabulary),
            *_drug_detox(parts, known.vocabulary),
            *((Selection(LINES_GROUP, lines),) if lines else ()),
        ),
        leave_out=parts.leave_out,
        prefer=_in_turn(lines) or tuple(wish for wish in _wishes(parts, known.vocabulary) if _can_be_met(wish, known)),
        kinds=leading_kind(parts),
        reaches=_reaches(parts, area),
        states=frozenset(parts.states),
        area=area,
        checked_since=today - timedelta(days=parts.checked_within_days) if parts.checked_within_days else None,
        sort=sort,
        page=parts.page,
        per_page=parts.per_page,
    )


def _reaches(parts: SearchQuery, area: Area | None) -> frozenset[Reach]:
    """Return how far the results may reach: meetings are those that one can walk into, online ones stand beyond.

    Who asks for online meetings and names no place gets them all; a name finds its group wherever it meets. Of lines near a
    place its state's own lead, and those of the nation stand beyond, unless a certain line was asked for.
    """
    if isinstance(area, Serving) and not (parts.offers or parts.name or parts.only) and set(parts.prefer) <= set(GENERAL_LINES):
        return OF_THE_STATE
    if leading_kind(parts) != {Kind.MEETING} or parts.name or parts.only:
        return frozenset()
    asks_online = not REMOTE.isdisjoint((*parts.offers, *parts.prefer))
    return frozenset() if area is None and asks_online else frozenset({Reach.LOCAL})


def _lines_asked(parts: SearchQuery, area: Area | None) -> tuple[ConceptId, ...]:
    """Return the lines asked for by name or by danger: they alone are the answer, unless a place asks for its own lines too."""
    if area is not None or set(parts.kinds) != {Kind.HELPLINE}:
        return ()
    return tuple(concept for concept in parts.prefer if concept.startswith(LINE_PREFIX))


def _in_turn(lines: Sequence[ConceptId]) -> tuple[tuple[ConceptId, ...], ...]:
    """Return wishes that put lines in their own order: the first satisfies all of them, the second all but one, and so on."""
    return tuple(tuple(lines[:count]) for count in range(1, len(lines)))


def timed(request: SearchRequest, parts: SearchQuery, time_zones: Iterable[str], now: datetime) -> SearchRequest:
    """Return the request with the windows of its words of time; itself when no meetings lead or no time is named.

    Who names a time and no order gets what begins soonest first; one that began a moment ago can still be joined.
    """
    if request.kinds != {Kind.MEETING}:
        return request
    windows = windows_of((*parts.offers, *parts.prefer), time_zones, now)
    if parts.sort is Sort.START or (windows and parts.sort is None):
        return replace(request, windows=windows, sort=Sort.START, starts_from=now - timedelta(minutes=STARTED_LATELY))
    return replace(request, windows=windows) if windows else request


def _can_be_met(wish: Sequence[ConceptId], known: Knowledge) -> bool:
    """Tell whether a listing may state a wish. Facets, from which `stated` comes, never count addiction treatment."""
    return TREATMENT in wish or any(concept in known.stated for concept in wish)


def _selections(parts: SearchQuery, vocabulary: Vocabulary) -> tuple[Selection, ...]:
    """Return one selection per facet group; ids of one group are alternatives, a parent beside its own child is dropped.

    Words of time are no selection: no source states them, and the windows of `timed` mean them.
    """
    groups: dict[str, list[ConceptId]] = {}
    for concept in _ids(vocabulary.without_parents(parts.offers)):
        if vocabulary.is_filterable(concept) and not asks_for_a_time((concept,)):
            groups.setdefault(vocabulary.group_of(concept), []).append(concept)
    return tuple(Selection(group, tuple(concepts)) for group, concepts in groups.items())


def coded_substances(parts: SearchQuery, vocabulary: Vocabulary) -> tuple[ConceptId, ...]:
    """Return the substances asked for as a source can state them: the nearest with a federal code (Klonopin: benzodiazepines)."""
    found: dict[ConceptId, None] = {}
    for concept in (*parts.offers, *parts.prefer):
        if concept.startswith("sub."):
            for candidate in (concept, *vocabulary.ancestors(concept)):
                if vocabulary.concept(candidate).samhsa_codes:
                    found[ConceptId(candidate)] = None
                    break
    return tuple(found)


def asks_for_detox(parts: SearchQuery, vocabulary: Vocabulary) -> bool:
    """Tell whether detox, or a kind of it, must be offered."""
    return any(DETOX in (concept, *vocabulary.ancestors(concept)) for concept in parts.offers)


def _drug_detox(parts: SearchQuery, vocabulary: Vocabulary) -> tuple[Selection, ...]:
    """With detox a substance means that drug's detox; detox that names no drug follows as a group of its own."""
    substances = coded_substances(parts, vocabulary)
    return (Selection(SUBSTANCE_GROUP, substances),) if substances and asks_for_detox(parts, vocabulary) else ()


def _wishes(parts: SearchQuery, vocabulary: Vocabulary) -> tuple[tuple[ConceptId, ...], ...]:
    """Return what ranks: each wish once, the reader's own first, then what safety adds."""
    if asks_for_prescriber(parts, vocabulary):
        own = [wish for concept in parts.prefer if not concept.startswith("sub.") for wish in _wish(concept, parts, vocabulary)]
        return tuple(dict.fromkeys((*own, *((concept,) for concept in PRESCRIBERS))))
    asked = (*parts.offers, *parts.prefer)
    wishes = dict.fromkeys(wish for concept in asked for wish in _wish(concept, parts, vocabulary))
    if asks_for_detox(parts, vocabulary) and _life_threatening(parts, vocabulary):
        wishes[MEDICAL_DETOX] = None
    if OPIOIDS in coded_substances(parts, vocabulary) and PREGNANT in asked:
        wishes[(MEDICATION_TREATMENT,)] = None
    if UNINSURED in parts.offers:
        wishes[FREE_OR_SLIDING] = None
    if _of_the_street(asked, vocabulary):
        wishes |= dict.fromkeys(_care_for_addiction(asked, vocabulary))
    return tuple(wishes)


def _care_for_addiction(asked: Sequence[ConceptId], vocabulary: Vocabulary) -> Sequence[tuple[ConceptId, ...]]:
    """Return what a substance asks for besides itself: treatment where no care was named, both kinds with a condition."""
    named = any(concept == TREATMENT or vocabulary.group_of(concept) in ADDICTION_GROUPS for concept in asked)
    both = any(concept in MENTAL_CONDITIONS for concept in asked)
    return [(COOCCURRING,)] * both + [(TREATMENT,)] * (not named)


def _of_the_street(asked: Iterable[ConceptId], vocabulary: Vocabulary) -> bool:
    """Tell whether a substance is named that is no medicine a doctor may have prescribed for the mind."""
    named = (concept for concept in asked if concept.startswith("sub."))
    return any(PRESCRIBED.isdisjoint((concept, *vocabulary.ancestors(concept))) for concept in named)


def _wish(concept: ConceptId, parts: SearchQuery, vocabulary: Vocabulary) -> list[tuple[ConceptId, ...]]:
    """Return the wishes of one concept; what is required anyway, such as the drug of a detox, is no wish."""
    if concept == TREATMENT:
        return [(TREATMENT,), (INPATIENT,)]
    if concept.startswith("sub."):
        coded = coded_substances(SearchQuery(prefer=(concept,)), vocabulary)
        return [coded] if coded and not asks_for_detox(parts, vocabulary) else []
    if vocabulary.is_insurer(concept):
        return [(PRIVATE_INSURANCE,)]
    if concept.startswith("help."):
        return [(concept,)]
    if concept in parts.offers:
        return [(concept,)] if _has_alternative(concept, parts, vocabulary) else []
    return [(concept,)] if vocabulary.is_filterable(concept) else []


def _has_alternative(concept: ConceptId, parts: SearchQuery, vocabulary: Vocabulary) -> bool:
    """Tell whether another concept of the group was asked for too: one is enough, and who states both comes first."""
    group = vocabulary.group_of(concept)
    return any(other != concept and vocabulary.group_of(other) == group for other in vocabulary.without_parents(parts.offers))


def asks_for_prescriber(parts: SearchQuery, vocabulary: Vocabulary) -> bool:
    """Tell whether the search is about a condition of the mind, or a medicine for one, and not about addiction care.

    "Panic attacks" and "klonopin adhd" want an outpatient prescriber first, not rehab.
    """
    asked = (*parts.offers, *parts.prefer)
    about_the_mind = any(concept in MENTAL_CONDITIONS or concept == PSYCHIATRIC_MEDICINE for concept in asked)
    addiction = any(concept == TREATMENT or vocabulary.group_of(concept) in ADDICTION_GROUPS for concept in asked)
    return about_the_mind and not addiction and not _of_the_street(asked, vocabulary)


def _life_threatening(parts: SearchQuery, vocabulary: Vocabulary) -> bool:
    return any(vocabulary.concept(concept).withdrawal_risk == LIFE_THREATENING for concept in (*parts.offers, *parts.prefer))
