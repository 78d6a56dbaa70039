"""The sentence of a search for meetings: "Narcotics Anonymous meetings tonight near Albany, NY 12207."

A meeting is what its group says it is, so nothing "says that it offers" itself: fellowship, form, audience, language and time
stand in the order in which people say them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from directory.asking.phrases import OR, clause, joined, phrase
from directory.asking.times import WEEKDAYS
from directory.disclosure import Language, Words
from index.language.vocabulary import Vocabulary

_ANY: Final[Words] = {"en": "support-group meetings", "es": "reuniones de grupos de apoyo"}
_HEADS: Final[Mapping[str, Words]] = {
    "group.any": {"en": "recovery meetings and support groups", "es": "reuniones y grupos de apoyo"},
    "group.twelve_step": {"en": "12-step meetings", "es": "reuniones de 12 pasos"},
    "group.secular": {"en": "secular meetings (not 12-step)", "es": "reuniones laicas (sin 12 pasos)"},
    "group.family": {"en": "support groups for families and friends", "es": "grupos de apoyo para familiares"},
    "group.alanon": {"en": "Al-Anon meetings", "es": "reuniones de Al-Anon"},
    "group.naranon": {"en": "Nar-Anon meetings", "es": "reuniones de Nar-Anon"},
    "group.all_recovery": {"en": "All Recovery meetings", "es": "reuniones All Recovery"},
    "group.nami": {"en": "NAMI support groups", "es": "grupos de apoyo de NAMI"},
    "group.dbsa": {"en": "DBSA groups for depression and bipolar disorder", "es": "grupos DBSA (depresión y trastorno bipolar)"},
}
# Before the fellowship in English, after it in Spanish.
_FORMS: Final[Mapping[str, Words]] = {
    "fmt.online": {"en": "online", "es": "en línea"},
    "fmt.phone": {"en": "phone", "es": "por teléfono"},
    "fmt.hybrid": {"en": "hybrid", "es": "híbridas"},
    "fmt.in_person": {"en": "in-person", "es": "en persona"},
    "fmt.open": {"en": "open", "es": "abiertas"},
    "fmt.closed": {"en": "closed", "es": "cerradas"},
    "fmt.newcomer": {"en": "beginners’", "es": "para principiantes"},
    "fmt.speaker": {"en": "speaker", "es": "de oradores"},
    "fmt.step_study": {"en": "step-study", "es": "de estudio de pasos"},
    "fmt.big_book": {"en": "Big Book", "es": "del Libro Grande"},
    "fmt.discussion": {"en": "discussion", "es": "de discusión"},
    "fmt.candlelight": {"en": "candlelight", "es": "a la luz de las velas"},
    "fmt.child_friendly": {"en": "child-friendly", "es": "aptas para niños"},
}
_DAYS: Final[Mapping[Language, tuple[str, ...]]] = {
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
    "es": ("lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo"),
}
_PARTS: Final[Mapping[str, Words]] = {
    "sched.morning": {"en": "in the morning", "es": "por la mañana"},
    "sched.noon": {"en": "around noon", "es": "al mediodía"},
    "sched.evening": {"en": "in the evening", "es": "por la noche"},
}
_NEXT: Final[Mapping[str, Words]] = {
    "sched.now": {"en": "starting about now", "es": "que empiezan más o menos ahora"},
    "sched.tonight": {"en": "tonight", "es": "esta noche"},
    "sched.today": {"en": "today", "es": "hoy"},
    "sched.tomorrow": {"en": "tomorrow", "es": "mañana"},
    "sched.weekend": {"en": "on the weekend", "es": "el fin de semana"},
}


def meetings_phrase(groups: Sequence[Sequence[str]], wishes: Iterable[str], vocabulary: Vocabulary, lang: Language) -> str:
    """Return what is searched among meetings, without the place; `wishes` are the parts among which words of time stand."""
    rest = [group for group in groups if _family(group) not in ("group", "fmt", "pop", "lang", "sched")]
    said = _head(groups, vocabulary, lang)
    for group in _of(groups, "pop"):
        said += (" para " if lang == "es" else " for ") + _alternatives(group, vocabulary, lang)
    for group in _of(groups, "lang"):
        said += (" en " if lang == "es" else " in ") + _alternatives(group, vocabulary, lang)
    when = time_phrase((*wishes, *(concept for group in groups for concept in group)), lang)
    said += f" {when}" if when else ""
    if rest:
        stated = joined([_alternatives(group, vocabulary, lang) for group in rest], "y" if lang == "es" else "and")
        said += f", con {stated}" if lang == "es" else f", with {stated}"
    return said


def _family(group: Sequence[str]) -> str:
    return group[0].partition(".")[0]


def _of(groups: Sequence[Sequence[str]], family: str) -> list[Sequence[str]]:
    return [group for group in groups if _family(group) == family]


def _head(groups: Sequence[Sequence[str]], vocabulary: Vocabulary, lang: Language) -> str:
    """Return form and fellowship: "online Alcoholics Anonymous meetings", "reuniones de Alcohólicos Anónimos en línea"."""
    fellowships = [_fellowship(concept, vocabulary, lang) for group in _of(groups, "group") for concept in group]
    said = joined(fellowships, OR[lang]) if fellowships else _ANY[lang]
    forms = [joined([_form(concept, vocabulary, lang) for concept in group], OR[lang]) for group in _of(groups, "fmt")]
    return " ".join((said, *forms) if lang == "es" else (*forms, said))


def _fellowship(concept: str, vocabulary: Vocabulary, lang: Language) -> str:
    if concept in _HEADS:
        return _HEADS[concept][lang]
    label = vocabulary.label(concept, lang)
    return f"reuniones de {label}" if lang == "es" else f"{label} meetings"


def _form(concept: str, vocabulary: Vocabulary, lang: Language) -> str:
    return _FORMS[concept][lang] if concept in _FORMS else f"({phrase(concept, vocabulary, lang)})"


def _alternatives(group: Sequence[str], vocabulary: Vocabulary, lang: Language) -> str:
    return joined([clause(concept, vocabulary, lang).what for concept in group], OR[lang])


def time_phrase(concepts: Iterable[str], lang: Language) -> str:
    """Return the words of time among concepts: "on Saturday in the morning", "esta noche"; "" where there are none."""
    asked = frozenset(concepts)
    days = [_DAYS[lang][number] for number, concept in enumerate(WEEKDAYS) if concept in asked]
    said = [words[lang] for concept, words in _NEXT.items() if concept in asked]
    if days:
        said.append(("el " if lang == "es" else "on ") + joined(days, OR[lang]))
    parts = [words[lang] for concept, words in _PARTS.items() if concept in asked]
    if parts:
        said.append(joined(parts, OR[lang]))
    return " ".join(said)
