"""The reader's list lives in its address; every way to take it along tells who pays before the name."""

from __future__ import annotations

import re
import zlib
from dataclasses import replace
from urllib.parse import parse_qs, unquote, urlsplit

import msgspec
import pytest
from paying_places import NOW, PayingPlaces

from directory.channels.mail import mail_address
from directory.channels.printed import list_pdf
from directory.channels.shortlist import MOST_PLACES, ids_of, shortlist
from directory.channels.text_message import MOST_SEGMENTS, septets, text_message, typewritten
from directory.channels.words import WORDS
from directory.disclosure import LANGUAGES
from index.errors import InvalidRequest
from index.listing import Kind, Session

LABELS = {"en": "Paid advertisement", "es": "Anuncio pagado"}
both_languages = pytest.mark.parametrize("lang", LANGUAGES)


def address(places: PayingPlaces, *names: str, path: str = "/list", lang: str = "en") -> str:
    return f"{path}?ids={','.join(map(places.id_of, names))}&lang={lang}"


def cards(places: PayingPlaces, *names: str, lang: str = "en"):
    ids = tuple(map(places.id_of, names))
    return [page.card for page in shortlist(places.lookup, ids, lang, NOW.date()).pages]


def drawn_pages(document: bytes) -> list[str]:
    """The drawing commands of each page."""
    streams = re.findall(rb"stream\n(.*?)\nendstream", document, re.DOTALL)
    drawn = [zlib.decompress(stream).decode("latin-1") for stream in streams if stream[:1] == b"x"]
    return [text for text in drawn if "Tj" in text]


def pdf_pages(document: bytes) -> list[str]:
    """The text of each page: what the page's drawing commands show."""
    return [
        " ".join(re.sub(r"\\([()\\])", r"\1", shown) for shown in re.findall(r"\((.*?)(?<!\\)\) Tj", text))
        for text in drawn_pages(document)
    ]


class TestAddress:
    def test_ids_keep_their_order_and_stand_once(self):
        assert ids_of(["b,a", "b", " c "]) == ("b", "a", "c")

    def test_too_many_are_refused(self):
        """A list that nobody can read on a phone is refused, never cut."""
        with pytest.raises(InvalidRequest, match=f"at most {MOST_PLACES}"):
            ids_of([",".join(map(str, range(MOST_PLACES + 1)))])

    def test_what_is_listed_no_more_is_counted(self, places):
        """An old list still opens."""
        page = places.client().get(f"/list?ids={places.id_of('Birch House')},gone,gone2").text
        assert "Places no longer listed: 2" in page

    def test_nothing_is_stored(self, places):
        """No cookie, and no list anywhere but in the address."""
        answer = places.client().get(address(places, "Aspen House", "Birch House"))
        assert (answer.status_code, "Set-Cookie" in answer.headers) == (200, False)

    def test_each_place_can_be_taken_off(self, places):
        """The link asks for the list without it."""
        page = places.client().get(address(places, "Aspen House", "Birch House")).text
        assert f'href="/list?ids={places.id_of("Birch House")}&amp;lang=en"' in page


@both_languages
class TestPage:
    def test_the_label_stands_before_the_name(self, places, lang):
        page = places.client().get(address(places, "Aspen House", "Birch House", lang=lang)).text
        assert re.search(rf'<th scope="row"><span class="paid-label">{LABELS[lang]}<span', page)
        assert page.count('class="paid-label"') == 1

    def test_who_answers_stands_before_each_number(self, places, lang):
        page = places.client().get(address(places, "Elm House", lang=lang)).text
        assert page.index("Example Calls") < page.index("(719) 555-0105")


@both_languages
class TestMail:
    def test_subject_is_neutral_and_body_tells_all(self, places, lang):
        """A lock screen shows the subject; the body has label, payer, who answers, day and funding."""
        page = places.client().get(address(places, "Aspen House", "Elm House", lang=lang)).text
        [href] = re.findall(r'href="(mailto:[^"]+)"', page)
        mail = parse_qs(urlsplit(href.replace("&amp;", "&")).query)
        [body] = mail["body"]

        assert mail["subject"] == [{"en": "A list of phone numbers", "es": "Una lista de teléfonos"}[lang]]
        assert f"{LABELS[lang]}: Aspen House" in body
        assert body.index("Example Calls") < body.index("(719) 555-0105")
        assert "Example Payer Inc" in body
        assert "Example County" in body
        assert "2026" in body

    @pytest.mark.parametrize("places_on_it", [6, MOST_PLACES])
    def test_a_long_list_goes_as_its_text_message_with_its_address(self, places, lang, places_on_it):
        """Windows opens no longer address and says nothing. Marks, day and funding stay, and the address opens the whole list."""
        chosen = shortlist(places.lookup, (places.id_of("Birch House"), places.id_of("Dogwood House")), lang, NOW.date())
        chosen = replace(chosen, pages=(chosen.pages * MOST_PLACES)[:places_on_it])
        address = mail_address(chosen, ("We are paid by Example County.",), NOW.date(), "https://example.org/list?ids=a,b")
        [body] = parse_qs(urlsplit(address).query)["body"]

        assert len(address) <= 2000
        assert "https://example.org/list?ids=a,b" in body
        assert "[?] Dogwood House" in body or "+" in body  # of twenty not all fit: "+9 more"
        assert "\nDogwood House" not in body
        assert "We are paid by Example County." in body
        assert "2026" in body

    def test_the_page_puts_its_own_address_there(self, places, lang):
        """In the language of the list."""
        names = ["Aspen House", "Birch House", "Cedar House", "Dogwood House", "Elm House", "Far House"]
        page = places.client().get(address(places, *names, lang=lang)).text
        [href] = re.findall(r'href="(mailto:[^"]+)"', page)
        [body] = parse_qs(urlsplit(href.replace("&amp;", "&")).query)["body"]
        assert f"http://localhost{address(places, *names, lang=lang)}" in body
        assert "[AD] Aspen House" in body


class TestTextMessage:
    def test_of_a_meeting_it_says_when_and_where_and_that_its_list_is_old(self, places):
        """A group has no number to call, and its list may be of any age."""
        (card,) = cards(places, "Birch House")
        program = msgspec.structs.replace(
            card.program,
            schedule=(Session(weekday=5, start_minute=19 * 60, end_minute=20 * 60),),
        )
        listing = msgspec.structs.replace(card.listing, kind=Kind.MEETING, phones=(), programs=(program,))
        with places.client().application.test_request_context():
            old = replace(card, listing=listing, program=program, phones=(), age_note="This list is old.")
            text = text_message([old], "en").text
        street = card.listing.address.street
        assert re.search(rf"Birch House: Saturday, 7:00 PM-8:00 PM\. {street}.*\. Old list or no date: ask first", text)
        assert "No phone number" not in text

    @both_languages
    def test_it_begins_neutrally_and_explains_the_mark_once(self, places, lang):
        """A lock screen shows the first line; "[AD]" is explained once (disclosure row 26)."""
        text = text_message(cards(places, "Aspen House", "Birch House", lang=lang), lang).text

        assert text.splitlines()[0] in ("Your saved list:", "Su lista guardada:")
        assert "[AD] Aspen House" in text
        assert text.count("[AD] =") == 1
        assert "[AD] Birch" not in text

    @both_languages
    def test_it_never_has_more_than_three_segments(self, places, lang):
        """Of twenty places those stay that fit; the message says how many more there are."""
        message = text_message(cards(places, "Birch House", lang=lang) * 20, lang)
        assert message.segments <= MOST_SEGMENTS

    def test_paying_places_go_first_when_the_label_does_not_fit(self, places):
        """Nobody reads a paying place's number without its label."""
        [paying] = cards(places, "Aspen House")
        message = text_message([paying, *cards(places, "Birch House") * 12], "en")

        assert message.paid_left_out
        assert "Aspen House" not in message.text
        assert "[AD]" not in message.text

    def test_without_a_paying_place_nothing_is_explained(self, places):
        assert "[AD]" not in text_message(cards(places, "Birch House"), "en").text

    @both_languages
    def test_a_place_whose_status_nobody_confirmed_does_not_look_unpaid(self, places, lang):
        """It has a mark of its own, explained once in the words of its label (disclosure row 1)."""
        text = text_message(cards(places, "Dogwood House", "Birch House", lang=lang), lang).text
        assert "[?] Dogwood House" in text
        assert "[?] Birch House" not in text
        said = {"en": "[?] = payment status not confirmed.", "es": "[?] = no se ha confirmado si hubo pago."}[lang]
        assert text.count(said) == 1
        assert "[?]" not in text_message(cards(places, "Birch House", lang=lang), lang).text

    def test_accents_do_not_double_the_length(self):
        """One "á" would turn the whole message into letters of 16 bits."""
        assert typewritten("Clínica “Años” – José [x]") == 'Clinica "Años" - Josè [x]'.replace("Josè", "José")
        assert septets("[AD]") == 6

    def test_it_says_who_answers(self, places):
        """A number that sells calls says so before the number."""
        text = text_message(cards(places, "Elm House"), "en").text
        assert "companies that pay to receive these calls: (719) 555-0105" in text


@both_languages
class TestPdf:
    def test_every_page_has_the_lines_the_day_and_the_funding(self, places, lang):
        """Disclosure row 25: a page torn off still says who funds it, and whom to call."""
        names = ["Aspen House", "Birch House", "Cedar House", "Dogwood House", "Elm House", "Far House", "Example Line"]
        answer = places.client().get(address(places, *names, path="/list.pdf", lang=lang))
        pages = pdf_pages(answer.data)

        assert (answer.mimetype, answer.data[:5]) == ("application/pdf", b"%PDF-")
        assert len(pages) >= 2
        for page in pages:
            assert "911" in page
            assert "Example County" in page
            assert "2026" in page

    def test_the_label_stands_before_the_name_in_black(self, places, lang):
        """The label is text of its own before the name, and the border is drawn black."""
        document = places.client().get(address(places, "Aspen House", path="/list.pdf", lang=lang)).data
        [page] = pdf_pages(document)

        assert page.index(LABELS[lang]) < page.index("Aspen House")
        assert page.index("555-0101") > page.index("Aspen House")

    def test_a_border_goes_on_over_the_page(self, places, lang):
        """A place with more numbers than a page holds is framed on each of its pages, and the next place is not."""
        chosen = shortlist(places.lookup, (places.id_of("Aspen House"), places.id_of("Birch House")), lang, NOW.date())
        long, short = chosen.pages
        long = replace(long, card=replace(long.card, phones=long.card.phones * 40))
        pages = drawn_pages(list_pdf(replace(chosen, pages=(long, short)), (), NOW))

        framed = [len(re.findall(r" re S", page)) for page in pages if "555-0101" in page]
        assert len(framed) >= 2
        assert set(framed) == {1}
        assert "Birch House" in pages[-1]

    def test_nobody_else_is_labelled(self, places, lang):
        document = places.client().get(address(places, "Birch House", path="/list.pdf", lang=lang)).data
        assert LABELS[lang] not in pdf_pages(document)[0]


@both_languages
@pytest.mark.parametrize("asked", ["?ids=gone", "?ids=", ""])
def test_no_place_is_no_pdf(places, lang, asked):
    """A sheet with no place on it would look like an answer: a page says that the place is listed no more."""
    answer = places.client().get(f"/list.pdf{asked}{'&' if asked else '?'}lang={lang}")
    assert (answer.status_code, answer.mimetype) == (404, "text/html")
    assert {"en": "We do not list that place", "es": "No tenemos ese lugar"}[lang] in answer.text


def test_the_sheet_counts_what_is_listed_no_more(places):
    """As the page does."""
    document = places.client().get(f"/list.pdf?ids={places.id_of('Birch House')},gone,gone2").data
    assert "Places no longer listed: 2" in pdf_pages(document)[0]


def test_an_empty_list_says_how_to_begin(places):
    """The page without ids is no error."""
    answer = places.client().get("/list")
    assert (answer.status_code, unquote("Your list is empty") in answer.text) == (200, True)


@pytest.mark.parametrize("lang", ["en", "es"])
def test_every_word_of_the_page_is_a_word(places, lang):
    """`words.copy` was once the method of that name."""
    page = places.client().get(f"/list?ids={places.id_of('Aspen House')}&lang={lang}").text
    assert "built-in method" not in page
    assert WORDS[lang]["copy"] in page
