"""Ages said in a text, as the group of people that programs are made for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from index.language.meaning.concepts import Found
from index.language.text.normalise import Token
from index.language.text.word_lists import word_list

YOUNGEST, OLDEST = 8, 99  # years; other numbers are no person's age here
ADULT: Final = 18
YOUNG_UNTIL: Final = 25  # years, the last year of what programs call young adults
OLDER_FROM: Final = 60

_GLUED: Final = re.compile(r"^(\d{1,2})(?:yo|yr|yrs|y)$")
_NOTED: Final = re.compile(r"^(?:(\d{2})[fm]|[fm](\d{2}))$")  # as staff note it, at the start: "34F"
_TELLS: Final = word_list("ages.tells")
_OF_AGE: Final = frozenset({"is", "was", "turned", "turns", "de", "just"})  # behind whom they tell of: "mom is 78", "hija de 16"
_KIN: Final = word_list("place.relations") | {"he", "she", "who", "padre", "madre"}
_COUNTED: Final = word_list("ages.counted")
_AND_OVER: Final = dict.fromkeys((18, 21), ("pop.adults",)) | dict.fromkeys((50, 55, 60, 62, 65), ("pop.older_adults",))
_OLD: Final = frozenset({"old", "olds"})
_YEARS: Final = frozenset({"year", "years", "yr", "yrs", "yo"})


def ages(tokens: Sequence[Token], free: Sequence[bool]) -> list[Found]:
    """Return the groups that stated ages belong to; adults between young and older have none.

    Read are "72 yo", "19yr old", "16 years old", "de 15 años", "im 15", "girl 14"; "for 10 years" and "im 30 days clean" are
    no ages.
    """
    return [found for start in range(len(tokens)) if free[start] and (found := _age(tokens, start)) is not None]


def _age(tokens: Sequence[Token], start: int) -> Found | None:
    words = [token.word for token in tokens[start : start + 3]] + ["", ""]
    glued = _GLUED.match(words[0])
    if glued:
        return _group(int(glued[1]), start, start + 1 + (words[1] in _OLD))
    if start == 0 and (noted := _NOTED.match(words[0])):
        return _group(int(noted[1] or noted[2]), start, start + 1)
    if not words[0].isdigit() or len(words[0]) > len(str(OLDEST)):
        return None
    if tokens[start].gap.startswith("+"):  # "18+", "55+"
        return Found(start, start + 1, _AND_OVER[int(words[0])]) if int(words[0]) in _AND_OVER else None
    before = tokens[start - 1].word if start else ""
    for end in _ends(words, before):
        return _group(int(words[0]), start, start + end)
    earlier = tokens[start - 2].word if start > 1 else ""
    told = before in _TELLS or (before == "am" and earlier == "i") or (before in _OF_AGE and earlier in _KIN)
    return _group(int(words[0]), start, start + 1) if told and words[1] not in _COUNTED else None


def _ends(words: Sequence[str], before: str) -> Iterator[int]:
    """Yield how many words say an age, if they do."""
    if words[1] == "yo":
        yield 2
    elif words[1] in _YEARS and words[2] in _OLD:
        yield 3
    elif words[1] == "anos" and before in {"de", "tiene", "tengo", "con"}:
        yield 2


def _group(age: int, start: int, end: int) -> Found | None:
    if not YOUNGEST <= age <= OLDEST:
        return None
    if age < ADULT:
        return Found(start, end, ("pop.adolescents",))
    if age <= YOUNG_UNTIL:
        return Found(start, end, ("pop.young_adults",))
    return Found(start, end, ("pop.older_adults",)) if age >= OLDER_FROM else None
