"""How place names are compared: one spelling for the many ways that people write a name.

The compiler of the gazetteer and the lookup both call `fold_name`, so a name is found however it is written:

>>> fold_name("Port Saint Lucie") == fold_name("port st. lucie")
True
>>> fold_name("Coeur d’Alène"), fold_name("Winston-Salem"), fold_name("Washington, D.C.")
('coeur dalene', 'winston salem', 'washington dc')
"""

from __future__ import annotations

import re
import unicodedata

SAME_WORD = {"saint": "st", "sainte": "st", "ste": "st", "fort": "ft", "mount": "mt"}
FIRST_WORD = {"n": "north", "s": "south", "e": "east", "w": "west", "no": "north", "so": "south"}

_APOSTROPHES = re.compile(r"['’‘ʻʼ`´]")
_DOTTED_LETTERS = re.compile(r"\b(\w)\.\s?(?=\w\b)")
_NOT_WORD = re.compile(r"[^\w]+|_")
_ST = re.compile(r"\b(?:Saint|St\.?) (?=[A-Z])")
_STE = re.compile(r"\b(?:Sainte|Ste\.?) (?=[A-Z])")


def fold_text(text: str) -> str:
    """Return lower-case words without accents, apostrophes or punctuation, separated by single blanks."""
    if text.isascii() and text.replace(" ", "").isalnum():
        return " ".join(text.lower().split())
    plain = unicodedata.normalize("NFKD", text).casefold()
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    plain = _APOSTROPHES.sub("", plain).replace("&", " and ")
    plain = _DOTTED_LETTERS.sub(r"\1", plain)
    return " ".join(_NOT_WORD.sub(" ", plain).split())


def fold_name(text: str) -> str:
    """Return the key under which a place name is filed: folded text with Saint, Fort, Mount and compass letters made equal."""
    if text.isascii() and text.isalpha():  # one word, as most are
        word = text.lower()
        return SAME_WORD.get(word, word)
    words = [SAME_WORD.get(word, word) for word in fold_text(text).split()]
    if len(words) > 1:
        words[0] = FIRST_WORD.get(words[0], words[0])
        if words[0] == "the":
            del words[0]
    return " ".join(words)


def shown_name(name: str) -> str:
    """Return a name as the Census Bureau and most Americans write it: St. and Ste., whatever the list of names writes.

    >>> shown_name("Saint Paul"), shown_name("Port St Lucie"), shown_name("Sainte Genevieve"), shown_name("Stowe")
    ('St. Paul', 'Port St. Lucie', 'Ste. Genevieve', 'Stowe')
    """
    return _STE.sub("Ste. ", _ST.sub("St. ", name)) if "S" in name else name


def join_name(key: str) -> str:
    """Return a key without blanks, so that "De Kalb", "DeKalb" and "dekalb" meet."""
    return key.replace(" ", "")
