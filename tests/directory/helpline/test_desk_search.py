"""One box finds by anything; switches go on and off against the words; danger, money and doubt are said as everywhere."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from desk_copy import OPERATOR, open_desk
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from directory.disclosure import LANGUAGES


class TestOneBox:
    def test_it_reads_words_and_place(self, ana):
        answer = ana.ask("detox medicaid 80132")
        assert answer.names == ["Aspen Detox", "Birch Detox"]
        assert "Places that say they offer detox and take Medicaid, near Monument, CO 80132." in answer.text

    def test_a_browser_without_scripts_gets_the_whole_page(self, ana):
        """The same search, the words still in the box, the list as a form."""
        answer = ana.client.post("/helpline/search", data={"form_token": ana.token, "q": "detox 80132"})
        assert answer.text.startswith("<!doctype html>")
        assert 'value="detox 80132"' in answer.text
        assert 'name="ids"' in answer.text

    def test_the_letter_for_whom_ranks_and_hides_nothing(self, ana):
        """ "w" is how staff write a woman: who states a program for women comes first, the others stay."""
        plain, for_a_woman = ana.ask("80903"), ana.ask("w 80903")
        assert sorted(for_a_woman.names) == sorted(plain.names)
        assert for_a_woman.names[0] == "Cedar House"
        assert "We did not use some of your words" not in for_a_woman.text

    @pytest.mark.parametrize(
        ("short", "long"), [("etoh detox denver", "alcohol detox denver"), ("detox mcaid 80132", "detox medicaid 80132")]
    )
    def test_what_staff_write_on_paper(self, ana, short, long):
        assert ana.ask(short).names == ana.ask(long).names != []

    def test_nothing_typed_asks_for_the_danger_check(self, ana):
        assert "is anyone in danger right now?" in ana.ask("").text

    def test_a_phone_number_says_whose_it_is(self, ana):
        answer = ana.ask("719-555-0122")
        assert answer.names == ["National Line"]
        assert "This number reaches Example Agency: a public agency." in answer.text

    def test_a_name(self, ana):
        assert ana.ask("Cedar House").names == ["Cedar House"]

    @pytest.mark.parametrize(
        "written",
        ["{}", "id {}", "https://example.org/listing/{}", "https://example.org/listing/{}?lang=es", "/listing/{}/report#sent"],
    )
    def test_a_listing_id(self, desk, ana, written):
        answer = ana.ask(written.format(desk.directory.id_of("Elm Outpatient")))
        assert answer.names == ["Elm Outpatient"]
        assert "Found by its listing id." in answer.text

    def test_a_withdrawn_listing_is_not_found_by_its_id(self, desk, ana):
        listing_id = desk.directory.id_of("Elm Outpatient")
        desk.directory.take_down("Elm Outpatient")
        assert ana.ask(listing_id).names == []

    @pytest.mark.parametrize("written", ["code DT 80132", "80132 código: dt"])
    def test_a_service_code(self, ana, written):
        """Only after the word: "MI" is a state, not a code."""
        assert ana.ask(written).switches["-care.detox"] is True

    def test_an_unknown_code_is_said(self, ana):
        assert "No service goes by that code." in ana.ask("code ZZZZ 80132").text

    def test_the_key_of_a_source(self, ana):
        assert ana.ask("key grove-2").names == ["Grove Center"]

    def test_an_unknown_key_is_said(self, ana):
        answer = ana.ask("key nothing-like-it")
        assert (answer.names, "No source has a record with that key." in answer.text) == ([], True)


class TestWhere:
    @pytest.mark.parametrize("written", ["medicare 80132 on the way to denver", "medicare 80132 de camino a denver"])
    def test_along_the_way(self, ana, written):
        """Denver is 45 miles from Monument, and on the way there."""
        answer = ana.ask(written)
        assert answer.names == ["Elm Outpatient"]
        assert "along the way from Monument, CO 80132 to Denver, CO, up to 10 miles off the straight line." in answer.text

    def test_a_way_to_nowhere_is_said(self, ana):
        assert "We do not know the place after" in ana.ask("detox monument on the way to zzyzzxq").text

    @pytest.mark.parametrize("written", ["detox 80132 not in town", "desintoxicación 80132 fuera del pueblo"])
    def test_not_in_the_callers_own_town(self, ana, written):
        """Aspen Detox is in Monument itself, where everybody knows everybody."""
        answer = ana.ask(written)
        assert "Aspen Detox" not in answer.names
        assert "Birch Detox" in answer.names
        assert answer.state["away"] == ["1"]

    def test_the_town_is_a_switch(self, ana):
        first = ana.ask("detox 80132")
        assert first.switches["away"] is False
        assert "Aspen Detox" not in ana.ask("detox 80132", switch="away").names
        assert "Aspen Detox" in ana.ask("detox 80132", away="1", switch="away").names


class TestHowFar:
    """The words may state miles, and a select beside the answer offers others."""

    def chosen(self, answer) -> str:
        """The miles that the select shows."""
        return re.findall(r'<option value="[^"]*" selected>([\d.]+) mi<', answer.text)[0]

    def test_miles_in_the_words_are_shown(self, ana):
        answer = ana.ask("detox 80132 within 10 miles")
        assert self.chosen(answer) == "10"
        assert answer.state["miles_said"] == ["10"]

    def test_miles_that_are_chosen_hold_while_typing_goes_on(self, ana):
        assert self.chosen(ana.ask("detox 80132 medicaid", radius="50", asked="detox 80132")) == "50"

    def test_miles_that_are_typed_count_more_than_those_chosen_before(self, ana):
        """Who types "within 10 miles" means it, whatever stood in the select."""
        answer = ana.ask("detox 80132 within 10 miles", radius="50", asked="detox 80132")
        assert self.chosen(answer) == "10"
        assert 'value="50"' in answer.text

    def test_miles_that_are_chosen_after_the_words_count_more(self, ana):
        """Also while other words are added."""
        for words in ("detox 80132 within 10 miles", "detox 80132 within 10 miles medicaid"):
            assert self.chosen(ana.ask(words, radius="50", miles_said="10")) == "50"


class TestMap:
    def test_it_is_drawn_when_somebody_asks_for_it(self, ana):
        """By the server, with the numbers of the rows; a switch like any other, which holds while typing goes on."""
        assert "<svg" not in ana.ask("detox 80132").text
        answer = ana.ask("detox 80132", switch="map")
        assert answer.text.count('class="pin') >= 1
        assert answer.state["map"] == ["1"]
        assert "<svg" not in ana.ask("detox 80132", map="1", switch="map").text

    def test_without_a_place_there_is_none(self, ana):
        assert "map" not in ana.ask("detox").switches


class TestSwitches:
    def test_what_the_words_ask_is_on(self, ana):
        switches = ana.ask("detox medicaid 80132").switches
        assert switches["-care.detox"]
        assert switches["-pay.medicaid"]

    def test_one_goes_off_against_the_words(self, ana):
        """The words stay as they are; the answer is wider, and the form remembers it."""
        answer = ana.ask("detox medicaid 80132", switch="-pay.medicaid")
        assert "Grove Center" in answer.names
        assert answer.state["off"] == ["pay.medicaid"]
        assert answer.switches["+pay.medicaid"] is False

    def test_one_goes_on_beside_the_words(self, ana):
        answer = ana.ask("detox 80132", switch="+pay.medicaid")
        assert answer.names == ["Aspen Detox", "Birch Detox"]
        assert answer.state["on"] == ["pay.medicaid"]

    def test_they_hold_while_typing_goes_on(self, ana):
        assert ana.ask("detox 8013", on="pay.medicaid").switches["-pay.medicaid"]

    def test_each_has_a_count(self, ana):
        assert 'value="+pay.medicaid" aria-pressed="false">Medicaid <span class="tally">2</span>' in ana.ask("detox 80132").text

    def test_one_that_is_gone_is_left_out(self, ana):
        """A page that was open for long may name a filter that no longer exists."""
        assert ana.ask("detox 80132", on="pay.nonsense", switch="+sub.nonsense").response.status_code == 200


class TestOffers:
    def test_what_an_answer_offers_is_asked_with_the_words_unchanged(self, ana):
        answer = ana.ask("detox 80132", offer="near=Denver%2C+CO&offers=care.detox")
        assert answer.names == ["Fir Recovery"]
        assert answer.state["asked"] == ["detox 80132"]

    def test_it_holds_until_other_words_are_typed(self, ana):
        kept = {"parts": "near=Denver%2C+CO&offers=care.detox", "asked": "detox 80132"}
        assert ana.ask("detox 80132", **kept).names == ["Fir Recovery"]
        assert "Aspen Detox" in ana.ask("detox 80132 ", **kept | {"asked": "other"}).names


class TestHonesty:
    def test_a_paying_place_bears_its_label_before_its_name(self, desk, ana):
        """On the screen, in the name of its box, and in what is announced."""
        desk.directory.sponsor("Aspen Detox")
        text = ana.ask("detox 80132").text
        head = text[text.index("hit paid") :]

        assert head.index("Paid advertisement") < head.index("Aspen Detox</label>")
        assert 'data-said="3 found. First: Paid advertisement: Aspen Detox."' in text
        assert "Example Payer" in text

    def test_paying_does_not_move_a_place(self, desk, ana):
        before = ana.ask("detox 80132").names
        desk.directory.sponsor(before[-1])
        assert ana.ask("detox 80132").names == before

    def test_who_answers_stands_before_each_number(self, ana):
        rows = ana.ask("detox 80132").text.split('<li class="hit')[1:]
        called = [row for row in rows if "call-number" in row]
        assert called
        assert all(row.index('class="who"') < row.index("call-number") for row in called)

    def test_a_place_of_the_operators_own_is_marked_too(self, tmp_path_factory):
        """Before the name, like payment."""
        first = open_desk(tmp_path_factory.mktemp("first"))
        own = open_desk(
            tmp_path_factory.mktemp("own"), replace(OPERATOR, facilities_owned=(first.directory.id_of("Aspen Detox"),))
        )
        text = own.staff().ask("detox 80132").text
        for opened in (first, own):
            opened.directory.store.close()
        row = text[text.index('<li class="hit paid"') :]
        assert row.index("Owned by the operator of this site") < row.index("Aspen Detox</label>")

    def test_each_place_stands_on_the_page_once(self, ana):
        """Its box is one control; groups after the results leave out what stands above."""
        ids = re.findall(r'name="ids" value="(\w+)"', ana.ask("detox near colorado springs").text)
        assert len(ids) == len(set(ids))

    def test_a_long_answer_is_shown_in_steps(self, ana):
        assert 'name="rows" value="11"' in ana.ask("colorado", rows="1").text
        assert 'name="rows"' not in ana.ask("detox 80132").text

    def test_the_order_is_said(self, ana):
        assert "Best match first, then nearest." in ana.ask("detox 80132").text

    def test_transport_is_said_or_said_to_be_unsaid(self, ana):
        assert "Help with transportation: not stated. Ask." in ana.ask("detox 80132").text


class TestDanger:
    @pytest.mark.parametrize("lang", LANGUAGES)
    def test_words_of_danger_get_their_notice_first(self, ana, lang):
        said = {"en": "Call 911", "es": "Llame al 911"}[lang]
        answer = ana.ask("she is not breathing", lang=lang).text
        assert said in answer.partition('id="found"')[0]

    def test_a_search_that_a_notice_offers_stands_in_no_address(self, ana):
        text = ana.ask("klonopin detox denver").text
        assert 'name="offer" value="near=' in text
        assert 'href="/search' not in text.partition('id="hits"')[0]

    def test_the_card_is_on_the_page_from_the_start(self, ana):
        """In both languages, with numbers from one file and the words of withdrawal; no server is asked for it."""
        page = ana.client.get("/helpline").text
        for said in ("tel:911", "tel:988", "1-800-222-1222", "Do not stop on your own", "No la deje por su cuenta"):
            assert said in page
        assert ana.client.get("/helpline/danger").status_code == 200


class TestWhatCannotBeSearched:
    @pytest.mark.parametrize(
        ("values", "status"),
        [({"q": "x" * 2001}, 413), ({"q": "detox", "radius": "soon"}, 400), ({"q": "detox", "offer": "near=zzyzzxq"}, 400)],
    )
    def test_it_is_said_in_place(self, ana, values, status):
        answer = ana.send("/helpline/search", **values)
        assert (answer.status_code, "desk-outage" in answer.text) == (status, True)

    def test_its_words_are_still_read_for_danger(self, ana):
        answer = ana.send("/helpline/search", q="she is not breathing", radius="soon")
        assert (answer.status_code, "Call 911" in answer.text) == (400, True)

    @settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(
        words=st.text(max_size=60) | st.sampled_from(["code", "key", "w", "on the way to", "not in town", "id", "code code DT"]),
        switch=st.text(max_size=12),
        offer=st.text(max_size=30),
        rows=st.sampled_from(["", "0", "-1", "1e3", "999999", "²"]),
    )
    def test_nothing_that_is_sent_breaks_it(self, ana, words, switch, offer, rows):
        """Every form has an answer: places, or why there are none."""
        answer = ana.send("/helpline/search", q=words, switch=switch, offer=offer, rows=rows, on=switch, off=offer)
        assert answer.status_code in (200, 400, 413)

    def test_markup_in_words_stays_text(self, ana):
        answer = ana.client.post("/helpline/search", data={"form_token": ana.token, "q": '"><script>alert(1)</script>'})
        assert "<script>alert" not in answer.text


@pytest.mark.parametrize(("lang", "said"), [("en", "Payment status not confirmed"), ("es", "No se ha confirmado si hubo pago")])
def test_a_row_says_that_nobody_confirmed_who_pays(ana, lang, said):
    """In sight, not only under "More"; a row of a list that takes no money has no such line."""
    rows = ana.client.post(f"/helpline/search?lang={lang}", data={"form_token": ana.token, "q": "detox colorado"}).text
    seen = {re.findall(r'data-name="([^"]*)"', row)[0]: row.partition("<details")[0] for row in rows.split('<li class="hit')[1:]}
    assert f'<p class="hit-status">{said}</p>' in seen["Fir Recovery"]
    assert "hit-status" not in seen["Birch Detox"]


def test_of_nothing_found_no_order_and_no_payers_are_said(ana):
    """ "None of these places pays us" would be said of no place."""
    answer = ana.ask("key no-such-key")
    assert answer.names == []
    assert "pays us" not in answer.text.partition('<section class="beyond"')[0]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("detox zip code 80132", "detox 80132"),
        ("zip code: 80132 detox", "80132 detox"),
        ("Zip Code 80132 detox", "80132 detox"),
        ("código postal 80132 detox", "80132 detox"),
    ],
)
def test_a_zip_code_is_a_place_and_no_code_of_a_list(ana, typed, meant):
    """However staff write it; a code of the federal list begins with a letter."""
    answer = ana.ask(typed)
    assert "near Monument, CO 80132" in answer.text
    assert "No service goes by that code." not in answer.text
    assert answer.names == ana.ask(meant).names


@pytest.mark.parametrize("typed", ["key west", "Key West detox", "key largo aa meeting"])
def test_a_town_whose_name_begins_with_key_is_no_key(ana, typed):
    answer = ana.ask(typed)
    assert "No source has a record with that key." not in answer.text
    assert "Nothing was searched yet" not in answer.text
