"""What the vocabulary is made of: concepts with their words and codes, and the rules that tell the meanings of a term apart."""

from __future__ import annotations

from enum import StrEnum

import msgspec

Terms = tuple[str, ...]


class VocabularyError(ValueError):
    """The vocabulary file contradicts itself; the message names the concept or term."""


class Kind(StrEnum):
    """What sort of thing a concept is; apart from its facet group."""

    CARE = "care"
    SUBSTANCE = "substance"
    BEHAVIORAL = "behavioral"
    MEDICATION = "medication"
    THERAPY = "therapy"
    CONDITION = "condition"
    POPULATION = "population"
    PAYMENT = "payment"
    LANGUAGE = "language"
    ACCESS = "access"
    SCHEDULE = "schedule"
    MEETING_FORMAT = "meeting_format"
    SERVICE = "service"
    MUTUAL_HELP = "mutual_help"
    HELPLINE = "helpline"
    CRISIS = "crisis"


class Tier(StrEnum):
    """How urgent a crisis concept is: an emergency, a crisis line first, or a notice above the results."""

    EMERGENCY = "911"
    LIFELINE = "988"
    URGENT = "urgent"


class Withdrawal(StrEnum):
    """What stopping suddenly can do (vocabulary section 3)."""

    LIFE_THREATENING = "life-threatening"
    SERIOUS = "serious"
    SUICIDALITY_WATCH = "suicidality-watch"
    UNCOMFORTABLE = "uncomfortable"
    MINIMAL = "minimal"
    UNKNOWN = "unknown"


class Concept(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One thing a person can ask for.

    `label` and `help` may be shown as they are; `street`, `misspellings` and many synonyms are input only. Same `group` =
    alternatives of one filter; "none" never filters. `samhsa_codes` are the codes that name this concept and no other;
    `samhsa_codes_accepts` those among them that say only "accepts" (rank below a program *for* the group);
    `samhsa_codes_related` is weaker evidence: it may raise a rank, never filter.
    """

    id: str
    kind: Kind
    group: str
    label: str
    label_es: str
    parent: str | None = None
    help: str = ""
    help_es: str = ""
    synonyms: Terms = ()
    synonyms_es: Terms = ()
    abbreviations: Terms = ()
    street: Terms = ()
    misspellings: Terms = ()
    needs_context: Terms = ()
    implies: Terms = ()
    samhsa_codes: Terms = ()
    samhsa_codes_negative: Terms = ()
    samhsa_codes_accepts: Terms = ()
    samhsa_codes_related: Terms = ()
    meeting_types: Terms = ()
    withdrawal_risk: Withdrawal | None = None
    tier: Tier | None = None
    resources: Terms = ()
    asam: Terms = ()
    state: str | None = None
    day: int | None = None
    url: str | None = None

    @property
    def terms(self) -> Terms:
        """Return every word or phrase a person may type for it, labels left out."""
        return (*self.synonyms, *self.synonyms_es, *self.abbreviations, *self.street, *self.misspellings)


class UnmappedCode(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A federal service code that names no concept: kept and shown by its own label, never dropped."""

    code: str
    label: str


class Condition(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """When one reading of a term holds; every stated part must hold.

    `after` and `before` are words directly beside the term, `beside` within three words, `anywhere` in the text; `kinds` are id
    prefixes of other concepts found; `upper` wants capitals; `alone` the whole text; `context` another domain word.
    """

    after: Terms = ()
    before: Terms = ()
    beside: Terms = ()
    anywhere: Terms = ()
    kinds: Terms = ()
    upper: bool = False
    alone: bool = False
    context: bool = False
    language: str | None = None


class Reading(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One meaning of a term: concepts in order of weight (none: the term means nothing here), and when."""

    concepts: Terms
    when: Condition = Condition()
    unless: Condition | None = None


class TermRule(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """How a term with several meanings is read: the first reading that holds; none holds, the term stays a plain word."""

    terms: Terms
    readings: tuple[Reading, ...]


class VocabularyFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The vocabulary as its file holds it, not yet checked against itself."""

    concepts: tuple[Concept, ...]
    codes_without_concept: tuple[UnmappedCode, ...]
    no_fuzzy_groups: tuple[Terms, ...]
    readings: tuple[TermRule, ...]
