"""Words that decide whether a name is a place: what stands before one, what looks like one and is not."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from index.language.text.normalise import Token
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
ABROAD: Final = word_list("place.abroad")
LANDMARKS: Final = word_list("place.landmarks")
FORTS: Final = frozenset({"fort", "ft"})
JOINING: Final = frozenset({"or", "and", "o", "u", "y", "ni"})  # between two places of which either will do
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


def is_somebodys_name(tokens: Sequence[Token], start: int) -> bool:
    """Say whether "Tyler" is a person: "my friend Tyler", "Dr. Tyler", but not "suboxone dr boston"."""
    if not start or tokens[start - 1].word not in RELATIONS:
        return False
    return tokens[start - 1].word not in TITLES or start == 1 or tokens[start - 2].word in {"my", "with", "by", "from", "mi"}


def is_spoken_of(tokens: Sequence[Token], start: int, end: int) -> bool:
    """Say whether a name is somebody's or something's: "my Madison", "Adrian needs rehab"."""
    behind = tokens[end].word if end < len(tokens) and not tokens[end - 1].gap else ""
    return (start > 0 and tokens[start - 1].word in OWNERS) or (end - start == 1 and behind in DOINGS)
