"""What else a "no" rules out: the other meaning of the 12 steps, the faith that "secular" names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from index.language.concepts import Found
from index.language.word_lists import word_list

TREATMENT: Final = "care.treatment"
_MEETING: Final = "group.twelve_step"
_METHOD: Final = "tx.twelve_step"
_SECULAR: Final = frozenset({"care.secular", "group.secular"})
_FAITH: Final = word_list("negation.faith")
_MEETING_WORDS: Final = ("meeting", "group", "reunion", "grupo", "anonym", "fellow")
_STEPS: Final = frozenset({"12", "twelve", "doce"})
_GROUPS: Final = {"aa": "group.aa", "na": "group.na"}


def also_denied(concept: str, wanted: Sequence[str], said: Sequence[str]) -> tuple[str, ...]:
    """Return what a "no" to a concept rules out with it.

    The meeting and the method share their words: a word among those `said` may tell ("12 step group"); else beside other meetings
    the meetings are meant, beside a kind of care the method, and alone both.
    """
    if concept not in (_MEETING, _METHOD):
        return (concept,)
    if any(word.startswith(_MEETING_WORDS) for word in said):
        return (_MEETING,)
    if any(other.startswith(("group.", "fmt.")) for other in wanted):
        return (_MEETING,)
    if any(other.startswith("care.") for other in wanted):
        return (_METHOD,)
    return (_MEETING, _METHOD)


def ruled_out_by(hit: Found, words: Sequence[str]) -> tuple[str, ...]:
    """Return what a wish for something secular rules out by its own words: "sin religión", "alternative to AA"."""
    if _SECULAR.isdisjoint(hit.concepts):
        return ()
    said = words[hit.start : hit.end]
    found = ["care.faith_based"] * (not _FAITH.isdisjoint(said)) + [_MEETING] * (not _STEPS.isdisjoint(said))
    return (*found, *(_GROUPS[word] for word in said if word in _GROUPS))


def without_treatment(hit: Found) -> Found:
    """Return what a denial of "christian rehab" denies: the faith, not the rehab."""
    if len(hit.concepts) == 1:
        return hit
    return replace(hit, concepts=tuple(concept for concept in hit.concepts if concept != TREATMENT))
