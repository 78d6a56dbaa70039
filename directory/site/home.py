"""What the home page offers: examples, kinds of care and groups for families, each only where the loaded data answers it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Final

from directory.asking.query import SearchQuery
from directory.web.i18n import gettext as _
from index.geo.places import UnknownPlace
from index.listing import ConceptId, Kind
from index.results import GenerationInfo

if TYPE_CHECKING:
    from directory.disclosure import Language
    from directory.lookup import Lookup

EXAMPLES_SHOWN: Final = 4
ENOUGH: Final = 2  # listings that an example must find
STARTS_KEPT: Final = 4  # two languages of two generations

Words = Callable[[], str]


@dataclass(frozen=True, slots=True)
class Start:
    """A way into the directory: its words, its address, and how many listings it shows."""

    label: str
    url: str
    total: int
    help: str = ""


@dataclass(frozen=True, slots=True)
class HomePage:
    """What the home page shows of one generation in one language."""

    examples: tuple[Start, ...]
    kinds: tuple[Start, ...]
    family: tuple[Start, ...]
    info: GenerationInfo


def _examples() -> tuple[tuple[str, tuple[str, ...], str], ...]:
    """Return candidates: words, concepts, place. More than are shown, because a small copy answers only some."""
    return (
        (_("Detox near Denver, CO"), ("care.detox",), "Denver, CO"),
        (_("Outpatient care that takes Medicaid near Phoenix, AZ"), ("care.outpatient", "pay.medicaid"), "Phoenix, AZ"),
        (_("Residential treatment near Nashville, TN"), ("care.residential",), "Nashville, TN"),
        (_("Treatment in Spanish near Miami, FL"), ("lang.spanish",), "Miami, FL"),
        (_("Medication treatment near Boston, MA"), ("care.moud",), "Boston, MA"),
        (_("Detox near Los Angeles, CA"), ("care.detox",), "Los Angeles, CA"),
        (_("Outpatient care near Chicago, IL"), ("care.outpatient",), "Chicago, IL"),
        (_("Detox in Alaska"), ("care.detox",), "Alaska"),
    )


def _kinds() -> tuple[tuple[str, str, SearchQuery], ...]:
    """Return the kinds of care: words, plain help, search."""
    return (
        (_("Detox"), _("Stopping safely, with medical help, over some days."), _care("care.detox")),
        (_("Inpatient or residential"), _("You stay there day and night, for weeks or months."), _care("care.inpatient")),
        (_("Day treatment"), _("Most of the day at the clinic; nights at home."), _care("care.php")),
        (_("Intensive outpatient"), _("Several visits a week; you live at home."), _care("care.iop")),
        (_("Outpatient"), _("A visit now and then: counseling, medicine, or both."), _care("care.outpatient")),
        (_("Medication treatment"), _("Medicine for opioid or alcohol use, such as buprenorphine."), _care("care.moud")),
        (_("Dual diagnosis"), _("Care for substance use and mental health together."), _care("care.cooccurring")),
        (_("Sober living"), _("A shared home where nobody drinks or uses."), _care("care.sober_living")),
        (
            _("Groups and meetings"),
            _("People who have been there, free, near you or online."),
            SearchQuery(kinds=(Kind.MEETING,)),
        ),
        (_("Lines to call"), _("Someone to talk to who can tell you what is near."), SearchQuery(kinds=(Kind.HELPLINE,))),
    )


def _family() -> tuple[tuple[str, str, SearchQuery], ...]:
    return (
        (_("Al-Anon and Alateen: families of people who drink"), "", _group("group.alanon")),
        (_("Nar-Anon: families of people who use drugs"), "", _group("group.naranon")),
        (_("Families Anonymous"), "", _group("group.fa")),
        (_("PAL: parents of adults who drink or use drugs"), "", _group("group.pal")),
        (_("Places with a program for family members"), "", _care("pop.family_members")),
    )


def _group(concept: str) -> SearchQuery:
    """Return the search for the organization of a group: its own line and meeting finder."""
    return SearchQuery(offers=(ConceptId(concept),), kinds=(Kind.HELPLINE,))


def _care(concept: str) -> SearchQuery:
    return SearchQuery(offers=(ConceptId(concept),))


class HomePages:
    """Makes and keeps the home page of each generation and language: a few dozen counts, once."""

    def __init__(self) -> None:
        self._kept: dict[tuple[str, int, str], HomePage] = {}

    def page(self, lookup: Lookup, lang: Language, now: datetime) -> HomePage:
        """Return what home shows now."""
        status = lookup.status()
        key = (status.info.name, status.disclosure_version, lang)
        if key not in self._kept:
            if len(self._kept) >= STARTS_KEPT:
                self._kept.clear()
            self._kept[key] = _Counter(lookup, lang, now).page(status.info)
        return self._kept[key]


@dataclass(frozen=True, slots=True)
class _Counter:
    lookup: Lookup
    lang: Language
    now: datetime

    def page(self, info: GenerationInfo) -> HomePage:
        examples = ((label, "", self._example(concepts, near)) for label, concepts, near in _examples())
        return HomePage(
            examples=tuple(self._starts(examples, ENOUGH))[:EXAMPLES_SHOWN],
            kinds=tuple(self._starts(_kinds(), 1)),
            family=tuple(self._starts(_family(), 1)),
            info=info,
        )

    def _example(self, concepts: tuple[str, ...], near: str) -> SearchQuery:
        return SearchQuery(offers=tuple(ConceptId(concept) for concept in concepts), near=near)

    def _starts(self, candidates: Iterable[tuple[str, str, SearchQuery]], enough: int) -> Iterator[Start]:
        for label, words, query in candidates:
            total = self._total(query)
            if total >= enough:
                yield Start(label, query.url(), total, words)

    def _total(self, query: SearchQuery) -> int:
        try:
            return self.lookup.search(query, now=self.now).total
        except UnknownPlace:  # a gazetteer of fewer places
            return 0
