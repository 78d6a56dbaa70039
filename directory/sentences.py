"""The sentences that say what was understood and why a listing stands where it does, in English and Spanish.

Only parts that are safe to repeat are said: labels of the vocabulary and names of places, never the words that were typed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from directory.disclosure import Language, Words
from directory.query import SearchQuery
from index.geo.places import Place
from index.language.vocabulary import Vocabulary
from index.listing import Kind, Precision
from index.request import Area, InCounty, InState

NEAR_MILES: Final = 5.0  # a ZIP's point is off by up to 5.4 miles at the 90th percentile: closer than this nobody knows

_KIND_WORDS: Final[Mapping[Kind | None, Words]] = {
    None: {"en": "Places, meetings and lines", "es": "Lugares, reuniones y líneas"},
    Kind.FACILITY: {"en": "Places", "es": "Lugares"},
    Kind.MEETING: {"en": "Meetings", "es": "Reuniones"},
    Kind.HELPLINE: {"en": "Lines you can call", "es": "Líneas a las que puede llamar"},
}
# What a place does with a concept, by its id or the first part of it.
_VERBS: Final[Mapping[str, Words]] = {
    "pay": {"en": "take {}", "es": "aceptan {}"},
    "pay.free": {"en": "offer {}", "es": "ofrecen {}"},
    "pay.sliding_scale": {"en": "offer {}", "es": "ofrecen {}"},
    "pay.assistance": {"en": "offer {}", "es": "ofrecen {}"},
    "pay.state_funded": {"en": "offer {}", "es": "ofrecen {}"},
    "pop": {"en": "have a program for {}", "es": "tienen un programa para {}"},
    "lang": {"en": "offer {}", "es": "ofrecen {}"},
    "med": {"en": "offer {}", "es": "ofrecen {}"},
    "sub": {"en": "do detox for {}", "es": "hacen desintoxicación de {}"},
    "acc": {"en": "state: {}", "es": "indican: {}"},
    "": {"en": "offer {}", "es": "ofrecen {}"},
}
NAMES: Final = ("pay.medic", "pay.tricare")  # ids whose labels are names of one word
_NAMED: Final[Words] = {"en": " with the name or number “{}”", "es": " con el nombre o número «{}»"}
NOT_SEARCHED: Final[Words] = {"en": "Nothing was searched yet.", "es": "Todavía no se buscó nada."}
_OR: Final[Words] = {"en": "or", "es": "o"}
_AND: Final[Words] = {"en": "and", "es": "y"}


def understood_sentence(
    parts: SearchQuery, groups: Sequence[Sequence[str]], kinds: Iterable[Kind], place: Place | None, vocabulary: Vocabulary
) -> str:
    """Return the one sentence of what is searched: "Places that say they offer detox and take Medicaid, near Denver, CO."

    `groups` are the concepts that must be stated: alternatives inside, all of them across.
    """
    lang = parts.lang
    said = _subject(tuple(kinds), lang)
    if parts.name:
        said += _NAMED[lang].format(parts.name)
    said_of_them = []
    if groups:
        clauses = [_clause(group, vocabulary, lang) for group in groups]
        said_of_them.append(("dicen que " if lang == "es" else "say they ") + joined(clauses, _AND[lang]))
    if parts.leave_out:
        left_out = joined([stated_phrase(concept, vocabulary, lang) for concept in parts.leave_out], _OR[lang])
        said_of_them.append(f"no dicen que ofrecen {left_out}" if lang == "es" else f"do not say they offer {left_out}")
    if said_of_them:
        said += (" que " if lang == "es" else " that ") + (" pero " if lang == "es" else " but ").join(said_of_them)
    return said + where(parts, place) + "."


def _subject(kinds: tuple[Kind, ...], lang: Language) -> str:
    return _KIND_WORDS[kinds[0] if len(kinds) == 1 else None][lang]


def _clause(group: Sequence[str], vocabulary: Vocabulary, lang: Language) -> str:
    verb = (_VERBS.get(group[0]) or _VERBS.get(group[0].partition(".")[0]) or _VERBS[""])[lang]
    return verb.format(joined([phrase(concept, vocabulary, lang) for concept in group], _OR[lang]))


def phrase(concept: str, vocabulary: Vocabulary, lang: Language) -> str:
    """Return a label as it stands inside a sentence: its first letter small unless the word is a name or an acronym."""
    label = vocabulary.label(concept, lang)
    first, *others = label.partition(" (")[0].split()
    names = NAMES if lang == "es" else (*NAMES, "lang.")  # Spanish writes languages small
    proper = any(word[:1].isupper() and not word.isupper() for word in others)  # "Alcoholics Anonymous", not "VA benefits"
    is_name = proper or first[1:] != first[1:].lower() or concept.startswith(names)
    return label if is_name else label[:1].lower() + label[1:]


def stated_phrase(concept: str, vocabulary: Vocabulary, lang: Language) -> str:
    """Return what a place states of a concept: a drug stands for detox or treatment of it, as a federal code means it."""
    words = phrase(concept, vocabulary, lang)
    if not concept.startswith("sub."):
        return words
    return f"desintoxicación de {words}" if lang == "es" else f"detox for {words}"


def joined(words: Sequence[str], last: str) -> str:
    """Return words as a list in a sentence: "a, b and c"."""
    *most, final = words
    return f"{', '.join(most)} {last} {final}" if most else final


def where(parts: SearchQuery, place: Place | None) -> str:
    """Return the part of the sentence that says where: ", near Denver, CO"."""
    spanish = parts.lang == "es"
    if parts.position:
        return ", cerca de su ubicación" if spanish else ", near your position"
    if place is None:
        return ", en todo el país" if spanish else ", in the whole country"
    if set(parts.kinds) == {Kind.HELPLINE}:
        state = place.state
        return f", que atienden en {state}" if spanish else f", that serve {state}"
    if place.kind in ("state", "county") and parts.radius_miles is None:
        return f", en {place.label}" if spanish else f", in {place.label}"
    return f", cerca de {place.label}" if spanish else f", near {place.label}"


def measured_from(place: Place | None, area: Area | None, lang: Language) -> str:
    """Return the words for the point from which miles are measured."""
    spanish = lang == "es"
    if place is None:
        return "su ubicación" if spanish else "your position"
    if isinstance(area, InState | InCounty):
        return f"el centro de {place.label}" if spanish else f"the middle of {place.label}"
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
        said.append(("Dice que ofrece: " if spanish else "It states: ") + ", ".join(stated) + ".")
    if unmet:
        said.append(("No lo dice: " if spanish else "It does not say: ") + ", ".join(unmet) + ".")
    if miles:
        said.append(f"{miles} en línea recta desde {place}." if spanish else f"{miles} in a straight line from {place}.")
    return tuple(said)
