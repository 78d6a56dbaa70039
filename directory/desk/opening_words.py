"""Openings in words: the same sentence at the desk, on staff pages and on the page of the place itself."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from babel.dates import format_time

from directory.disclosure import Language
from directory.store.desk.openings import Opening

_WORDS: Final[Mapping[Language, Mapping[str, str]]] = {
    "en": {
        "none": "Full, told by {who} at {time}.",
        "one": "1 place, told by {who} at {time}.",
        "many": "{places} places, told by {who} at {time}.",
        "yesterday": "yesterday {time}",
        "the_place": "the place itself",
        "our_desk": "our helpline",
    },
    "es": {
        "none": "Lleno, según {who} a las {time}.",
        "one": "1 lugar, según {who} a las {time}.",
        "many": "{places} lugares, según {who} a las {time}.",
        "yesterday": "{time} de ayer",
        "the_place": "el lugar mismo",
        "our_desk": "nuestra línea",
    },
}


def opening_words(opening: Opening, lang: Language, now: datetime, *, names_staff: bool = True) -> str:
    """Return how many places are free, who told it, and at what time of the operator's clock.

    Without `names_staff` the desk told it, whoever it was: what leaves the desk names nobody there.
    """
    words = _WORDS[lang]
    told_at = opening.told_at.astimezone(now.tzinfo)
    time = format_time(told_at, "short", locale="es_US" if lang == "es" else "en_US")
    if told_at.date() != now.date():
        time = words["yesterday"].format(time=time)
    form = {0: "none", 1: "one"}.get(opening.places, "many")
    told_by = opening.told_by if names_staff else words["our_desk"]
    who = words["the_place"] if opening.by_place else told_by
    return words[form].format(places=opening.places, who=who, time=time).replace("..", ".")  # "9:40 a.m." ends a sentence
