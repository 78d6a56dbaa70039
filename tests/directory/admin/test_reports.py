"""Anybody can report a problem without an account; staff work the queue; reply addresses are forgotten as promised."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from paying_places import NOW
from sqlalchemy import select

from directory.disclosure import LANGUAGES
from directory.duties.caring import MOST_AN_HOUR_FOR_ONE, forget_addresses, waiting_cases
from directory.reports.views import FORM_LASTS
from directory.store.tables import cases
from directory.web import current


@pytest.fixture
def reader(places):
    """A reader who opened the form of Aspen House a minute ago; returns a function that sends it."""
    client = places.client()
    address = f"/listing/{places.id_of('Aspen House')}/report"
    opened = re.findall(r'name="opened" value="([^"]+)"', client.get(address).text)[0]
    client.application.config[current.CLOCK] = lambda: NOW + timedelta(minutes=1)

    def send(**values: str):
        return client.post(address, data={"opened": opened, "kind": "wrong_phone", **values})

    send.client = client
    return send


class TestForm:
    @pytest.mark.parametrize("lang", LANGUAGES)
    def test_it_asks_not_to_tell_about_health(self, places, lang):
        page = places.client().get(f"/listing/{places.id_of('Aspen House')}/report?lang={lang}").text
        said = {"en": "Do not tell us about your health.", "es": "No nos cuente sobre su salud."}[lang]
        assert said in page

    def test_a_report_opens_a_case(self, places, reader):
        """Kind and words are kept, nothing of who sent it."""
        assert reader(text="A call center answers.").status_code == 303
        [case] = waiting_cases(places.store, NOW)

        assert (case.kind, case.text, case.reply_address) == ("wrong_phone", "A call center answers.", "")
        assert not {column.name for column in cases.c} & {"address", "ip", "user_agent", "name", "phone"}

    def test_it_says_thanks(self, places, reader):
        answer = reader()
        assert "The report has arrived." in reader.client.get(answer.headers["Location"]).text

    @pytest.mark.parametrize(
        ("values", "said"),
        [
            ({"kind": "not_as_stated"}, "Say in a few words"),
            ({"text": "x" * 2001}, "Say in a few words"),
            ({"reply_address": "nobody"}, "That is no e-mail address"),
            ({"kind": "nonsense"}, "Choose what is wrong"),
            ({"opened": "forged"}, "open for too long"),
        ],
    )
    def test_it_says_what_to_mend(self, places, reader, values, said):
        """And nothing is kept until it is mended."""
        answer = reader(**values)
        assert (answer.status_code, said in answer.text) == (400, True)
        assert waiting_cases(places.store, NOW) == ()

    def test_programs_that_fill_every_field_achieve_nothing(self, places, reader):
        """They are thanked, and nothing is kept."""
        assert reader(company="Example Inc").status_code == 303
        assert waiting_cases(places.store, NOW) == ()

    @pytest.mark.parametrize("seconds", [0, FORM_LASTS + 1])
    def test_a_form_sent_too_fast_or_too_late_is_refused(self, reader, seconds):
        reader.client.application.config[current.CLOCK] = lambda: NOW + timedelta(seconds=seconds)
        assert reader().status_code == 400

    def test_a_flood_of_reports_is_refused(self, reader):
        """One listing gets ten an hour; an hour later it goes on."""
        statuses = [reader().status_code for _ in range(MOST_AN_HOUR_FOR_ONE + 1)]
        assert statuses == [303] * MOST_AN_HOUR_FOR_ONE + [429]

    def test_a_paying_place_is_labelled_there_too(self, places):
        places.sponsor("Aspen House")
        page = places.client().get(f"/listing/{places.id_of('Aspen House')}/report").text
        assert page.index("Paid advertisement:") < page.index("Aspen House")

    def test_an_unknown_listing_has_no_form(self, places):
        assert places.client().get("/listing/nobody/report").status_code == 404


class TestQueue:
    def test_a_closed_report_has_no_reply_address(self, places, reader, log_in, send):
        """Closing deletes it, in the database too."""
        reader(reply_address="reader@example.org", text="Closed since May.")
        editor = log_in("editor")
        assert "reader@example.org" in editor.get("/admin/cases/1").text

        assert send(editor, "/admin/cases/1/close", outcome="Called: it has moved.").status_code == 303
        assert waiting_cases(places.store, NOW) == ()
        with places.store.reading() as connection:
            assert connection.execute(select(cases.c.reply_address, cases.c.outcome)).all() == [("", "Called: it has moved.")]

    def test_an_old_reply_address_is_forgotten(self, places, reader):
        """After 30 days, whether somebody looked at the report or not."""
        reader(reply_address="reader@example.org")
        assert forget_addresses(places.store, NOW + timedelta(days=29)) == 0
        assert forget_addresses(places.store, NOW + timedelta(days=31)) == 1

    def test_the_helpline_reads_and_does_not_close(self, reader, log_in, send):
        reader(text="Wrong number.")
        helper = log_in("helpline")

        assert "Wrong number." in helper.get("/admin/cases/1").text
        assert send(helper, "/admin/cases/1/close").status_code == 403

    def test_words_of_readers_are_shown_as_words(self, reader, log_in):
        """A report can't bring a program into a staff page."""
        reader(text="<script>alert(1)</script>")
        page = log_in("helpline").get("/admin/cases/1").text
        assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


@pytest.mark.parametrize("lang", LANGUAGES)
def test_places_can_correct_their_listing_free(places, lang):
    """/for-providers says how, and that payment plays no part."""
    page = places.client().get(f"/for-providers?lang={lang}").text
    assert page.count("<h1") == 1
    assert "18 USC 220 (EKRA)" in page
