"""Safety notices: which readings fire which notice. Deterministic, before the results, in every channel.

In doubt the small notice is shown: a miss costs more than a false alarm. Results always stay below.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from directory.safety.lines import CallLine, CrisisLine, crisis_lines, lines_for
from directory.safety.signals import OPIOID_MEDICINES, STREET_SEDATIVES, Signals
from directory.safety.texts import CARDS, CRISIS_STRIP, CRISIS_STRIP_SHORT, Tone
from index.language.understanding import Understanding
from index.language.vocabulary_file import Tier

__all__ = [
    "CRISIS_STRIP",
    "CRISIS_STRIP_SHORT",
    "CallLine",
    "CrisisLine",
    "Notice",
    "ads_allowed",
    "crisis_lines",
    "lines_for",
    "notices_for",
]

MOST_NOTICES: Final = 2

_TO_988: Final = frozenset(
    {
        "crisis.suicide",
        "crisis.self_harm",
        "crisis.hopeless",
        "crisis.psychosis",
        "crisis.mental_health",
        "crisis.sexual_assault",
        "crisis.trafficking",
        "crisis.child_danger",
    }
)
_UNNAMED_MEDICINE: Final = "sub.prescription_drugs"
_UNDER_18: Final = frozenset(
    {"pop.adolescents", "care.rtc_youth", "tx.multisystemic", "cond.sed", "group.alateen", "group.chips_teen", "pay.chip"}
)


@dataclass(frozen=True, slots=True)
class Notice:
    """One notice in one language: at most three short lines, whom to call, and which searches to offer (concept ids)."""

    id: str
    tone: Tone
    title: str
    lines: tuple[str, ...]
    call_lines: tuple[CallLine, ...]
    see: tuple[str, ...]
    leave_button: bool


def _emergency(signals: Signals) -> bool:
    emergencies = {concept for concept in signals.crisis if signals.vocabulary.concept(concept).tier is Tier.EMERGENCY}
    return bool(emergencies) or "crisis.contaminated_batch" in signals.crisis or bool(signals.ids & {"help.911", "help.poison"})


def _lifeline(signals: Signals) -> bool:
    """Seeing things after stopping is the withdrawal's doing: its own notices come first."""
    seen = signals.crisis - {"crisis.psychosis"} if "crisis.severe_withdrawal" in signals.crisis else signals.crisis
    return (
        bool(seen & _TO_988)
        or bool(signals.ids & {"help.988", "help.veterans_crisis", "help.crisis_text", "help.trevor"})
        or signals.suicide
    )


def _pregnancy(signals: Signals) -> bool:
    return "pop.pregnant" in signals.ids and (
        signals.opioid or signals.benzodiazepine or "sub.alcohol" in signals.ids or bool(signals.ids & OPIOID_MEDICINES)
    )


def _seizure_medicine(signals: Signals) -> bool:
    if "crisis.seizure" in signals.crisis or not signals.says("seizures"):
        return False
    return signals.benzodiazepine or "sub.gabapentinoids" in signals.closed or signals.for_seizures


def _street_sedative(signals: Signals) -> bool:
    return bool(signals.ids & STREET_SEDATIVES) or (signals.benzodiazepine and signals.from_the_street)


def _prescribed_sedative(signals: Signals) -> bool:
    if signals.benzodiazepine:
        return not signals.from_the_street
    stopped = "crisis.abrupt_stop" in signals.crisis or signals.asks_about_stopping
    named = any(concept.startswith("sub.") and concept != _UNNAMED_MEDICINE for concept in signals.ids)
    return stopped and not named and not signals.opioid


def _alcohol(signals: Signals) -> bool:
    if "sub.alcohol" not in signals.closed:
        return False
    return signals.detox or signals.says("stopping") or signals.daily


def _opioid(signals: Signals) -> bool:
    if not signals.opioid:
        return False
    care = {
        "care.treatment",
        "care.inpatient",
        "care.detox",
        "cond.withdrawal",
        "tx.relapse_prevention",
        "care.taper",
        "crisis.abrupt_stop",
    }
    return bool(signals.closed & care) or signals.says("stopping", "returning")


_RULES: Final[Mapping[str, Callable[[Signals], bool]]] = {
    "emergency-911": _emergency,
    "partner-violence": lambda signals: bool(signals.ids & {"crisis.domestic_violence", "help.dv"}),
    "sexual-assault": lambda signals: bool(signals.ids & {"crisis.sexual_assault", "help.rainn"}),
    "child-danger": lambda signals: bool(signals.ids & {"crisis.child_danger", "help.childhelp"}),
    "crisis-988": _lifeline,
    "pregnancy": _pregnancy,
    "withdrawal-medetomidine": lambda signals: "sub.medetomidine" in signals.ids,
    "withdrawal-sedative": _street_sedative,
    "seizure-medicine": _seizure_medicine,
    "withdrawal-prescribed-sedative": _prescribed_sedative,
    "withdrawal-alcohol": _alcohol,
    "opioid-tolerance": _opioid,
}


def notices_for(understanding: Understanding, lang: str) -> tuple[Notice, ...]:
    """Return the notices that a reading fires, most urgent first, at most two."""
    signals = Signals(understanding)
    fired = [notice_id for notice_id in CARDS if _RULES[notice_id](signals)]
    return tuple(_notice(notice_id, lang) for notice_id in fired[:MOST_NOTICES])


def _notice(notice_id: str, lang: str) -> Notice:
    card = CARDS[notice_id]
    text = card.es if lang == "es" else card.en
    return Notice(notice_id, card.tone, text.title, text.lines, lines_for(card.lines, lang), card.see, card.leave_button)


def ads_allowed(understanding: Understanding, notices: tuple[Notice, ...]) -> bool:
    """Say whether an advertisement may stand: not beside a crisis, withdrawal, opioid, pregnancy or under-18 signal."""
    signals = Signals(understanding)
    if notices or understanding.crisis or signals.crisis:
        return False
    if signals.closed & {
        "sub.opioids",
        "care.moud",
        "med.naloxone",
        "cond.withdrawal",
        "care.detox",
        "care.taper",
        "pop.pregnant",
        "cond.nas",
    }:
        return False
    return not signals.closed & _UNDER_18
