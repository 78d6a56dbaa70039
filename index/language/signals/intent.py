"""What kind of answer a text asks for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Final

from index.language.signals.word_patterns import Labelled, PatternIndex, read_patterns
from index.language.text.word_lists import word_list


class Intent(StrEnum):
    """The kinds of answer; a text that asks for none of them has no intent."""

    FIND_FACILITY = "find-facility"
    FIND_MEETING = "find-meeting"
    HELPLINE = "helpline"
    PROVIDER_NAME = "provider-name"
    CRISIS = "crisis"
    INFO = "info"


LONGEST_QUESTION: Final = 16  # words; in a longer story a question is one of many things said
# First words of questions that are answered with yes or no, and what follows them where they are no question.
_ASKING: Final = frozenset({"is", "are", "does", "do", "did", "can", "could", "will", "would", "should", "am"})
_NO_SUBJECT: Final = word_list("question.no_subject")
_ELSEWHERE: Final = word_list("scope.elsewhere")
_OTHER_DOCTORS: Final = word_list("scope.other_doctors")
_DOCTORS: Final = word_list("scope.doctors")
_ILLNESSES: Final = word_list("scope.illnesses")
_TAUGHT: Final = frozenset({"med.naloxone", "svc.suicide_prevention"})  # what people learn to do for others
_TEACHING: Final = frozenset(
    {"training", "trainings", "trained", "class", "classes", "course", "courses", "workshop", "taller", "curso", "clase"}
)


@dataclass(frozen=True, slots=True)
class Asked:
    """What an intent is judged by: the words, the concepts wanted and those ruled out, and what else was read."""

    words: Sequence[str]
    wanted: Sequence[str]
    ruled_out: Sequence[str]
    in_danger: bool
    named: bool
    placed: bool


@cache
def _questions() -> PatternIndex:
    sections = read_patterns(files("index.language.signals").joinpath("question_patterns.txt").read_text(encoding="utf-8"))
    return PatternIndex([Labelled(label, mark, steps) for label, found in sections.items() for mark, steps in found])


def asks_for_information(words: Sequence[str], *, placed: bool = False) -> bool:
    """Say whether the text asks what something is or does, not where to find it; with a place only the plainest questions do."""
    asked = {question.label for question, _, _ in _questions().find(words)}
    if "knowing" in asked and (len(words) <= LONGEST_QUESTION or not (placed or "finding" in asked)):
        return True
    return not placed and "finding" not in asked and ("info" in asked or _begins_as_question(words))


def _begins_as_question(words: Sequence[str]) -> bool:
    """Say whether the first word asks for a yes or no: "are benzos opioids", but not "is on heroin"."""
    first, behind = words[0], words[1] if len(words) > 1 else ""
    return first in _ASKING and behind not in _NO_SUBJECT


def intent_of(asked: Asked) -> Intent | None:
    """Return the kind of answer asked for; danger first, then names, lines, questions, meetings, places."""
    meanings = [concept for concept in asked.wanted if not concept.startswith(("crisis.", "fmt.proximity"))]
    if asked.in_danger:
        return Intent.CRISIS
    if asked.named:
        return Intent.PROVIDER_NAME
    if any(concept.startswith("help.") for concept in meanings):
        return Intent.HELPLINE
    if meanings and _is_information(asked, meanings):
        return Intent.INFO
    if any(_is_meeting(concept) for concept in meanings):
        return Intent.FIND_MEETING
    if not meanings and is_of_another_doctor(asked.words):
        return Intent.INFO
    elsewhere = not _ELSEWHERE.isdisjoint(asked.words)  # "liquor store open now": a time alone asks for nothing of this field
    asks = any(not (elsewhere and concept.startswith(("sched.", "fmt."))) for concept in meanings)
    if asks or asked.ruled_out or (asked.placed and not elsewhere):
        return Intent.FIND_FACILITY
    return None


def is_of_another_doctor(words: Sequence[str]) -> bool:
    """Say whether a doctor of another field is looked for: "epilepsy doctor" is answered with a pointer."""
    if not _OTHER_DOCTORS.isdisjoint(words):
        return True
    return not _DOCTORS.isdisjoint(words) and not _ILLNESSES.isdisjoint(words)


def _is_meeting(concept: str) -> bool:
    return concept.startswith("group.") or (
        concept.startswith("fmt.") and concept not in {"fmt.online", "fmt.in_person", "fmt.phone"}
    )


def _is_information(asked: Asked, meanings: Sequence[str]) -> bool:
    if not asked.placed and (
        "svc.overdose_education" in meanings or (not _TAUGHT.isdisjoint(meanings) and not _TEACHING.isdisjoint(asked.words))
    ):
        return True
    return asks_for_information(asked.words, placed=asked.placed)
