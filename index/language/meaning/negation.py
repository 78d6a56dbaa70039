"""What a person rules out: how far a "no" or "without" reaches, and the phrases that only look like one."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import cache
from importlib.resources import files
from typing import Final, NamedTuple

from index.language.signals.word_patterns import Labelled, PatternIndex, read_patterns
from index.language.text.normalise import Token
from index.language.text.word_lists import word_list

_TURNS: Final = frozenset({"and", "but", "it", "they", "that", "which", "just", "really", "y", "pero", "eso"})
_MOST_TURNS: Final = 3  # words between what was tried and what is said of it
_ANOTHERS: Final = frozenset(
    {("doesnt", "want"), ("does", "not", "want"), ("no", "quiere"), ("doesnt", "want", "to"), ("does", "not", "want", "to")}
)
_WEARY: Final = "~"
_UNABLE: Final = frozenset({"cant", "cannot", "couldnt", "unable", "impossible", "hard", "barely", "puedo", "puede"})
_SOMEBODY: Final = frozenset({"i", "im", "he", "she", "hes", "shes"})
_UNABLE_BEFORE: Final = 5  # words
_WITHOUT: Final = frozenset({"without", "sin"})
_HARMLESS_AFTER: Final = word_list("negation.harmless")
_CARRIES_ON: Final = word_list("negation.joins")
_STOPS: Final = word_list("negation.stops")
_BETWEEN: Final = word_list("negation.between")
_BARE: Final = frozenset({"no", "without", "sin", "non", "never", "ni"})
LONGEST_DISMISSAL: Final = 8  # words
LONGEST_GAP: Final = 3  # plain words between the "no" and what it denies


class Negator(NamedTuple):
    """Words of denial, `start` to `end` (exclusive); `weary` ones deny care and methods, never a drug or an illness."""

    start: int
    end: int
    weary: bool


@cache
def _patterns(section: str) -> PatternIndex:
    text = files("index.language.meaning").joinpath("negation_patterns.txt").read_text(encoding="utf-8")
    return PatternIndex([Labelled(section, mark, steps) for mark, steps in read_patterns(text)[section]])


def negators(tokens: Sequence[Token]) -> list[Negator]:
    """Return where words of denial stand, in order of the text."""
    words = [token.word for token in tokens]
    found: list[Negator] = []
    position = 0
    while position < len(words):
        negator = _longest(words, position)
        if negator is None or _denies_nothing(words, negator):
            position += 1
            continue
        if ends := [end for _, end in _patterns("nothing").at(words, position)]:  # "dont want my parents to know"
            position = max(ends)
            continue
        found.append(negator)
        position = negator.end
    return found


def _longest(words: Sequence[str], start: int) -> Negator | None:
    patterns = _patterns("before")
    if not patterns.may_begin(words[start]):
        return None
    said = [(end, pattern.mark != _WEARY) for pattern, end in patterns.at(words, start)]
    if not said:
        return None
    end, firm = max(said)
    return Negator(start, end, not firm)


def _denies_nothing(words: Sequence[str], negator: Negator) -> bool:
    said, behind = words[negator.start : negator.end], words[negator.end :]
    return (bool(behind) and behind[0] in _HARMLESS_AFTER) or _refuses_help(said, behind)


def _refuses_help(negator: Sequence[str], behind: Sequence[str]) -> bool:
    """Say whether somebody else will not go: "my son doesn't want to go to rehab" asks how to help him, not for no rehab."""
    if tuple(negator) not in _ANOTHERS:
        return False
    return tuple(behind[:2]) in {("to", "go"), ("to", "get")} or behind[:1] in (
        ["ir"],
        ["help"],
        ["treatment"],
        ["ayuda"],
        ["rehab"],
    )


def denied(
    tokens: Sequence[Token], spans: Sequence[tuple[int, int]], told: Collection[int] = (), suffered: Collection[int] = ()
) -> set[int]:
    """Return which of the spans (sorted, not overlapping) a denial reaches: the next one, and those joined to it.

    "not 12 step or religious, outpatient" denies the first two. A sentence's end, a comma or a word of wanting ends its reach;
    a "no" among the words `told` of a crisis ("not breathing after heroin") denies nothing. `suffered` are the numbers of spans
    that somebody suffers from: nobody who is tired of them, or cannot live without them, rules them out.
    """
    reached = {number for number, (_, end) in enumerate(spans) if number not in suffered and _dismissed(tokens, end)}
    taken = {position for start, end in spans for position in range(start, end)}
    for start, end, weary in negators(tokens):
        if start in taken or start in told:
            continue
        spared = suffered if weary or _needs_it(tokens, start) else ()
        inside = {number for number, (begin, _) in enumerate(spans) if start < begin < end}
        if inside:  # "don't have medicaid", where "have medicaid" is a phrase of its own
            reached |= inside - set(spared)
            continue
        strict = end == start + 1 and tokens[start].word in _BARE
        reached |= _reach(tokens, spans, end, strict=strict) - set(spared)
    return reached


def _needs_it(tokens: Sequence[Token], start: int) -> bool:
    """Say whether a "without" tells of a need: "cant sleep without ambien", "without xanax i shake"."""
    before = [token.word for token in tokens[max(0, start - _UNABLE_BEFORE) : start]]
    behind = {token.word for token in tokens[start + 2 : start + 4]}
    needed = not _UNABLE.isdisjoint(before) or before[-2:-1] == ["no"] or not _SOMEBODY.isdisjoint(behind)
    return tokens[start].word in _WITHOUT and needed


def _dismissed(tokens: Sequence[Token], end: int) -> bool:
    words = [token.word for token in tokens[end : end + _MOST_TURNS + LONGEST_DISMISSAL]]
    turns = 0
    while turns < min(_MOST_TURNS, len(words)) and words[turns] in _TURNS:
        turns += 1
    return turns < len(words) and any(True for _ in _patterns("behind").at(words, turns))


def _reach(tokens: Sequence[Token], spans: Sequence[tuple[int, int]], position: int, *, strict: bool) -> set[int]:
    reached: set[int] = set()
    gap = 0
    starts = {start: number for number, (start, _) in enumerate(spans)}
    while position < len(tokens) and gap <= LONGEST_GAP:
        number = starts.get(position)
        if number is not None:
            if tokens[position].word in _BARE:  # "she has nothing, no insurance": two needs
                break
            reached.add(number)
            position = spans[number][1]
            joined = position < len(tokens) and tokens[position].word in _CARRIES_ON
            listed = (
                "," in tokens[position - 1].gap
                and position + 1 < len(tokens)
                and tokens[position].word in {"no", "not", "ni", "or"}
            )
            if not joined and not listed:
                break
            if "," in tokens[position - 1].gap and not listed:
                break
            position += 1
            gap = 0
            continue
        if tokens[position].word in _STOPS or (strict and tokens[position].word not in _BETWEEN):
            break
        if tokens[position].breaks or "," in tokens[position].gap:
            break
        position += 1
        gap += 1
    return reached
