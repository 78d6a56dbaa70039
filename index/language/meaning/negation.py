"""What a person rules out: how far a "no" or "without" reaches, and the phrases that only look like one."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Final

from index.language.text.normalise import Token
from index.language.text.word_lists import word_list

_NEGATORS: Final = (
    ("anything", "but"),
    ("anywhere", "but"),
    ("not", "interested", "in"),
    ("not", "looking", "for"),
    ("not", "want"),
    ("wont", "do", "anything"),
    ("wont", "do"),
    ("wont", "go", "anywhere"),
    ("doesnt", "want", "anything"),
    ("dont", "want", "anything"),
    ("dont", "want"),
    ("nothing",),
    ("que", "no", "sea"),
    ("que", "no", "sean"),
    ("que", "no", "usen"),
    ("no", "busco"),
    ("do", "not", "want"),
    ("doesnt", "want"),
    ("does", "not", "want"),
    ("didnt", "like"),
    ("dont", "like"),
    ("dont", "need"),
    ("dont", "believe", "in"),
    ("not", "into"),
    ("dont", "have"),
    ("do", "not", "have"),
    ("doesnt", "have"),
    ("dont", "take"),
    ("doesnt", "take"),
    ("doesnt", "accept"),
    ("dont", "accept"),
    ("doesnt", "do"),
    ("doesnt", "use"),
    ("doesnt", "require"),
    ("no", "tengo"),
    ("no", "quiero"),
    ("no", "quiere"),
    ("no", "me", "gusta"),
    ("no", "me", "gustan"),
    ("no", "necesito"),
    ("rather", "than"),
    ("instead", "of"),
    ("other", "than"),
    ("aside", "from"),
    ("besides",),
    ("except",),
    ("excluding",),
    ("exclude",),
    ("without",),
    ("avoid",),
    ("hate",),
    ("not",),
    ("isnt",),
    ("arent",),
    ("never",),
    ("no",),
    ("non",),
    ("minus",),
    ("sin", "tener", "que"),
    ("sin",),
    ("excepto",),
    ("menos",),
    ("nada", "de"),
    ("en", "vez", "de"),
    ("tampoco",),
    ("ni",),
    ("neither",),
    ("nor",),
)
_BY_FIRST: Final = {
    word: [negator for negator in _NEGATORS if negator[0] == word] for word in {negator[0] for negator in _NEGATORS}
}
# What stands behind something that was tried and is ruled out now: "AA isn't for me".
_DISMISSALS: Final = (
    ("isnt", "for", "me"),
    ("is", "not", "for", "me"),
    ("not", "for", "me"),
    ("didnt", "work"),
    ("did", "not", "work"),
    ("doesnt", "work"),
    ("does", "not", "work"),
    ("dont", "work"),
    ("never", "worked"),
    ("isnt", "working"),
    ("no", "funciona"),
    ("no", "me", "funciona"),
    ("no", "me", "funciono"),
    ("no", "es", "para", "mi"),
)
_TURNS: Final = frozenset({"and", "but", "it", "they", "that", "which", "just", "really", "y", "pero", "eso"})
_TURNING: Final = _TURNS | {dismissal[0] for dismissal in _DISMISSALS}
_ANOTHERS: Final = frozenset({("doesnt", "want"), ("does", "not", "want"), ("no", "quiere")})
_HARMLESS_AFTER: Final = word_list("negation.harmless")
_CARRIES_ON: Final = word_list("negation.joins")
_STOPS: Final = word_list("negation.stops")
_BETWEEN: Final = word_list("negation.between")
_BARE: Final = frozenset({"no", "without", "sin", "non", "never", "ni"})
LONGEST_GAP: Final = 3  # plain words between the "no" and what it denies


def negators(tokens: Sequence[Token]) -> list[tuple[int, int]]:
    """Return where words of denial stand, as spans of words (end exclusive)."""
    words = [token.word for token in tokens]
    found: list[tuple[int, int]] = []
    position = 0
    while position < len(words):
        end = _negator(words, position) if words[position] in _BY_FIRST else None
        if end is None or (end < len(words) and words[end] in _HARMLESS_AFTER) or _refuses_help(words[position:end], words[end:]):
            position += 1
            continue
        found.append((position, end))
        position = end
    return found


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


def _negator(words: Sequence[str], start: int) -> int | None:
    for negator in _BY_FIRST[words[start]]:
        if tuple(words[start : start + len(negator)]) == negator:
            return start + len(negator)
    return None


def denied(tokens: Sequence[Token], spans: Sequence[tuple[int, int]], told: Collection[int] = ()) -> set[int]:
    """Return which of the spans (sorted, not overlapping) a denial reaches: the next one, and those joined to it.

    "not 12 step or religious, outpatient" denies the first two. A sentence's end, a comma or a word of wanting ends its reach;
    a "no" among the words `told` of a crisis ("not breathing after heroin") denies nothing.
    """
    reached = {number for number, (_, end) in enumerate(spans) if _dismissed(tokens, end)}
    taken = {position for start, end in spans for position in range(start, end)}
    for start, end in negators(tokens):
        if start in taken or start in told:
            continue
        inside = {number for number, (begin, _) in enumerate(spans) if start < begin < end}
        if inside:  # "don't have medicaid", where "have medicaid" is a phrase of its own
            reached |= inside
            continue
        strict = end == start + 1 and tokens[start].word in _BARE
        reached |= _reach(tokens, spans, end, strict=strict)
    return reached


def _dismissed(tokens: Sequence[Token], end: int) -> bool:
    if end == len(tokens) or tokens[end].word not in _TURNING:
        return False
    while end < len(tokens) and tokens[end].word in _TURNS:
        end += 1
    behind = tuple(token.word for token in tokens[end : end + 4])
    return any(behind[: len(dismissal)] == dismissal for dismissal in _DISMISSALS)


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
