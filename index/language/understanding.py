"""From free text to what is asked for: concepts, exclusions, a place, a time, leftover words, corrections, danger.

Pure and deterministic: the same text, vocabulary, places and names give the same reading; nothing is fetched or remembered.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from index.geo.places import Place
from index.language.concepts import Found, read_concepts
from index.language.crisis import crisis_signs, most_urgent
from index.language.filler import FILLER
from index.language.intent import Asked, Intent, intent_of
from index.language.language_guess import guess_language
from index.language.named import looks_like_a_name, name_in
from index.language.names import NameIndex, NameMatch
from index.language.negation import denied, negators
from index.language.normalise import READ_LIMIT, Token, clean, tokenise
from index.language.numbers import RadiusReading, phone_number, radius, street_address
from index.language.place_reading import BARE, PlaceReading, Places
from index.language.roles import Role, role_of
from index.language.spelling import everyday_words, speller
from index.language.vocabulary import Tier, Vocabulary
from index.language.where import Where, place_reader, read_places
from index.language.words import Correction, Words, read_words

NEAR_ME: Final = "fmt.proximity_walk"
SHORTEST_NUMBER: Final = 4  # digits; shorter numbers are ages, counts and hours
LONGEST_KEYWORDS: Final = 7  # words; a longer text is a sentence
OVERLAP: Final = 200  # characters read twice where the text is cut, so that no sign of danger is cut in two
# A "no" to the one is a "no" to the other: the meeting and the method share their words.
ALSO_DENIED: Final = {
    "group.twelve_step": ("tx.twelve_step",),
    "tx.twelve_step": ("group.twelve_step",),
}
CRISIS_LINES: Final = frozenset(
    {"help.911", "help.988", "help.veterans_crisis", "help.crisis_text", "help.trevor", "help.dv", "help.rainn", "help.poison"}
)
ACUTE: Final = frozenset({"crisis.domestic_violence", "crisis.child_danger", "crisis.trafficking"})
_CRISIS_CARE: Final = ("care.crisis", "care.mobile_crisis", "care.psych_hospital")
# Somebody who names one of these asks for help of a kind: "need help now" is then urgency, not a plea.
_ASKED_FOR: Final = ("care.", "sub.", "med.", "pay.", "group.", "tx.", "lang.", "svc.", "cond.", "help.", "beh.")


@dataclass(frozen=True, slots=True)
class ConceptMatch:
    """A concept that was read, the words that said it, the misspelling they were read from, and what it does."""

    id: str
    matched: str
    corrected_from: str | None
    role: Role


@dataclass(frozen=True, slots=True)
class Understanding:
    """What a text asks for. Ids in `excluded` never stand in `concepts`; `residual` are words for names and full text.

    `words` are all folded words read, misspellings replaced: for rules on words (safety notices), never to be shown.
    """

    text: str
    language: str
    concepts: tuple[ConceptMatch, ...] = ()
    excluded: tuple[ConceptMatch, ...] = ()
    place: PlaceReading | None = None
    place_excluded: Place | None = None
    near_me: bool = False
    radius: RadiusReading | None = None
    time: tuple[str, ...] = ()
    residual: tuple[str, ...] = ()
    corrections: tuple[Correction, ...] = ()
    intent: Intent | None = None
    crisis: str | None = None
    name: NameMatch | None = None
    words: tuple[str, ...] = ()
    phone: str | None = None

    def ids(self, *roles: Role) -> tuple[str, ...]:
        """Return the concepts read, in order of the text; only those of the roles given, if any are."""
        return tuple(match.id for match in self.concepts if not roles or match.role in roles)


def understand(text: str, *, vocabulary: Vocabulary, places: Places, names: NameIndex, lang: str = "en") -> Understanding:
    """Read what a person typed. The crisis pass looks at all of it, everything else at the first 2,000 characters."""
    cleaned = clean(text)
    phone = phone_number(cleaned)
    tokens = tokenise(cleaned[:READ_LIMIT])
    language = guess_language([token.word for token in tokens], lang)
    if phone is not None or not tokens:
        return Understanding(text, language, phone=phone, intent=Intent.PROVIDER_NAME if phone else None)
    return _Reader(text, cleaned, tokens, vocabulary, places, names, language).read()


class _Reader:
    """One reading of one text: each step takes words that later steps leave alone."""

    def __init__(
        self,
        text: str,
        cleaned: str,
        tokens: tuple[Token, ...],
        vocabulary: Vocabulary,
        places: Places,
        names: NameIndex,
        language: str,
    ) -> None:
        self.text, self.cleaned, self.tokens = text, cleaned, tokens
        self.vocabulary, self.places, self.names, self.language = vocabulary, places, names, language
        self.taken = [False] * len(tokens)

    def read(self) -> Understanding:
        stated = self._take_radius()
        self._take_address()
        words = read_words(self.tokens, self.vocabulary, self._known(), self.language)
        where = read_places(self.tokens, words.read, self.taken, self.vocabulary, self.places)
        where = self._misspelt_place(where, words)
        for start, end in where.spans:
            self._take(start, end)
        free = [not taken for taken in self.taken]
        found = read_concepts(words.read, self.tokens, free, self.vocabulary, self.language)
        crisis = self._crisis(words, found, where)
        return self._put_together(stated, words, where, found, crisis)

    def _take(self, start: int, end: int) -> None:
        self.taken[start:end] = [True] * (end - start)

    def _take_radius(self) -> RadiusReading | None:
        stated = radius(self.tokens)
        if stated is not None:
            self._take(stated.start, stated.end)
        return stated

    def _take_address(self) -> None:
        address = street_address(self.tokens)
        if address is not None:
            self._take(*address)

    def _known(self) -> frozenset[int]:
        """Return the places of words that are nobody's misspelling: towns, and words of names."""
        known = set()
        for place, token in enumerate(self.tokens):
            if len(token.word) >= 5 and token.word not in FILLER and (self.names.knows(token.word) or self._is_town(token.word)):
                known.add(place)
        return frozenset(known)

    def _is_town(self, word: str) -> bool:
        return bool(place_reader(self.places).find((word,)))

    def _misspelt_place(self, where: Where, words: Words) -> Where:
        if where.place is not None:
            return where
        free = [not taken and place not in words.replaced for place, taken in enumerate(self.taken)]
        reading = place_reader(self.places).misspelt(self.tokens, free, self._all_known())
        return where if reading is None else replace(where, place=reading, spans=(*where.spans, (reading.start, reading.end)))

    def _all_known(self) -> frozenset[str] | set[str]:
        return speller(self.vocabulary).known

    def _crisis(self, words: Words, found: Sequence[Found], where: Where) -> dict[str, tuple[int, int]]:
        """Return the crisis concepts of the whole text, also of what lies beyond the words that are read otherwise."""
        asked = any(concept.startswith(_ASKED_FOR) for hit in found for concept in hit.concepts)
        is_plea = not asked and where.place is None
        read = crisis_signs(self.vocabulary).read(words.read, is_plea=is_plea)
        if words.replaced:
            typed = [token.word for token in self.tokens]
            read = crisis_signs(self.vocabulary).read(typed, is_plea=is_plea) | read
        if len(self.cleaned) > READ_LIMIT:
            rest = [token.word for token in tokenise(self.cleaned[READ_LIMIT - OVERLAP :])]
            for concept in crisis_signs(self.vocabulary).read(rest, is_plea=False):
                read.setdefault(concept, (0, 0))
        return read

    def _put_together(
        self, stated: RadiusReading | None, words: Words, where: Where, found: list[Found], crisis: dict[str, tuple[int, int]]
    ) -> Understanding:
        found_spans = [(hit.start, hit.end) for hit in found]
        told = {place for start, end in crisis.values() for place in range(start, min(end, len(self.tokens)))}
        denied_numbers = denied(self.tokens, found_spans, told)
        if crisis:  # "day 3, no alcohol": in danger, a drug that is named is part of what happened
            denied_numbers = {number for number in denied_numbers if not found[number].concepts[0].startswith("sub.")}
        described = {place for hit in found for place in range(hit.start, hit.end)}
        placed = {place for start, end in where.spans for place in range(start, end)}
        rest = [place for place in range(len(self.tokens)) if place not in placed]
        spots = range(where.place.start, where.place.end) if where.place else range(0)
        beside = [spot for spot in range(len(self.tokens)) if spot not in spots]
        name = name_in(self.tokens, beside, self.names, described)
        rest = beside if name is not None else rest
        named = name is not None or (not crisis and looks_like_a_name(self.tokens, rest, described, where.place))
        if name is not None:  # "Adanta Crisis Unit" is a name, not somebody in a crisis
            crisis = {concept: span for concept, span in crisis.items() if concept != "crisis.mental_health"}
        wanted = [] if named else [hit for number, hit in enumerate(found) if number not in denied_numbers]
        unwanted = [] if named else [found[number] for number in sorted(denied_numbers)]
        concepts = self._matches(wanted, words, crisis)
        excluded = self._excluded(unwanted, words, concepts)
        place = None if named and self._is_part_of_name(where, name) else where.place
        lead = self._lead(crisis, concepts)
        ids = [match.id for match in concepts]
        asked = Asked(
            words=words.read,
            wanted=ids,
            ruled_out=[match.id for match in excluded],
            in_danger=self._in_danger(crisis, ids),
            named=named,
            placed=place is not None,
        )
        left = (
            (rest if place else range(len(self.tokens)))
            if named
            else [spot for spot in rest if spot not in described and spot not in told and not self.taken[spot]]
        )
        return Understanding(
            text=self.text,
            language=self.language,
            concepts=tuple(concepts),
            excluded=excluded,
            place=place,
            place_excluded=where.excluded.place if where.excluded else None,
            near_me=NEAR_ME in ids and place is None,
            radius=stated,
            time=tuple(match.id for match in concepts if match.role is Role.TIME),
            residual=self._residual(left, named),
            corrections=self._corrections(words, where),
            intent=intent_of(asked),
            crisis=lead,
            name=name,
            words=words.read,
        )

    def _is_part_of_name(self, where: Where, name: NameMatch | None) -> bool:
        """Say whether the place read is a word of the name: all of a listed name, or a town at the start of one."""
        if where.place is None:
            return True
        if name is not None:
            return len(name.words) >= len([token for token in self.tokens if token.word != "the"])
        return where.place.start == 0 and where.place.strength == BARE

    def _excluded(self, unwanted: Sequence[Found], words: Words, concepts: Sequence[ConceptMatch]) -> tuple[ConceptMatch, ...]:
        wanted = {match.id for match in concepts}
        found = self._matches(unwanted, words, {})
        for match in tuple(found):
            found += [replace(match, id=other, role=role_of(self.vocabulary, other)) for other in ALSO_DENIED.get(match.id, ())]
        return tuple({match.id: match for match in found if match.id not in wanted}.values())

    def _lead(self, crisis: Mapping[str, tuple[int, int]], concepts: Sequence[ConceptMatch]) -> str | None:
        """Return the crisis that leads the page; a crisis line asked for by name leads too."""
        lead = most_urgent(self.vocabulary, list(crisis))
        return lead or next((match.id for match in concepts if match.id in CRISIS_LINES), None)

    def _in_danger(self, crisis: Mapping[str, tuple[int, int]], ids: Sequence[str]) -> bool:
        """Say whether danger is what the text is about; "crisis center" asks for a place, "suicide hotline" for a line."""
        if any(concept in CRISIS_LINES for concept in ids) and not set(crisis) - {"crisis.suicide", "crisis.mental_health"}:
            return False
        if any(concept.startswith(_CRISIS_CARE) for concept in ids):
            crisis = {concept: span for concept, span in crisis.items() if concept != "crisis.mental_health"}
        return any(self.vocabulary.concept(concept).tier is not Tier.URGENT or concept in ACUTE for concept in crisis)

    def _matches(self, found: Sequence[Found], words: Words, crisis: dict[str, tuple[int, int]]) -> list[ConceptMatch]:
        spans = [(hit.start, hit.end, concept) for hit in found for concept in hit.concepts]
        spans += [(start, end, concept) for concept, (start, end) in crisis.items()]
        matches: dict[str, ConceptMatch] = {}
        for start, end, concept in sorted(spans, key=lambda span: span[0]):
            typed = " ".join(self.tokens[place].raw for place in range(start, min(end, len(self.tokens))))
            corrected = typed if any(place in words.replaced for place in range(start, end)) else None
            read = " ".join(words.read[start:end]) if corrected else typed
            matches.setdefault(concept, ConceptMatch(concept, read, corrected, role_of(self.vocabulary, concept)))
        return list(matches.values())

    def _residual(self, spots: Sequence[int], named: bool) -> tuple[str, ...]:
        """Return the words left for names and full text. In a story, everyday words are part of the story."""
        if named:
            return tuple(self.tokens[spot].word for spot in spots)
        negating = {spot for start, end in negators(self.tokens) for spot in range(start, end)}
        ordinary = everyday_words() if len(self.tokens) > LONGEST_KEYWORDS else frozenset()
        left = (self.tokens[spot] for spot in spots if spot not in negating)
        return tuple(token.word for token in left if self._is_left(token, ordinary))

    @staticmethod
    def _is_left(token: Token, ordinary: frozenset[str]) -> bool:
        short_number = token.word.isdigit() and len(token.word) < SHORTEST_NUMBER
        return not short_number and token.word not in FILLER and token.word not in ordinary and not token.gap.startswith(":")

    def _corrections(self, words: Words, where: Where) -> tuple[Correction, ...]:
        found = [Correction(self.tokens[place].raw, words.read[place], "term") for place in words.replaced]
        if where.place is not None and where.place.misspelt is not None:
            found.append(Correction(where.place.misspelt, where.place.place.label, "place"))
        return tuple(found)
