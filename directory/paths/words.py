"""The words of the two ways in both languages; those of the questions stand beside them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from directory.disclosure import Language
from directory.paths.questions import PathName

TITLES: Final[Mapping[PathName, Mapping[Language, str]]] = {
    PathName.SOMEONE_ELSE: {"en": "For someone else", "es": "Para otra persona"},
    PathName.NOT_SURE: {"en": "I don't know what I need", "es": "No sé qué necesito"},
}
INTRODUCTIONS: Final[Mapping[PathName, Mapping[Language, str]]] = {
    PathName.SOMEONE_ELSE: {
        "en": "You cannot choose for another person, but you can find places and call them.",
        "es": "No puede decidir por otra persona, pero puede hallar lugares y llamar.",
    },
    PathName.NOT_SURE: {
        "en": "Three questions, then a list. There is no wrong answer, and “I don't know” is one too.",
        "es": "Tres preguntas y luego una lista. No hay respuestas malas, y «no sé» también vale.",
    },
}
# Who knows what is needed skips the questions: the words of a button, and what it searches for.
KNOWN: Final[Mapping[Language, tuple[tuple[str, str], ...]]] = {
    "en": (
        ("Find detox", "Detox"),
        ("Find a place to stay", "Residential treatment"),
        ("Find visits near home", "Outpatient"),
        ("Find medicine", "Medication treatment"),
    ),
    "es": (
        ("Hallar desintoxicación", "Desintoxicación"),
        ("Hallar un lugar para quedarse", "Tratamiento residencial"),
        ("Hallar visitas cerca de casa", "Tratamiento ambulatorio"),
        ("Hallar medicinas", "Tratamiento con medicamentos"),
    ),
}
WORDS: Final[Mapping[Language, Mapping[str, str]]] = {
    "en": {
        "title": "Questions",
        "kept": "This is no test. Your answers only choose filters. They are not kept, and they do not stand in the address.",
        "known": "If you know what they need",
        "known_where": "ZIP code, town or state where they live",
        "unsure": "If you are not sure: three questions",
        "where": "Where?",
        "where_else": "Where does the person live?",
        "where_hint": "ZIP code, town or state",
        "where_missing": "Say where: a ZIP code, a town with its state, or a state.",
        "where_unknown": "We do not know that place. Try a ZIP code, a town with its state, or a state.",
        "meant": "Did you mean:",
        "go": "Make my list",
        "found_title": "Your list is ready",
        "found": "This is the search that your answers make:",
        "filters": "What it asks, and why",
        "no_filters": "It asks for nothing but the place.",
        "change": "On the next page you can take each of these away, or add others.",
        "show": "Show the list",
        "none": "Nothing matches all of it. The next page says what to leave out, and whom to call.",
        "again": "Answer again",
        "person": "Rather ask a person?",
        "read": "You may want to read this first",
        "error": "Error",
    },
    "es": {
        "title": "Preguntas",
        "kept": "No es un examen. Sus respuestas solo eligen filtros. No se guardan y no están en la dirección.",
        "known": "Si sabe lo que necesita",
        "known_where": "Código postal, ciudad o estado donde vive",
        "unsure": "Si no lo sabe: tres preguntas",
        "where": "¿Dónde?",
        "where_else": "¿Dónde vive la persona?",
        "where_hint": "Código postal, ciudad o estado",
        "where_missing": "Diga dónde: un código postal, una ciudad con su estado, o un estado.",
        "where_unknown": "No conocemos ese lugar. Pruebe con un código postal, una ciudad con su estado, o un estado.",
        "meant": "¿Quiso decir:",
        "go": "Hacer mi lista",
        "found_title": "Su lista está lista",
        "found": "Esta es la búsqueda que hacen sus respuestas:",
        "filters": "Qué pide, y por qué",
        "no_filters": "No pide nada más que el lugar.",
        "change": "En la página que sigue puede quitar cada uno de estos filtros, o añadir otros.",
        "show": "Mostrar la lista",
        "none": "Nada coincide con todo. La página que sigue dice qué quitar y a quién llamar.",
        "again": "Contestar otra vez",
        "person": "¿Prefiere preguntar a una persona?",
        "read": "Tal vez quiera leer esto antes",
        "error": "Error",
    },
}
