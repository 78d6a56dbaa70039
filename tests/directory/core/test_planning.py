"""Plans are plain values: what is asked of the engine for each kind of search, without an engine."""

from __future__ import annotations

from datetime import date

import pytest
from small_directory import DENVER, VOCABULARY

from directory.asking.planning import MEDICAL_DETOX, PRESCRIBERS, Knowledge, Stated, area_of, leading_kind, parts_of, plan
from directory.asking.query import SearchQuery
from index.errors import InvalidRequest
from index.geo.places import Gazetteer
from index.language.understanding import Understanding
from index.listing import ConceptId, Kind
from index.request import Circle, InCounty, InState, SearchRequest, Selection, Serving, Sort

EVERYTHING = Knowledge(VOCABULARY, Stated(frozenset(concept.id for concept in VOCABULARY.concepts)))
TODAY = date(2026, 11, 21)


def ids(*concepts: str) -> tuple[ConceptId, ...]:
    return tuple(map(ConceptId, concepts))


def planned(*, words: tuple[str, ...] = (), near: str = "", **parts) -> SearchRequest:
    place = Gazetteer.load().resolve(near).place if near else None
    return plan(SearchQuery(near=near, **parts), place, words, EVERYTHING, TODAY)


class TestFilters:
    def test_one_group_holds_alternatives_another_group_adds(self):
        request = planned(offers=ids("care.detox", "care.residential", "pay.medicaid"))
        assert request.selections == (
            Selection("care", ids("care.detox", "care.residential")),
            Selection("payment", ids("pay.medicaid")),
        )

    def test_populations_must_all_match(self):
        request = planned(offers=ids("pop.women", "pop.veterans"))
        assert [selection.any_of for selection in request.selections] == [ids("pop.women"), ids("pop.veterans")]

    def test_a_parent_beside_its_child_is_dropped(self):
        (selection,) = planned(offers=ids("care.detox", "care.detox.hospital")).selections
        assert selection.any_of == ids("care.detox.hospital")

    @pytest.mark.parametrize("concept", ["care.treatment", "sub.alcohol", "pay.aetna"])
    def test_some_concepts_never_filter(self, concept: str):
        """Also when a program asks for them by id: addiction treatment, substances, insurers by name."""
        assert planned(offers=ids(concept)).selections == ()

    def test_days_become_a_date(self):
        assert planned(checked_within_days=30).checked_since == date(2026, 10, 22)


class TestWishes:
    def test_a_brand_name_stands_for_its_class(self):
        """Sources state benzodiazepines, never Klonopin."""
        assert ids("sub.benzodiazepines") in planned(prefer=ids("sub.clonazepam")).prefer

    def test_detox_turns_the_drug_into_a_filter(self):
        request = planned(offers=ids("care.detox"), prefer=ids("sub.clonazepam"))
        assert Selection("substance", ids("sub.benzodiazepines")) in request.selections
        assert ids("sub.benzodiazepines") not in request.prefer

    def test_dangerous_withdrawal_puts_medical_detox_first(self):
        assert MEDICAL_DETOX in planned(offers=ids("care.detox"), prefer=ids("sub.alcohol")).prefer
        assert MEDICAL_DETOX not in planned(offers=ids("care.detox"), prefer=ids("sub.cannabis")).prefer

    def test_pregnancy_with_opioids_puts_medicines_first(self):
        """Stopping suddenly is dangerous for both."""
        assert ids("care.moud") in planned(offers=ids("pop.pregnant"), prefer=ids("sub.heroin")).prefer

    def test_without_insurance_free_and_sliding_fees_come_first(self):
        assert ids("pay.free", "pay.sliding_scale") in planned(offers=ids("pay.uninsured")).prefer

    def test_a_drug_alone_asks_for_treatment(self):
        """Of a medicine that somebody may have prescribed, treatment is not presumed."""
        assert ids("care.treatment") in planned(prefer=ids("sub.heroin")).prefer
        assert ids("care.treatment") not in planned(prefer=ids("sub.clonazepam")).prefer
        assert ids("care.treatment") not in planned(offers=ids("care.iop"), prefer=ids("sub.heroin")).prefer

    def test_a_condition_with_a_street_drug_asks_for_both_kinds_of_care(self):
        request = planned(prefer=ids("cond.bipolar", "sub.methamphetamine"))
        assert {ids("care.cooccurring"), ids("care.treatment")} <= set(request.prefer)
        assert ids("med.psychiatric") not in request.prefer

    def test_of_alternatives_those_who_state_all_come_first(self):
        request = planned(offers=ids("care.aftercare", "care.sober_living", "pay.medicaid"))
        assert request.prefer == (ids("care.aftercare"), ids("care.sober_living"))

    def test_rehab_prefers_24_hour_care(self):
        assert planned(prefer=ids("care.treatment")).prefer == (ids("care.treatment"), ids("care.inpatient"))

    def test_an_insurer_prefers_private_insurance(self):
        assert planned(prefer=ids("pay.aetna")).prefer == (ids("pay.private"),)

    def test_a_condition_of_the_mind_prefers_prescribers(self):
        request = planned(prefer=ids("sub.clonazepam", "cond.panic"))
        assert [wish for wish in request.prefer if wish[0] in PRESCRIBERS] == [(concept,) for concept in PRESCRIBERS]
        assert ids("sub.benzodiazepines") not in request.prefer

    def test_what_nobody_states_is_no_wish(self):
        """It would push every listing down one band, for nothing."""
        known = Knowledge(VOCABULARY, Stated(frozenset({"pay.private"})))
        request = plan(SearchQuery(prefer=ids("acc.pets", "pay.aetna")), None, (), known, TODAY)
        assert request.prefer == (ids("pay.private"),)


class TestNumbers:
    def test_the_line_whose_number_it_is_comes_before_all_who_give_it(self):
        """Many places print the national helpline's number."""
        read = Understanding("1-800-662-4357", "en", phone="8006624357")
        parts = parts_of(SearchQuery(text="1-800-662-4357"), read, "", Knowledge(VOCABULARY, Stated(frozenset())))
        assert parts.prefer == ids("help.samhsa")


class TestKinds:
    @pytest.mark.parametrize(
        ("parts", "kinds"),
        [
            pytest.param({}, {Kind.FACILITY}, id="places lead"),
            pytest.param({"offers": ids("group.aa")}, {Kind.MEETING}, id="a fellowship means meetings"),
            pytest.param({"name": "cedar"}, set(), id="a name may be anything"),
            pytest.param({"kinds": (Kind.HELPLINE,), "offers": ids("group.aa")}, {Kind.HELPLINE}, id="said outright"),
        ],
    )
    def test_what_leads(self, parts: dict, kinds: set[Kind]):
        assert leading_kind(SearchQuery(**parts)) == kinds


class TestAreas:
    @pytest.mark.parametrize(
        ("near", "parts", "kind"),
        [
            ("80132", {}, Circle),
            ("Denver", {}, Circle),
            ("Colorado", {}, InState),
            ("El Paso County, CO", {}, InCounty),
            ("Colorado", {"radius_miles": 100.0}, InState),
            ("El Paso County, CO", {"radius_miles": 100.0}, Circle),
            ("Denver", {"kinds": (Kind.HELPLINE,)}, Serving),
        ],
    )
    def test_each_kind_of_place(self, near: str, parts: dict, kind: type):
        assert isinstance(area_of(SearchQuery(near=near, **parts), Gazetteer.load().resolve(near).place), kind)

    def test_a_position_wins(self):
        place = Gazetteer.load().resolve("Utah").place
        assert area_of(SearchQuery(position=DENVER), place) == Circle(DENVER, 25.0)

    def test_distance_needs_a_place(self):
        with pytest.raises(InvalidRequest, match="needs a place"):
            planned(sort=Sort.DISTANCE)
