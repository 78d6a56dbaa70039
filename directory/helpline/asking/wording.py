"""What the one box of the desk understands besides the words of every search: a way to another place, a code, an id, a key.

These are read before the words themselves, by fixed phrases in English and Spanish, because they say how to search, not what.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from directory.disclosure import Language
from index.geo.places import Gazetteer, Place
from index.listing import ConceptId

# "detox denver on the way to pueblo", "de camino a Pueblo"
_WAY: Final = re.compile(
    r"\b(?:(?:on|along) (?:the|her|his|their|my) way to|(?:on|along) the (?:road|route) to"
    r"|(?:en el|de) camino (?:a|hacia)|rumbo a)\s+",
    re.IGNORECASE,
)
_AWAY: Final = re.compile(
    r"\b(?:but )?(?:not in|outside(?: of)?|away from|out of) (?:(?:my|her|his|their|the|this|own) )*town\b"
    r"|\b(?:pero )?(?:no en|fuera de|lejos de)l? (?:(?:mi|su|el|este|propio) )*pueblo\b",
    re.IGNORECASE,
)
# Codes of the federal list begin with a letter. A ZIP code, an area code and a "código postal" are a place or a number.
_CODE: Final = re.compile(
    r"(?<!zip )(?<!area )(?<!post )\b(?:code|c[oó]digo)\s*:?\s*(?!postal\b)([a-z][a-z0-9]{0,7})\b", re.IGNORECASE
)
_KEY: Final = re.compile(r"^(?:key|clave)\s*:?\s*(\S{1,200}|\S[^|]{0,200}\|.{0,200})$", re.IGNORECASE)
# One letter before everything else is who it is for. A wish, not a filter: places for everybody fit too.
_FOR_WHOM: Final[Mapping[Language, Mapping[str, str]]] = {
    "en": {"w": "pop.women", "f": "pop.women", "m": "pop.men"},
    "es": {"m": "pop.women", "f": "pop.women", "h": "pop.men"},
}
# What staff write on paper, and no reader types.
_SHORT: Final[Mapping[str, str]] = {
    "preg": "pregnant",
    "mcaid": "medicaid",
    "mcare": "medicare",
    "etoh": "alcohol",
    "adol": "adolescent",
    "emb": "embarazada",
}
_ID: Final = re.compile(r"^(?:id\s*:?\s*)?([a-z2-7]{12})$|^\S*/listing/([a-z2-7]{12})(?:[/?#]\S*)?$")


@dataclass(frozen=True, slots=True)
class Wording:
    """A text taken apart. `words` are left for the understanding; `unread_place` tells that the way's end is no known place.

    `key` may be no key: "key west" is a town. Then the words count.
    """

    words: str
    way_to: Place | None = None
    unread_place: bool = False
    away: bool = False
    code: str = ""
    key: str = ""
    listing_id: str = ""
    for_whom: tuple[ConceptId, ...] = ()


def wording_of(text: str, places: Gazetteer, lang: Language = "en") -> Wording:
    """Return what the text says of how to search, and the words that are left."""
    if named := _ID.fullmatch(text.strip()):
        return Wording(text, listing_id=named[1] or named[2])
    if keyed := _KEY.fullmatch(text.strip()):
        return Wording(text, key=keyed[1].strip())
    words, away = _AWAY.subn(" ", text)
    code = _CODE.search(words)
    if code:
        words = _without(words, code)
    way = _WAY.search(words)
    place, rest = _place_first(words[way.end() :], places) if way else (None, "")
    if way:
        words = f"{words[: way.start()]} {rest}"
    for_whom, written = _for_whom(words.split(), lang)
    return Wording(
        words=" ".join(_SHORT.get(word.lower(), word) for word in written),
        for_whom=for_whom,
        way_to=place,
        unread_place=way is not None and place is None,
        away=away > 0,
        code=code[1].upper() if code else "",
    )


def _for_whom(words: list[str], lang: Language) -> tuple[tuple[ConceptId, ...], list[str]]:
    """Return whom the first letter names, and the words after it; a letter that stands alone names nobody."""
    meant = _FOR_WHOM[lang].get(words[0].lower()) if len(words) > 1 else None
    return ((ConceptId(meant),), words[1:]) if meant else ((), words)


def _without(text: str, found: re.Match[str]) -> str:
    return f"{text[: found.start()]} {text[found.end() :]}"


def _place_first(text: str, places: Gazetteer) -> tuple[Place | None, str]:
    """Return the place that the longest beginning of a text names, and what follows it."""
    words = text.split()
    for end in range(len(words), 0, -1):
        if found := places.lookup(" ".join(words[:end]).strip(" ,.;")):
            return found[0], " ".join(words[end:])
    return None, text
