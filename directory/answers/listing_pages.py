"""A listing's own page: what each program states, how to reach it, how honest the facts are, and what comes next nearby."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from directory.answers.rows import RowMaker
from directory.answers.snapshot import Snapshot
from directory.asking.query import SearchQuery
from directory.disclosure import Language, Words
from directory.page import Card, Group, ListingPage, ProgramView, SourceLine, Stated
from index.geo.distance import Coordinates
from index.listing import ConceptId, Kind, Listing, ListingId, Program
from index.request import Circle, SearchRequest, Selection

NEXT_STEP_MILES: Final = 25.0
NEXT_STEP_ROWS: Final = 3
DETOX: Final = ConceptId("care.detox")

# The order in which a reader asks: what care, for which drug, with which medicine, who it is for, how to pay.
_SECTIONS: Final[tuple[tuple[tuple[str, ...], Words], ...]] = (
    (("care", "group", "fmt"), {"en": "Care", "es": "Atención"}),
    (("sub", "beh", "cond"), {"en": "Substances and conditions", "es": "Sustancias y problemas de salud"}),
    (("med",), {"en": "Medicines", "es": "Medicamentos"}),
    (("pop",), {"en": "Programs for", "es": "Programas para"}),
    (("pay",), {"en": "Ways to pay, as reported", "es": "Formas de pago, según lo informado"}),
    (("tx",), {"en": "Therapies", "es": "Terapias"}),
    (("svc",), {"en": "Other services", "es": "Otros servicios"}),
    (("lang",), {"en": "Languages", "es": "Idiomas"}),
    (("acc",), {"en": "Access and rules", "es": "Acceso y reglas"}),
)

# What comes after detox: care that keeps a person safe when the old dose has become too much (SAMHSA TIP 63).
_AFTER_DETOX: Final[tuple[tuple[str, str, Words], ...]] = (
    ("care.residential", "facility", {"en": "Residential care nearby", "es": "Atención residencial cercana"}),
    ("care.iop", "facility", {"en": "Intensive outpatient nearby", "es": "Tratamiento ambulatorio intensivo cercano"}),
    ("care.moud", "facility", {"en": "Medication treatment nearby", "es": "Tratamiento con medicamentos cercano"}),
    ("", "meeting", {"en": "Support-group meetings nearby", "es": "Reuniones de grupos de apoyo cercanas"}),
)
_SAME_CARE: Final[Words] = {"en": "If not them: the next nearest", "es": "Si no es aquí: los más cercanos"}


@dataclass(frozen=True, slots=True)
class _Pages:
    snapshot: Snapshot
    listing: Listing
    lang: Language
    leaves_here: bool = False

    def program(self, program: Program) -> ProgramView:
        cards = self.snapshot.cards
        offers = cards.stated(program.offers, self.lang)
        source = program.source
        return ProgramView(
            name=program.name,
            groups=tuple(_by_section(offers, self.lang)),
            denies=cards.stated(program.denies, self.lang),
            phones=cards.phone_lines(program.phones, source, self.lang, self.listing.id),
            website=program.website,
            other_codes=self._other_codes(program),
            source=SourceLine(source.title, source.edition, source.retrieved_on, source.checked_on, source.url),
        )

    def _other_codes(self, program: Program) -> tuple[str, ...]:
        """Return what the source states that no concept names, in the source's own words where we know them."""
        labels = {code.code: code.label for code in self.snapshot.known.vocabulary.codes_without_concept}
        return tuple(labels[code] for code in program.source_codes if code in labels)

    def next_steps(self) -> Iterator[Group]:
        if self.listing.lat is None or self.listing.lon is None or self.listing.kind is not Kind.FACILITY:
            return
        if self.leaves_here and self.listing.id in self.snapshot.kept_here:
            return  # what is near it would say where it is
        circle = Circle(Coordinates(self.listing.lat, self.listing.lon), NEXT_STEP_MILES)
        if any(DETOX in self._closed(program) for program in self.listing.programs):
            for concept, kind, label in _AFTER_DETOX:
                yield from self._group(f"next.{concept or kind}", label, circle, (concept,) if concept else (), Kind(kind))
        yield from self._group("next.same", _SAME_CARE, circle, self._main_care(), Kind.FACILITY)

    @property
    def _kept_here(self) -> frozenset[ListingId]:
        return frozenset(self.snapshot.kept_here) if self.leaves_here else frozenset()

    def _closed(self, program: Program) -> frozenset[str]:
        return self.snapshot.known.vocabulary.closed_upward(program.offers)

    def _main_care(self) -> tuple[str, ...]:
        """Return the level of care that this place is most likely sought for."""
        stated = frozenset(concept for program in self.listing.programs for concept in self._closed(program))
        for concept in ("care.detox", "care.otp", "care.residential", "care.inpatient", "care.outpatient", "care.mental_health"):
            if concept in stated:
                return (concept,)
        return ()

    def _group(self, group: str, label: Words, circle: Circle, concepts: tuple[str, ...], kind: Kind) -> Iterator[Group]:
        vocabulary = self.snapshot.known.vocabulary
        offers = tuple(ConceptId(concept) for concept in concepts)
        request = SearchRequest(
            selections=tuple(Selection(vocabulary.group_of(concept), (concept,)) for concept in offers),
            kinds=frozenset({kind}),
            area=circle,
            without_ids=self.snapshot.withdrawn | {self.listing.id} | self._kept_here,
            per_page=NEXT_STEP_ROWS,
            facets=False,
        )
        results = self.snapshot.engine.search(request)
        if results.total:
            parts = SearchQuery(position=circle.centre, offers=offers, kinds=(kind,), lang=self.lang)
            rows = RowMaker(self.snapshot, parts, request, None).rows(results)
            yield Group(group, label[self.lang], results.total, rows, parts.url())


def listing_page(listing: Listing, snapshot: Snapshot, lang: Language, *, leaves_here: bool = False) -> ListingPage:
    """Return the page of one listing; one that `leaves_here` names nothing that may not be handed on."""
    pages = _Pages(snapshot, listing, lang, leaves_here)
    return ListingPage(
        lang=lang,
        listing=listing,
        card=_whole_card(snapshot, listing, lang),
        programs=tuple(pages.program(program) for program in listing.programs),
        next_steps=tuple(pages.next_steps()),
        notices=(),
        funding=snapshot.funding[lang],
        generation=snapshot.info.name,
    )


def _whole_card(snapshot: Snapshot, listing: Listing, lang: Language) -> Card:
    return snapshot.cards.make(listing, listing.programs[0], lang)


def _by_section(offers: Iterable[Stated], lang: Language) -> Iterator[tuple[str, tuple[Stated, ...]]]:
    stated = tuple(offers)
    for prefixes, heading in _SECTIONS:
        found = tuple(concept for concept in stated if concept.id.partition(".")[0] in prefixes)
        if found:
            yield heading[lang], found
