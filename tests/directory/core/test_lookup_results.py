"""Results: rows, groups beyond them, filters with true counts, and money kept out of the order."""

from __future__ import annotations

import random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from small_directory import DENVER, MONUMENT, NOW, RECORDS, SPRINGS, SmallDirectory, names

from directory.disclosure import PaidStatus
from index.engine.oracle import OracleEngine
from index.errors import PageNotFound
from index.listing import ConceptId, Kind
from index.request import Sort


class TestRows:
    def test_a_row_says_why_it_stands_here(self, directory: SmallDirectory):
        """What of the search it states, what it does not say, and how far it is in a straight line."""
        row = directory.search("klonopin detox medicaid", near="80132").rows[0]
        assert row.why[0].startswith("It states: ")
        assert row.why[0].endswith("Medicaid, detox for benzodiazepines, residential detox.")
        assert row.why[-1].endswith("in a straight line from Monument, CO 80132.")

    def test_rows_count_on_over_pages(self, directory: SmallDirectory):
        pages = [directory.search(near="Colorado", per_page=3, page=number) for number in (1, 2, 3)]
        assert [row.position for page in pages for row in page.rows] == list(range(1, 8))
        assert len({name for page in pages for name in names(page.rows)}) == 7

    def test_a_page_past_the_end_is_not_found(self, directory: SmallDirectory):
        """Page 1 of nothing is an answer."""
        assert directory.search(offers=("care.otp",)).total == 0
        with pytest.raises(PageNotFound):
            directory.search(offers=("care.otp",), page=2)
        with pytest.raises(PageNotFound):
            directory.search("detox near me", page=2)

    @pytest.mark.parametrize(
        ("parts", "order"),
        [
            pytest.param({"near": "Denver"}, "best match first, then nearest", id="near"),
            pytest.param({"near": "Denver", "sort": Sort.DISTANCE}, "nearest first", id="distance"),
            pytest.param({"sort": Sort.NAME}, "by name", id="name"),
            pytest.param({"sort": Sort.CHECKED}, "most recently checked first", id="checked"),
            pytest.param({"name": "clinic"}, "best match of your words first", id="words"),
            pytest.param({}, "best match first, then in a random order that changes monthly", id="nothing"),
        ],
    )
    def test_the_page_says_the_order_that_it_used(self, directory: SmallDirectory, parts: dict, order: str):
        assert directory.search(**parts).order == order

    def test_a_number_says_who_answers_before_it_is_called(self, directory: SmallDirectory):
        """What nobody checked is said as plainly as what somebody did."""
        line = directory.search(kinds=(Kind.HELPLINE,), name="national line").rows[0].card.phones[0]
        clinic = directory.search("dogwood clinic").rows[0].card.phones[0]
        reaches, checked = "This number reaches Example Agency: a public agency.", "We checked it on November 1, 2026."
        assert line.statement == f"{reaches} {checked} Hours: 24/7. Cost to you: free. Not stated: who pays for it."
        assert clinic.statement == "Number from The county list 2026. We have not checked who answers."
        assert clinic.shown == "(719) 555-0104"


class TestBeyond:
    def test_groups_stand_on_the_first_page_alone(self, directory: SmallDirectory):
        assert directory.search(near="Colorado", per_page=3).beyond
        assert directory.search(near="Colorado", per_page=3, page=2).beyond == ()

    def test_lines_of_the_asked_state_and_of_the_nation(self, directory: SmallDirectory):
        """A line of another state is not offered, also where only a position is known."""
        for page in (directory.search(near="Denver"), directory.search(position=DENVER)):
            groups = {group.id: names(group.rows) for group in page.beyond}
            assert (groups["statewide"], groups["national"]) == (["Colorado Line"], ["National Line"])

    def test_telehealth_only_when_asked_for_or_nothing_is_near(self, directory: SmallDirectory):
        near = directory.search(near="Colorado Springs")
        none_near = directory.search(near="Durango, CO")
        asked = directory.search("telehealth", near="Denver")
        assert "telehealth" not in [group.id for group in near.beyond]
        assert [names(group.rows) for group in none_near.beyond if group.id == "telehealth"] == [["Dogwood Clinic"]]
        assert [group.total for group in asked.beyond if group.id == "telehealth"] == [1]

    def test_no_screen_stands_for_a_bed_and_the_nearest_ones_are_shown(self, directory: SmallDirectory):
        """However far: in the mountains the only bed may be 200 miles away."""
        groups = {group.id: names(group.rows) for group in directory.search("residential treatment", near="Durango, CO").beyond}
        assert "telehealth" not in groups
        assert groups["nearest"] == ["Cedar House"]

    def test_who_bears_a_name_far_away_is_shown_where_nobody_near_does(self, directory: SmallDirectory):
        """A circle must not say that there is no such place."""
        page = directory.search("cedar house durango co")
        assert (page.total, page.parts.name) == (0, "cedar house")
        assert [names(group.rows) for group in page.beyond if group.id == "nearest_of_name"] == [["Cedar House"]]

    def test_a_name_borne_near_by_needs_no_other(self, directory: SmallDirectory):
        page = directory.search("cedar house colorado springs")
        assert names(page.rows) == ["Cedar House"]
        assert "nearest_of_name" not in [group.id for group in page.beyond]

    def test_lines_of_the_state_lead_a_search_for_lines_there(self, directory: SmallDirectory):
        """Those of the nation stand beyond; in a state without a line of its own they are the answer."""
        page = directory.search(near="Colorado", kinds=(Kind.HELPLINE,))
        assert names(page.rows) == ["Colorado Line"]
        assert {group.id: names(group.rows) for group in page.beyond} == {"national": ["National Line"]}
        assert names(directory.search(near="Ohio", kinds=(Kind.HELPLINE,)).rows) == ["National Line"]

    def test_where_hardly_anybody_states_the_payment_the_others_follow_as_a_group(self, directory: SmallDirectory):
        """What was asked for stays required; the group's address leaves out who states the payment, and shows the same total."""
        page = directory.search("detox medicare denver")
        (group,) = [group for group in page.beyond if group.id == "payment_not_stated"]
        assert (names(page.rows), names(group.rows)) == ([], ["Fir Recovery"])
        assert "not=pay.medicare" in group.url

    def test_an_online_meeting_group_needs_meetings(self, directory: SmallDirectory):
        """Nothing is promised that the loaded data cannot answer: here are no meetings at all."""
        page = directory.search("aa meetings denver")
        assert page.parts.kinds == (Kind.MEETING,)
        assert "online_meetings" not in [group.id for group in page.beyond]


class TestCountsThatAreKept:
    SEARCHES = (
        {"near": "Colorado"},
        {"near": "Colorado", "offers": (ConceptId("care.detox"),)},
        {"near": "Colorado Springs", "offers": (ConceptId("care.detox"), ConceptId("pay.medicaid"))},
        {"near": "Colorado", "offers": (ConceptId("care.detox.residential"),)},
    )

    @pytest.mark.parametrize("parts", SEARCHES)
    def test_a_filter_shows_what_it_promises(self, directory: SmallDirectory, parts: dict):
        """In a group where nothing is chosen yet, the number beside a filter is the total of the page it leads to."""
        page = directory.search(**parts)
        groups = {directory.lookup.vocabulary.group_of(concept) for concept in page.parts.offers}
        for view in directory.extras(page).facets:
            for option in view.options:
                total = directory.follow(option.url).total
                if directory.lookup.vocabulary.group_of(option.id) not in groups:
                    assert (option.id, total) == (option.id, option.count)
                elif not option.selected:
                    assert total >= option.count

    @pytest.mark.parametrize("parts", SEARCHES)
    def test_chips_and_widenings_say_what_they_would_show(self, directory: SmallDirectory, parts: dict):
        page = directory.search(**parts)
        extras = directory.extras(page)
        assert [chip.id for chip in extras.chips if chip.role == "filter"] == list(page.parts.offers)
        for offered in (*extras.chips, *extras.widenings):
            assert directory.follow(offered.url).total == offered.total

    def test_few_results_offer_ways_to_more(self, directory: SmallDirectory):
        """Never widened silently: each way says how many it would show, and shows more."""
        page = directory.search(near="Durango, CO", offers=("care.detox",), radius_miles=25.0)
        widenings = directory.extras(page).widenings
        assert widenings[0].label == "Within 250 miles"
        assert all(widening.total > page.total for widening in widenings)

    def test_where_no_single_wish_stands_in_the_way_each_is_offered_alone(self, directory: SmallDirectory):
        """Leaving out any one of three still finds nothing: a dead end would be no answer."""
        page = directory.search(near="Denver", offers=("care.outpatient", "pay.private", "pop.women"))
        found = {widening.label: widening.total for widening in directory.extras(page).widenings}
        assert page.total == 0
        assert {label: total for label, total in found.items() if label.startswith("Only")} == {
            "Only “Outpatient treatment”": 1,
            "Only “Private insurance”": 1,
        }

    def test_the_wish_that_stands_in_the_way_is_named(self, directory: SmallDirectory):
        page = directory.search(near="Denver", offers=("care.outpatient", "pop.women"))
        labels = [widening.label for widening in directory.extras(page).widenings]
        assert "Without “Women”" in labels
        assert not [label for label in labels if label.startswith("Only")]

    def test_limits_can_be_lifted(self, directory: SmallDirectory):
        """Most sources never say when they checked: a limit on that must be easy to lift."""
        page = directory.search(near="Colorado", checked_within_days=30)
        assert ("Checked at any time", 7) in [(widening.label, widening.total) for widening in directory.extras(page).widenings]

    def test_a_broader_filter_replaces_its_narrower_one(self, directory: SmallDirectory):
        """Otherwise the narrower one would go on narrowing, and the click would do nothing."""
        page = directory.search(near="Colorado", offers=("care.detox.residential",))
        option = next(option for view in directory.extras(page).facets for option in view.options if option.id == "care.detox")
        assert directory.follow(option.url).total == option.count == 4


class TestMoney:
    def test_every_row_has_a_status(self, directory: SmallDirectory):
        """A source that states no terms is unknown, never unpaid."""
        statuses = {row.card.listing.name: row.card.disclosure.paid_status for row in directory.search(near="Colorado").rows}
        assert statuses["Fir Recovery"] is PaidStatus.UNKNOWN
        assert statuses["Cedar House"] is PaidStatus.NOT_PAID

    def test_a_sponsorship_takes_effect_on_the_next_request(self, directory: SmallDirectory):
        """No reindex: the generation stays the same."""
        before = directory.search("cedar house")
        directory.sponsor("Cedar House")
        after = directory.search("cedar house")

        assert after.generation == before.generation
        assert after.rows[0].card.disclosure.paid_status is PaidStatus.PAID
        assert after.rows[0].card.disclosure.payer == "Example Payer"
        assert after.rows[0].card.paid_note == "It stands here because it matches, not because it paid."
        assert (before.paid_count, after.paid_count) == ("None of these places pays us", "1 of 1 pay us")

    def test_a_sponsorship_ends_with_its_last_day(self, directory: SmallDirectory):
        directory.sponsor("Cedar House")
        query = directory.query("cedar house")
        last, next_day = NOW.replace(month=12, day=31), NOW.replace(year=2027, month=1, day=1)
        statuses = [directory.lookup.search(query, now=day).rows[0].card.disclosure.paid_status for day in (last, next_day)]
        assert statuses == [PaidStatus.PAID, PaidStatus.NOT_PAID]

    def test_unpaid_only_leaves_out_what_nobody_confirmed_and_counts_it(self, directory: SmallDirectory):
        directory.sponsor("Cedar House")
        page = directory.search(near="Colorado", unpaid_only=True)
        assert {"Cedar House", "Fir Recovery"}.isdisjoint(names(page.rows))
        assert "1 listings are left out because their payment status is not confirmed." in page.remarks

    @settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(
        offers=st.sets(st.sampled_from(["care.detox", "pay.medicaid", "care.outpatient", "pop.women"]), max_size=2),
        prefer=st.sets(st.sampled_from(["sub.alcohol", "sub.benzodiazepines", "care.treatment", "pay.aetna"]), max_size=2),
        position=st.sampled_from([None, MONUMENT, SPRINGS, DENVER]),
        radius=st.sampled_from([5.0, 25.0, 100.0]),
        sort=st.sampled_from([None, Sort.NAME, Sort.CHECKED]),
        paying=st.sets(st.sampled_from([record.name for record in RECORDS if record.kind is Kind.FACILITY]), min_size=1),
    )
    def test_who_pays_never_moves_a_result(
        self, directory: SmallDirectory, offers: set, prefer: set, position, radius: float, sort, paying: set
    ):
        """Requirement 7: flipping any paid status leaves the organic order as it was, to the byte."""
        query = directory.query(
            offers=tuple(sorted(offers)), prefer=tuple(sorted(prefer)), position=position, radius_miles=radius, sort=sort
        )
        before = directory.lookup.search(query, now=NOW)
        directory.sponsor(*paying)
        after = directory.lookup.search(query, now=NOW)
        directory.forget_changes()

        assert _order(after) == _order(before)
        assert after.facets == before.facets

    def test_a_thousand_searches_stay_as_they_are_when_everybody_pays(self, directory: SmallDirectory):
        """Requirement 7 again, over many searches of every shape at once."""
        chance = random.Random(7)
        many = (
            50 if isinstance(directory.lookup.engine, OracleEngine) else 1100
        )  # the oracle is slow, and tested against the other
        queries = [directory.query(**some_parts(chance)) for _ in range(many)]
        before = [_order(directory.lookup.search(query, now=NOW)) for query in queries]
        directory.sponsor(*(record.name for record in RECORDS if record.kind is Kind.FACILITY))
        assert [_order(directory.lookup.search(query, now=NOW)) for query in queries] == before


def some_parts(chance: random.Random) -> dict[str, object]:
    """Return a search of any shape."""
    concepts = (
        "care.detox",
        "care.outpatient",
        "care.residential",
        "pay.medicaid",
        "pay.private",
        "pop.women",
        "med.psychiatric",
    )
    position = chance.choice([None, MONUMENT, SPRINGS, DENVER])
    return {
        "position": position,
        "radius_miles": chance.choice([5.0, 25.0, 70.0, 100.0]),
        "offers": tuple(map(ConceptId, chance.sample(concepts, chance.randint(0, 2)))),
        "prefer": tuple(
            map(ConceptId, chance.sample(["sub.alcohol", "sub.heroin", "care.treatment", "pay.aetna"], chance.randint(0, 2)))
        ),
        "leave_out": tuple(map(ConceptId, chance.sample(concepts, chance.randint(0, 1)))),
        "name": chance.choice(["", "", "", "detox", "clinic"]),
        "sort": chance.choice([None, Sort.NAME, Sort.CHECKED, Sort.DISTANCE if position else None]),
        "per_page": chance.choice([1, 3, 20]),
    }


def _order(page) -> list[str]:
    beyond = [row.card.listing.id for group in page.beyond for row in group.rows]
    return [row.card.listing.id for row in page.rows] + beyond


def test_a_filter_shows_its_most_frequent_options_and_all_on_demand(directory: SmallDirectory, monkeypatch):
    """What is left out is counted; nothing is lost."""
    monkeypatch.setattr("directory.answers.extras.OPTIONS_SHOWN", 2)
    page = directory.search(near="Colorado")
    few = next(view for view in directory.extras(page).facets if view.group == "care")
    whole = next(view for view in directory.lookup.extras(page, now=NOW, whole="care").facets if view.group == "care")

    assert len(few.options) == 2
    assert few.more == len(whole.options) - 2
    assert whole.options[:2] == few.options
