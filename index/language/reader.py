"""One reading of one text, step by step: each step takes words that later steps leave alone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Final

from index.geo.places import PlaceKind
from index.language.meaning.ages import ages
from index.language.meaning.concepts import Found, is_about_a_body, read_concepts, say_a_need
from index.language.meaning.exclusions import TREATMENT, also_denied, insured_by_nothing, ruled_out_by, without_treatment
from index.language.meaning.negation import denied, negators
from index.language.meaning.roles import Role, role_of
from index.language.names.listed import NameIndex, NameMatch, known_name
from index.language.names.named import looks_like_a_name, made_of_names, name_and_care, name_before, name_holding, name_in
from index.language.places.cues import FIRST_WORDS
from index.language.places.misspelt import Unread, misspelt_places
from index.language.places.numbers import RadiusReading, radius, street_address
from index.language.places.place_reading import BARE, PlaceReading
from index.language.places.places import Places
from index.language.places.unknown import unknown_place
from index.language.places.where import Where, place_reader, read_places
from index.language.reading import ConceptMatch, Understanding
from index.language.signals.crisis import Span, crisis_signs, most_urgent
from index.language.signals.intent import Asked, Intent, intent_of
from index.language.text.normalise import READ_LIMIT, Token, tokenise
from index.language.text.word_lists import word_list
from index.language.vocabulary import Vocabulary
from index.language.vocabulary_file import Tier
from index.language.words.corrections import Correction, read_words
from index.language.words.filler import FILLER
from index.language.words.leftover import left_over
from index.language.words.phrases import phrase_index
from index.language.words.spelling import is_spanish_form, speller

NEAR_ME: Final = "fmt.proximity_walk"
SHORTEST_KNOWN: Final = 4  # letters; shorter words are never corrected
AGE_LINKS: Final = frozenset({"age", "aged", "ages", "who", "that", "is", "are", "of", "from", "like", "my", "under"})
OVERLAP: Final = 200  # characters read twice where the text is cut, so that no sign of danger is cut in two
CRISIS_LINES: Final = frozenset(
    {"help.911", "help.988", "help.veterans_crisis", "help.crisis_text", "help.trevor", "help.dv", "help.rainn", "help.poison"}
)
REHAB: Final = frozenset({"rehab", "rehabs", "rehabilitation", "rehabilitacion", "treatment", "tratamiento"})
GOING_ON: Final = word_list("negation.going_on")
ACUTE: Final = frozenset({"crisis.domestic_violence", "crisis.child_danger", "crisis.trafficking"})
_CRISIS_CARE: Final = ("care.crisis", "care.mobile_crisis", "care.psych_hospital")
_RELAPSING: Final = ("relaps", "recai", "recae", "recay")
# What nobody rules out who is tired of it.
_SUFFERED: Final = ("sub.", "beh.", "cond.", "crisis.", "care.treatment", "care.detox", "pop.", "pay.", "sched.")
# Somebody who names one of these asks for help of a kind: "need help now" is then urgency, not a plea.
_ASKED_FOR: Final = ("care.", "sub.", "med.", "pay.", "group.", "tx.", "lang.", "svc.", "cond.", "help.", "beh.")


class Reader:
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
        """Return what the text asks for."""
        self.radius = self._take_radius()
        self._take_address()
        self.words = read_words(self.tokens, self.vocabulary, self._known(), self.language)
        self.where = self._places()
        self._take_all(self.where.spans)
        free = [not taken for taken in self.taken]
        self.found = self._concepts(free)
        self.described = _inside((hit.start, hit.end) for hit in self.found)
        self.crisis = self._crisis()
        self.name, self.named = self._name()
        return self._put_together(*self._wanted_and_not())

    def _concepts(self, free: list[bool]) -> list[Found]:
        found = read_concepts(self.words.read, self.tokens, free, self.vocabulary, self.language)
        spoken_for = _inside((hit.start, hit.end) for hit in found)
        told = ages(self.tokens, [is_free and spot not in spoken_for for spot, is_free in enumerate(free)])
        found = [hit for hit in found if not any(self._are_of_age(hit, age) for age in told)]
        return sorted([*map(self._with_treatment, found), *told], key=lambda hit: hit.start)

    def _are_of_age(self, hit: Found, age: Found) -> bool:
        """Say whether an age tells that "kids" are who needs care, not who comes along: "takes kids 15 years old"."""
        between = self.words.read[hit.end : age.start]
        return "pop.parents_children" in hit.concepts and age.start >= hit.end and AGE_LINKS.issuperset(between)

    def _with_treatment(self, hit: Found) -> Found:
        """Add treatment where a phrase for whom or how it is paid holds the word: "women's rehab", "state funded treatment"."""
        says = not REHAB.isdisjoint(self.words.read[hit.start : hit.end])
        about = all(
            c.startswith(("pop.", "pay.", "acc.", "care.")) and self.vocabulary.group_of(c) != "care" for c in hit.concepts
        )
        if not says or not about or TREATMENT in hit.concepts:
            return hit
        return replace(hit, concepts=(*hit.concepts, TREATMENT))

    def _places(self) -> Where:
        where = read_places(self.tokens, self.words.read, self.taken, self.vocabulary, self.places)
        return self._misspelt_place(where)

    def _name(self) -> tuple[NameMatch | None, bool]:
        """Return the listed name, and whether the text is a name at all, listed or not."""
        placed = _inside(self.where.spans)
        if self.where.place is not None and self.where.place.misspelt is not None and not self._is_all_care(placed):
            placed = set()
        beside = self._beside_the_place()
        name = name_in(self.tokens, beside, self.names, self.described, placed)
        if name is not None:  # "Adanta Crisis Unit" is a name, not somebody in a crisis
            self.crisis.pop("crisis.mental_health", None)
            return name, True
        rest = [spot for spot in range(len(self.tokens)) if spot not in placed]
        if self.crisis:
            return None, False
        if (before := name_before(self.tokens, self.names, self.described, self._are_a_town)) is not None:
            self.where = self.where.at_end(place_reader(self.places).find, self.tokens, before[1])
            return before[0], True
        if (name := name_and_care(self.tokens, beside, self.names, self.described, placed)) is not None:
            return name, True
        if (name := name_holding(self.tokens, rest, self.names, self.described)) is not None:
            return name, True
        unread = not self.described and self.where.place is None
        name = made_of_names(self.tokens, self.names) if unread else None
        if say_a_need(self.found):
            return name, name is not None
        name = name or known_name(self.tokens)
        meant = (self.described, set(self.words.replaced))
        shaped = looks_like_a_name(self.tokens, rest, meant, self.where.place)
        return name, name is not None or shaped

    def _is_all_care(self, placed: set[int]) -> bool:
        """Say whether all words but a misspelt town describe care: "siattle detox" is no organization."""
        rest = [spot for spot in range(len(self.tokens)) if spot not in placed]
        return any(spot in self.described for spot in rest) and all(
            spot in self.described or self.tokens[spot].word in FILLER for spot in rest
        )

    def _beside_the_place(self) -> list[int]:
        place = self.where.place
        spots = range(place.start, place.end) if place else range(0)
        return [spot for spot in range(len(self.tokens)) if spot not in spots]

    def _wanted_and_not(self) -> tuple[list[ConceptMatch], tuple[ConceptMatch, ...]]:
        """Return the concepts asked for and those ruled out; a name asks for nothing but the name."""
        if self.named:
            return self._matches([], self.crisis), ()
        told = {spot for spot in _inside(self.crisis.values()) if spot < len(self.tokens)} | self.where.ruling_out
        suffered = {number for number, hit in enumerate(self.found) if hit.concepts[0].startswith(_SUFFERED)}
        numbers = denied(self._as_read(), [(hit.start, hit.end) for hit in self.found], told, suffered)
        numbers = {number for number in numbers if not self._goes_on_using(self.found[number])}
        numbers |= {number for number, hit in enumerate(self.found) if hit.denied}
        if self.crisis:  # "day 3, no alcohol": in danger, a drug that is named is part of what happened
            numbers = {number for number in numbers if not self.found[number].concepts[0].startswith("sub.")}
        unwanted = [self.found[number] for number in sorted(numbers)]
        kept = [hit for number, hit in enumerate(self.found) if number not in numbers]
        kept += [replace(hit, concepts=(TREATMENT,)) for hit in unwanted if without_treatment(hit) is not hit]
        kept, unwanted = insured_by_nothing(kept, unwanted, self.words.read)
        concepts = self._matches(kept, self.crisis)
        return concepts, self._excluded(unwanted, kept, concepts)

    def _as_read(self) -> Sequence[Token]:
        """Return the tokens with their words as they were corrected."""
        tokens = list(self.tokens)
        for spot in self.words.replaced:
            tokens[spot] = tokens[spot]._replace(word=self.words.read[spot])
        return tokens

    def _goes_on_using(self, hit: Found) -> bool:
        """Say whether a "no" is said to using, not to care: "I don't want to keep using heroin" looks for help with heroin."""
        if not hit.concepts[0].startswith("sub.") and hit.concepts[0] != "care.treatment":
            return False
        if any(word.startswith(_RELAPSING) for word in self._words_of(hit)):  # "don't want to relapse"
            return True
        return not GOING_ON.isdisjoint(self.words.read[max(0, hit.start - 3) : hit.end])

    def _take(self, start: int, end: int) -> None:
        self.taken[start:end] = [True] * (end - start)

    def _take_all(self, spans: Sequence[Span]) -> None:
        for start, end in spans:
            self._take(start, end)

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
            if (
                len(token.word) >= SHORTEST_KNOWN
                and token.word not in FILLER
                and (self.names.knows(token.word) or self._is_town(token.word))
            ):
                known.add(place)
        return frozenset(known)

    def _is_town(self, word: str) -> bool:
        return bool(place_reader(self.places).find((word,), ""))

    def _are_a_town(self, words: Sequence[str]) -> bool:
        found = place_reader(self.places).find(tuple(words), "")
        return bool(found) and found[0].kind is PlaceKind.CITY

    def _misspelt_place(self, where: Where) -> Where:
        weak = {spot for spot in self.words.guessed if not where.covered[spot] and not self._says_something(spot)}
        spoken_for = (self.words.replaced.keys() - weak) | {spot for spot, covered in enumerate(where.covered) if covered}
        free = [not (taken or spot in spoken_for or self._is_inflected(spot)) for spot, taken in enumerate(self.taken)]
        unsure = frozenset(spot for spot in self.words.guessed - weak if not self.taken[spot])
        reading = misspelt_places(self.places).find(
            Unread(self.tokens, free, unsure, self._all_known(), where.terms, where.place)
        )
        if reading is None:
            return where
        self.words = self.words.as_typed(range(reading.start, reading.end), self.tokens)
        return replace(where, place=reading, spans=(*where.spans, (reading.start, reading.end)))

    def _is_inflected(self, spot: int) -> bool:
        """Say whether a word of a Spanish text is a form of a Spanish word, and so no misspelt town."""
        begins_a_town = spot > 0 and self.tokens[spot - 1].word in FIRST_WORDS  # "los angelas"
        return self.language == "es" and not begins_a_town and is_spanish_form(self.tokens[spot].word)

    def _says_something(self, spot: int) -> bool:
        """Say whether a word as it was corrected means something by itself, and is not Spanish in an English text."""
        word = self.words.read[spot]
        if self.language == "en" and speller(self.vocabulary).is_only_spanish(word):
            return False
        entry = phrase_index(self.vocabulary).entries.get((word,))
        return entry is not None and not entry.needs_context

    def _all_known(self) -> frozenset[str] | set[str]:
        return speller(self.vocabulary).known

    def _crisis(self) -> dict[str, Span]:
        """Return the crisis concepts of the whole text, also of what lies beyond the words that are read otherwise."""
        asked = any(concept.startswith(_ASKED_FOR) for hit in self.found for concept in hit.concepts)
        typed = self.words.typed_around_corrections(self.tokens)
        read = crisis_signs(self.vocabulary).read(self.words.read, typed, is_plea=not asked and self.where.place is None)
        if len(self.cleaned) > READ_LIMIT:
            rest = [token.word for token in tokenise(self.cleaned[READ_LIMIT - OVERLAP :])]
            for concept in crisis_signs(self.vocabulary).read(rest, (), is_plea=False):
                read.setdefault(concept, (0, 0))
        return read

    def _put_together(self, concepts: list[ConceptMatch], excluded: tuple[ConceptMatch, ...]) -> Understanding:
        ids = [match.id for match in concepts]
        place = None if self.named and self._is_part_of_name() else self.where.place
        return Understanding(
            text=self.text,
            language=self.language,
            concepts=tuple(concepts),
            excluded=excluded,
            place=place,
            place_excluded=self.where.excluded.place if self.where.excluded else None,
            other_places=self.where.others if place is self.where.place else (),
            near_me=NEAR_ME in ids and place is None,
            radius=self.radius,
            time=tuple(match.id for match in concepts if match.role is Role.TIME),
            residual=self._residual(place),
            corrections=self._corrections(),
            intent=self._intent(ids, excluded, place),
            crisis=self._lead(concepts),
            name=self.name,
            words=self.words.read,
            unknown_place=self._unknown_place(),
        )

    def _unknown_place(self) -> str:
        """Return the place that is meant and not known; in danger, and beside a place that was read, there is none."""
        if self.named or self.crisis or self.where.excluded is not None:
            return ""
        place = self.where.place
        if place is not None:
            behind_a_name = place.place.kind is PlaceKind.STATE and place.start > 1 and place.misspelt is None
            if not behind_a_name or not self._is_strange(place.start - 1):
                return ""
            name = unknown_place(self.tokens[: place.start], self.taken[: place.start], self._is_strange)
            return f"{name}, {place.place.state}" if name else ""
        taken = [self.taken[spot] or spot in self.described or spot in self.words.replaced for spot in range(len(self.tokens))]
        return unknown_place(self.tokens, taken, self._is_strange)

    def _is_strange(self, spot: int) -> bool:
        word = self.tokens[spot].word
        return word not in self._all_known() and not self.names.knows(word) and not self._is_town(word)

    def _intent(self, ids: list[str], excluded: Sequence[ConceptMatch], place: PlaceReading | None) -> Intent | None:
        ruled_out = [match.id for match in excluded]
        placed = place is not None or self.where.excluded is not None
        elsewhere = not ids and is_about_a_body(self.words.read)
        return intent_of(
            Asked(
                self.words.read,
                ids,
                ruled_out,
                self._in_danger(ids),
                self.named,
                placed and not elsewhere,
            )
        )

    def _is_part_of_name(self) -> bool:
        """Say whether the place read is a word of the name: all of a listed name, or a town at the start of one."""
        if self.where.place is None:
            return True
        place = [token.word for token in self.tokens[self.where.place.start : self.where.place.end]]
        if self.name is not None and self.where.place.start == 0 and list(self.name.words[: len(place)]) == place:
            return True
        if self.name is not None:
            return len(self.name.words) >= len([token for token in self.tokens if token.word != "the"])
        inside = self.where.place.end < len(self.tokens)  # "Hotel California by the Sea"
        return inside or (self.where.place.start == 0 and self.where.place.strength == BARE)

    def _excluded(
        self, unwanted: Sequence[Found], kept: Sequence[Found], concepts: Sequence[ConceptMatch]
    ) -> tuple[ConceptMatch, ...]:
        wanted = [match.id for match in concepts]
        denied_too = [replace(hit, concepts=ruled_out_by(hit, self.words.read)) for hit in kept]
        found = [without_treatment(hit) for hit in unwanted] + [hit for hit in denied_too if hit.concepts]
        said = [
            replace(hit, concepts=tuple(c for one in hit.concepts for c in also_denied(one, wanted, self._words_of(hit))))
            for hit in found
        ]
        return tuple(match for match in self._matches(said, {}) if match.id not in wanted)

    def _words_of(self, hit: Found) -> Sequence[str]:
        return self.words.read[hit.start : hit.end]

    def _lead(self, concepts: Sequence[ConceptMatch]) -> str | None:
        """Return the crisis that leads the page; a crisis line asked for by name leads too."""
        lead = most_urgent(self.vocabulary, list(self.crisis))
        return lead or next((match.id for match in concepts if match.id in CRISIS_LINES), None)

    def _in_danger(self, ids: Sequence[str]) -> bool:
        """Say whether danger is what the text is about; "crisis center" asks for a place, "suicide hotline" for a line."""
        if any(concept in CRISIS_LINES for concept in ids) and not set(self.crisis) - {"crisis.suicide", "crisis.mental_health"}:
            return False
        signs = set(self.crisis)
        if any(concept.startswith(_CRISIS_CARE) for concept in ids):
            signs.discard("crisis.mental_health")
        return any(self.vocabulary.concept(concept).tier is not Tier.URGENT or concept in ACUTE for concept in signs)

    def _matches(self, found: Sequence[Found], crisis: Mapping[str, Span]) -> list[ConceptMatch]:
        spans = [(hit.start, hit.end, concept) for hit in found for concept in hit.concepts]
        spans += [(start, end, concept) for concept, (start, end) in crisis.items()]
        matches: dict[str, ConceptMatch] = {}
        for start, end, concept in sorted(spans, key=lambda span: span[0]):
            typed = " ".join(self.tokens[place].raw for place in range(start, min(end, len(self.tokens))))
            corrected = typed if any(place in self.words.replaced for place in range(start, end)) else None
            read = " ".join(self.words.read[start:end]) if corrected else typed
            matches.setdefault(concept, ConceptMatch(concept, read, corrected, role_of(self.vocabulary, concept)))
        return list(matches.values())

    def _residual(self, place: PlaceReading | None) -> tuple[str, ...]:
        """Return the words left for names and full text. In a story, everyday words are part of the story."""
        if self.named:
            return tuple(self.tokens[spot].word for spot in (self._beside_the_place() if place else range(len(self.tokens))))
        denials = [(negator.start, negator.end) for negator in negators(self.tokens)]
        spoken_for = self.described | _inside(self.crisis.values()) | _inside(denials)
        return left_over(self.tokens, self.words.read, self.taken, spoken_for)

    def _corrections(self) -> tuple[Correction, ...]:
        if self.named:
            return ()
        unsaid, unshown = word_list("spelling.never_shown"), _inside(self.crisis.values())
        spots = (spot for spot in self.words.replaced if not self.taken[spot] and spot not in unshown)
        shown = [spot for spot in spots if self.words.read[spot] not in unsaid and len(self.tokens[spot].word) > 1]
        found = [Correction(self.tokens[spot].raw, self.words.read[spot], "term") for spot in shown]
        place = self.where.place
        if place is not None and place.misspelt is not None:
            found.append(Correction(place.misspelt, place.place.label, "place"))
        return tuple(found)


def _inside(spans: Iterable[Span]) -> set[int]:
    return {spot for start, end in spans for spot in range(start, end)}
