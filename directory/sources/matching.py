"""When two records speak of the same place: one key, built from name, street and ZIP code.

The normalisation drops what differs between two spellings of one address and nothing that tells two addresses apart:
case, accents, punctuation and repeated spaces go; street words and directions take the postal service's abbreviation
(Publication 28), so that "232 Main Avenue" and "232 MAIN AVE." are one; "and" and "&" are one. Words such as Inc and suite
numbers stay, because houses on one campus differ by exactly those. A street that the source withholds is empty in the key.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

_APOSTROPHES: Final = re.compile(r"['’‘`´]")
_NOT_WORDS: Final = re.compile(r"[\W_]+")
_STREET_WORDS: Final = {
    "avenue": "ave",
    "boulevard": "blvd",
    "building": "bldg",
    "circle": "cir",
    "court": "ct",
    "drive": "dr",
    "east": "e",
    "expressway": "expy",
    "floor": "fl",
    "fort": "ft",
    "freeway": "fwy",
    "highway": "hwy",
    "lane": "ln",
    "mount": "mt",
    "north": "n",
    "northeast": "ne",
    "northwest": "nw",
    "parkway": "pkwy",
    "place": "pl",
    "road": "rd",
    "route": "rte",
    "saint": "st",
    "south": "s",
    "southeast": "se",
    "southwest": "sw",
    "square": "sq",
    "street": "st",
    "suite": "ste",
    "terrace": "ter",
    "turnpike": "tpke",
    "west": "w",
}


def fold_words(text: str) -> str:
    """Return the words of a text without case, accents or punctuation, one space between them.

    >>> fold_words(" Clínica  O’Hare & Sons, Inc. ")
    'clinica ohare and sons inc'
    """
    plain = unicodedata.normalize("NFKD", _APOSTROPHES.sub("", text).replace("&", " and "))
    unaccented = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return _NOT_WORDS.sub(" ", unaccented.casefold()).strip()


def fold_street(street: str) -> str:
    """Return a street with the postal abbreviations, in folded words.

    >>> fold_street("1101 Southeast Boulevard") == fold_street("1101 SE Blvd.")
    True
    """
    return " ".join(_STREET_WORDS.get(word, word) for word in fold_words(street).split())


def place_match_key(name: str, street: str, zip5: str) -> str:
    """Return the key under which records of one place meet: normalised name + street + ZIP5.

    >>> place_match_key("Cedar  House", "12 North Elm Street", "80132")
    'cedar house|12 n elm st|80132'
    """
    return f"{fold_words(name)}|{fold_street(street)}|{zip5}"


def phone_match_key(number: str, zip5: str, name: str) -> str:
    """Return the key of last resort, for a place that moved or whose street is written another way: phone + ZIP + name."""
    return f"{number}|{zip5}|{fold_words(name)}"
