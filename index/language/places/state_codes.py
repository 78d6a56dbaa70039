"""Telling the two letters of a state from words: "IN" from "in", "CA" the state from Cocaine Anonymous."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from index.geo.places import Place, PlaceKind
from index.language.places import cues as cue
from index.language.places.places import Places
from index.language.text.language_guess import guess_language
from index.language.text.normalise import Token
from index.language.text.word_lists import word_list

LONGEST_LIST: Final = 5  # words; a longer text is a sentence, in which small letters behind a comma are a word
_POINTING: Final = frozenset({"in", "near", "en", "from", "around"})
_SMALL_WORDS: Final = frozenset({"me", "la", "or", "in", "hi", "as", "id"})  # words even behind "in", unless in capitals
_TITLES: Final = frozenset({"ms", "mt", "ne", "mo", "sd"})  # at the start of a text: a title, a mount, a direction
_CARE: Final = frozenset(
    {"rehab", "rehabs", "detox", "detoxes", "treatment", "medicaid", "methadone", "suboxone", "facilities"}
) | {"inpatient", "outpatient", "iop", "meetings", "clinic", "clinics", "sober", "mat", "drug", "alcohol"}
_BEFORE_CARE: Final = frozenset({"me", "ok", "or", "hi"})  # states in small letters between a town and a word of care
_BEHIND_CARE: Final = frozenset({"hi", "in", "me", "or", "vi"})  # states in capitals at the end, directly behind a word of care
_ENGLISH: Final = word_list("filler.english")
_LEADING: Final = frozenset({"ca", "ga", "ma", "md", "pa"})  # states in small letters too, directly beside a word of care
_PARTING: Final = frozenset({"lol", "lmao", "please", "pls", "plz", "thanks", "thx", "asap", "gracias"})  # said at the end
_SPANISH_WORDS: Final = frozenset({"de", "al", "la"})


def state_is_meant(tokens: Sequence[Token], start: int, stop: int) -> bool:
    """Say whether words that may be a state, directly behind a town, are one."""
    token = tokens[start]
    if stop - start > 1 or len(token.word) > 2:
        return True
    if stop < len(tokens) and (tokens[stop].word == "anon" or (token.word == "co" and tokens[stop].word.startswith("oc"))):
        return False  # Al-Anon, co-occurring
    zip_follows = stop < len(tokens) and len(tokens[stop].word) in (5, 9) and tokens[stop].word.isdigit()
    if stop == len(tokens) or tokens[stop - 1].breaks or zip_follows or _behind_comma(tokens, start):
        return True
    if token.word in _BEFORE_CARE and stop < len(tokens) and tokens[stop].word in _CARE:  # "portland me detox"
        return True
    if token.word in cue.END_CODES:
        return token.upper and not shouted(tokens)
    return (
        token.word not in _SPANISH_WORDS
        or token.upper
        or guess_language([other.word for other in tokens if other is not token]) == "en"
    )


def is_certain(tokens: Sequence[Token], start: int) -> bool:
    """Say whether words that are read as a state behind a town can be nothing else: no "or", "me" or "ok" in small letters."""
    token = tokens[start]
    return token.word not in cue.END_CODES or _behind_comma(tokens, start) or (token.upper and not shouted(tokens))


def code_alone_is_meant(tokens: Sequence[Token], start: int) -> bool:
    """Say whether two letters without a town are a state: "rehab in TX", "detox, OR", "TX rehab", but not "help me"."""
    token, before = tokens[start], tokens[start - 1].word if start else ""
    at_end = token.breaks or all(other.word in _PARTING for other in tokens[start + 1 :])
    capitals = token.upper and not shouted(tokens)
    if len(tokens) == 1:
        return token.word not in cue.NEVER_ALONE
    if before in cue.STATE_PARTS and token.word not in cue.NEVER_ALONE:
        return True
    if at_end and _behind_comma(tokens, start):
        listed = len(tokens) <= LONGEST_LIST and (token.word not in cue.END_CODES or before in _CARE)
        return capitals or token.word not in cue.WORD_CODES or listed
    if before in _POINTING:
        if token.word == "mi" and not (capitals or at_end) and tokens[start + 1].word not in _ENGLISH:
            return False  # "cerca de mi casa"
        return token.word not in _SMALL_WORDS or capitals
    if start == 0 and not at_end:
        if token.word in cue.WORD_CODES:
            return tokens[1].word in _CARE and (token.word in _LEADING or (capitals and token.word not in cue.NEVER_ALONE))
        return token.word not in _TITLES or (capitals and tokens[1].word in _CARE)
    if not at_end:
        return False
    if token.word in cue.WORD_CODES:
        last = start + 1 == len(tokens) and before in _CARE
        if last and token.word in _LEADING:
            return True
        return capitals and (token.word not in cue.NEVER_ALONE or (last and token.word in _BEHIND_CARE))
    return True


def _behind_comma(tokens: Sequence[Token], start: int) -> bool:
    return start > 0 and "," in tokens[start - 1].gap


def shouted(tokens: Sequence[Token]) -> bool:
    """Say whether all of a text is in capitals: then capitals tell nothing."""
    return all(token.upper for token in tokens if token.word.isalpha())


@lru_cache(maxsize=4)
def state_places(places: Places) -> dict[str, tuple[Place, ...]]:
    """Return the state places by code."""
    found: dict[str, tuple[Place, ...]] = {}
    for state in places.states():
        named = tuple(place for place in places.find(state.name.split(), state.code) if place.kind is PlaceKind.STATE)
        found[state.code] = named
    return found
