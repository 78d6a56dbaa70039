"""Care in the few words that fit a card: plain, most telling first. The listing's own page keeps the full labels."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from directory.page import Stated
from directory.web.i18n import gettext as _


def _short_words() -> Mapping[str, str]:
    """Return the words by concept, in the order shown. A narrower concept without words of its own takes its parent's."""
    return {
        "care.detox.hospital": _("Hospital detox"),
        "care.detox.residential": _("Residential detox"),
        "care.detox.outpatient": _("Outpatient detox"),
        "care.detox": _("Detox"),
        "care.hospital_inpatient": _("Hospital inpatient"),
        "care.psych_hospital": _("Psychiatric hospital"),
        "care.residential": _("Residential"),
        "care.inpatient": _("Inpatient"),
        "care.php": _("Day treatment"),
        "care.iop": _("Intensive outpatient"),
        "care.otp": _("Methadone clinic"),
        "care.obot": _("Buprenorphine"),
        "care.moud": _("Medication treatment"),
        "care.outpatient": _("Outpatient"),
        "care.cooccurring": _("Dual diagnosis"),
        "care.mental_health": _("Mental health"),
        "care.sober_living": _("Sober living"),
        "care.crisis_stabilization": _("Crisis stabilization"),
        "care.telehealth": _("Telehealth"),
    }


def short_care(care: Iterable[Stated]) -> list[str]:
    """Return the care of a card in short words, each once; what has no short words is left out.

    Where nothing has short words, as with a group's meeting, the full labels are returned.
    """
    stated = tuple(care)
    words = _short_words()
    found = {_named(concept.id, words) for concept in stated}
    short = [said for concept, said in words.items() if concept in found]
    return short or [concept.label for concept in stated]


def short_label(concept: str, label: str) -> str:
    """Return the short words of exactly this concept, else its label."""
    return _short_words().get(concept, label)


def _named(concept: str, words: Mapping[str, str]) -> str:
    """Return the concept, or the nearest broader one by its id, that has short words; "" when none has."""
    while concept not in words and "." in concept:
        concept = concept.rpartition(".")[0]
    return concept if concept in words else ""
