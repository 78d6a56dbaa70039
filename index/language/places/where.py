"""Which of the places in a text is meant, which is ruled out, and whether "near me" was said."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

from index.geo.places import Place, PlaceKind
from index.language.places.place_reading import CUED, MOST_ALTERNATIVES, WITH_STATE, PlaceReader, PlaceReading, Places
from index.language.text.normalise import Token
from index.language.text.word_lists import word_list
from index.language.vocabulary import Vocabulary
from index.language.words.phrases import phrase_index

LONGEST_DENIAL: Final = 3  # words
# Who lives "outside Denver" lives near it; who wants care outside Denver does not want it there.
LIVING: Final = word_list("place.living")


@dataclass(frozen=True, slots=True)
class Where:
    """The place to search, the place ruled out, the words that said so, which words are phrases of this field, and terms."""

    place: PlaceReading | None
    excluded: PlaceReading | None
    spans: tuple[tuple[int, int], ...]
    covered: tuple[bool, ...] = ()
    terms: frozenset[str] = frozenset()

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
    """Return where the text says: the reading best supported by the words around it, the later one when two are equal."""
    covered = [False] * len(tokens)
    for start, end in _phrases_of_the_field(words, vocabulary):
        covered[start:end] = [True] * (end - start)
    terms = _words_of_the_field(words, vocabulary)
    found = place_reader(places).read(tokens, taken, covered, terms)
    excluded = [reading for reading in found if _ruled_out(tokens, reading)]
    meant = [reading for reading in found if reading not in excluded]
    best = max(meant, key=lambda reading: (reading.strength >= CUED, reading.strength, reading.start), default=None)
    best = _town_in(best, meant, tokens, place_reader(places)) or best
    return Where(
        best, excluded[0] if excluded else None, tuple((reading.start, reading.end) for reading in found), tuple(covered), terms
    )


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
