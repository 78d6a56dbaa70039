"""The sentences that say what was understood and why a listing stands where it does, in English and Spanish.

Only parts that are safe to repeat are said: labels of the vocabulary and names of places, never the words that were typed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from directory.asking.meeting_sentences import meetings_phrase
from directory.asking.phrases import AND, OR, PROGRAM_FOR, Clause, clause, drug_phrase, joined
from directory.asking.query import SearchQuery
from directory.asking.scope import states_words
from directory.asking.state_names import place_name
from directory.disclosure import Language, Words
from index.geo.places import Place
from index.language.vocabulary import Vocabulary
from index.listing import Kind, Precision
from index.request import Area, InCounty, InState

NEAR_MILES: Final = 5.0  # a ZIP's point is off by up to 5.4 miles at the 90th percentile: closer than this nobody knows
DETOX: Final = "care.detox"

_KIND_WORDS: Final[Mapping[Kind | None, Words]] = {
    None: {"en": "Places, meetings and lines", "es": "Lugares, reuniones y líneas"},
    Kind.FACILITY: {"en": "Places", "es": "Lugares"},
    Kind.MEETING: {"en": "Meetings", "es": "Reuniones"},
    Kind.HELPLINE: {"en": "Lines you can call", "es": "Líneas a las que puede llamar"},
}
_ALL_PLACES: Final[Words] = {"en": "Treatment places", "es": "Lugares de tratamiento"}
_NAMED: Final[Words] = {"en": " with the name or number “{}”", "es": " con el nombre o número «{}»"}
NOT_SEARCHED: Final[Words] = {"en": "Nothing was searched yet.", "es": "Todavía no se buscó nada."}
# The order in which people say it: the care first, how to pay last.
_ORDER: Final = ("care", "sub", "med", "group", "fmt", "tx", "svc", "cond", "beh", "pop", "lang", "acc", "sched", "pay")


def understood_sentence(
    parts: SearchQuery, groups: Sequence[Sequence[str]], kinds: Iterable[Kind], place: Place | None, vocabulary: Vocabulary
) -> str:
    """Return the one sentence of what is searched: "Places that say they offer detox and take Medicaid, near Denver, CO."

    `groups` are the concepts that must be stated: alternatives inside, all of them across.
    """
    leading = tuple(kinds)
    if leading == (Kind.MEETING,) and not parts.name:
        said = _capital(meetings_phrase(groups, (*parts.offers, *parts.prefer), vocabulary, parts.lang))
        claims = _not_said(parts, vocabulary)
        said += (" que " if parts.lang == "es" else " that ") + claims if claims else ""
        anywhere = place is None and parts.position is None
        return f"{said}{',' if anywhere or claims else ''} {where(parts, place)}."
    subject, groups = _subject(parts, leading, groups, vocabulary)
    claims = _claims(parts, groups, vocabulary)
    if not claims:
        return f"{subject}{',' if parts.name else ''} {where(parts, place)}."
    return f"{subject} {'que' if parts.lang == 'es' else 'that'} {claims}, {where(parts, place)}."


def _subject(
    parts: SearchQuery, kinds: tuple[Kind, ...], groups: Sequence[Sequence[str]], vocabulary: Vocabulary
) -> tuple[str, Sequence[Sequence[str]]]:
    """Return what is looked for, and the groups that it does not say itself, as the lines of a fellowship do."""
    lang = parts.lang
    said = _KIND_WORDS[kinds[0] if len(kinds) == 1 else None][lang]
    fellowships = [group for group in groups if group[0].startswith("group.")]
    if kinds == (Kind.HELPLINE,) and fellowships:
        names = joined([vocabulary.label(concept, lang) for group in fellowships for concept in group], OR[lang])
        said = f"Líneas y buscadores de reuniones de {names}" if lang == "es" else f"Lines and meeting finders of {names}"
        groups = [group for group in groups if group not in fellowships]
    elif kinds == (Kind.FACILITY,) and not (groups or parts.name or parts.leave_out):
        said = _ALL_PLACES[lang]
    return (said + _NAMED[lang].format(parts.name) if parts.name else said), groups


def _claims(parts: SearchQuery, groups: Sequence[Sequence[str]], vocabulary: Vocabulary) -> str:
    """Return what the listings must say, and what they must not: "say they offer detox but do not say they take cash"."""
    lang = parts.lang
    said = []
    if groups:
        clauses = joined(_clauses(parts, groups, vocabulary), AND[lang])
        said.append(f"dicen que {clauses}" if lang == "es" else f"say they {clauses}")
    if parts.leave_out:
        said.append(_not_said(parts, vocabulary))
    return (" pero " if lang == "es" else " but ").join(said)


def _not_said(parts: SearchQuery, vocabulary: Vocabulary) -> str:
    if not parts.leave_out:
        return ""
    left_out = _clauses(parts, [parts.leave_out], vocabulary)[0]
    return f"no dicen que {left_out}" if parts.lang == "es" else f"do not say they {left_out}"


def _clauses(parts: SearchQuery, groups: Sequence[Sequence[str]], vocabulary: Vocabulary) -> list[str]:
    """Return one clause a verb: what two groups say with the same verb is said once."""
    ordered = sorted(groups, key=lambda group: _ORDER.index(group[0].partition(".")[0]))
    by_verb: dict[str, list[str]] = {}
    said = []
    for group in _with_detox(parts, ordered, vocabulary):
        verbs = {one.verb for one in group}
        if len(verbs) == 1 and len(group) == 1:
            by_verb.setdefault(group[0].verb, []).append(group[0].what)
            said.append(group[0].verb)
        else:
            said.append(_alternatives(group, parts.lang))
    return [_together(one, by_verb[one], parts.lang) if one in by_verb else one for one in dict.fromkeys(said)]


def _with_detox(parts: SearchQuery, groups: Sequence[Sequence[str]], vocabulary: Vocabulary) -> list[list[Clause]]:
    """Return the clauses of each group; detox and the drug of it are one: "do detox for benzodiazepines (Klonopin)"."""
    lang = parts.lang
    asked = tuple(dict.fromkeys((*parts.offers, *parts.prefer)))
    drugs = next((group for group in groups if group[0].startswith("sub.")), ())
    of_drugs = joined([drug_phrase(drug, asked, vocabulary, lang) for drug in drugs], OR[lang]) if drugs else ""
    kinds = next((group for group in groups if all(one.startswith(DETOX) for one in group)), ())
    made = []
    for group in groups:
        if group is drugs and kinds:
            continue
        if group is drugs or (group is kinds and drugs):
            care = joined([clause(one, vocabulary, lang).what for one in kinds or (DETOX,)], OR[lang])
            made.append([Clause("ofrecen", f"{care} de {of_drugs}") if lang == "es" else Clause("do", f"{care} for {of_drugs}")])
        else:
            made.append([clause(one, vocabulary, lang) for one in group])
    return made


def _alternatives(group: Sequence[Clause], lang: Language) -> str:
    """Return alternatives: "take Medicaid or Medicare", "offer detox or have a methadone clinic"."""
    by_verb: dict[str, list[str]] = {}
    for verb, what in group:
        by_verb.setdefault(verb, []).append(what)
    return joined([f"{verb} {joined(whats, OR[lang])}" for verb, whats in by_verb.items()], OR[lang])


def _together(verb: str, whats: Sequence[str], lang: Language) -> str:
    """Return a verb with all that follows it; programs for two kinds of people are not one program for both."""
    if verb == PROGRAM_FOR[lang] and len(whats) > 1:
        if lang == "es":
            return "tienen programas para " + joined([whats[0], *(f"para {what}" for what in whats[1:])], "y")
        return "have programs for " + joined([whats[0], *(f"for {what}" for what in whats[1:])], "and")
    return f"{verb} {joined(whats, AND[lang])}"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def where(parts: SearchQuery, place: Place | None) -> str:
    """Return the part of the sentence that says where: "near Denver, CO"."""
    said = _where(parts, place)
    if parts.not_near:
        said += f", pero no en {parts.not_near}" if parts.lang == "es" else f", but not in {parts.not_near}"
    if not parts.states or set(parts.kinds) == {Kind.HELPLINE}:
        return said
    states = states_words(parts.states, parts.lang)
    if place is None and parts.position is None:
        return f"en {states}" if parts.lang == "es" else f"in {states}"
    return f"{said}, solo en {states}" if parts.lang == "es" else f"{said}, only in {states}"


def _where(parts: SearchQuery, place: Place | None) -> str:
    spanish = parts.lang == "es"
    if parts.position:
        return "cerca de su ubicación" if spanish else "near your position"
    if place is None:
        return "en todo el país" if spanish else "in the whole country"
    if set(parts.kinds) == {Kind.HELPLINE}:
        state = place_name(place, parts.lang) if place.kind == "state" else place.state
        return f"que atienden en {state}" if spanish else f"that serve {state}"
    if place.kind == "state" or (place.kind == "county" and parts.radius_miles is None):
        return f"en {place_name(place, parts.lang)}" if spanish else f"in {place.label}"
    return f"cerca de {place.label}" if spanish else f"near {place.label}"


def measured_from(place: Place | None, area: Area | None, lang: Language) -> str:
    """Return the words for the point from which miles are measured."""
    spanish = lang == "es"
    if place is None:
        return "su ubicación" if spanish else "your position"
    if isinstance(area, InState | InCounty):
        return f"el centro de {place_name(place, lang)}" if spanish else f"the middle of {place.label}"
    return place.label


def miles_words(miles: float | None, precision: Precision, lang: Language) -> str:
    """Return a distance for the eye; a point known only by its ZIP or town never says less than five miles."""
    if miles is None:
        return ""
    unit = "millas" if lang == "es" else "miles"
    if precision in (Precision.ZIP, Precision.CITY):
        if miles <= NEAR_MILES:
            return f"unas 5 {unit} o menos" if lang == "es" else f"about 5 {unit} or less"
        return f"unas {miles:.0f} {unit}" if lang == "es" else f"about {miles:.0f} {unit}"
    if miles < 0.1:
        return "menos de 0.1 mi" if lang == "es" else "less than 0.1 mi"
    return f"{miles:.1f} mi" if miles < 10 else f"{miles:.0f} mi"


def why_sentences(
    stated: Sequence[str], unmet: Sequence[str], miles: str, place: str, lang: Language, *, by_name: bool
) -> tuple[str, ...]:
    """Return why a listing stands here: what of the search it states, what it does not say, and how far it is."""
    spanish = lang == "es"
    said = []
    if by_name:
        said.append("Su nombre coincide con sus palabras." if spanish else "Its name matches your words.")
    if stated:
        said.append(("Indica: " if spanish else "It states: ") + ", ".join(stated) + ".")
    if unmet:
        said.append(("No lo dice: " if spanish else "It does not say: ") + ", ".join(unmet) + ".")
    if miles:
        said.append(f"{miles} en línea recta desde {place}." if spanish else f"{miles} in a straight line from {place}.")
    return tuple(said)
