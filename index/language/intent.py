"""What kind of answer a text asks for."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import Final


class Intent(StrEnum):
    """The kinds of answer; a text that asks for none of them has no intent."""

    FIND_FACILITY = "find-facility"
    FIND_MEETING = "find-meeting"
    HELPLINE = "helpline"
    PROVIDER_NAME = "provider-name"
    CRISIS = "crisis"
    INFO = "info"


_QUESTIONS: Final = (
    ("what", "is"),
    ("what", "are"),
    ("whats",),
    ("what", "does"),
    ("what", "do", "they"),
    ("what", "happens"),
    ("what", "to", "expect"),
    ("what", "should"),
    ("how", "long"),
    ("how", "does"),
    ("how", "do"),
    ("how", "much"),
    ("how", "to"),
    ("how", "can"),
    ("how", "many"),
    ("how", "bad"),
    ("how", "is"),
    ("why",),
    ("is", "it"),
    ("can", "you", "die"),
    ("can", "you", "overdose"),
    ("can", "you", "get"),
    ("can", "i", "quit"),
    ("can", "i", "stop"),
    ("can", "i", "mix"),
    ("can", "i", "drink"),
    ("can", "i", "take"),
    ("can", "you", "mix"),
    ("can", "you", "take"),
    ("can", "i", "get", "fired"),
    ("can", "i", "be", "fired"),
    ("will", "i"),
    ("difference",),
    ("versus",),
    ("vs",),
    ("signs", "of"),
    ("symptoms", "of"),
    ("side", "effects"),
    ("meaning", "of"),
    ("define",),
    ("explain",),
    ("explained",),
    ("safe", "to"),
    ("que", "es"),
    ("que", "son"),
    ("cuanto", "dura"),
    ("cuanto", "tiempo"),
    ("cuanto", "cuesta"),
    ("como", "funciona"),
    ("es", "peligroso"),
    ("es", "peligrosa"),
    ("por", "que"),
    ("diferencia",),
    ("que", "pasa"),
    ("sintomas", "de"),
    ("se", "puede"),
    ("puedo", "dejar"),
    ("efectos", "secundarios"),
    ("que", "significa"),
    ("es", "seguro"),
    ("facts",),
    ("statistics",),
    ("timeline",),
    ("alternatives", "to"),
    ("alternative", "to"),
    ("half", "life"),
    ("what", "can", "i", "expect"),
    ("does", "suboxone"),
    ("does", "methadone"),
    ("does", "naltrexone"),
    ("does", "vivitrol"),
    ("does", "narcan"),
    ("does", "medicaid"),
    ("does", "medicare"),
    ("does", "tricare"),
    ("does", "insurance"),
    ("do", "insurance"),
    ("will", "insurance"),
    ("will", "medicaid"),
    ("will", "medicare"),
)
_OPENERS: Final = frozenset({"is", "are", "does", "do", "can", "will", "should", "cubre", "es"})
_FINDING: Final = frozenset(
    [
        "find",
        "looking",
        "look",
        "near",
        "nearest",
        "nearby",
        "closest",
        "where",
        "who",
        "need",
        "needs",
        "accepts",
        "accepting",
        "takes",
        "taking",
        "busco",
        "buscando",
        "donde",
        "necesito",
        "quien",
        "cerca",
        "local",
        "around",
    ]
)
_PREDICATES: Final = frozenset(
    [
        "dangerous",
        "safe",
        "addictive",
        "deadly",
        "fatal",
        "worth",
        "normal",
        "legal",
        "effective",
        "free",
        "enough",
        "cure",
        "curable",
        "hereditary",
        "genetic",
        "necessary",
        "required",
        "covered",
        "cover",
        "bad",
        "harmful",
        "hurt",
        "work",
        "works",
        "help",
        "better",
        "painful",
        "confidential",
        "private",
        "anonymous",
        "pay",
        "pays",
        "peligroso",
        "peligrosa",
        "cubre",
    ]
)


def asks_for_information(words: Sequence[str]) -> bool:
    """Say whether the text asks what something is or does, not where to find it."""
    if not _FINDING.isdisjoint(words):
        return False
    for start in range(len(words)):
        for question in _QUESTIONS:
            if tuple(words[start : start + len(question)]) == question:
                return True
    return (
        bool(words)
        and words[0] in _OPENERS
        and not _PREDICATES.isdisjoint(words)
        and (len(words) < 2 or words[1] not in {"there", "anyone", "any", "anybody", "someone"})
    )


def intent_of(
    words: Sequence[str], concepts: Sequence[str], *, in_danger: bool, named: bool, placed: bool, residual: Sequence[str]
) -> Intent | None:
    """Return the kind of answer asked for; `concepts` include crisis, line and excluded ids."""
    if in_danger:
        return Intent.CRISIS
    if named:
        return Intent.PROVIDER_NAME
    meanings = [concept for concept in concepts if not concept.startswith(("crisis.", "fmt.proximity"))]
    if any(concept.startswith("help.") for concept in meanings) and not any(
        concept.startswith("care.detox") for concept in meanings
    ):
        return Intent.HELPLINE
    if meanings and _is_information(words, meanings):
        return Intent.INFO
    if any(concept.startswith("group.") for concept in meanings) or any(
        concept.startswith("fmt.") and concept not in {"fmt.online", "fmt.in_person", "fmt.phone"} for concept in meanings
    ):
        return Intent.FIND_MEETING
    if meanings or placed:
        return Intent.FIND_FACILITY
    return None


def _is_information(words: Sequence[str], meanings: Sequence[str]) -> bool:
    if asks_for_information(words):
        return True
    return "svc.overdose_education" in meanings or ("med.naloxone" in meanings and "training" in words)
