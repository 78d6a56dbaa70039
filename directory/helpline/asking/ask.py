"""The form of the desk as validated values: the words, and what was switched on and off beside them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final
from urllib.parse import parse_qs

from werkzeug.datastructures import MultiDict

from directory.asking.query import Arguments, SearchQuery, parse_query
from directory.disclosure import Language
from directory.numerals import whole_number
from index.language.vocabulary import UnknownConcept, Vocabulary
from index.listing import ConceptId

ROWS: Final = 10  # of an answer; an eye in a hurry takes in no more
MOST_ROWS: Final = 50
AWAY: Final = "away"  # the switch "not in the caller's own town"
MAP: Final = "map"
MILES_SAID: Final = "miles_said"  # by the words of the answer that stands: a radius chosen since then counts more
SAME_WORDS: Final = "asked"  # the words that `parts` were read from: other words make them void


@dataclass(frozen=True, slots=True)
class Ask:
    """What the desk asks. `words` is the search with its text; `parts` one already understood, offered by an earlier answer.

    `on` and `off` are filters that staff switched, against whatever the words say. `away` leaves out the caller's own town;
    `map` draws where the results are. `miles_said` is the radius that the words of the last answer stated.
    """

    words: SearchQuery
    parts: SearchQuery | None = None
    on: tuple[ConceptId, ...] = ()
    off: tuple[ConceptId, ...] = ()
    away: bool = False
    map: bool = False
    miles_said: float | None = None

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing was asked yet."""
        return self.parts is None and self.words.is_empty and not self.on

    def within(self, said: float | None) -> Ask:
        """Return the form for words that state so many miles: what is typed newly counts more than what was chosen before it."""
        newly = said is not None and said != self.miles_said
        return replace(self, words=replace(self.words, radius_miles=None)) if newly else self

    def switched(self, parts: SearchQuery) -> SearchQuery:
        """Return understood parts with the filters of this form on and off."""
        for concept in self.off:
            parts = parts.without(concept)
        for concept in self.on:
            parts = parts.with_offer(concept)
        return parts


def ask_of(form: Arguments, vocabulary: Vocabulary, lang: Language) -> Ask:
    """Return what a form asks. Raises InvalidRequest for a value that cannot be used, TextTooLong for too much text."""
    words = replace(parse_query(_only(form, "q", "radius"), vocabulary, strict=True, lang=lang), per_page=_rows(form))
    ask = Ask(
        words=words,
        parts=_parts(form, vocabulary, lang, words),
        on=_concepts(form, "on", vocabulary),
        off=_concepts(form, "off", vocabulary),
        away=form.get(AWAY) == "1",
        map=form.get(MAP) == "1",
        miles_said=parse_query(MultiDict({"radius": form.get(MILES_SAID) or ""}), vocabulary, strict=True).radius_miles,
    )
    return _switched(ask, (form.get("switch") or "").strip(), vocabulary)


def _only(form: Arguments, *names: str) -> MultiDict[str, str]:
    return MultiDict((name, value) for name in names for value in form.getlist(name))


def _rows(form: Arguments) -> int:
    return min(whole_number(form.get("rows") or "") or ROWS, MOST_ROWS)


def _parts(form: Arguments, vocabulary: Vocabulary, lang: Language, words: SearchQuery) -> SearchQuery | None:
    """Return parts that an answer offered: now, or before and no other words were typed since."""
    same_words = (form.get(SAME_WORDS) or "").strip() == words.text
    stated = form.get("offer") or (form.get("parts") if same_words else "")
    if not stated:
        return None
    read = parse_query(MultiDict(parse_qs(stated)), vocabulary, strict=True, lang=lang)
    return replace(read, page=1, per_page=words.per_page, lang=lang, radius_miles=words.radius_miles or read.radius_miles)


def _concepts(form: Arguments, name: str, vocabulary: Vocabulary) -> tuple[ConceptId, ...]:
    return tuple(dict.fromkeys(known for value in form.getlist(name) for known in _known(value, vocabulary)))


def _known(value: str, vocabulary: Vocabulary) -> tuple[ConceptId, ...]:
    """Return the concept of an id; none for one that is gone since the page was opened."""
    try:
        return (ConceptId(vocabulary.concept(value).id),)
    except UnknownConcept:
        return ()


def _switched(ask: Ask, switch: str, vocabulary: Vocabulary) -> Ask:
    """Return the form after one more switch: "away", "map", or "+" or "-" before the id of a filter that goes on or off."""
    if switch == AWAY:
        return replace(ask, away=not ask.away)
    if switch == MAP:
        return replace(ask, map=not ask.map)
    for concept in _known(switch[1:], vocabulary):
        on = tuple(one for one in ask.on if one != concept)
        off = tuple(one for one in ask.off if one != concept)
        return replace(ask, on=(*on, concept), off=off) if switch[0] == "+" else replace(ask, on=on, off=(*off, concept))
    return ask
