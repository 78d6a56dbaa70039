"""Places side by side: for each fact what each place says, and what none of them says anything about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from directory.disclosure import Language
from directory.page import ListingPage
from directory.site.parts.short_words import short_label
from index.language.vocabulary import Vocabulary
from index.listing import Answer, ConceptId, Listing, Program

# What callers weigh, in the order in which they ask.
COMPARED: Final = tuple(
    ConceptId(concept)
    for concept in (
        *("care.detox", "care.residential", "care.outpatient", "care.iop", "care.moud", "care.cooccurring", "care.telehealth"),
        *("med.methadone", "med.buprenorphine", "med.naltrexone", "acc.accepts_moud"),
        *("pay.medicaid", "pay.medicare", "pay.private", "pay.sliding_scale", "pay.free", "pay.self_pay", "pay.tricare"),
        *("pop.pregnant", "pop.women", "pop.men", "pop.adolescents", "pop.parents_children", "pop.veterans"),
        *("lang.spanish", "lang.asl", "acc.transport", "acc.childcare", "acc.wheelchair"),
    )
)


@dataclass(frozen=True, slots=True)
class Cell:
    """What one place says of one fact; `programs` names those that say yes where the others of the place do not."""

    said: Answer
    programs: str = ""


@dataclass(frozen=True, slots=True)
class ComparedFact:
    """One fact with a cell for each place, in the order of the list."""

    label: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """The facts of which some place says something, and the labels of those of which none does."""

    facts: tuple[ComparedFact, ...]
    unsaid: tuple[str, ...]


def comparison(pages: Sequence[ListingPage], vocabulary: Vocabulary, lang: Language) -> Comparison:
    """Return what the places say, fact by fact. "Not stated" is never "no"."""
    said: list[ComparedFact] = []
    unsaid: list[str] = []
    for concept in COMPARED:
        label = short_label(concept, vocabulary.label(concept, lang))
        cells = tuple(_cell(page.listing, concept, vocabulary) for page in pages)
        if any(cell.said is not Answer.UNKNOWN for cell in cells):
            said.append(ComparedFact(label, cells))
        else:
            unsaid.append(label)
    return Comparison(tuple(said), tuple(unsaid))


def _cell(listing: Listing, concept: ConceptId, vocabulary: Vocabulary) -> Cell:
    """Return what a place says; where only some of its programs offer it they are named, for one must not speak for another."""
    saying = [program for program in listing.programs if _states(program, concept, vocabulary)]
    if saying and len(saying) == len(listing.programs):
        return Cell(Answer.YES)
    if saying:
        return Cell(Answer.YES, ", ".join(dict.fromkeys(program.name or program.source.title for program in saying)))
    denied = any(concept in program.denies for program in listing.programs)
    return Cell(Answer.NO if denied else Answer.UNKNOWN)


def _states(program: Program, concept: ConceptId, vocabulary: Vocabulary) -> bool:
    return concept in vocabulary.closed_upward(program.offers)
