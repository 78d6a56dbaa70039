"""The editors' page of calls: what waits, what readers hear, what places answer; and the answer's way to readers."""

from __future__ import annotations

import re

import pytest
from paying_places import NOW

from directory.desk.answers import AnswerRefused, publish_answer, standing_answers, take_answer
from directory.desk.calls import Called, record_call
from directory.desk.openings import make_link

NUMBER = "+17195550101"
SAID = "Two beds are free again."


@pytest.fixture
def full(places, aspen) -> int:
    """Aspen House said that it was full."""
    return record_call(places.store, Called(aspen, NUMBER, "full"), by="ana", now=NOW).id


@pytest.fixture
def closed(places, aspen) -> int:
    """Somebody at Aspen House said that it has closed."""
    return record_call(places.store, Called(aspen, NUMBER, "closed"), by="ana", now=NOW).id


def reader_hears(places, listing_id: str, lang: str = "en") -> str:
    return places.client().get(f"/listing/{listing_id}?lang={lang}").text


class TestTheQueue:
    def test_what_waits_is_shown_to_staff_and_counted_on_the_overview(self, closed, eda):
        assert "We were told: has closed" in eda.get("/admin/calls").text
        assert "<strong>1</strong> word from calls" in eda.get("/admin/").text

    def test_an_editor_confirms_it(self, places, aspen, closed, eda):
        eda.send("/admin/calls", act="confirm", number=str(closed))
        assert "we were told that this place has closed" in reader_hears(places, aspen)
        assert "Say no more that it has closed" in eda.get("/admin/calls").text

    def test_the_helpline_reads_it_and_decides_nothing(self, closed, ana):
        page = ana.get("/admin/calls").text
        assert "We were told: has closed" in page
        assert ">I checked" not in page
        assert ana.send("/admin/calls", act="confirm", number=str(closed)).status_code == 403

    def test_a_mistake_is_struck_from_behind_the_words(self, places, aspen, full, eda):
        eda.send("/admin/calls", act="strike", number=str(full))
        assert "it was full" not in reader_hears(places, aspen)

    def test_what_cannot_be_done_any_more_says_so(self, closed, eda):
        eda.send("/admin/calls", act="dismiss", number=str(closed))
        again = eda.send("/admin/calls", act="confirm", number=str(closed))
        assert (again.status_code, "Somebody has decided this already." in again.text) == (400, True)


class TestTheAnswerOfAPlace:
    def test_it_waits_for_an_editor(self, places, aspen, full):
        take_answer(places.store, aspen, SAID, told_by="ana", now=NOW)
        assert SAID not in reader_hears(places, aspen)

    def test_published_it_stands_beside_our_words_in_both_languages(self, places, aspen, full, eda):
        take_answer(places.store, aspen, SAID, told_by="ana", now=NOW)
        eda.send("/admin/calls", act="publish_answer", number="1")

        assert f"places open up. The place answered on November 21, 2026: “{SAID}”" in reader_hears(places, aspen)
        assert f"El lugar respondió el 21 de noviembre de 2026: «{SAID}»" in reader_hears(places, aspen, "es")

    def test_it_goes_with_what_it_answers(self, places, aspen, full, eda):
        take_answer(places.store, aspen, SAID, told_by="ana", now=NOW)
        publish_answer(places.store, 1, by="eda", now=NOW)
        eda.send("/admin/calls", act="strike", number=str(full))
        assert SAID not in reader_hears(places, aspen)

    def test_the_place_sends_it_through_its_own_link(self, places, aspen, full, eda):
        token = make_link(places.store, aspen, by="eda", now=NOW)
        client = places.client()
        assert "we were told that it was full" in client.get(f"/openings/{token}").text

        client.post(f"/openings/{token}/answer", data={"statement": SAID})
        assert f"“{SAID}”" in eda.get("/admin/calls").text

    @pytest.mark.parametrize("statement", ["", "x" * 301, "We are the best in town", "Call 719-555-0199 instead"])
    def test_praise_other_numbers_and_floods_of_words_are_refused(self, places, aspen, statement):
        with pytest.raises(AnswerRefused):
            take_answer(places.store, aspen, statement, told_by="ana", now=NOW)

    def test_a_link_cannot_flood_the_queue(self, places, aspen):
        for number in range(5):
            take_answer(places.store, aspen, f"Answer {number}", told_by="the place, through its link", now=NOW)
        with pytest.raises(AnswerRefused):
            take_answer(places.store, aspen, "One more", told_by="the place, through its link", now=NOW)
        assert len(standing_answers(places.store)) == 5


class TestMakingALink:
    def test_its_address_is_shown_once(self, places, aspen, eda):
        made = eda.send("/admin/openings", listing_id=aspen).text
        token = re.findall(r"/openings/([\w-]{43})", made)[0]

        assert places.client().get(f"/openings/{token}").status_code == 200
        assert token not in eda.get("/admin/openings").text

    def test_the_address_of_a_listing_will_do_for_its_id(self, aspen, eda):
        assert "The link:" in eda.send("/admin/openings", listing_id=f"https://example.org/listing/{aspen}").text

    def test_closing_it_is_one_press(self, aspen, eda):
        made = eda.send("/admin/openings", listing_id=aspen).text
        token = re.findall(r"/openings/([\w-]{43})", made)[0]
        eda.send("/admin/openings/revoke", number="1")
        assert eda.client.get(f"/openings/{token}").status_code == 404

    def test_an_unknown_listing_is_refused_in_words(self, eda):
        answer = eda.send("/admin/openings", listing_id="nowhere")
        assert (answer.status_code, "No public listing has the id" in answer.text) == (400, True)
