"""A listing's own page answers in order: can they help, how to reach them, what to ask, is it honest, who else."""

from __future__ import annotations

from datetime import date

import pages
import pytest
from pages import Shop

from index.listing import Address, Answer, ConceptId, Credential, Kind, Phone, Precision, Session


@pytest.fixture
def page(lookup, html):
    """The HTML of a listing's page."""

    def shown(place=None, lang="en", **changes) -> str:
        lookup.listings["place-42"] = pages.listing_page(place, lang=lang, **changes)
        return html(f"/listing/place-42?lang={lang}")

    return shown


class TestTheFiveAnswers:
    def test_they_stand_in_the_order_of_the_readers_questions(self, page):
        """Help, reach, questions, honesty, others."""
        shown = page()
        headings = ["Can they help me?", "How do I reach them?", "What will they ask", "Is it honest?", "If not them"]

        assert [shown.index(heading) for heading in headings] == sorted(shown.index(heading) for heading in headings)

    def test_what_is_not_stated_is_said_to_be_not_stated(self, page):
        """Silence is never a no."""
        shown = page()

        assert "For which drugs" in shown
        assert "Not stated. Ask them." in shown
        assert "Not listed. Call first." in shown

    def test_a_stated_no_is_said(self, page):
        """What the source says is not offered stands apart from what it leaves out."""
        program = pages.program(denies=(ConceptId("care.telehealth"),))

        assert "Says it does not offer</dt><dd>Telehealth" in page(pages.listing(programs=(program,)))

    def test_each_program_states_its_own(self, page):
        """A union would invent services."""
        shown = page(pages.listing(programs=(pages.program("Adult Detox Unit"), pages.program("Youth Counseling"))))

        assert "One program may not offer what another does." in shown
        assert shown.index("Adult Detox Unit") < shown.index("Youth Counseling")

    def test_every_fact_names_its_source_and_its_age(self, page):
        """The table of sources says when it was taken and that nobody checked it."""
        shown = page()

        assert "November 1, 2026" in shown
        assert '<td data-heading="Checked by us">no</td>' in shown


class TestReachingThem:
    def test_every_number_stands_once_after_who_answers_it(self, page):
        """Numbers of several programs are not repeated."""
        phones = (Phone(number="+13035550142"), Phone(number="+13035550143", label="tty"))
        shown = page(
            pages.listing(phones=phones, programs=(pages.program("A", phones=phones), pages.program("B", phones=phones)))
        )
        reach = shown[shown.index('id="reach"') : shown.index('id="questions"')]

        assert reach.count("tel:+13035550142") == 1
        assert reach.index("We have not checked who answers.") < reach.index("tel:+13035550142")
        assert "TTY" in reach

    def test_who_answers_is_said_with_its_proof(self, page):
        """A call center is a fact with a source."""
        shown = page(shop=Shop(answered_by=(pages.CALL_CENTER,)))

        assert "This number reaches Example Calls: a call center. We checked it on October 1, 2026." in shown
        assert 'href="https://example.org/who"' in shown

    def test_a_withheld_street_is_neither_shown_nor_mapped(self, page):
        """The town is all that a reader or a map learns."""
        address = Address(city="Exampletown", state="CO", withheld=True)
        shown = page(pages.listing(address=address, precision=Precision.CITY))

        assert "The street is not published. Call for directions." in shown
        assert "openstreetmap" not in shown

    def test_directions_are_a_link_and_nothing_more(self, page):
        """A map site learns of the reader only when the reader goes there, and not from where."""
        assert '<a href="https://www.openstreetmap.org/search?query=12%20Example%20Street' in page()
        assert 'rel="noreferrer nofollow">Get directions' in page()

    def test_a_place_known_by_its_zip_says_so(self, page):
        """Distances to it are rough."""
        assert "only by its ZIP code" in page(pages.listing(precision=Precision.ZIP))

    def test_open_day_and_night_is_said(self, page):
        """As reported."""
        assert "Open day and night, as reported" in page(pages.listing(open_24h=Answer.YES))

    def test_a_meeting_shows_its_times(self, page):
        """In the place's own clock, Monday first."""
        program = pages.program(schedule=(Session(weekday=2, start_minute=1140, end_minute=1200),))
        shown = page(pages.listing(kind=Kind.MEETING, programs=(program,)))

        assert "<dt>Times</dt><dd>Wednesday, 7:00\u202fPM–8:00\u202fPM</dd>" in shown
        assert "What will they ask" not in shown


class TestHonesty:
    def test_a_paid_listing_is_labelled_before_its_name(self, page):
        """In the heading, and with the payer's name in the section on honesty."""
        shown = page(shop=Shop(payers={"place-42": "Example Health LLC"}))

        assert '<h1><span class="paid-label">Paid advertisement' in shown
        assert "Payer: Example Health LLC." in shown

    @pytest.mark.parametrize("program_name", ["", "Cedar Ridge Recovery"])
    @pytest.mark.parametrize(("lang", "label"), [("en", "Paid advertisement"), ("es", "Anuncio pagado")])
    def test_no_heading_says_the_name_of_a_payer_alone(self, page, program_name, lang, label):
        """A program that has no name of its own is headed by the listing's; a screen reader lists headings without the page."""
        place = pages.listing(programs=(pages.program(program_name),))
        shown = page(place, lang, shop=Shop(payers={"place-42": "Example Health LLC"}))

        assert f'<h3 id="program-1" class=unseen>{label}: Cedar Ridge Recovery <' in shown

    def test_licences_are_shown_with_the_year_they_were_stated(self, page):
        """Else the reader is told whom to ask."""
        licence = Credential(name="Substance use treatment", issuer="Example State", year=2023)

        assert "Substance use treatment, Example State, stated in 2023" in page(pages.listing(licences=(licence,)))
        assert "ask the state" in page()

    def test_a_checked_day_is_shown(self, page):
        """Only the day somebody verified it, never the day of an import."""
        source = pages.SourceRef(name="samhsa", title="List", key="1", checked_on=date(2026, 10, 5))

        assert "Checked by us on October 5, 2026." in page(pages.listing(programs=(pages.program(source=source),)))


class TestOtherAnswers:
    def test_an_unknown_listing_is_404(self, client):
        """With the form to search again."""
        answer = client.get("/listing/nobody")

        assert answer.status_code == 404
        assert 'action="/search"' in answer.text

    def test_it_speaks_spanish(self, page):
        """Labels, sentences and dates."""
        shown = page(lang="es")

        assert "¿Pueden ayudarme?" in shown
        assert "No es un anuncio" in shown
        assert "1 de noviembre de 2026" in shown
