"""Words that decide whether a name is a place: what stands before one, what looks like one and is not."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from index.language.text.word_lists import word_list

NEAR_CUES: Final = word_list("place.near_cues")
FROM_CUES: Final = word_list("place.from_cues")
OF_CUES: Final = word_list("place.of_cues")
AREA_WORDS: Final = word_list("place.area_words")
WORD_CODES: Final = word_list("place.word_codes")
END_CODES: Final = word_list("place.end_codes")
NEVER_ALONE: Final = word_list("place.never_alone")
WORD_TOWNS: Final = word_list("place.word_towns")
PERSON_TOWNS: Final = word_list("place.person_towns")
PLAIN_TOWNS: Final = word_list("place.plain_towns")
NOT_AFTER_IN: Final = word_list("place.not_after_in")
FIRST_WORDS: Final = word_list("place.first_words")
LAST_WORDS: Final = word_list("place.last_words")
STREET_WORDS: Final = word_list("place.street_words")
NAME_NOUNS: Final = word_list("name.nouns")
TWO_LETTERS: Final = word_list("place.two_letters")
TITLES: Final = word_list("place.titles")
OWNERS: Final = word_list("place.owners")
DOINGS: Final = word_list("place.doings")
RELATIONS: Final = word_list("place.relations")
STATE_PARTS: Final = frozenset({"upstate", "northern", "southern", "western", "eastern", "central", "rural"})


def says_state(words: Sequence[str], start: int, end: int) -> bool:
    """Say whether the state of a name is meant: "Washington state", "state of Washington", "upstate New York"."""
    if start and words[start - 1] in STATE_PARTS:
        return True
    before = list(words[max(0, start - 2) : start])
    return list(words[end : end + 1]) == ["state"] or before in (["state", "of"], ["estado", "de"])


def is_street_number(words: Sequence[str], start: int) -> bool:
    """Say whether a number begins a street address."""
    return start == 0 and any(word in STREET_WORDS for word in words[start + 1 : start + 5])
