"""What a page says about the search itself: corrections, words not used, wishes that no list can answer."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from directory.answers.readings import Read
from directory.asking.faith import FAITH, LEFT_OUT
from directory.asking.phrases import AND, OR, joined, phrase
from directory.asking.planning import PRIVATE_INSURANCE, Knowledge, leading_kind
from directory.asking.query import SearchQuery
from directory.asking.scope import listings_words
from directory.asking.state_names import place_name
from directory.disclosure import Words
from directory.page import Corrected
from index.geo.places import PlaceKind
from index.language.meaning.roles import Role
from index.language.signals.intent import Intent
from index.listing import Kind

_REPEATED: Final = frozenset({Role.FILTER, Role.PREFER, Role.TIME, Role.LINE})
# Search understands these and never says them ("Language" of the safety rules).
NEVER_SAID: Final = frozenset(
    "addict addicts addicted abuse abuser abusers alcoholic alcoholics junkie junkies crackhead drunk clean dirty druggie".split()  # noqa: SIM905
)
NOTHING_UNDERSTOOD: Final[Words] = {
    "en": "We found no kind of care and no name in these words. This directory lists care for alcohol, drugs and mental "
    "health. For any other health question, ask a doctor or a clinic.",
    "es": "No encontramos ningún tipo de atención ni nombre en estas palabras. Este directorio contiene atención para el "
    "alcohol, las drogas y la salud mental. Para otras preguntas de salud, consulte a un médico o una clínica.",
}
UNKNOWN_NUMBER: Final[Words] = {
    "en": "This number is on none of the listings here.",
    "es": "Este número no figura en ninguno de estos listados.",
}
UNKNOWN_NAME: Final[Words] = {
    "en": "No listing here has exactly that name.",
    "es": "Ningún listado tiene exactamente ese nombre.",
}
UNUSED_WORDS: Final[Words] = {
    "en": "We did not use some of your words: they name no care, place or listing that we know.",
    "es": "No usamos algunas de sus palabras: no nombran ninguna atención, lugar ni listado que conozcamos.",
}


MILES_UNUSED: Final[Words] = {
    "en": "Miles count from a town or a ZIP code; name one to use them.",
    "es": "Las millas se cuentan desde una ciudad o un código postal; escriba uno para usarlas.",
}

ONE_OF_SEVERAL: Final[Words] = {
    "en": "You named more than one place. This search is for {}, not for {}.",
    "es": "Usted nombró más de un lugar. Esta búsqueda es para {}, no para {}.",
}
WHERE_IT_PAYS: Final[Words] = {
    "en": "This Medicaid is for one state, so this search is in {}.",
    "es": "Este Medicaid es de un solo estado; por eso buscamos en {}.",
}
_NOT_ASKED: Final = ("sched.", "fmt.", "cond.withdrawal")  # times and forms have sentences of their own; a symptom is no service

# By language and whether a position was used.
_OTHER_PLACE_USED: Final = {
    ("en", False): "We searched the place in the place box and did not use “{}”.",
    ("en", True): "We searched near your position and did not use “{}”.",
    ("es", False): "Buscamos en el lugar de la casilla; no usamos «{}».",
    ("es", True): "Buscamos cerca de su ubicación; no usamos «{}».",
}


def corrections_of(read: Read) -> tuple[Corrected, ...]:
    """Return the spellings corrected.

    With crisis words none are shown. Words about family, and words that hurt, are not repeated either.
    """
    if read.has_danger:
        return ()
    meant = " ".join(match.corrected_from or "" for match in read.understanding.concepts if match.role in _REPEATED).split()
    return tuple(
        Corrected(correction.typed, correction.shown)
        for correction in read.understanding.corrections
        if correction.kind == "place" or (correction.typed in meant and correction.shown not in NEVER_SAID)
    )


def remarks_of(parts: SearchQuery, read: Read, known: Knowledge) -> tuple[str, ...]:
    """Return plain sentences about what the search could not use. Words that were typed are never repeated."""
    return tuple(_remarks(parts, read, known))


def _remarks(parts: SearchQuery, read: Read, known: Knowledge) -> Iterator[str]:
    lang = parts.lang
    if parts.only:
        yield listings_words(len(parts.only), lang)
    if read.says_nothing:
        yield NOTHING_UNDERSTOOD[lang]
    elif read.number_ids is not None and not read.number_ids:
        yield UNKNOWN_NUMBER[lang]
    elif _is_unknown_name(read):
        yield UNKNOWN_NAME[lang]
    elif read.understanding.residual and not parts.name and read.query.understand and not read.has_danger:
        yield (UNUSED_WORDS if read.understanding.concepts else NOTHING_UNDERSTOOD)[lang]
    if read.unused_places:
        unused = joined([place_name(place, lang) for place in read.unused_places], AND[lang])
        yield _OTHER_PLACE_USED[lang, parts.position is not None].format(unused)
    if read.others and read.place:
        others = joined([place_name(place, lang) for place in read.others], OR[lang])
        yield ONE_OF_SEVERAL[lang].format(place_name(read.place, lang), others)
    if read.place and read.place_is_where_medicaid_pays:
        yield WHERE_IT_PAYS[lang].format(place_name(read.place, lang))
    if parts.radius_miles and not parts.position and (read.place is None or read.place.kind is PlaceKind.STATE):
        yield MILES_UNUSED[lang]
    if FAITH in parts.leave_out:
        yield LEFT_OUT[lang]
    if not read.says_nothing:
        yield from _unanswerable(parts, read, known)


def _is_unknown_name(read: Read) -> bool:
    return read.understanding.intent is Intent.PROVIDER_NAME and read.understanding.name is None and not read.understanding.phone


def _unanswerable(parts: SearchQuery, read: Read, known: Knowledge) -> Iterator[str]:
    """Say what no list states, and what to ask instead: silence is never a no."""
    spanish, vocabulary = parts.lang == "es", known.vocabulary
    for insurer in (concept for concept in parts.prefer if vocabulary.is_insurer(concept) and concept != PRIVATE_INSURANCE):
        label = vocabulary.label(insurer, parts.lang)
        yield (
            f"Ninguna lista dice qué planes aceptan. Pregunte: ¿están en la red de {label}?"
            if spanish
            else f"No list says which plans they take. Ask: are you in network with {label}?"
        )
    meetings = leading_kind(parts) == {Kind.MEETING}  # they state their times, and are found by them
    if not meetings and (read.understanding.ids(Role.TIME) or any(concept.startswith("sched.") for concept in parts.prefer)):
        yield "Estas listas no indican horarios. Llame primero." if spanish else "These lists do not state hours. Call first."
    silent = [
        phrase(concept, vocabulary, parts.lang)
        for concept in parts.prefer
        if concept not in known.stated and vocabulary.is_filterable(concept) and not concept.startswith(_NOT_ASKED)
    ]
    if silent:
        words = joined(silent, "o" if spanish else "or")
        yield (
            f"Ninguna de estas listas lo dice: {words}. Pregunte cuando llame."
            if spanish
            else f"None of these lists says anything about {words}. Ask when you call."
        )
