"""Who must be admitted first at places that federal block grants pay for: what staff can say, with the rule it stands in.

The rules bind states and the programs that they fund; whether a place is one, it must say itself. The words are for the desk.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Final

from directory.disclosure import Language, Words

FUNDED: Final = "pay.state_funded"


@dataclass(frozen=True, slots=True)
class Priority:
    """A group that is admitted first, how a search or a listing shows that it is about them, and the words for staff."""

    id: str
    concepts: frozenset[str]
    spoken: re.Pattern[str]
    lead: Words
    words: Words
    rule: str
    rule_url: str


@dataclass(frozen=True, slots=True)
class Prompt:
    """What staff are shown, in one language; `says_it_is_funded` where the listing states that public money pays for it."""

    id: str
    lead: str
    words: str
    rule: str
    rule_url: str
    says_it_is_funded: bool = False


_INJECTS: Final = re.compile(
    r"\binject\w*|\bintravenous\w*|\biv (?:drugs?|meth|heroin|use[rs]?)\b|\bshoot(?:s|ing)? (?:up|it|dope|heroin|meth)\b"
    r"|\bneedles?\b|\bsyringes?\b|\bslamm(?:s|ing)\b|\bse inyecta\w*|\binyecta\w*|\bintravenos\w*|\bjeringas?\b",
    re.IGNORECASE,
)
_PREGNANT: Final = re.compile(r"\bpregnan\w*|\bexpecting a baby\b|\bembaraz\w*|\bencinta\b", re.IGNORECASE)

PRIORITIES: Final = (
    Priority(
        "pregnancy",
        frozenset({"pop.pregnant"}),
        _PREGNANT,
        {
            "en": "Pregnant people come first where a federal block grant pays for the program.",
            "es": "Las embarazadas van primero donde una subvención federal en bloque paga el programa.",
        },
        {
            "en": (
                "A program that is full must send her to the state. The state must find her a place with room or, if there is "
                "none, help in the meantime and a way to prenatal care within 48 hours. "
                "Ask: “Do you get block grant money? She is pregnant and asks for priority admission.”"
            ),
            "es": (
                "Un programa lleno debe enviarla al estado. El estado debe hallarle un lugar o, si no hay ninguno, ayuda "
                "provisional y atención prenatal en 48 horas. "
                "Pregunte: «¿Reciben esa subvención (block grant)? Está embarazada y pide admisión prioritaria»."
            ),
        },
        "45 CFR 96.131",
        "https://www.ecfr.gov/current/title-45/section-96.131",
    ),
    Priority(
        "injection",
        frozenset({"care.harm_reduction", "care.otp"}),
        _INJECTS,
        {
            "en": "People who inject drugs come first, after pregnant people, where a federal block grant pays for the program.",
            "es": "Quienes se inyectan van primero, después de las embarazadas, donde una subvención federal en bloque paga.",
        },
        {
            "en": (
                "They must be admitted within 14 days of asking. If no place is free: help in the meantime within 48 hours, and "
                "admission within 120 days. Ask: “Do you get block grant money? Please note the day of this request.”"
            ),
            "es": (
                "Deben entrar en 14 días desde que lo piden. Si no hay lugar: ayuda provisional en 48 horas y "
                "entrada en 120 días. Pregunte: «¿Reciben esa subvención (block grant)? Anoten el día de esta solicitud»."
            ),
        },
        "45 CFR 96.126, 96.131(a)",
        "https://www.ecfr.gov/current/title-45/section-96.126",
    ),
)


def prompts_for_search(text: str, concepts: Iterable[str], lang: Language) -> tuple[Prompt, ...]:
    """Return what to show with a search, from its words and the concepts they were read as. Nothing of either is kept."""
    asked = frozenset(concepts)
    return tuple(_prompt(one, lang) for one in PRIORITIES if asked & one.concepts or one.spoken.search(text))


def prompts_for_listing(offers: Collection[str], lang: Language) -> tuple[Prompt, ...]:
    """Return what to show with a listing that has a program for one of these groups."""
    stated = frozenset(offers)
    return tuple(_prompt(one, lang, funded=FUNDED in stated) for one in PRIORITIES if stated & one.concepts)


def _prompt(one: Priority, lang: Language, *, funded: bool = False) -> Prompt:
    return Prompt(one.id, one.lead[lang], one.words[lang], one.rule, one.rule_url, funded)
