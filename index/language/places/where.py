"""Which of the places in a text is meant, which is ruled out, and whether "near me" was said."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise
from typing import Final

from index.geo.distance import great_circle_miles
from index.geo.places import Place, PlaceKind
from index.language.places import cues as cue
from index.language.places.place_reading import CUED, LARGE_TOWN, MOST_ALTERNATIVES, WITH_STATE, PlaceReader, PlaceReading
from index.language.places.places import Places
from index.language.text.normalise import Token
from index.language.text.word_lists import word_list
from index.language.vocabulary import Vocabulary
from index.language.words.phrases import phrase_index

LONGEST_DENIAL: Final = 3  # words
NEIGHBOURS: Final = 50.0  # miles between two towns that are named in one breath
STRANGERS: Final = 300.0  # miles beyond which one town tells nothing of another
SEARCHED_TOO: Final = 25.0  # miles around a place that its search covers anyway
MOST_OTHERS: Final = 4
KNOWN_BESIDE: Final = 5  # times as many people as a namesake that its neighbour tells
_LISTING: Final = frozenset(",/;-")
_MAYBE: Final = frozenset({"maybe", "else", "even", "either", "possibly", "tal", "vez"})
# Who lives "outside Denver" lives near it; who wants care outside Denver does not want it there.
LIVING: Final = word_list("place.living")


@dataclass(frozen=True, slots=True)
class Where:
    """The place to search, the place ruled out, the words that said so, which words are phrases of this field, and terms.

    `others` are places that were named besides, and that a search of `place` does not reach.
    """

    place: PlaceReading | None
    excluded: PlaceReading | None
    spans: tuple[tuple[int, int], ...]
    covered: tuple[bool, ...] = ()
    terms: frozenset[str] = frozenset()
    others: tuple[Place, ...] = ()

    @property
    def ruling_out(self) -> frozenset[int]:
        """The words before a place that is not wanted: "anywhere but Texas, rehab" denies no rehab."""
        place = self.excluded
        return frozenset(range(max(0, place.start - LONGEST_DENIAL), place.start)) if place is not None else frozenset()

    def at_end(self, find: Callable[[tuple[str, ...]], tuple[Place, ...]], tokens: Sequence[Token], start: int) -> Where:
        """Return the place that the last words name, from `start`: what stands before it is a name, whatever it holds."""
        if self.place is not None and self.place.start >= start:
            return self
        found = find(tuple(token.word for token in tokens[start:]))
        town = PlaceReading(found[0], found[1 : MOST_ALTERNATIVES + 1], start, len(tokens), CUED)
        return replace(self, place=town, spans=((start, len(tokens)),))


@lru_cache(maxsize=4)
def place_reader(places: Places) -> PlaceReader:
    """Return the reader of a gazetteer; built once."""
    return PlaceReader(places)


def read_places(
    tokens: Sequence[Token], words: Sequence[str], taken: Sequence[bool], vocabulary: Vocabulary, places: Places
) -> Where:
    """Return where the text says: the reading best supported by the words around it, the later one when two are equal.

    Of places that an "or" joins the first leads: "akron or canton".
    """
    covered = [False] * len(tokens)
    for start, end in _phrases_of_the_field(words, vocabulary):
        covered[start:end] = [True] * (end - start)
    terms = _words_of_the_field(words, vocabulary)
    found = place_reader(places).read(tokens, taken, covered, terms)
    excluded = [reading for reading in found if _ruled_out(tokens, reading)]
    spans = tuple((reading.start, reading.end) for reading in found)
    chains = _chains(_without_quarters([reading for reading in found if reading not in excluded], tokens), tokens)
    chains = [_near_each_other(chain, tokens, place_reader(places)) if len(chain) > 1 else chain for chain in chains]
    meant = [reading for chain in chains for reading in chain]
    best = max(meant, key=lambda reading: (reading.strength >= CUED, reading.strength, reading.start), default=None)
    said_with = next((chain for chain in chains if best in chain), [])
    if len(said_with) > 1:
        best = said_with[0]
    best = _town_in(best, meant, tokens, place_reader(places)) or best
    others = _others(best, meant, said_with) if best is not None and len(meant) > 1 else ()
    return Where(best, excluded[0] if excluded else None, spans, tuple(covered), terms, others)


def _without_quarters(found: Sequence[PlaceReading], tokens: Sequence[Token]) -> list[PlaceReading]:
    """Return the readings but for a name right before a city far from it: "capitol hill seattle" is a part of Seattle."""
    quarters = {
        one.start
        for one, city in pairwise(found)
        if city.start == one.end
        and not tokens[one.end - 1].gap
        and max(one.strength, city.strength) < WITH_STATE
        and {one.place.kind, city.place.kind} == {PlaceKind.CITY}
        and city.place.population >= LARGE_TOWN
        and great_circle_miles(one.place.point, city.place.point) > NEIGHBOURS
    }
    return [reading for reading in found if reading.start not in quarters]


def _chains(meant: Sequence[PlaceReading], tokens: Sequence[Token]) -> list[list[PlaceReading]]:
    """Return the readings in order, those together between which nothing but an "or", a comma or a slash stands."""
    chains: list[list[PlaceReading]] = []
    for reading in meant:
        if chains and _are_joined(tokens, chains[-1][-1], reading):
            chains[-1].append(reading)
        else:
            chains.append([reading])
    return chains


def _are_joined(tokens: Sequence[Token], one: PlaceReading, other: PlaceReading) -> bool:
    between = [token.word for token in tokens[one.end : other.start]]
    if not between:  # "in the spring, peoria il": what is told in another way is no list
        return not _LISTING.isdisjoint(tokens[one.end - 1].gap) and one.strength == other.strength
    return not cue.JOINING.isdisjoint(between) and all(
        word in cue.JOINING or word in cue.NEAR_CUES or word in _MAYBE for word in between
    )


def _near_each_other(chain: list[PlaceReading], tokens: Sequence[Token], reader: PlaceReader) -> list[PlaceReading]:
    """Return places that are named in one breath as the namesakes that lie near each other: "akron or canton" is in Ohio.

    Beside a state a name that a state bears means the state: "new york or new jersey".
    """
    if any(reading.place.kind is PlaceKind.STATE for reading in chain):
        return [_as_state(reading) for reading in chain]
    read = [chain[0]]
    for reading in chain[1:]:
        one, other = min(
            ((one, other) for one in _namesakes(read[-1], tokens, reader) for other in _namesakes(reading, tokens, reader)),
            key=lambda pair: min(max(great_circle_miles(pair[0].point, pair[1].point), NEIGHBOURS), STRANGERS),
        )
        if len(read) == 1:
            read[0] = _read_as(read[0], one)
        read.append(_read_as(reading, other))
    return read


def _namesakes(reading: PlaceReading, tokens: Sequence[Token], reader: PlaceReader) -> list[Place]:
    """Return what a name may mean beside another: its best known bearer first, then others that are hardly smaller."""
    best = reading.place
    if reading.strength >= WITH_STATE or best.kind is not PlaceKind.CITY:
        return [best]
    found = reader.find(tuple(token.word for token in tokens[reading.start : reading.end]), "")
    return [best, *(place for place in found if place != best and place.population * KNOWN_BESIDE >= best.population)]


def _as_state(reading: PlaceReading) -> PlaceReading:
    states = (place for place in reading.alternatives if place.kind is PlaceKind.STATE)
    return reading if reading.strength >= WITH_STATE else _read_as(reading, next(states, reading.place))


def _read_as(reading: PlaceReading, place: Place) -> PlaceReading:
    if place == reading.place:
        return reading
    others = (reading.place, *(other for other in reading.alternatives if other != place))
    return replace(reading, place=place, alternatives=others[:MOST_ALTERNATIVES])


def _others(best: PlaceReading, meant: Sequence[PlaceReading], said_with: Sequence[PlaceReading]) -> tuple[Place, ...]:
    """Return the places named besides the best: those joined to it, and those that lie outside its search."""
    place = best.place
    found = {
        reading.place.label: reading.place
        for reading in meant
        if reading.place != place
        and reading.start != best.start
        and not _holds(reading.place, place)
        and (reading in said_with or (_is_certain(reading) and not _reaches(place, reading.place)))
    }
    return tuple(found.values())[:MOST_OTHERS]


def _is_certain(reading: PlaceReading) -> bool:
    """Say whether a place is named that nothing else can be: "in the spring" is no town beside another."""
    large = reading.place.kind is not PlaceKind.CITY or reading.place.population >= LARGE_TOWN
    return reading.strength >= WITH_STATE or (reading.strength == CUED and large) or reading.place.kind is PlaceKind.STATE


def _holds(large: Place, small: Place) -> bool:
    """Say whether a state or county only says where the other place is."""
    if large.kind is PlaceKind.STATE:
        return small.state == large.state
    return large.kind is PlaceKind.COUNTY and (small.state, small.county) == (large.state, large.county)


def _reaches(place: Place, other: Place) -> bool:
    """Say whether a search of one place finds what is in the other."""
    return _holds(place, other) or great_circle_miles(place.point, other.point) <= SEARCHED_TOO


def _town_in(
    best: PlaceReading | None, meant: Sequence[PlaceReading], tokens: Sequence[Token], reader: PlaceReader
) -> PlaceReading | None:
    """Return the town of the state read that is named elsewhere in the text: "medicaid ohio, detox columbus"."""
    if best is None or best.place.kind is not PlaceKind.STATE:
        return None
    for reading in meant:
        if reading.place.kind is PlaceKind.CITY and not reading.place.zip:
            found = reader.find(tuple(token.word for token in tokens[reading.start : reading.end]), best.place.state)
            towns = [place for place in found if place.kind is PlaceKind.CITY]
            if towns:
                return replace(reading, place=towns[0], alternatives=tuple(towns[1 : MOST_ALTERNATIVES + 1]), strength=WITH_STATE)
    return None


def _phrases_of_the_field(words: Sequence[str], vocabulary: Vocabulary) -> list[tuple[int, int]]:
    """Return where the vocabulary's phrases of two and more words stand: "Florida Blue" is an insurer, not a state.

    "Orange County rehab" is rehab in a county, not rehab that a county runs.
    """
    hits = phrase_index(vocabulary).all_in(tuple(words))
    long = (hit for hit in hits if hit.end - hit.start > 1 and not hit.entry.needs_context)
    return [(hit.start, hit.end) for hit in long if hit.start == 0 or words[hit.start] != "county"]


def _words_of_the_field(words: Sequence[str], vocabulary: Vocabulary) -> frozenset[str]:
    """Return the words that mean something here by themselves: "norco" alone is the drug, "in Norco" the town."""
    entries = phrase_index(vocabulary).entries
    return frozenset(word for word in words if (entry := entries.get((word,))) is not None and not entry.needs_context)


def _ruled_out(tokens: Sequence[Token], reading: PlaceReading) -> bool:
    before = [token.word for token in tokens[max(0, reading.start - 3) : reading.start]]
    if before[:1] and "outside" in before[1:] and before[before.index("outside") - 1] in LIVING:
        return False
    if before[-2:] in (
        ["not", "in"],
        ["outside", "of"],
        ["out", "of"],
        ["anywhere", "but"],
        ["fuera", "de"],
        ["no", "en"],
        ["not", "near"],
    ):
        return True
    return before[-1:] in (["not"], ["except"], ["outside"], ["leave"], ["leaving"])
