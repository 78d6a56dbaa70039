"""Telling places from words: which part of a text says where, and which only looks like it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from index.geo.places import Place, PlaceKind
from index.language.places import cues as cue
from index.language.places.places import Places
from index.language.places.state_codes import code_alone_is_meant, is_certain, shouted, state_is_meant, state_places
from index.language.text.normalise import Token, phrase
from index.language.text.word_lists import word_list
from index.language.words.filler import FILLER
from index.language.words.spelling import SHORTEST, everyday_words, sound
from index.word_memory import remembers

LONGEST_STATE: Final = 4  # words of a state's name
LONGEST_NAME: Final = 5  # words of a town's or county's name that are tried
SMALL_TOWN: Final = 15_000  # people; smaller towns whose name is a word need a cue
MENTIONED_TOWN: Final = 4_000  # people; a smaller town whose name stands in the dictionary is not meant by its bare name
TINY_TOWN: Final = 400
VILLAGE: Final = 1_000  # people of a town whose name is a surname in the dictionary: "in bolton"
_ENGLISH_CUES: Final = frozenset({"in", "near", "around", "outside"})
TWO_SLIPS: Final = 8  # letters of a town's name that may hold two slips
CODE: Final = 2  # letters of a state's code
LARGE_TOWN: Final = 100_000  # people; behind "in" such a town is meant whatever its name means elsewhere: "in Chico"
MOST_ALTERNATIVES: Final = 5
_INNER_WORDS: Final = word_list("place.inner_words")
_FIRST_NAMES: Final = cue.PLAIN_TOWNS | cue.PERSON_TOWNS | cue.WORD_TOWNS


@dataclass(frozen=True, slots=True)
class PlaceReading:
    """A place read in words `start` to `end` (exclusive), its other readings, and the misspelling it was read from."""

    place: Place
    alternatives: tuple[Place, ...]
    start: int
    end: int
    strength: int
    misspelt: str | None = None


# Short names of states that mean one only directly behind a town in it.
SHORT_STATES: Final = dict(pair.split(":") for pair in word_list("place.short_states"))
BETTER_KNOWN: Final = dict(pair.split(":") for pair in word_list("place.better_known"))
OTHER_NAMES: Final = dict(pair.split(":") for pair in word_list("place.other_names"))
REGIONS: Final = dict(pair.split(":") for pair in word_list("place.regions"))
_OTHERS_BEGIN: Final = {"_".join(name.split("_")[:2]) for name in (*OTHER_NAMES, *REGIONS)}
_BEGIN_STATES: Final = word_list("place.state_beginnings")
ZIP, WITH_STATE, CUED, STATE_NAME, BARE = 5, 4, 3, 2, 1


@dataclass(frozen=True, slots=True)
class _Text:
    """A text prepared for reading: its words, the states that begin at each, and which words are spoken for.

    `joined` fills while reading: words behind a place and an "or", which are more likely a place too.
    """

    tokens: Sequence[Token]
    words: list[str]
    states: list[list[tuple[int, str]]]
    taken: Sequence[bool]
    covered: Sequence[bool]
    terms: frozenset[str]
    joined: set[int]

    def inside(self, start: int) -> bool:
        """Say whether a word stands inside, not at the beginning of, a phrase of this field."""
        return self.covered[start] and start > 0 and self.covered[start - 1]

    def is_beside_care(self, start: int, end: int) -> bool:
        """Say whether a person's name that a large town bears stands at an end of the text beside a word of care."""
        if end - start > 1 or self.words[start] not in cue.PERSON_TOWNS:
            return False
        beside = end if start == 0 else start - 1
        return (start == 0 or end == len(self.words)) and beside < len(self.words) and self.means_care(beside)

    def is_medicaid(self, start: int, end: int) -> bool:
        """Say whether a state's name begins what its Medicaid is called: "Memphis Tenn Care", "Toledo Ohio Medicaid"."""
        return self.covered[start] and not self.covered[start - 1] and end < len(self.words) and self.covered[end]

    def means_care(self, spot: int) -> bool:
        """Say whether a word is a word of this field, or stands in a phrase of it."""
        return self.covered[spot] or self.words[spot] in self.terms

    def goes_beyond(self, start: int, end: int) -> bool:
        """Say whether a name of several words, with "in" before it, ends behind a phrase of this field: "in Spanish Fork"."""
        return end - start > 1 and start > 0 and self.words[start - 1] in cue.NEAR_CUES and not self.covered[end - 1]


class PlaceReader:
    """Reads places out of tokens, with a gazetteer."""

    def __init__(self, places: Places) -> None:
        self._places = places
        self.find = self._find = remembers(65536)(lambda words, state="": self._bearers(words, state))
        self._state_of = remembers(16384)(lambda word: places.state_of(word) or places.state_of(_named_in_english(word)))
        self._begins = remembers(65536)(lambda one, other: "_".join((one, other)) in _OTHERS_BEGIN or places.begins((one, other)))
        self._near = remembers(4096)(lambda name, code: places.near_spellings(name, 1, code))

    def _bearers(self, words: Sequence[str], state: str) -> tuple[Place, ...]:
        """Return the places of a name, then those that have it in another language: "San Luis" is in Arizona, and Saint Louis."""
        found = self._places.find(words, state)
        other = OTHER_NAMES.get("_".join(words))
        return (*found, *self._places.find(other.split("_"), state)[:1]) if other else found

    def read(
        self, tokens: Sequence[Token], taken: Sequence[bool], covered: Sequence[bool], terms: frozenset[str]
    ) -> list[PlaceReading]:
        """Return every place that is meant, in order of the text, without overlap.

        Words of other things are `taken`. Words `covered` by a phrase of this field ("Florida Blue") are no place, unless a town
        with its state or ZIP begins there; `terms` are single words of this field, towns only where something points at them.
        """
        text = _Text(tokens, [token.word for token in tokens], self._states_in(tokens), taken, covered, terms, set())
        found: list[PlaceReading] = []
        position = 0
        while position < len(tokens):
            reading = None if taken[position] else self._at(text, position)
            if reading is None:
                position += 1
            else:
                found.append(reading)
                position = reading.end
                if position < len(tokens) and tokens[position].word in cue.JOINING:
                    text.joined.add(position + 1)
        return found

    def _states_in(self, tokens: Sequence[Token]) -> list[list[tuple[int, str]]]:
        """Return, for each word, the states that begin there, longest first: where each ends and its code."""
        words = [token.word for token in tokens]
        found: list[list[tuple[int, str]]] = []
        for start in range(len(words)):
            here = []
            longest = LONGEST_STATE if words[start] in _BEGIN_STATES else 1
            for stop in range(min(start + longest, len(words)), start, -1):
                name = words[start] if stop == start + 1 else " ".join(words[start:stop])
                code = self._state_of(name) or SHORT_STATES.get(name, "")
                if code and state_is_meant(tokens, start, stop):
                    here.append((stop, code))
            found.append(here)
        return found

    def _at(self, text: _Text, start: int) -> PlaceReading | None:
        if text.words[start].isdigit():
            return self._zip(text, start)
        reach = _reach(text, start)
        if reach > start + 1 and len(text.words[start + 1]) > 1 and not self._begins(*text.words[start : start + 2]):
            reach = start + 1
        for end in range(reach, start, -1):
            reading = self._town_with_state(text, start, end) or self._zip_behind(text, start, end)
            if reading is not None and (not text.inside(start) or text.goes_beyond(start, end)):
                return reading
        while reach > start and any(text.covered[start:reach]) and not text.goes_beyond(start, reach):
            reach -= 1
        for end in range(reach, start, -1):
            reading = self._alone(text, start, end)
            if reading is not None:
                return reading
        return None if text.covered[start] else self._state_code(text.tokens, start)

    def _zip(self, text: _Text, start: int) -> PlaceReading | None:
        words, tokens = text.words, text.tokens
        word = words[start]
        if len(word) == 9:
            word = word[:5]
        if len(word) != 5 or cue.is_street_number(words, start):
            return None
        found = self._find((word,), "")
        if not found:
            return None
        end = start + 1
        if end < len(words) and tokens[start].gap == "-" and len(words[end]) == 4 and words[end].isdigit():
            end += 1
        return PlaceReading(found[0], (), start, end, ZIP)

    def _zip_behind(self, text: _Text, start: int, end: int) -> PlaceReading | None:
        """Read "Charlotte 28202": the town only confirms the ZIP."""
        words = text.words
        if end >= len(words) or not words[end].isdigit() or not self._find(tuple(words[start:end]), ""):
            return None
        code = self._zip(text, end)
        if code is None or not self._find(tuple(words[start:end]), code.place.state):
            return None
        return PlaceReading(code.place, (), start, code.end, ZIP)

    def _town_with_state(self, text: _Text, start: int, end: int) -> PlaceReading | None:
        for stop, code in text.states[end] if end < len(text.words) else ():
            found = self._find(tuple(text.words[start:end]), code)
            found = tuple(place for place in found if place.kind is not PlaceKind.STATE)
            if end == start + 1 and text.words[start] in cue.STATE_PARTS:  # "eastern kentucky"
                continue
            if not found:
                if (near := self._meant_in(text, start, end, code)) is not None:
                    typed = text.words[start : end if near.kind is PlaceKind.CITY else stop]
                    return PlaceReading(near, (), start, stop, WITH_STATE, " ".join(typed))
                continue
            if stop < len(text.words) and text.words[stop].isdigit():
                zip_code = self._zip(text, stop)
                if zip_code is not None and zip_code.place.state == code:
                    return replace(zip_code, start=start)
            last = end if text.is_medicaid(end, stop) else stop
            return PlaceReading(found[0], found[1 : MOST_ALTERNATIVES + 1], start, last, WITH_STATE)
        return None

    def _meant_in(self, text: _Text, start: int, end: int, code: str) -> Place | None:
        """Return what a town that is elsewhere means in the state stated: a near name there, or the state itself."""
        name = " ".join(text.words[start:end])
        if text.words[end] == "va":  # "cheyenne va": the Veterans Affairs there
            return None
        if text.words[end] == "or" and self._find(tuple(text.words[end + 1 : end + 2]), ""):  # "Denver OR Boulder"
            return None
        if end == start + 1 and (near := self._namesake(name, code)):
            return near
        if not is_certain(text.tokens, end) or any(text.covered[start:end]) or name in FILLER or self._state_of(name):
            return None
        elsewhere = self._find(tuple(text.words[start:end]), "")[:1]
        if not elsewhere or elsewhere[0].kind is not PlaceKind.CITY or elsewhere[0].population < SMALL_TOWN:
            return None
        near_names = self._near(name, code)
        if near_names and len(name) >= TWO_SLIPS and near_names[0].edits <= 2 and near_names[0].place.population >= LARGE_TOWN:
            return near_names[0].place
        return next(iter(self._states(code)), None)

    def _namesake(self, name: str, code: str) -> Place | None:
        """Return the large town of a state that a town elsewhere is one letter from or sounds like: "pitsburg pa"."""
        if len(name) < SHORTEST or not any(place.kind is PlaceKind.CITY for place in self._find((name,), "")):
            return None
        near = self._near(name, code)
        if not near or near[0].place.population < SMALL_TOWN:
            return None
        alike = near[0].edits == 1 or sound(name) == sound("".join(phrase(near[0].place.city)))
        return near[0].place if alike else None

    def _alone(self, text: _Text, start: int, end: int) -> PlaceReading | None:
        words, name = text.words, tuple(text.words[start:end])
        found = self._find(name, "")
        if not found or "_".join(name) in REGIONS:
            return self._region(text, start, end)
        state = BETTER_KNOWN.get("_".join(name))
        found = best_known_first(" ".join(name), found)
        cued = is_cued(text.tokens, words, start) or start in text.joined
        famous = state is not None and (len(name) > 1 or (start > 0 and text.tokens[start].raw[0].isupper()))
        if not (famous or _name_is_meant(text.tokens, name, found[0], start, cued) or text.is_beside_care(start, end)):
            return None
        if len(name) == 1 and name[0] in text.terms and not (cued and found[0].population >= SMALL_TOWN):
            return None
        if len(name) == 1 and len(name[0]) == 2 and (code := self._state_of(name[0])):
            found += tuple(place for place in self._states(code) if place not in found)
        stop = end + 1 if end < len(words) and words[end] in cue.AREA_WORDS else end
        states = [place for place in found if place.kind is PlaceKind.STATE]
        if states and cue.says_state(words, start, end):
            found, stop = (
                (*states, *(place for place in found if place not in states)),
                end + 1 if words[end : end + 1] == ["state"] else stop,
            )
        elif (
            states and len(name[0]) > CODE and found[0].state not in {place.state for place in states}
        ):  # Washington: who means the city writes DC
            found = (*states, *(place for place in found if place not in states))
        strength = CUED if cued else STATE_NAME if found[0].kind is PlaceKind.STATE else BARE
        return PlaceReading(found[0], found[1 : MOST_ALTERNATIVES + 1], start, stop, strength)

    def _region(self, text: _Text, start: int, end: int) -> PlaceReading | None:
        """Read what people call a region: "Long Island", "the Poconos", as the town that stands for it."""
        town = REGIONS.get("_".join(text.words[start:end]))
        if town is None:
            return None
        name, _, code = town.partition(",")
        found = self._find(tuple(name.split("_")), code)[:1]
        strength = CUED if is_cued(text.tokens, text.words, start) else BARE
        return PlaceReading(found[0], (), start, end, strength) if found else None

    def _state_code(self, tokens: Sequence[Token], start: int) -> PlaceReading | None:
        token = tokens[start]
        code = self._state_of(token.word) if len(token.word) == 2 else ""
        if not code or not code_alone_is_meant(tokens, start):
            return None
        cued = is_cued(tokens, [token.word for token in tokens], start)
        found = self._states(code)[:1]
        return PlaceReading(found[0], (), start, start + 1, CUED if cued else STATE_NAME) if found else None

    def _states(self, code: str) -> tuple[Place, ...]:
        return state_places(self._places).get(code, ())


def best_known_first(name: str, found: tuple[Place, ...]) -> tuple[Place, ...]:
    """Return the bearers of a name with the one that people mean before more populous ones: West Hollywood is in California."""
    state = BETTER_KNOWN.get("_".join(phrase(name)))
    return found if state is None else tuple(sorted(found, key=lambda place: place.state != state))


def _named_in_english(word: str) -> str:
    return OTHER_NAMES.get(word.replace(" ", "_"), "").replace("_", " ")


def _reach(text: _Text, start: int) -> int:
    """Return where a name that starts here must end at the latest: at a break, a taken word, or a word no name contains."""
    end, tokens = start, text.tokens
    if start + 1 < len(tokens) and tokens[start + 1].word == "state":  # "garden state"
        return start + 2
    while end < len(tokens) and end - start < LONGEST_NAME and not text.taken[end]:
        word = tokens[end].word
        if (
            end > start
            and word in FILLER
            and word not in _INNER_WORDS
            and word not in cue.AREA_WORDS
            and word not in cue.WORD_TOWNS
        ):
            break
        end += 1
        if tokens[end - 1].gap.strip(".'-"):
            break
    return end


def is_cued(tokens: Sequence[Token], words: list[str], start: int) -> bool:
    """Say whether the word before points at a place: "in", "near", "live in"."""
    if start == 0:
        return False
    before = words[start - 1]
    if before == "the" and start > 1:
        before = words[start - 2]
    if before in {"of", "de"}:
        return start > 1 and words[start - 2] in cue.OF_CUES
    if before in {"downtown", "greater"}:
        return True
    return (before in cue.NEAR_CUES or before in cue.FROM_CUES) and not tokens[start - 1].breaks


def _name_is_meant(tokens: Sequence[Token], name: tuple[str, ...], place: Place, start: int, cued: bool) -> bool:
    """Say whether a name that some place bears is meant as a place here."""
    word = name[0]
    if len(name) == 1 and len(word) == 2:
        return _two_letters_are_meant(tokens, start)
    if start and tokens[start - 1].word in cue.FORTS and not tokens[start - 1].gap:  # "fort campbell" is no Campbell
        return False
    called = cue.is_somebodys_name(tokens, start) and not (place.population >= LARGE_TOWN and name[0] not in _FIRST_NAMES)
    if not cued and (called or cue.is_spoken_of(tokens, start, start + len(name))):
        return False
    if len(name) > 1:
        return _long_name_is_meant(name, place, cued)
    if place.kind is PlaceKind.STATE:
        return True
    common = word in everyday_words() or word in FILLER
    if cued:
        behind = tokens[start + 1].word if start + 1 < len(tokens) else ""
        if common and behind in cue.LANDMARKS and place.population < LARGE_TOWN:
            return False
        if word in cue.NOT_AFTER_IN or (word in FILLER and place.population < LARGE_TOWN):
            return False
        large = place.population >= (SMALL_TOWN // 2 if tokens[start - 1].word in {"in", "near", "en", "around"} else SMALL_TOWN)
        plain = word not in cue.WORD_TOWNS and place.population >= VILLAGE and tokens[start - 1].word in _ENGLISH_CUES
        return large or plain or not common or tokens[start].raw[0].isupper()
    if word in cue.WORD_TOWNS and word not in cue.PLAIN_TOWNS:
        return False
    if word in FILLER:
        return False
    return place.population >= (MENTIONED_TOWN if common else TINY_TOWN)


def _two_letters_are_meant(tokens: Sequence[Token], start: int) -> bool:
    """Say whether two letters stand for a city: "la" only in capitals, or at the end, where no Spanish article stands."""
    token = tokens[start]
    if token.word != "la":
        return token.word in cue.TWO_LETTERS
    at_end = start > 0 and (start + 1 == len(tokens) or token.breaks)
    return at_end or (token.upper and not shouted(tokens))


def _long_name_is_meant(name: tuple[str, ...], place: Place, cued: bool) -> bool:
    if all(word in FILLER for word in name) and not cued and place.kind is not PlaceKind.COUNTY:
        return False
    if name[0] in {"the", "in", "and"}:
        return False
    ordinary = all(word in everyday_words() for word in name) and name[0] not in cue.FORTS
    return cued or not ordinary or place.population >= SMALL_TOWN // 3 or place.kind is not PlaceKind.CITY
