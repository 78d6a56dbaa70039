"""What a reading says that matters for safety: the facts that the rules of the notices look at."""

from __future__ import annotations

from functools import cached_property
from typing import Final

from index.language.text.word_lists import word_list
from index.language.understanding import Understanding
from index.language.vocabulary import Vocabulary

STREET_SEDATIVES: Final = frozenset({"sub.designer_benzos", "sub.flunitrazepam", "sub.ghb", "sub.phenibut"})
OPIOID_MEDICINES: Final = frozenset(
    {"med.methadone", "med.buprenorphine", "med.buprenorphine_naloxone", "med.buprenorphine_xr", "care.otp", "care.obot"}
)
SUICIDE_TITLES: Final = frozenset({"squad", "silence", "door", "doors", "girls", "machine", "king", "gene", "run"})
TAKING: Final = frozenset({"take", "takes", "taking", "taken", "took", "on", "prescribed", "toma", "tomo", "tomando", "tomar"})
TAKEN_FOR_SEIZURES: Final = tuple(
    f" {way} {what}"
    for way in ("for", "for my", "for his", "for her", "for their", "para", "para las", "para sus", "para mis")
    for what in ("seizure", "seizures", "epilepsy", "convulsion", "epilepsia")
)
HALTING: Final = frozenset(
    {"stop", "stopped", "stopping", "quit", "quitting", "taper", "tapering", "suddenly", "dejar", "parar", "suspender"}
)
ASKING: Final = frozenset(
    {"can", "could", "should", "safe", "dangerous", "how", "ok", "okay", "bad", "puedo", "puede", "debo", "seguro", "peligroso"}
)
DAILY_PHRASES: Final = (
    *("every day", "each day", "all day", "every night", "every morning", "in the morning", "first thing", "a day", "per day"),
    *("day and night", "a night", "since morning", "morning to night", "wake up and drink", "non stop", "nonstop"),
    *("todos los dias", "cada dia", "todas las noches", "todo el dia", "por dia", "al dia", "desde la manana", "cada noche"),
)


class Signals:
    """What a reading says that matters for safety."""

    def __init__(self, read: Understanding) -> None:
        self.read = read
        self.ids = frozenset(read.ids())
        self.vocabulary = Vocabulary.load()

    @cached_property
    def words(self) -> frozenset[str]:
        """The folded words of the text, misspellings replaced."""
        return frozenset(self.read.words)

    @cached_property
    def running(self) -> str:
        """The words as running text."""
        return f" {' '.join(self.read.words)} "

    @cached_property
    def closed(self) -> frozenset[str]:
        """All concepts said, ruled out or not, with their broader ones."""
        return self.vocabulary.closed_upward(self.ids | frozenset(match.id for match in self.read.excluded))

    @cached_property
    def crisis(self) -> frozenset[str]:
        """The crisis concepts."""
        return frozenset(concept for concept in self.ids if concept.startswith("crisis."))

    def says(self, *lists: str) -> bool:
        """Say whether a word of the lists was typed."""
        return any(not self.words.isdisjoint(word_list(f"safety.{name}")) for name in lists)

    @property
    def suicide(self) -> bool:
        """Whether suicide is spoken of at all, also as prevention or grief; titles and doors are not."""
        words = self.read.words
        if "svc.suicide_prevention" in self.closed:
            return True
        behind = (*words[1:], "")
        return any(word.startswith("suicid") and other not in SUICIDE_TITLES for word, other in zip(words, behind, strict=False))

    @property
    def daily(self) -> bool:
        """Whether something is said to happen every day."""
        return self.says("daily") or any(f" {phrase} " in self.running for phrase in DAILY_PHRASES)

    @property
    def detox(self) -> bool:
        """Whether detox, withdrawal or a sudden stop is the subject."""
        return bool(self.closed & {"care.detox", "cond.withdrawal", "crisis.abrupt_stop", "crisis.severe_withdrawal"})

    @property
    def benzodiazepine(self) -> bool:
        """Whether a benzodiazepine or barbiturate is named."""
        return bool(self.closed & {"sub.benzodiazepines", "sub.barbiturates"})

    @property
    def opioid(self) -> bool:
        """Whether an opioid is named, or a medicine for opioid addiction that somebody wants to stop."""
        return "sub.opioids" in self.closed or bool(self.ids & OPIOID_MEDICINES and self.detox)

    @property
    def asks_about_stopping(self) -> bool:
        """Whether somebody asks if a medicine that is not named may be stopped: "can i stop my pills"."""
        return self.says("medicines") and not self.words.isdisjoint(HALTING) and not self.words.isdisjoint(ASKING)

    @property
    def from_the_street(self) -> bool:
        """Whether a sedative is a designer one or said to come from the street; a nickname ("k-pins") alone says neither."""
        return bool(self.ids & STREET_SEDATIVES) or self.says("street")

    @property
    def for_seizures(self) -> bool:
        """Whether a medicine against seizures is named, or something is taken for them."""
        taken = not self.words.isdisjoint(TAKING) and any(way in self.running for way in TAKEN_FOR_SEIZURES)
        return taken or self.says("medicines", "against_seizures")
