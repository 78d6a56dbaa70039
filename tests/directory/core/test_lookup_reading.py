"""From words to parts: what filters, what only ranks, which place is meant, and an address that finds the same."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest
from small_directory import DENVER, NOW, SmallDirectory, names

from directory.asking.query import SearchQuery
from index.geo.places import UnknownPlace
from index.listing import Kind
from index.request import Sort


class TestWordsThatSayNothingElse:
    def test_they_are_looked_for_in_names(self, directory: SmallDirectory):
        """A short or everyday word may be all that somebody remembers of a house."""
        page = directory.search("cedar house")
        assert names(page.rows) == ["Cedar House"]
        assert page.parts.name == "cedar house"
        assert names(directory.follow(page.url).rows) == ["Cedar House"]

    def test_filler_beside_the_name_does_not_hide_it(self, directory: SmallDirectory):
        assert names(directory.search("the grove please").rows) == ["Grove Center"]

    def test_words_in_no_name_are_still_not_searched(self, directory: SmallDirectory):
        """Everything would be found, and nothing answered."""
        page = directory.search("qwertz plugh")
        assert (page.total, page.searched) == (0, False)

    def test_a_time_beside_a_shop_asks_for_nothing_of_this_field(self, directory: SmallDirectory):
        """Nobody who looks for a shop is sent to treatment, and no hours are spoken of."""
        page = directory.search("cheap liquor store open now")
        assert (page.total, page.searched) == (0, False)
        assert not any("hours" in remark for remark in page.remarks)


class TestMedicaidOfAState:
    def test_it_is_searched_where_it_pays(self, directory: SmallDirectory):
        """Nobody elsewhere takes it; the answer says so, and its address names the state."""
        page = directory.search("detox health first colorado")
        assert page.place is not None
        assert page.place.label == "Colorado"
        assert "This Medicaid is for one state, so this search is in Colorado." in page.remarks
        assert page.parts.near == "Colorado"

    def test_a_place_that_is_named_is_the_place(self, directory: SmallDirectory):
        page = directory.search("detox health first colorado near cheyenne wyoming")
        assert page.place is not None
        assert page.place.label == "Cheyenne, WY"

    def test_near_me_is_still_asked_for(self, directory: SmallDirectory):
        """Who wants what is near is not answered with a whole state."""
        page = directory.search("detox near me health first colorado")
        assert page.near_me_unanswered
        assert page.place is None

    def test_states_that_were_chosen_stay(self, directory: SmallDirectory):
        assert directory.search("detox health first colorado", states=("UT",)).place is None

    def test_of_two_none_is_chosen(self, directory: SmallDirectory):
        assert directory.search("health first colorado or medi-cal detox").place is None

    def test_a_shared_address_without_a_place_stays_without(self, directory: SmallDirectory):
        """Who took the place away wants the whole country."""
        assert directory.search(offers=("pay.medicaid.co",)).place is None


class TestParts:
    @pytest.mark.parametrize(
        "words",
        [
            "detox near monument co",
            "klonopin detox colorado springs medicaid",
            "detox springfield",
            "rehab denver no 12 step",
            "cedar house",
            "cedar hosue",
            "719-555-0103",
            "detox within 40 miles of 80132",
            "panic attacks denver",
            "alternatives to klonopin denver",
            "detox in el paso county colorado",
            "outpatient colorado",
        ],
    )
    def test_the_address_finds_what_the_words_found(self, directory: SmallDirectory, words: str):
        """The shareable address holds understood parts only, and gives the same page as the words did."""
        page = directory.search(words)
        followed = directory.follow(page.url)

        assert "q" not in parse_qs(urlsplit(page.url).query)
        assert (names(followed.rows), followed.total, followed.sentence) == (names(page.rows), page.total, page.sentence)
        assert [group.total for group in followed.beyond] == [group.total for group in page.beyond]
        assert followed.place_alternatives == page.place_alternatives
        assert followed.url == page.url

    def test_a_position_and_a_radius_survive_the_address_to_the_last_digit(self, directory: SmallDirectory):
        """An address that rounds would find other places at the edge of the circle."""
        page = directory.search(position=DENVER, radius_miles=33.333333333)
        assert directory.follow(page.url).parts == page.parts

    def test_leftover_and_family_words_stand_in_no_address(self, directory: SmallDirectory):
        """What a person tells about themselves stays out of history and referrers."""
        page = directory.search("my son ran away, detox near monument co")
        assert set(parse_qs(urlsplit(page.url).query)) == {"near", "offers"}

    def test_a_wish_in_the_address_only_ranks(self, directory: SmallDirectory):
        """Also where the same concept, asked for in words, would be a filter."""
        everything = directory.search(near="Colorado").total
        assert directory.search(near="Colorado", prefer=("care.detox",)).total == everything
        assert directory.search(near="Colorado", offers=("care.detox",)).total < everything

    def test_a_parameter_overrules_the_words(self, directory: SmallDirectory):
        """A filter that was asked for by name stays, even where the words refuse it."""
        page = directory.search("no detox", offers=("care.detox",))
        assert (page.parts.offers, page.parts.leave_out) == (("care.detox",), ())


class TestFiltersAndWishes:
    def test_care_and_payment_are_filters(self, directory: SmallDirectory):
        """Detox and Medicaid must both be stated by one program."""
        assert set(names(directory.search("medicaid detox colorado").rows)) == {"Aspen Detox", "Birch Detox"}

    def test_one_program_must_state_everything(self, directory: SmallDirectory):
        """Grove Center has a detox and a youth program; it offers no detox for young people."""
        assert "Grove Center" not in names(directory.search(offers=("care.detox", "pop.adolescents")).rows)

    def test_a_substance_alone_never_filters(self, directory: SmallDirectory):
        """Few places state a drug: it ranks those that do first and hides nothing."""
        found = names(directory.search("alcohol help colorado").rows)
        assert found[0] == "Fir Recovery"
        assert len(found) == 7

    def test_detox_with_a_drug_means_that_drugs_detox(self, directory: SmallDirectory):
        """Places that state the drug are the results; detox that names no drug is a group of its own, counted apart."""
        page = directory.search("klonopin detox colorado")
        group = next(group for group in page.beyond if group.id == "detox_any_drug")

        assert names(page.rows) == ["Aspen Detox"]
        assert group.label == "Offers detox; does not say for which drug"
        assert (group.total, set(names(group.rows))) == (3, {"Birch Detox", "Fir Recovery", "Grove Center"})
        assert directory.follow(group.url).total == group.total

    def test_an_insurer_never_filters_and_gets_its_sentence(self, directory: SmallDirectory):
        """No source says who is in network: places that report private insurance come first, and the page says what to ask."""
        page = directory.search("aetna rehab colorado")
        assert page.total == 7
        assert "No list says which plans they take. Ask: are you in network with Aetna?" in page.remarks

    def test_what_no_list_states_only_ranks_and_is_said(self, directory: SmallDirectory):
        """A filter on what nobody states would hide everything."""
        page = directory.search("detox colorado dog friendly")
        assert page.total == 4
        assert any(remark.startswith("None of these lists says anything about") for remark in page.remarks)

    def test_rehab_never_filters(self, directory: SmallDirectory):
        """ "Rehab" is any addiction treatment; 24-hour care comes first."""
        page = directory.search("rehab near colorado springs")
        assert names(page.rows)[0] == "Cedar House"
        assert "Dogwood Clinic" in names(page.rows)

    @pytest.mark.parametrize("words", ["panic attacks", "klonopin adhd", "alternatives to klonopin"])
    def test_conditions_of_the_mind_find_prescribers_before_detox(self, directory: SmallDirectory, words: str):
        """Nobody who asks about panic attacks is sent to detox first."""
        assert names(directory.search(words, near="Colorado").rows)[0] == "Dogwood Clinic"

    def test_a_sedative_offers_prescribers_who_taper(self, directory: SmallDirectory):
        """Most tapers are outpatient: they stand beside detox."""
        page = directory.search("klonopin near colorado springs")
        assert [names(group.rows) for group in page.beyond if group.id == "taper"] == [["Dogwood Clinic"]]


class TestPlace:
    def test_the_place_box_beats_the_words_and_says_so(self, directory: SmallDirectory):
        """Two places were named: the page says which one it did not use."""
        page = directory.search("detox in denver", near="80132")
        assert page.place == directory.search(near="80132").place
        assert page.remarks == ("We searched the place in the place box and did not use “Denver, CO”.",)

    def test_a_position_beats_the_words_and_says_so(self, directory: SmallDirectory):
        page = directory.search("detox in pueblo", position=DENVER)
        assert (page.place, page.parts.near) == (None, "")
        assert page.remarks == ("We searched near your position and did not use “Pueblo, CO”.",)

    def test_near_me_without_a_position_asks(self, directory: SmallDirectory):
        """It never guesses, and shows the national lines meanwhile."""
        page = directory.search("detox near me")
        assert (page.near_me_unanswered, page.total, page.sentence) == (True, 0, "Nothing was searched yet.")
        assert [group.id for group in page.beyond] == ["national"]

    def test_near_me_with_a_position_answers(self, directory: SmallDirectory):
        page = directory.search("detox near me", position=DENVER)
        assert names(page.rows) == ["Fir Recovery"]

    def test_a_place_with_several_readings_offers_the_others(self, directory: SmallDirectory):
        """The most populous one answers; each other is one click away."""
        page = directory.search("detox", near="denver")
        assert page.understood["place"]["label"] == "Denver, CO"
        assert [directory.follow(choice.url).place for choice in page.place_alternatives] == [
            choice.place for choice in page.place_alternatives
        ]

    def test_the_place_box_prefers_the_place_that_people_mean(self, directory: SmallDirectory):
        """As the words do: a better known town comes before a more populous quarter of the same name."""
        page = directory.search("detox", near="West Hollywood")
        assert page.place is not None
        assert page.place.label == "West Hollywood, CA"

    def test_an_unknown_place_is_an_error_with_near_misses(self, directory: SmallDirectory):
        """Never all results."""
        with pytest.raises(UnknownPlace) as caught:
            directory.search("detox", near="Denvr, CO")
        assert "Denver, CO" in [place.label for place in caught.value.suggestions]

    @pytest.mark.parametrize("words", ["detox 00000", "detox near Zzyzxville"])
    def test_a_place_in_the_words_that_nobody_knows_is_an_error_too(self, directory: SmallDirectory, words: str):
        """Never the whole country; a place in the box helps."""
        with pytest.raises(UnknownPlace):
            directory.search(words)
        assert directory.search(words, near="Denver, CO").place is not None

    def test_a_town_unknown_in_a_known_state_offers_towns_of_that_state(self, directory: SmallDirectory):
        """Near misses are looked for where the state says."""
        with pytest.raises(UnknownPlace) as caught:
            directory.search("detox in Zenverville, CO")
        assert all(place.state == "CO" for place in caught.value.suggestions)

    def test_danger_beside_an_unknown_place_is_answered(self, directory: SmallDirectory):
        """Lines come before questions about a place."""
        assert directory.search("not breathing near Zzyzxville").notices

    def test_a_state_is_searched_whole_from_its_middle(self, directory: SmallDirectory):
        """Every result has a distance, and says from where."""
        page = directory.search("outpatient", near="Colorado")
        assert all(row.distance_miles is not None for row in page.rows)
        assert page.rows[0].why[-1].endswith("in a straight line from the middle of Colorado.")
        assert page.radius_miles is None

    def test_a_stated_radius_makes_a_circle_around_the_middle(self, directory: SmallDirectory):
        assert directory.search("detox", near="El Paso County, CO", radius_miles=60.0).radius_miles == 60.0

    def test_helplines_are_where_they_serve(self, directory: SmallDirectory):
        """A line for Utah is not near Denver, wherever its desk stands; distance order falls back and says so."""
        page = directory.search(near="Denver", kinds=(Kind.HELPLINE,), sort=Sort.DISTANCE)
        assert names(page.rows) == ["Colorado Line"]
        assert [names(group.rows) for group in page.beyond] == [["National Line"]]
        assert page.order == "best match first, then in a random order that changes monthly"


class TestNames:
    def test_words_that_match_a_name_find_it(self, directory: SmallDirectory):
        page = directory.search("cedar house")
        assert (names(page.rows), page.parts.name) == (["Cedar House"], "cedar house")

    def test_a_slip_in_a_name_is_forgiven(self, directory: SmallDirectory):
        """The name as listed is searched, since the words as typed stand nowhere."""
        assert names(directory.search("dogwod clinic").rows) == ["Dogwood Clinic"]

    def test_a_phone_number_finds_who_bears_it(self, directory: SmallDirectory):
        assert names(directory.search("(719) 555-0103").rows) == ["Cedar House"]

    def test_an_unknown_number_finds_nothing_and_says_so(self, directory: SmallDirectory):
        page = directory.search("719-555-0199")
        assert (page.total, page.remarks) == (0, ("This number is on none of the listings here.",))

    @pytest.mark.parametrize("words", ["epilepsy doctor", "???", "qwertz asdfgh"])
    def test_words_that_say_nothing_find_nothing(self, directory: SmallDirectory, words: str):
        """Never all results: a sentence says what this directory lists."""
        page = directory.search(words)
        assert page.total == 0
        assert page.remarks[0].startswith(("We found no kind of care", "No listing here has exactly that name"))


class TestUnlistedNames:
    def test_words_that_read_like_a_name_are_looked_for_in_names(self, directory: SmallDirectory):
        """Nobody is called that: the answer is that nothing was found, not that nothing was asked."""
        page = directory.search("Quillon House")
        assert (page.parts.name, page.total) == ("quillon house", 0)

    def test_a_name_nobody_bears_finds_nothing_and_says_so(self, directory: SmallDirectory):
        """What reads like a name is one, listed or not; where no listing has its words the page says so and offers lines."""
        page = directory.search("Grove Birch House")

        assert page.total == 0
        assert page.remarks == ("No listing here has exactly that name.",)
        assert [group.id for group in page.beyond][-1:] == ["national"]

    def test_a_name_without_listing_stands_in_no_address(self, directory: SmallDirectory):
        """Words that match nothing may be a person's own: the page is answered in place."""
        assert directory.lookup.needs_private_answer(directory.search("Grove Birch House"))


class TestDanger:
    def test_danger_alone_leads_to_lines(self, directory: SmallDirectory):
        """Whom to call comes before any place."""
        page = directory.search("i want to kill myself")
        assert [notice.id for notice in page.notices] == ["crisis-988"]
        assert {row.card.listing.kind for row in page.rows} == {Kind.HELPLINE}

    @pytest.mark.parametrize("words", ["i want to kill myself", "suicidal, detox near denver"])
    def test_no_address_may_stand_for_crisis_words(self, directory: SmallDirectory, words: str):
        """Their notice would be lost with them."""
        page = directory.search(words)
        assert directory.lookup.needs_private_answer(page)
        assert "suicid" not in page.url
        assert "kill" not in page.url

    def test_an_address_that_fires_the_same_notice_may_stand(self, directory: SmallDirectory):
        page = directory.search("klonopin detox denver")
        assert page.notices
        assert not directory.lookup.needs_private_answer(page)
        assert directory.follow(page.url).notices == page.notices

    def test_words_taken_literally_are_still_read_for_danger(self, directory: SmallDirectory):
        """`understand=0` turns understanding off, not safety; and no address may hold those words."""
        page = directory.search("i want to kill myself", understand=False)
        assert [notice.id for notice in page.notices] == ["crisis-988"]
        assert page.understood["concepts"] == []
        assert directory.lookup.needs_private_answer(page)

    @pytest.mark.parametrize("words", ["my daugther is suicidl and a junkie denver detox", "alcoholc rehab denver"])
    def test_no_sentence_repeats_crisis_family_or_hurtful_words(self, directory: SmallDirectory, words: str):
        page = directory.search(words)
        said = " ".join((page.sentence, *page.remarks, page.order, *(made.shown for made in page.corrections))).casefold()
        for word in ("suicid", "daug", "junkie", "alcoholic"):
            assert word not in said


class TestLanguage:
    def test_spanish_is_spanish_throughout(self, directory: SmallDirectory):
        page = directory.search("desintoxicación con medicaid cerca de denver", lang="es")
        assert page.sentence.startswith("Lugares que dicen que ofrecen")
        assert page.order == "mejor coincidencia primero, luego el más cercano"
        assert page.rows == () or page.rows[0].card.disclosure.label_in("es") == "No es un anuncio"

    def test_corrections_are_shown(self, directory: SmallDirectory):
        """What was typed and what was searched, for a page to offer the way back."""
        (made,) = directory.search("clonopin detox denver").corrections
        assert (made.typed, made.shown) == ("clonopin", "klonopin")


def test_an_empty_query_is_known_as_such():
    """Pages show the form for it; the API shows every place."""
    assert SearchQuery().is_empty
    assert not SearchQuery(near="80132").is_empty


def test_now_is_passed_in(directory: SmallDirectory):
    """Nothing below reads the clock: "checked within 30 days" counts from the caller's day."""
    query = SearchQuery(near="Colorado", checked_within_days=30)
    assert names(directory.lookup.search(query, now=NOW).rows) == ["Elm Outpatient"]
    assert directory.lookup.search(query, now=NOW.replace(year=2027)).total == 0
