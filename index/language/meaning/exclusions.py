"""What else a "no" rules out, and what it does not: the other meaning of the 12 steps, the faith that "secular" names, and
insurance that somebody does not have, which is a need and no wish."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from index.language.meaning.concepts import Found
from index.language.text.word_lists import word_list

TREATMENT: Final = "care.treatment"
_MEETING: Final = "group.twelve_step"
_METHOD: Final = "tx.twelve_step"
_SECULAR: Final = frozenset({"care.secular", "group.secular"})
_FAITH: Final = word_list("negation.faith")
_MEETING_WORDS: Final = ("meeting", "group", "reunion", "grupo", "anonym", "fellow")
_STEPS: Final = frozenset({"12", "twelve", "doce"})
_VISITS: Final = "care.outpatient"
_STAYING: Final = "care.inpatient"
_UNINSURED: Final = "pay.uninsured"
_INSURANCE: Final = frozenset({"insurance", "coverage", "seguro", "aseguranza", "cobertura"})
_NOT_HAVING: Final = frozenset({"no", "without", "sin", "dont", "not"})
_OR: Final = frozenset({"or", "nor", "ni", "o"})
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
    """Return what a wish rules out by its own words: "sin religión", "alternative to AA", "sin internamiento"."""
    if _VISITS in hit.concepts and words[hit.start] in _NOT_HAVING:
        return (_STAYING,)
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


def insured_by_nothing(kept: Sequence[Found], unwanted: Sequence[Found], words: Sequence[str]) -> tuple[list[Found], list[Found]]:
    """Return what is wanted and not, where payers that are denied are payers that somebody does not have.

    "Without Medicaid or insurance" needs care for the uninsured; it rules no place out because that place takes Medicaid.
    """
    payers = [hit for hit in unwanted if _pays(hit)]
    bare = [hit for hit in payers if not _INSURANCE.isdisjoint(words[hit.start : hit.end])]
    if bare and len(payers) > 1:
        kept = [*kept, replace(bare[0], concepts=(_UNINSURED,))]
    if not any(_UNINSURED in hit.concepts for hit in kept):
        return list(kept), list(unwanted)
    missing = _missing_too(kept, words)
    return [hit for hit in kept if hit.start not in missing], [hit for hit in unwanted if not _pays(hit)]


def _pays(hit: Found) -> bool:
    return all(concept.startswith("pay.") for concept in hit.concepts)


def _missing_too(kept: Sequence[Found], words: Sequence[str]) -> set[int]:
    """Return where payers stand that follow "without insurance or": they are missing as well."""
    missing: set[int] = set()
    ends = {hit.end for hit in kept if _UNINSURED in hit.concepts and words[hit.start] in _NOT_HAVING}
    for hit in sorted(kept, key=lambda hit: hit.start):
        if _pays(hit) and hit.start - 1 in ends and words[hit.start - 1] in _OR:
            missing.add(hit.start)
            ends.add(hit.end)
    return missing
