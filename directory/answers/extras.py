"""What only a page for people needs: filters as links with counts, chips of what was understood, and one-click widenings."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from typing import Final

from directory.answers.snapshot import Snapshot
from directory.asking.planning import MEETING_PREFIXES, leading_kind
from directory.asking.query import SearchQuery
from directory.asking.scope import scope_label
from directory.asking.state_names import place_name
from directory.asking.times import asks_for_a_time
from directory.disclosure import Language, Words
from directory.page import Chip, Extras, FacetOption, FacetView, ResultPage, Widening
from index.geo.places import PlaceKind
from index.language.vocabulary import Vocabulary
from index.listing import ConceptId, Kind
from index.request import DEFAULT_RADIUS_MILES, MAX_RADIUS_MILES
from index.results import Facet

TotalOf = Callable[[SearchQuery], int]
WIDER_RADII: Final = (50.0, 100.0, 250.0)  # miles
FEW: Final = 5  # with fewer results than this, widenings are offered
MOST_WIDENINGS: Final = 4
OPTIONS_SHOWN: Final = 10  # of a filter group; an address costs as much as all else that is said of an option
TIMES: Final = "sched."
MARKER: Final = ConceptId("MARKER")

# The filter headings shown, in this order; single-concept groups are gathered under the heading of their first id part.
_HEADINGS: Final[dict[str, Words]] = {
    "care": {"en": "Kind of care", "es": "Tipo de atención"},
    "payment": {"en": "Ways to pay", "es": "Formas de pago"},
    "medication": {"en": "Medicines", "es": "Medicamentos"},
    "pop": {"en": "Programs for", "es": "Programas para"},
    "fellowship": {"en": "Groups", "es": "Grupos"},
    "fmt": {"en": "Kind of meeting", "es": "Tipo de reunión"},
    "language": {"en": "Languages", "es": "Idiomas"},
    "svc": {"en": "Other services", "es": "Otros servicios"},
    "tx": {"en": "Therapies", "es": "Terapias"},
    "acc": {"en": "Access and rules", "es": "Acceso y reglas"},
}


@lru_cache(maxsize=4096)
def _words(vocabulary: Vocabulary, concept: ConceptId, lang: Language) -> tuple[str, str] | None:
    """Return label and help of a concept that may be a filter, None for any other."""
    if not vocabulary.is_filterable(concept):
        return None
    return vocabulary.label(concept, lang), vocabulary.help(concept, lang)


@lru_cache(maxsize=4096)
def _narrower(vocabulary: Vocabulary, concept: ConceptId) -> frozenset[str]:
    return frozenset(vocabulary.descendants(concept))


@dataclass(frozen=True)
class _Maker:
    page: ResultPage
    snapshot: Snapshot
    total_of: TotalOf
    whole: str = ""

    @cached_property
    def with_marker(self) -> str:
        """The address that adds a filter whose id is `MARKER`: most of a page's hundred addresses differ in that word alone."""
        return self.parts.with_offer(MARKER).url()

    @cached_property
    def stands(self) -> frozenset[ConceptId]:
        """The concepts of the search, in whatever role."""
        return frozenset((*self.parts.offers, *self.parts.leave_out, *self.parts.prefer))

    @property
    def parts(self) -> SearchQuery:
        return self.page.parts

    @property
    def lang(self) -> Language:
        return self.page.lang

    def facets(self) -> Iterator[FacetView]:
        gathered: dict[str, list[Facet]] = {}
        for facet in self.page.facets:
            gathered.setdefault(self._heading_of(facet), []).append(facet)
        for heading, words in _HEADINGS.items():
            facets = gathered.get(heading, [])
            options = [option for facet in facets for option in self._options(facet)]
            if options:
                options.sort()
                not_stated = facets[0].not_stated if facets[0].group == heading else 0
                shown = options if heading == self.whole else options[:OPTIONS_SHOWN]
                views = tuple(self._option(*option) for option in shown)
                yield FacetView(heading, words[self.lang], views, not_stated, len(options) - len(shown))

    def _heading_of(self, facet: Facet) -> str:
        return facet.group if facet.group in _HEADINGS else facet.group.partition(".")[0]

    def _options(self, facet: Facet) -> Iterator[tuple[bool, int, ConceptId]]:
        """Yield what orders the options: those that are on first, then by how many listings state it."""
        vocabulary, offers = self.snapshot.known.vocabulary, self.parts.offers
        for count in facet.counts:
            if _words(vocabulary, count.concept, self.lang) is not None:
                yield count.concept not in offers, -count.count, count.concept

    def _option(self, off: bool, minus_count: int, concept: ConceptId) -> FacetOption:
        label, words = _words(self.snapshot.known.vocabulary, concept, self.lang) or ("", "")
        return FacetOption(concept, label, words, -minus_count, not off, self._switched(concept, selected=not off))

    def _switched(self, concept: ConceptId, *, selected: bool) -> str:
        """Return the address with a filter switched on or off; the kinds that lead stay, whatever the filter usually leads to.

        A broader filter replaces its narrower ones, which would otherwise go on narrowing.
        """
        parts, vocabulary = self.parts, self.snapshot.known.vocabulary
        narrower = _narrower(vocabulary, concept) if parts.offers else frozenset()
        stands = self.stands
        if concept not in stands and stands.isdisjoint(narrower) and not concept.startswith(MEETING_PREFIXES):
            return self.with_marker.replace(MARKER, concept)
        changed = parts.without(concept)
        if not selected:
            changed = replace(changed, offers=(*(offer for offer in changed.offers if offer not in narrower), concept))
        leads = leading_kind(parts)
        return (changed if leading_kind(changed) == leads else replace(changed, kinds=tuple(sorted(leads)))).url()

    def chips(self) -> Iterator[Chip]:
        vocabulary = self.snapshot.known.vocabulary
        roles: tuple[tuple[str, Iterable[ConceptId]], ...] = (
            ("filter", self.parts.offers),
            ("exclude", self.parts.leave_out),
            ("prefer", self.parts.prefer),
        )
        for role, concepts in roles:
            for concept in concepts:
                without = self.parts.without(concept)
                shown = "filter" if role == "prefer" and self._limits(concept) else role
                total = None if shown == "prefer" else self.total_of(without)
                yield Chip(shown, vocabulary.label(concept, self.lang), concept, without.url(), total)
        if self.parts.name:
            without = replace(self.parts, name="", page=1)
            yield Chip("name", self.parts.name, "", without.url(), self.total_of(without))
        if self.parts.has_scope:
            label = scope_label(self.parts.only, self.parts.states, self.lang)
            without = replace(self.parts, only=(), states=(), page=1)
            yield Chip("scope", label, "", without.url(), self.total_of(without))
        if self.parts.not_near:
            without = replace(self.parts, not_near="", page=1)
            yield Chip("not_near", self.parts.not_near, "", without.url(), self.total_of(without))
        if self.page.place and (self.parts.offers or self.parts.name):
            without = replace(self.parts, near="", position=None, radius_miles=None, sort=None, page=1)
            yield Chip("place", place_name(self.page.place, self.lang), "", without.url(), self.total_of(without))

    def _limits(self, wish: ConceptId) -> bool:
        """Tell whether a wish leaves out what does not fit it, as words of time do where meetings lead."""
        return leading_kind(self.parts) == {Kind.MEETING} and asks_for_a_time((wish,))

    def widenings(self) -> Iterator[Widening]:
        if self.page.total >= FEW or self.page.near_me_unanswered or self.parts.is_empty:
            return
        for radius in WIDER_RADII:
            if self.page.radius_miles and radius > self.page.radius_miles:
                yield from self._wider(self._within(radius), replace(self.parts, radius_miles=radius, page=1))
        yield from self._with_fewer_wishes()
        for label, parts in self._without_limits():
            yield from self._wider(label, parts)

    def _with_fewer_wishes(self) -> Iterator[Widening]:
        """Yield the search without each wish; where no single one stands in the way, with each wish alone."""
        spanish, offers = self.lang == "es", self.parts.offers
        labels = [self.snapshot.known.vocabulary.label(concept, self.lang) for concept in offers]
        fewer = [
            widening
            for concept, label in zip(offers, labels, strict=True)
            for widening in self._wider(f"Sin «{label}»" if spanish else f"Without “{label}”", self.parts.without(concept))
        ]
        if not fewer and len(offers) > 1:
            fewer = [
                widening
                for concept, label in zip(offers, labels, strict=True)
                for widening in self._wider(
                    f"Solo «{label}»" if spanish else f"Only “{label}”", replace(self.parts, offers=(concept,), page=1)
                )
            ]
        yield from fewer

    def _without_limits(self) -> Iterator[tuple[str, SearchQuery]]:
        spanish, parts, place = self.lang == "es", replace(self.parts, page=1), self.page.place
        if parts.checked_within_days:
            yield (
                ("Comprobados en cualquier fecha" if spanish else "Checked at any time"),
                replace(parts, checked_within_days=None),
            )
        if any(concept.startswith(TIMES) for concept in (*parts.offers, *parts.prefer)):
            yield ("A cualquier hora" if spanish else "At any time"), _at_any_time(parts)
        if parts.unpaid_only:
            label = "También de estado de pago no confirmado" if spanish else "Payment status not confirmed too"
            yield label, replace(parts, unpaid_only=False)
        if place and place.kind is PlaceKind.COUNTY and parts.radius_miles is None:
            yield self._within(WIDER_RADII[0]), replace(parts, radius_miles=WIDER_RADII[0])
        if parts.name and (parts.near or parts.position):
            anywhere = replace(parts, near="", position=None, radius_miles=None, sort=None)
            yield ("En todo el país" if spanish else "In the whole country"), anywhere

    def _within(self, miles: float) -> str:
        return f"A menos de {miles:g} millas" if self.lang == "es" else f"Within {miles:g} miles"

    def _wider(self, label: str, parts: SearchQuery) -> Iterator[Widening]:
        total = self.total_of(parts)
        if total > self.page.total:
            yield Widening(label, total, parts.url())


def _at_any_time(parts: SearchQuery) -> SearchQuery:
    """Return the search without its words of time."""
    return replace(
        parts,
        offers=tuple(concept for concept in parts.offers if not concept.startswith(TIMES)),
        prefer=tuple(concept for concept in parts.prefer if not concept.startswith(TIMES)),
    )


def extras_of(page: ResultPage, snapshot: Snapshot, total_of: TotalOf, whole: str = "") -> Extras:
    """Return the filters, chips and widenings of a page; `total_of` counts what a changed query would show.

    The filter group `whole` has all its options, every other one the most frequent.
    """
    maker = _Maker(page, snapshot, total_of, whole)
    widenings = tuple(maker.widenings())
    return Extras(facets=tuple(maker.facets()), chips=tuple(maker.chips()), widenings=widenings[:MOST_WIDENINGS])


def radius_choices(current: float | None) -> tuple[float, ...]:
    """Return the radii in miles that a page offers, the current one among them."""
    usual = {5.0, 10.0, DEFAULT_RADIUS_MILES, 50.0, 100.0, 250.0, MAX_RADIUS_MILES}
    return tuple(sorted(usual | ({current} if current else set())))
