"""Who says what: the words about facts that staff corrected, and about facts that a place itself disputes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Final

from directory.disclosure.languages import Language, Words, plain_date
from directory.sources.fields.weekly_times import read_weekly_time, weekly_time_text
from directory.store.facts import OFFER_FIELD, PHONE_FIELD, TIME_FIELD, Correction, Dispute

LabelOf = Callable[[str], str]  # of a concept, in the language of the sentence

FIELD_NAMES: Final[Mapping[str, Words]] = {
    "name": {"en": "Name", "es": "Nombre"},
    "organization": {"en": "Organization", "es": "Organización"},
    "street": {"en": "Street", "es": "Calle"},
    "street2": {"en": "Suite or floor", "es": "Oficina o piso"},
    "city": {"en": "Town", "es": "Ciudad"},
    "state": {"en": "State", "es": "Estado"},
    "zip": {"en": "ZIP code", "es": "Código postal"},
    "website": {"en": "Website", "es": "Sitio web"},
    "email": {"en": "Email", "es": "Correo electrónico"},
    "conference_url": {"en": "Address of the online meeting", "es": "Dirección de la reunión en línea"},
    "hours": {"en": "Hours", "es": "Horario"},
    "open_24h": {"en": "Open day and night", "es": "Abierto día y noche"},
    "description": {"en": "Description", "es": "Descripción"},
    "operator": {"en": "Owner", "es": "Dueño"},
    "phone": {"en": "Phone number", "es": "Número de teléfono"},
    "offer": {"en": "What it offers", "es": "Lo que ofrece"},
    "time": {"en": "Meeting time", "es": "Hora de la reunión"},
    "venue": {"en": "How people take part", "es": "Cómo se participa"},
    "point": {"en": "Point on the map", "es": "Punto en el mapa"},
    "listing": {"en": "The listing", "es": "El listado"},
}
_OFFERED: Final[Mapping[str, Words]] = {
    "yes": {"en": "it offers this", "es": "lo ofrece"},
    "no": {"en": "it does not offer this", "es": "no lo ofrece"},
    "": {"en": "removed", "es": "quitado"},
}


def corrected_number(day: date, lang: Language) -> str:
    """Return where a number stands that staff corrected, as it stands inside a sentence."""
    if lang == "es":
        return f"nuestro equipo, que lo comprobó el {plain_date(day, lang)}"
    return f"our staff, who checked it on {plain_date(day, lang)}"


def correction_sentence(correction: Correction, lang: Language, label_of: LabelOf = str) -> str:
    """Return who says a corrected fact, against what the sources state."""
    name = field_name(correction.field, lang, label_of)
    day, who = plain_date(correction.set_at.date(), lang), correction.said_by
    by_staff = f"por nuestro equipo el {day} ({who})" if lang == "es" else f"by our staff on {day} ({who})"
    return f"{name}: {_done(correction, lang)} {by_staff}.{_stated_before(correction, lang)}"


def _done(correction: Correction, lang: Language) -> str:
    if correction.field.startswith(OFFER_FIELD) and correction.value:
        said = {"en": "established", "es": "establecido"}[lang]
        return f"{_OFFERED[correction.value][lang]}; {said}"
    if not correction.value:
        return {"en": "removed", "es": "quitado"}[lang]
    if correction.field in (f"{PHONE_FIELD}{correction.value}", f"{TIME_FIELD}{correction.value}"):
        return {"en": "added", "es": "añadido"}[lang]
    return {"en": "corrected", "es": "corregido"}[lang]


def _stated_before(correction: Correction, lang: Language) -> str:
    """Return the number or the weekly time that the source states, where staff put another in its place."""
    kind, _, old = correction.field.partition(":")
    if f"{kind}:" not in (PHONE_FIELD, TIME_FIELD) or old == correction.value:
        return ""
    if f"{kind}:" == TIME_FIELD:
        old = weekly_time_text(read_weekly_time(old), lang)
    return f" La fuente indica {old}." if lang == "es" else f" The source states {old}."


def dispute_sentence(dispute: Dispute, lang: Language, label_of: LabelOf = str) -> str:
    """Return that a place disputes a fact, since when, and that it is being checked."""
    name, day = field_name(dispute.field, lang, label_of), plain_date(dispute.set_at.date(), lang)
    if lang == "es":
        return f"{name}: el lugar dice que esto está mal ({dispute.statement}). Lo estamos comprobando desde el {day}."
    return f"{name}: the place says that this is wrong ({dispute.statement}). We have been checking since {day}."


def field_name(field: str, lang: Language, label_of: LabelOf = str) -> str:
    """Return what a field is called; a phone number and an offer with which one it is."""
    kind, _, which = field.partition(":")
    name = FIELD_NAMES[kind][lang]
    return f"{name} ({label_of(which)})" if kind == "offer" and which else name
