"""Short English words of sources as Spanish pages say them: hours, who answers a line, titles and remarks of our own lists.

Sources state these as free text. Known phrases and the usual ways to write opening hours have Spanish; names, and what is not
known here, stay as they were stated.
"""

from __future__ import annotations

from collections.abc import Mapping
from re import IGNORECASE, Match
from re import compile as pattern
from typing import Final

from directory.disclosure.languages import Language

_SPANISH: Final[Mapping[str, str]] = {
    "24/7": "las 24 horas, todos los días",
    "English and Spanish": "en inglés y español",
    "press 2 for Spanish": "marque 2 para español",
    "text a ZIP code": "envíe por texto un código postal",
    "text HOME, or AYUDA for Spanish": "envíe HOME por texto, o AYUDA para español",
    "the local 211 service": "el servicio local del 211",
    "the local emergency dispatch center": "el centro local de emergencias",
    "988 Lifeline network of local crisis centers": "la red de centros locales de crisis de la Línea 988",
    "NAMI staff and volunteers": "personal y voluntarios de NAMI",
    "RAINN member centers": "los centros miembros de RAINN",
    "a network of crisis call centers": "una red de centros de llamadas de crisis",
    "contact centers of the National Council on Problem Gambling": "centros de contacto del National Council on Problem Gambling",
    "the quitline of the caller's state": "la línea para dejar de fumar del estado de quien llama",
    "Call to set a time to talk with a specialist": "Llame para fijar una hora y hablar con un especialista",
    "Hours differ by state": "El horario cambia según el estado",
    "text QUITNOW, or DÉJELOYA in Spanish": "envíe por texto QUITNOW, o DÉJELOYA para español",
    "a provider under contract to the Hawaii Department of Health": (
        "un proveedor contratado por el Departamento de Salud de Hawái"
    ),
    "Starter list of the Treatment Directory": "Lista inicial del Directorio de tratamiento",
    "SAMHSA Opioid Treatment Program Directory": "Directorio de SAMHSA de programas de tratamiento con opioides",
    "SAMHSA National Directory of Drug and Alcohol Use Treatment Facilities / Mental Health Treatment Facilities": (
        "Directorio Nacional de SAMHSA de centros de tratamiento por alcohol y drogas / de salud mental"
    ),
    "We could not confirm a number for this agency. The number here is the SAMHSA National Helpline: free, day and night, "
    "and it can send you to state services.": (
        "No pudimos confirmar un número de esta agencia. El número de aquí es la Línea Nacional de Ayuda de SAMHSA: gratis, "
        "de día y de noche, y puede dirigirle a los servicios del estado."
    ),
}
# How lists without a title of their own are named, in the order in which to look.
_LISTS: Final = {
    "Meeting list of ": "Lista de reuniones de ",
    "Service list of ": "Lista de servicios de ",
    "List of ": "Lista de ",
}
_DAYS: Final[Mapping[str, str]] = {
    "monday": "lunes",
    "tuesday": "martes",
    "wednesday": "miércoles",
    "thursday": "jueves",
    "friday": "viernes",
    "saturday": "sábado",
    "sunday": "domingo",
}
_ZONES: Final[Mapping[str, str]] = {"eastern": "Este", "central": "Centro", "mountain": "Montaña", "pacific": "Pacífico"}
_DAY, _CLOCK = f"(?:{'|'.join(_DAYS)})", r"\d{1,2}(?::\d{2})? [ap]m"
_OPEN: Final = pattern(
    rf"(?P<day>{_DAY})(?: (?P<joint>to|and) (?P<other>{_DAY}))?, (?P<start>{_CLOCK}) to (?P<end>{_CLOCK})"
    rf"(?: \((?P<zone>{'|'.join(_ZONES)})\))?",
    IGNORECASE,
)
_TEXT: Final = pattern(r"text (?P<word>[A-Z]+)")


def in_language(stated: str, lang: Language) -> str:
    """Return what a source states in a language; parts between semicolons each by itself.

    >>> in_language("24/7; text START; Ask for Ann", "es")
    'las 24 horas, todos los días; envíe START por texto; Ask for Ann'
    """
    if lang == "en" or not stated:
        return stated
    if ours := _own_name(stated):
        return _LISTS[ours] + stated.removeprefix(ours)
    return _SPANISH.get(stated) or "; ".join(_part(part.strip()) for part in stated.split(";"))


def list_in_sentence(title: str, lang: Language) -> str:
    """Return the title of a list as it stands inside a sentence: with an article where the title is one that we gave it.

    >>> list_in_sentence("Meeting list of Exampletown NA", "es")
    'la lista de reuniones de Exampletown NA'
    """
    said = in_language(title, lang)
    return f"{'la' if lang == 'es' else 'the'} {said[0].lower()}{said[1:]}" if _own_name(title) else said


def _own_name(title: str) -> str:
    return next((ours for ours in _LISTS if title.startswith(ours)), "")


def _part(stated: str) -> str:
    if found := _OPEN.fullmatch(stated):
        return _open(found)
    if found := _TEXT.fullmatch(stated):
        return f"envíe {found['word']} por texto"
    return _SPANISH.get(stated, stated)


def _open(found: Match[str]) -> str:
    """Return days and hours in Spanish: "lunes a viernes, de 8:30 a. m. a 4:30 p. m."."""
    days = _DAYS[found["day"].lower()]
    if found["other"]:
        days += f" {'a' if found['joint'].lower() == 'to' else 'y'} {_DAYS[found['other'].lower()]}"
    zone = f" (hora del {_ZONES[found['zone'].lower()]})" if found["zone"] else ""
    return f"{days}, de {_clock(found['start'])} a {_clock(found['end'])}{zone}"


def _clock(stated: str) -> str:
    hour, half = stated.lower().split()
    return f"{hour} {half[0]}.\N{NO-BREAK SPACE}m."
