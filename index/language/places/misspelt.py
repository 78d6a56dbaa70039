"""Towns whose names are misspelt: unknown words, with the words around them, against the names of all places."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from rapidfuzz.distance import OSA

from index.geo.names import fold_name
from index.geo.places import NearSpelling, Place, PlaceKind
from index.language.places import cues as cue
from index.language.places.place_reading import CUED, SHORT_STATES, SMALL_TOWN, WITH_STATE, PlaceReading, is_cued
from index.language.places.places import Places
from index.language.places.state_codes import state_is_meant
from index.language.text.normalise import Token
from index.language.text.word_lists import word_list
from index.language.words.filler import FILLER
from index.language.words.spelling import LONG, SHORTEST, sound
from index.word_memory import remembers

MOST_GUESSES: Final = 3  # unknown words of a text that are compared with all place names, each some milliseconds
LONGEST_STORY: Final = 150  # words; in a longer text one unknown word is compared
SHORTEST_PART: Final = 3  # letters of an unknown word inside a name of several words
FEWEST_PEOPLE_TWICE: Final = 50_000  # people of a town that two slips may stand for where no state is named
LONGEST_WISH: Final = 20  # words; in a longer story existing words are what they are
VILLAGE: Final = 500  # people
POINTED_TOWN: Final = 5_000  # people of a town that one slip may stand for where something points at a place
LONG_NAME: Final = 8  # letters of a name that may be a large town anywhere in a text
LARGE_NAME: Final = 6  # letters of a name that may be a large city anywhere in a text
LARGE_CITY: Final = 250_000  # people
LONGEST_SURE: Final = 11  # letters of a name in which one slip leaves no doubt
SHORTEST_INNER: Final = 2  # letters of a known word inside such a name
LONGEST_WINDOW: Final = 3  # words of a name that are compared together
_ORDINARY: Final = (cue.WORD_TOWNS | cue.NOT_AFTER_IN) - cue.PLAIN_TOWNS - cue.PERSON_TOWNS
SURE_FIRST_WORDS: Final = word_list("place.sure_first_words")
_LINKS: Final = frozenset({"in", "on", "at", "by", "or", "and"})  # inside a few names; beside a slip they are no part of one
_INNER_WORDS: Final = (word_list("place.inner_words") - _LINKS) | cue.FIRST_WORDS | cue.LAST_WORDS


@dataclass(frozen=True, slots=True)
class Unread:
    """What is left of a text for misspelt towns.

    `free` words mean nothing else; `unsure` ones were corrected to a word of this field, which a town is preferred to only where
    something points at a place; `known` words exist, `terms` mean something in this field; `place` was read already and may be
    part of a longer name.
    """

    tokens: Sequence[Token]
    free: Sequence[bool]
    unsure: frozenset[int]
    known: frozenset[str] | set[str]
    terms: frozenset[str]
    place: PlaceReading | None


class MisspeltPlaces:
    """Finds the towns that unknown words stand for, with a gazetteer."""

    def __init__(self, places: Places) -> None:
        self._state_of = remembers(16384)(places.state_of)
        self._find = places.find
        self._state_names = [(fold_name(state.name), state.code) for state in places.states()]
        self._near = remembers(4096)(lambda name, code: places.near_spellings(name, 3, code))

    def find(self, text: Unread) -> PlaceReading | None:
        """Return the place meant where a place may stand: behind a cue, before a state, at an end, or around the place read."""
        if (reading := self._misspelt_state(text)) is not None:
            return reading
        guesses = MOST_GUESSES if len(text.tokens) <= LONGEST_STORY else 1
        for start, end in (window for spot in _unheard(text)[:guesses] for window in _windows(text, spot)):
            reading = self._reading(text, start, end)
            if reading is not None and _agrees(reading, text.place):
                return reading
        return self._of_existing_words(text) if text.place is None or text.place.place.kind is PlaceKind.STATE else None

    def _of_existing_words(self, text: Unread) -> PlaceReading | None:
        """Return the large town that words of other meanings stand for: before a state, behind "San", a city behind "in"."""
        words = [token.word for token in text.tokens]
        for end in range(1, len(words) + 1) if len(words) <= LONGEST_WISH else ():
            stop, code = self._state_behind(text.tokens, words, end)
            for start in (end - 2, end - 1):
                alone_and_cued = end - start == 1 and len(words[start]) >= LARGE_NAME and is_cued(text.tokens, words, start)
                if start < 0 or not _may_be_misused(text, start, end, pointed=bool(code) or alone_and_cued):
                    continue
                name = " ".join(words[start:end])
                near = next((near for near in self._near(name, code) if near.edits == 1), None)
                people = SMALL_TOWN if code else LARGE_CITY if alone_and_cued else FEWEST_PEOPLE_TWICE
                if near is None or (alone_and_cued and not code and self._is_itself_meant(name, near.place)):
                    continue
                if near.place.population >= people:
                    return PlaceReading(near.place, (), start, stop, WITH_STATE if code else CUED, name)
        return None

    def _is_itself_meant(self, name: str, near: Place) -> bool:
        """Say whether a word behind "in" is no slip of a city: a town of its own, or an inhabitant ("in Texans")."""
        own = self._find((name,), "")
        return near.kind is PlaceKind.STATE or bool(own and own[0].population >= VILLAGE)

    def _reading(self, text: Unread, start: int, end: int) -> PlaceReading | None:
        words = [token.word for token in text.tokens]
        stop, code = self._state_behind(text.tokens, words, end)
        sure = end - start > 1 or start not in text.unsure
        name = " ".join(words[start:end])
        people = self._people_needed(text, start, stop, name, sure=sure) if not code else 0
        if people is None:
            return None
        place = self._nearest(name, code, people, sure=sure)
        return PlaceReading(place, (), start, stop, WITH_STATE if code else CUED, name) if place else None

    def _people_needed(self, text: Unread, start: int, stop: int, name: str, *, sure: bool) -> int | None:
        """Return how many people a town without its state must have to be meant here; None where no town is meant."""
        words = [token.word for token in text.tokens]
        behind = words[stop] if stop < len(words) else ""
        if is_cued(text.tokens, words, start) or (start > 0 and "," in text.tokens[start - 1].gap):
            return POINTED_TOWN
        if not sure:
            return None
        if start == 0 or not behind or behind in cue.AREA_WORDS:
            return POINTED_TOWN if len(name) >= LONGEST_SURE else SMALL_TOWN
        if len(name) >= LONG_NAME:
            return FEWEST_PEOPLE_TWICE
        return LARGE_CITY if len(name) >= LARGE_NAME else None

    def _misspelt_state(self, text: Unread) -> PlaceReading | None:
        """Return the town read before in the state that an unknown word behind it stands for: "Portland miane"."""
        town = text.place
        if town is None or town.strength > CUED or town.end >= len(text.tokens) or town.end not in _unheard(text):
            return None
        typed = text.tokens[town.end].word
        if len(typed) < SHORTEST:
            return None
        words = [token.word for token in text.tokens[town.start : town.end]]
        for name, code in self._state_names:
            if OSA.distance(typed, name, score_cutoff=2) <= (1 if len(typed) < LONG else 2) and (
                found := self._find(words, code)
            ):
                said = " ".join((*words, typed))
                return PlaceReading(found[0], (), town.start, town.end + 1, WITH_STATE, said)
        return None

    def _state_behind(self, tokens: Sequence[Token], words: list[str], end: int) -> tuple[int, str]:
        for stop in range(min(end + 2, len(words)), end, -1):
            said = " ".join(words[end:stop])
            code = self._state_of(said) or SHORT_STATES.get(said, "")
            if code and state_is_meant(tokens, end, stop):
                return stop, code
        return end, ""

    def _nearest(self, name: str, code: str, people: int, *, sure: bool) -> Place | None:
        slips = 1 if len(name) < LONG else 2
        for near in self._near(name, code):
            county = near.place.kind is PlaceKind.COUNTY
            if county and " " not in name:
                continue
            if _is_meant(name, near, slips if sure else 1, people=0 if county and near.edits == 1 else people):
                return near.place
        return None


def _is_meant(name: str, near: NearSpelling, slips: int, *, people: int) -> bool:
    """Say whether a near name is near enough: few slips, or the same sound, and large enough for the slips it took."""
    if near.edits > 1 and name[0] != near.words[0]:
        return False
    if people and near.words in _ORDINARY and near.place.population < FEWEST_PEOPLE_TWICE:  # "near colege" is near a college
        return False
    alike = near.edits <= slips or (near.edits == slips + 1 and sound(name) == sound(near.words))
    needed = people if near.edits <= 1 or not people else FEWEST_PEOPLE_TWICE
    return alike and near.place.population >= needed


def _may_be_misused(text: Unread, start: int, end: int, *, pointed: bool) -> bool:
    """Say whether existing words may be a town's name with a slip: "downy ca", "san joe", "in phenix"."""
    word = text.tokens[end - 1].word
    plain = text.free[end - 1] and word.isalpha() and word not in FILLER and word not in text.terms
    if not plain or not _is_unbroken(text.tokens, start, end):
        return False
    if end - start > 1:
        return text.tokens[start].word in SURE_FIRST_WORDS
    return pointed and len(word) >= SHORTEST and word not in cue.LAST_WORDS and word not in cue.NOT_AFTER_IN


def _unheard(text: Unread) -> list[int]:
    """Return the places of words that nobody knows, those that were corrected to something else last."""
    words = [token.word for token in text.tokens]
    read = range(text.place.start, text.place.end) if text.place else range(0)
    found = [
        spot
        for spot, word in enumerate(words)
        if spot not in read
        and (text.free[spot] or spot in text.unsure)
        and word not in text.known
        and word.isalpha()
        and len(word) >= SHORTEST_PART
    ]
    return sorted(found, key=lambda spot: (spot in text.unsure, spot))


def _windows(text: Unread, spot: int) -> Iterator[tuple[int, int]]:
    """Yield the spans a misspelt name may have, longest first: the unknown word with the words around it, then alone."""
    for length in range(LONGEST_WINDOW, 1, -1):
        for start in range(max(0, spot - length + 1), min(spot, len(text.tokens) - length) + 1):
            if all(_may_be_part(text, place) for place in range(start, start + length) if place != spot) and _is_unbroken(
                text.tokens, start, start + length
            ):
                yield start, start + length
    if len(text.tokens[spot].word) >= SHORTEST:
        yield spot, spot + 1


def _may_be_part(text: Unread, spot: int) -> bool:
    word = text.tokens[spot].word
    if not word.isalpha() or len(word) < SHORTEST_INNER or (word in FILLER and word not in _INNER_WORDS):
        return False
    inside_place = text.place is not None and text.place.start <= spot < text.place.end
    return text.free[spot] or inside_place or word in cue.FIRST_WORDS or word in cue.LAST_WORDS


def _is_unbroken(tokens: Sequence[Token], start: int, end: int) -> bool:
    return not any(token.gap.strip("-.'") for token in tokens[start : end - 1])


def _agrees(reading: PlaceReading, before: PlaceReading | None) -> bool:
    """Say whether a misspelt town goes with the place read before: it is in that state, or its name holds that place's words."""
    if before is None:
        return True
    if before.place.kind is PlaceKind.STATE and reading.place.state == before.place.state:
        return True
    return reading.start <= before.start and reading.end >= before.end and reading.end - reading.start > before.end - before.start


@lru_cache(maxsize=4)
def misspelt_places(places: Places) -> MisspeltPlaces:
    """Return the finder over a gazetteer; built once."""
    return MisspeltPlaces(places)
