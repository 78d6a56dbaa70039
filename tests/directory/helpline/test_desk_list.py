"""The shortlist: read aloud with money first, compared without guessing, handed over with disclosures; it holds ids alone."""

from __future__ import annotations

import re
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest
from small_directory import NOW

from directory.disclosure import LANGUAGES
from directory.duties.answering import StatedAnswer, establish_answer
from directory.helpline.handing.lists import MOST_KEPT

PLACES = ("Aspen Detox", "Birch Detox", "Elm Outpatient")


@pytest.fixture
def ids(desk):
    """The ids of three places, as the page sends them."""
    return ",".join(desk.directory.id_of(name) for name in PLACES)


def panel(text: str, name: str) -> str:
    """One of the three views of the list."""
    return text.partition(f'data-panel="{name}"')[2].partition("</section>")[0]


def plain(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


class TestReadAloud:
    @pytest.mark.parametrize("lang", LANGUAGES)
    def test_the_label_of_a_paying_place_is_spoken_before_its_name(self, desk, ana, ids, lang):
        desk.directory.sponsor("Birch Detox")
        script = plain(panel(ana.send("/helpline/list", ids=ids, speak=lang).text, "script"))

        said = {"en": "This one is a paid advertisement.", "es": "Este es un anuncio pagado."}[lang]
        assert script.index("Aspen Detox") < script.index(said) < script.index("Birch Detox")

    def test_numbers_are_spoken_digit_by_digit_beside_the_digits(self, ana, ids):
        script = plain(panel(ana.send("/helpline/list", ids=ids).text, "script"))
        assert "seven one nine, five five five, zero one zero one. (719) 555-0101" in script

    def test_it_is_spoken_in_the_callers_language_on_a_page_in_the_staffs(self, ana, ids):
        text = ana.send("/helpline/list", ids=ids, speak="es").text
        assert '<div class="script" lang="es">' in text
        assert "No tiene que dar su nombre." in text
        assert ">Read aloud</h2>" in text

    def test_places_are_read_in_the_order_of_the_list(self, desk, ana):
        ids = [desk.directory.id_of(name) for name in reversed(PLACES)]
        script = panel(ana.send("/helpline/list", ids=",".join(ids)).text, "script")
        assert re.findall(r'part-place" data-of="(\w+)"', script) == ids

    def test_there_is_a_place_for_the_miles_that_only_the_page_knows(self, desk, ana, ids):
        """How far a caller is from a place is never sent."""
        script = panel(ana.send("/helpline/list", ids=ids).text, "script")
        assert script.count("data-miles-of=") == len(PLACES)


class TestCompare:
    def test_not_stated_is_not_no(self, ana, ids):
        table = panel(ana.send("/helpline/list", ids=ids).text, "compare")
        row = plain(table[table.index(">Medicaid</th>") :].partition("</tr>")[0])
        assert row.split(">", 1)[1].split() == ["Medicaid", "Says", "yes", "Says", "yes", "Not", "stated"]

    def test_one_program_does_not_speak_for_another(self, desk, ana):
        """Grove Center's detox and its care for adolescents are two programs."""
        table = panel(ana.send("/helpline/list", ids=desk.directory.id_of("Grove Center")).text, "compare")
        row = table[table.index(">Detox</th>") :].partition("</tr>")[0]
        assert "Says yes: The county list" in row

    def test_what_nobody_says_is_named(self, ana, ids):
        table = plain(panel(ana.send("/helpline/list", ids=ids).text, "compare"))
        assert "None of them says anything about:" in table
        assert "Methadone" in table.partition("None of them says anything about:")[2]

    def test_a_paying_place_bears_its_label(self, desk, ana, ids):
        desk.directory.sponsor("Birch Detox")
        head = panel(ana.send("/helpline/list", ids=ids).text, "compare").partition("</thead>")[0]
        assert head.index("Paid advertisement") < head.index("Birch Detox")


class TestHandOver:
    def test_every_text_says_who_pays(self, desk, ana, ids):
        """The text message by its mark, the text for e-mail in words."""
        desk.directory.sponsor("Birch Detox")
        given = panel(ana.send("/helpline/list", ids=ids).text, "handover")
        message = given.partition('id="give-message"')[2].partition("</textarea>")[0]
        text = given.partition('id="give-text"')[2].partition("</textarea>")[0]

        assert "[AD] Birch Detox" in message
        assert "Paid advertisement: Birch Detox" in text
        assert "We are paid by Example County." in text

    def test_the_callers_language_is_handed_over(self, ana, ids):
        given = panel(ana.send("/helpline/list", ids=ids, speak="es").text, "handover")
        assert "Su lista guardada:" in given
        assert "lang=es" in given.partition('id="give-address"')[2]

    def test_addresses_hold_ids_and_a_language_alone(self, ana, ids):
        given = panel(ana.send("/helpline/list", ids=ids).text, "handover").replace("&amp;", "&")
        addresses = [one for one in re.findall(r'href="([^"]+)"', given) if not one.startswith(("mailto:", "sms:"))]

        assert len(addresses) == 3
        for address in addresses:
            assert set(parse_qs(urlsplit(address).query)) <= {"ids", "lang"}

    def test_they_open_the_list_again(self, desk, ana, ids):
        """For the caller as a public page, for staff at the desk with the places kept."""
        given = panel(ana.send("/helpline/list", ids=ids).text, "handover").replace("&amp;", "&")
        public, at_the_desk = re.findall(r'href="http://localhost(/[^"]+)"', given)
        for page in (desk.app.test_client().get(public), ana.client.get(at_the_desk)):
            assert all(name in page.text for name in PLACES)

    @pytest.mark.parametrize("lang", LANGUAGES)
    def test_the_public_sheet_and_its_pdf_are_there(self, desk, ids, lang):
        reader = desk.app.test_client()
        assert "Aspen Detox" in reader.get(f"/list?ids={ids}&lang={lang}").text
        assert reader.get(f"/list.pdf?ids={ids}&lang={lang}").data.startswith(b"%PDF")


class TestTheList:
    def test_it_holds_eight_at_most(self, desk, ana):
        ids = [f"{number:012}" for number in range(MOST_KEPT + 1)]
        assert ana.send("/helpline/list", ids=",".join(ids)).status_code == 400

    def test_one_that_is_gone_is_said(self, desk, ana, ids):
        desk.directory.take_down("Elm Outpatient")
        assert "No longer listed: 1." in ana.send("/helpline/list", ids=ids).text

    def test_a_browser_without_scripts_gets_all_of_it_on_one_page(self, ana, ids):
        page = ana.client.get(f"/helpline/list?ids={ids}").text
        for name in ("script", "compare", "handover"):
            assert f'data-panel="{name}"' in page

    def test_an_empty_one_says_so(self, ana):
        assert "The list is empty." in ana.client.get("/helpline/list").text


class TestAfterAReload:
    def test_the_page_gets_its_places_as_they_stand_now(self, desk, ana, ids):
        """With the label of who pays, who answers before the number, and how many are listed no more."""
        desk.directory.sponsor("Birch Detox")
        desk.directory.take_down("Elm Outpatient")
        known = ana.send("/helpline/kept", ids=ids).get_json()

        assert [(place["name"], place["label"]) for place in known["places"]] == [
            ("Aspen Detox", ""),
            ("Birch Detox", "Paid advertisement"),
        ]
        assert known["places"][0]["who"].endswith("We have not checked who answers.")
        assert known["gone"] == 1

    def test_a_number_whose_calls_are_sold_is_set_off(self, desk, ana, ids):
        """In the list as in the answer."""
        sold = StatedAnswer(
            "719-555-0101",
            "paid_advertisers",
            payers="Payer (fictional)",
            source_url="https://example.org/who",
            operator_name="Desk",
        )
        establish_answer(desk.directory.store, sold, by="test", now=NOW)
        assert [place["sold"] for place in ana.send("/helpline/kept", ids=ids).get_json()["places"]] == [True, False, False]

    def test_an_address_with_a_place_that_is_gone_says_so(self, desk, ana, ids):
        desk.directory.take_down("Elm Outpatient")
        page = unescape(ana.client.get(f"/helpline?ids={ids}").text)
        assert '"gone":1' in page


class TestALongerList:
    """A caller's own list, which holds up to twenty."""

    @pytest.mark.parametrize("lang", LANGUAGES)
    def test_its_first_eight_are_kept_and_the_rest_is_said(self, desk, ana, lang):
        ids = ",".join([desk.directory.id_of(name) for name in PLACES] + [f"gone{number:08}" for number in range(7)])
        page = ana.client.get(f"/helpline?ids={ids}&lang={lang}")
        assert page.status_code == 200
        said = {"en": "The list holds eight places. Left out: 2.", "es": "La lista tiene lugar para ocho. Quedaron fuera: 2."}[
            lang
        ]
        assert said in page.text
        known = ana.send("/helpline/kept", ids=ids).get_json()
        assert [place["name"] for place in known["places"]] == list(PLACES)
        assert (known["gone"], known["left_out"]) == (5, 2)


class TestWithoutScripts:
    """A list that grows from search to search: it travels in the forms themselves."""

    def test_the_list_leads_back_with_its_places_ticked(self, desk, ana, ids):
        desk.directory.sponsor("Birch Detox")
        back = re.findall(r'href="(/helpline\?ids=[^"]+)"', ana.client.get(f"/helpline/list?ids={ids}").text)[-1]
        aside = ana.client.get(unescape(back)).text.partition('id="list-form"')[2].partition("</form>")[0]
        ticked = re.findall(r'value="(\w+)" checked> (?:<span class="paid-label">([^<]*)</span> )?([^<]*)</label>', aside)
        assert [one[0] for one in ticked] == ids.split(",")
        assert '<p class="hint" id="nothing-kept" hidden>' in ana.client.get(unescape(back)).text
        assert [one[1:] for one in ticked] == [
            ("", "Aspen Detox"),
            ("Paid advertisement:", "Birch Detox"),
            ("", "Elm Outpatient"),
        ]

    def test_the_next_search_keeps_them(self, ana, ids):
        data = {"form_token": ana.token, "q": "outpatient denver", "ids": ids.split(",")[:2]}
        page = ana.client.post("/helpline/search", data=data).text
        kept = page.partition('id="list-form"')[2].partition("</form>")[0]
        assert re.findall(r'value="(\w+)" checked>', kept) == ids.split(",")[:2]
        assert re.findall(r'<input class="without-script" type="hidden" name="ids" value="(\w+)">', page) == ids.split(",")[:2]

    def test_a_page_with_a_script_asks_for_words_alone(self, ana, ids):
        """Its list is not part of an answer."""
        answer = ana.send("/helpline/search", q="outpatient denver", ids=ids)
        assert "checked>" not in answer.text
