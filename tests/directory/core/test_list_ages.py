"""Lists of meetings grow old: after a year nobody is sent to one of their meetings tonight."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest
from small_directory import DENVER, SmallDirectory, directory_over, line, names, place, program, publisher_of, settings_of, source

from directory import create_app
from directory.answers.cards import CardMaker, PlacesOfNumber
from directory.asking.list_ages import age_sentences, day_of, may_have_changed
from directory.asking.query import SearchQuery
from directory.feeds.importing import run_import
from directory.site.meetings.lists import Elsewhere, Finder, Finders
from directory.sources.records import PROVIDERS_SCHEMA, ListingRecord, PaymentTerms, ProvidersFile
from directory.store import Store, open_store
from directory.store.facts import DisclosureRecords
from directory.web import current
from index.engine.whoosh_engine import WhooshEngine
from index.language.vocabulary import Vocabulary
from index.listing import ConceptId, Kind, Listing, ListingId, Program, Session, SourceRef

# Saturday 21 November 2026, 18:30 in Denver.
EVENING = datetime(2026, 11, 22, 1, 30, tzinfo=UTC)
SEVEN = Session(weekday=5, start_minute=19 * 60, end_minute=20 * 60)
LISTS = {"fresh": "2026-11-01", "autumn": "2026-07-01", "old": "2025-11-20", "undated": ""}


def of(**stated: Any) -> SourceRef:
    return SourceRef(name="list", title="List", key="1", **stated)


@pytest.fixture(scope="module")
def lists(tmp_path_factory: pytest.TempPathFactory) -> SmallDirectory:
    """One meeting this evening from each of four lists of different ages."""
    home: Path = tmp_path_factory.mktemp("ages")
    store = open_store(settings_of(home))
    records = [
        place(
            f"{name.title()} Group", DENVER, number=number, programs=(program(name, "group.na", schedule=(SEVEN,), source=name),)
        )
        for number, name in enumerate(LISTS, 130)
    ]
    return _published(store, home, [msgspec.structs.replace(record, kind=Kind.MEETING) for record in records])


def _published(store: Store, home: Path, held: Iterable[ListingRecord]) -> SmallDirectory:
    store.migrate()
    file = ProvidersFile(
        schema=PROVIDERS_SCHEMA,
        sources=(
            source("county", PaymentTerms.NOT_PAID),
            *(msgspec.structs.replace(source(name, PaymentTerms.NOT_PAID), edition=day) for name, day in LISTS.items()),
        ),
        answered_by=(),
        listings=tuple(msgspec.Raw(msgspec.json.encode(record)) for record in held),
    )
    (home / "lists.json").write_bytes(msgspec.json.encode(file))
    run_import(store, "providers", str(home / "lists.json"), now=EVENING)
    publisher_of(store, home).publish()
    return directory_over(WhooshEngine(home / "index"), store, home)


def search(lists: SmallDirectory, words: str, lang: Any = "en"):
    return lists.lookup.search(SearchQuery(text=words, lang=lang), now=EVENING)


class TestTonight:
    def test_a_list_over_a_year_old_leaves_it(self, lists):
        """One without a date may be new, and says that it may have changed."""
        assert set(names(search(lists, "NA tonight denver").rows)) == {"Fresh Group", "Autumn Group", "Undated Group"}

    @pytest.mark.parametrize("how", ["offers", "prefer"])
    def test_an_address_may_ask_for_it_in_either_way(self, lists, how):
        """No list states that a meeting is tonight: as a filter it means the hours, too."""
        wanted = (ConceptId("sched.tonight"),)
        query = SearchQuery(near="Denver, CO", kinds=(Kind.MEETING,), **{how: wanted})
        assert lists.lookup.search(query, now=EVENING).total == 3

    def test_it_can_be_taken_away(self, lists):
        """It leaves meetings out, so it is no mere wish that others follow."""
        page = search(lists, "NA tonight denver")
        (chip,) = [one for one in lists.lookup.extras(page, now=EVENING).chips if one.id == "sched.tonight"]
        assert (chip.role, chip.total) == ("filter", 4)

    def test_its_counts_move_with_the_hour(self, lists):
        """Also where the address asks, and no words were read."""
        na, tonight = (ConceptId("group.na"),), (ConceptId("sched.tonight"),)
        page = lists.lookup.search(SearchQuery(near="Denver, CO", kinds=(Kind.MEETING,), offers=na, prefer=tonight), now=EVENING)
        later = EVENING + timedelta(hours=3)
        totals = [lists.lookup.extras(page, now=now).chips[0].total for now in (EVENING, later)]
        assert totals == [3, 0]

    @pytest.mark.parametrize(
        ("lang", "said"),
        [
            ("en", "Left out: 1 meeting of lists that are over a year old. Take the time away to see them."),
            ("es", "No se muestra 1 reunión de listas con más de un año. Quite la hora para verlas."),
        ],
    )
    def test_what_is_left_out_is_said(self, lists, lang, said):
        assert search(lists, "NA tonight denver", lang).remarks == (said,)

    @pytest.mark.parametrize("words", ["NA denver", "NA saturday denver"])
    def test_without_the_hour_it_is_found(self, lists, words):
        """A weekday leaves time to ask the group first."""
        page = search(lists, words)
        assert "Old Group" in names(page.rows)
        assert page.remarks == ()

    def test_what_was_taken_down_is_not_counted(self, lists):
        lists.take_down("Old Group")
        try:
            assert search(lists, "NA tonight denver").remarks == ()
        finally:
            lists.forget_changes()


class TestTheDay:
    @pytest.mark.parametrize(
        ("edition", "day"),
        [
            ("2026-10-02", date(2026, 10, 2)),
            ("2026-02", date(2026, 2, 28)),
            ("2026-12", date(2026, 12, 31)),
            ("2024", date(2024, 12, 31)),
            ("2026-13", None),
            ("spring", None),
        ],
    )
    def test_an_edition_is_as_old_as_its_last_day(self, edition, day):
        assert day_of(of(edition=edition)) == day

    def test_the_day_of_fetching_counts_where_there_is_no_edition(self):
        assert day_of(of(retrieved_on=date(2026, 11, 1))) == date(2026, 11, 1)

    @pytest.mark.parametrize(("day", "old"), [(date(2026, 8, 24), False), (date(2026, 8, 23), True)])
    def test_after_ninety_days_it_may_have_changed(self, day, old):
        assert may_have_changed(of(edition=day.isoformat()), date(2026, 11, 22)) is old


class TestWhatIsSaidOfIt:
    """A reader is told what the age of a list means, and whom to ask, before going anywhere."""

    TODAY = date(2026, 11, 22)

    def said(self, edition: str, lang: Any = "en") -> str:
        source = SourceRef(name="list", title="Meeting list of Exampletown NA", key="1", edition=edition)
        return age_sentences(self.meeting(), source, self.TODAY, lang)

    def meeting(self, organization: str = "") -> Listing:
        held = Program(id="one-1", source=of())
        return Listing(id=ListingId("one"), kind=Kind.MEETING, name="One", programs=(held,), organization=organization)

    def test_a_group_s_own_service_body_knows_best(self):
        """The list of a region is kept by people who know few of its groups."""
        said = age_sentences(self.meeting("Exampletown Area"), of(), self.TODAY, "en")
        assert said.endswith("Check with Exampletown Area before you go.")

    def test_the_card_of_a_meeting_says_it_on_the_day_it_is_made_for(self):
        """Every channel takes it from there, with one clock for all."""
        records = DisclosureRecords(1, {}, {}, {})
        notes = []
        for day in (date(2026, 11, 22), date(2027, 5, 22)):
            meeting = self.meeting("Exampletown Area")
            held = Program(id="one-1", source=of(edition="2026-11-01"))
            maker = CardMaker(Vocabulary.load(), records, PlacesOfNumber(lambda _number: ()), day)
            notes.append(maker.make(meeting, held, "en").age_note)
        assert notes[0] == ""
        assert notes[1].endswith("Check with Exampletown Area before you go.")

    def test_nothing_of_a_new_list(self):
        assert self.said("2026-11-01") == ""

    def test_one_without_a_date_may_be_years_old(self):
        assert self.said("") == (
            "This list has no date. It may be years old, and the meeting may be gone. Check with Exampletown NA before you go."
        )

    def test_after_ninety_days_it_may_have_changed(self):
        assert self.said("2026-07-01").startswith("This list is of July 1, 2026 and may have changed. Check with")

    def test_after_a_year_its_meetings_may_be_gone(self):
        assert self.said("2018-03-01").startswith("This list is over a year old, of March 1, 2018. The meeting may be gone.")

    @pytest.mark.parametrize("edition", ["", "2026-07-01", "2018-03-01"])
    def test_in_spanish(self, edition):
        assert self.said(edition, "es").startswith("Esta lista ")
        assert self.said(edition, "es").endswith("Antes de ir, pregunte a Exampletown NA.")


@pytest.fixture(scope="module")
def old(tmp_path_factory: pytest.TempPathFactory) -> SmallDirectory:
    """Two Denver meetings this evening: NA of a list over a year old, AA of a new one; and the line of NA."""
    home: Path = tmp_path_factory.mktemp("old")
    store = open_store(settings_of(home))
    na, aa = (
        place(name, DENVER, number=number, programs=(program(name, group, schedule=(SEVEN,), source=listed),))
        for name, group, number, listed in (("Old Group", "group.na", 140, "old"), ("New Group", "group.aa", 141, "fresh"))
    )
    own_line = msgspec.structs.replace(line("Narcotics Anonymous", "group.na", number=142), website="https://na.example.org/")
    held = (*(msgspec.structs.replace(one, kind=Kind.MEETING) for one in (na, aa)), own_line)
    return _published(store, home, held)


class TestWhereEveryListIsTooOld:
    """A reader who may not be sent to any meeting of ours is sent to the fellowship's own finder."""

    def named(self, old: SmallDirectory, words: str) -> Elsewhere:
        return Finders().where_no_list_is(search(old, words), old.lookup, EVENING)

    def test_its_own_finder_is_named(self, old):
        found = self.named(old, "NA tonight denver")
        assert found == Elsewhere((Finder("Narcotics Anonymous", "https://na.example.org/"),), lists_too_old=True)

    def test_the_page_says_why(self, old):
        application = create_app(lookup=old.lookup)
        application.config[current.CLOCK] = lambda: EVENING
        address = search(old, "NA tonight denver").url
        shown = application.test_client().get(address).text
        assert "Our meeting lists for this area are over a year old. Find today’s meetings at:" in shown
        assert "We have no meeting list here" not in shown

    @pytest.mark.parametrize("words", ["NA saturday denver", "NA denver", "AA tonight denver"])
    def test_a_list_that_answers_is_enough(self, old, words):
        """On a named day an old list still counts, and a new one counts tonight."""
        assert not self.named(old, words)
