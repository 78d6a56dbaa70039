"""A page of results: what stands where, and what each listing discloses."""

from __future__ import annotations

import re
from dataclasses import replace

import pages
import pytest
from pages import Shop

from directory.page import Chip, Choice, Corrected, Group
from directory.site.searching.forms import form_of_page
from directory.sources.records import PaymentTerms
from index.listing import Kind, Phone

HOSTILE = '<script>alert("x")</script> "onmouseover=alert(1) \'&'


@pytest.fixture
def card(lookup, html):
    """The HTML of one listing in a list."""

    def shown(place=None, shop=None, **row) -> str:
        lookup.answer = pages.result_page([replace((shop or Shop()).row(place), **row)])
        return re.search(r"<article.*?</article>", html("/search?near=Exampletown"), re.DOTALL)[0]

    return shown


class TestKeptPage:
    def test_same_page_is_made_once(self, lookup, client):
        """Who opens what was just opened gets the same page, in the language of their own browser."""
        first = client.get("/search?near=Exampletown")
        asked = len(lookup.asked)
        assert client.get("/search?near=Exampletown").data == first.data
        assert len(lookup.asked) == asked
        spanish = client.get("/search?near=Exampletown", headers={"Accept-Language": "es"})
        assert spanish.headers["Content-Language"] == "es"
        assert spanish.data != first.data


class TestOrderOfThePage:
    def test_notices_stand_before_results(self, lookup, html):
        """Safety first; the results stay below."""
        lookup.answer = pages.result_page(notices=(pages.notice(),))
        page = html("/search?near=Exampletown")

        assert page.index('class="notice caution"') < page.index('id="results"') < page.index("Cedar Ridge Recovery")

    def test_a_notice_can_be_acted_on(self, lookup, html):
        """Its numbers are links, and it offers its searches near the same place."""
        lookup.answer = pages.result_page(notices=(pages.notice("opioid-tolerance"), pages.notice("crisis-988")))
        page = html("/search?near=Exampletown")

        assert 'href="/search?near=Exampletown%2C+CO&amp;offers=care.moud"' in page
        assert '<a href="sms:741741">741741</a>' in page

    def test_a_reader_in_danger_at_home_gets_a_large_way_out(self, lookup, html):
        """The notice about a violent partner carries a button that leaves."""
        lookup.answer = pages.result_page(notices=(pages.notice("partner-violence"),))

        assert '<a class="button" href="https://www.weather.gov/"' in html("/search?near=Exampletown")

    def test_count_order_payment_and_edition_are_said(self, html):
        """One short paragraph above the list."""
        page = html("/search?near=Exampletown")

        assert "<h2>3 places within 25 miles of Exampletown, CO</h2>" in page
        assert "Best match first, then nearest. None of these places pays us. From the federal list, 2024." in page
        assert "Call before you go." in page

    def test_a_long_list_of_the_whole_country_asks_where_first(self, lookup, html):
        """In one box, with everything else as it was."""
        answer = pages.result_page(place=None, radius_miles=None, total=2_000)
        lookup.answer = replace(answer, parts=replace(answer.parts, near="", unpaid_only=True))
        form = html("/search?offers=care.detox").partition('class="panel where"')[2].partition("</form>")[0]

        assert "Where are you?" in form
        assert '<input type="hidden" name="offers" value="care.detox">' in form
        assert '<input type="hidden" name="unpaid_only" value="1">' in form

    def test_who_named_a_place_is_not_asked_again(self, lookup, html):
        """However long the list is."""
        lookup.answer = pages.result_page(total=2_000)

        assert 'class="panel where"' not in html("/search?near=Exampletown")

    def test_where_nothing_was_searched_nothing_is_counted(self, lookup, html):
        """The page asks for other words, and never says that nothing matches."""
        lookup.answer = pages.result_page((), searched=False)
        page = html("/search?near=Exampletown")

        assert "Try other words" in page
        assert "Nothing in this list matches" not in page
        assert "0 places" not in page

    def test_nobody_is_told_to_call_a_line_before_going_there(self, lookup, html):
        """A page of lines in a crisis says what is true of lines."""
        answer = pages.result_page()
        lookup.answer = replace(answer, parts=replace(answer.parts, offers=(), kinds=(Kind.HELPLINE,)))
        count = html("/search?kind=helpline").partition('<div class="count">')[2].partition("</div>")[0]

        assert "Call before you go." not in count

    def test_a_place_with_several_readings_offers_the_others(self, lookup, html):
        """One click away."""
        lookup.answer = pages.result_page(place_alternatives=(Choice("Exampletown, TX", "/search?near=Exampletown%2C+TX"),))

        assert "Showing Exampletown, CO. Others of that name:" in html("/search?near=Exampletown")
        assert 'href="/search?near=Exampletown%2C+TX">Exampletown, TX</a>' in html("/search?near=Exampletown")

    @pytest.mark.parametrize(("people", "first"), [(10, False), (9_000, True)])
    def test_a_far_smaller_place_of_the_name_waits_after_the_list(self, lookup, html, people, first):
        """Nobody has to read past four other Denvers to see the places; where either may be meant, the question comes first."""
        other = replace(pages.EXAMPLETOWN, label="Exampletown, TX", population=people)
        lookup.answer = pages.result_page(place_alternatives=(Choice(other.label, "/search?near=Exampletown%2C+TX", other),))
        page = html("/search?near=Exampletown")

        assert (page.index("Others of that name:") < page.index("<h2>3 places")) is first

    def test_two_corrected_spellings_are_one_sentence(self, lookup, html):
        """Each in its quotes."""
        lookup.answer = pages.result_page(corrections=(Corrected("klonapin", "Klonopin"), Corrected("medicade", "Medicaid")))

        assert "Showing results for “Klonopin”, “Medicaid”." in html("/search?q=klonapin+medicade")

    def test_a_corrected_spelling_can_be_undone(self, lookup, html):
        """The page says what it searched instead."""
        lookup.answer = pages.result_page(corrections=(Corrected("klonapin", "Klonopin"),))
        page = html("/search?q=klonapin")

        assert "Showing results for “Klonopin”." in page
        assert "Search instead for “klonapin”</button>" in page
        assert 'name="q" value="klonapin"' in page
        assert 'name="understand" value="0"' in page
        assert "understand=0" not in page

    def test_after_a_redirect_the_correction_is_still_said(self, lookup, html):
        """The address names the corrected parts by their ids, never the typed words; other ids say nothing."""
        page = html("/search?near=Exampletown&read=pay.medicaid,place,sub.heroin")

        assert "Spelling corrected. Read as: Medicaid, Exampletown, CO." in page
        assert "Read as" not in html("/search?near=Exampletown&read=sub.heroin")

    def test_groups_beyond_follow_with_their_own_totals(self, lookup, html):
        """Labelled, after the results, with a link to all of them."""
        beyond = (Group("national", "Lines you can call from anywhere", 9, pages.rows(1), "/search?kind=helpline"),)
        lookup.answer = pages.result_page(beyond=beyond)
        page = html("/search?near=Exampletown")

        assert page.index("Riverbend Clinic") < page.index("Lines you can call from anywhere (9)")
        assert '<a href="/search?kind=helpline">Show all 9<' in page

    def test_advertisements_come_last_under_their_own_heading(self, lookup, html):
        """After all organic results and groups, each labelled again."""
        shop = Shop(payers={"place-42": "Example Health LLC"})
        lookup.answer = pages.result_page(advertisements=(shop.row(),))
        page = html("/search?near=Exampletown")

        assert page.index("Quiet Harbor House") < page.index("Paid advertisements</h2>") < page.index("Paid advertisement<")


class TestRefining:
    def test_a_chip_says_what_its_removal_would_show(self, html):
        """To everyone: the accessible name is "Remove Medicaid, shows 31"."""
        chip = re.findall(r'<a class="chip"[^>]*>(.*?)</a>', html("/search?near=Exampletown"), re.DOTALL)[1]

        assert " ".join(re.sub("<[^>]+>", "", chip).split()) == "Remove Medicaid, shows 31"

    def test_what_only_ranks_is_plain_text(self, html, lookup):
        """A preference takes nothing away, so there is nothing to remove: it says that it comes first, and is no link."""
        chip = Chip("prefer", "Clonazepam (Klonopin)", "sub.clonazepam", "/search?near=Exampletown", None)
        lookup.more = replace(lookup.more, chips=(*lookup.more.chips, chip))
        chips = re.search(r'<ul class="chips">.*?</ul>', html("/search?near=Exampletown"), re.DOTALL)[0]
        shown = re.search(r'<li class="preferred">(.*?)</li>', chips, re.DOTALL)[1]

        assert " ".join(re.sub("<[^>]+>", "", shown).split()) == "Clonazepam (Klonopin), shown first"
        assert "Remove Clonazepam" not in chips
        assert "<a" not in shown

    def test_a_long_filter_is_cut_to_ten_with_the_rest_one_click_away(self, html, lookup):
        """Counts and one line of help stand at each value; an address asks for all of one filter."""
        page = html("/search?near=Exampletown")
        first = page[page.index("Kind of care</summary>") : page.index("2 more: Kind of care")]
        html("/search?near=Exampletown&all=care")

        assert first.count("<li") == 10
        assert "What it is in one line." in first
        assert "&amp;all=care#care" in first
        assert lookup.whole == "care"

    def test_radius_and_order_change_without_script(self, html):
        """A plain form whose hidden fields hold the rest of the search."""
        page = html("/search?near=Exampletown")
        form = re.search(r'<form class="narrowing".*?</form>', page, re.DOTALL)[0]

        assert '<option value="25" selected>' in form
        assert '<input type="hidden" name="offers" value="pay.medicaid">' in form

    def test_nothing_found_says_what_can_be_done(self, lookup, html):
        """Honest words, widenings with their counts, and a person to call."""
        lookup.answer = pages.result_page([])
        page = html("/search?near=Exampletown")

        assert "0 places within 25 miles" in page
        assert 'href="/search?offers=care.detox&amp;radius=50">Within 50 miles: 22 results</a>' in page
        assert "1-800-662-4357" in page

    def test_the_other_kinds_of_help_are_one_click_away(self, lookup, html):
        """With their counts; the one that is shown is no link."""
        lookup.answer = pages.result_page(kinds={Kind.FACILITY: 3, Kind.MEETING: 41})
        page = html("/search?near=Exampletown")

        assert '<strong aria-current="true">Places</strong> <span class="tally">3</span>' in page
        assert "kind=meeting&amp;" in page or 'kind=meeting"' in page
        assert '>Meetings</a> <span class="tally">41</span>' in page

    def test_who_pays_can_be_left_out(self, html):
        """One box in the form that narrows, which does not repeat it."""
        form = html("/search?near=Exampletown&unpaid_only=1")
        form = form[form.index('class="narrowing"') :]

        assert form[: form.index("</form>")].count('name="unpaid_only"') == 1

    def test_pages_are_linked(self, lookup, html):
        """4,000 results are 200 pages."""
        lookup.answer = pages.result_page(total=4000, page=2)
        page = html("/search?near=Exampletown&page=2")

        assert "Page 2 of 200" in page
        assert 'rel="next" href="/search?near=Exampletown%2C+CO&amp;offers=care.detox&amp;offers=pay.medicaid&amp;page=3"' in page


class TestDisclosure:
    def test_a_paid_listing_is_labelled_before_its_name(self, card):
        """The label is the first text of the card and of its heading."""
        shown = card(shop=Shop(payers={"place-42": "Example Health LLC"}))
        words = " ".join(re.sub("<[^>]+>", " ", shown).split())

        assert words.startswith("Paid advertisement : Cedar Ridge Recovery")
        assert 'class="card paid"' in shown
        assert "Example Health LLC" in words
        assert "It stands here because it matches, not because it paid." in words

    def test_a_listing_that_nobody_pays_for_says_so(self, card):
        """In the trust line, with its source and whether anyone checked it."""
        assert '<span class="status">Not an ad</span> · federal list 2024 · not checked by us' in card()

    def test_an_unknown_status_is_a_status(self, card):
        """Never empty."""
        assert "Payment status not confirmed" in card(shop=Shop(terms=PaymentTerms.UNKNOWN))

    def test_who_answers_stands_before_the_number(self, card):
        """Also when it is a call center."""
        shown = card(shop=Shop(answered_by=(pages.CALL_CENTER,)))

        assert shown.index("This number reaches Example Calls: a call center.") < shown.index("tel:+13035550142")

    def test_a_shared_number_says_on_how_many_places_it_stands(self, card):
        """One number for 78 places is no clinic's desk."""
        assert "One number for 78 places." in card(shop=Shop(places=78))

    def test_the_number_is_the_sources_digit_for_digit(self, card):
        """No tracking or forwarding number."""
        assert 'href="tel:+13035550142;ext=7">Call <span class="digits">(303) 555-0142 ext. 7</span>' in card(
            pages.listing(phones=(Phone(number="+13035550142", extension="7"),))
        )

    def test_a_listing_without_a_number_says_so(self, card):
        """And offers its website instead."""
        shown = card(pages.listing(phones=()))

        assert "No phone number is listed." in shown
        assert 'href="https://cedar.example.org/"' in shown

    def test_further_numbers_fold_away(self, card):
        """Five numbers do not push the next place off the screen."""
        phones = tuple(Phone(number=f"+1303555010{n}") for n in range(5))
        shown = card(pages.listing(phones=phones))

        assert shown.count("button call") == 1
        assert shown.index("Other numbers") < shown.index("(303) 555-0104")


class TestHostileText:
    def test_a_listings_words_stay_words(self, card):
        """A source may say anything; nothing of it becomes markup."""
        shown = card(pages.listing(HOSTILE), why=(HOSTILE,), miles=HOSTILE)

        assert "<script" not in shown
        assert '"onmouseover' not in shown
        assert "&lt;script&gt;" in shown

    @pytest.mark.parametrize(
        "website", ["javascript:alert(1)", "data:text/html,x", 'https://x" onclick="y', "http:///x", "https://a b.c"]
    )
    def test_only_a_web_address_becomes_a_link(self, card, website):
        """Everything else is shown as text."""
        assert f'href="{website[:8]}' not in card(pages.listing(phones=(), website=website))

    def test_typed_words_come_back_escaped(self, client, lookup):
        """In the form, where they stand again."""
        lookup.private = True

        assert "<script>alert" not in client.post("/search", data={"q": HOSTILE, "near": HOSTILE}).text


def test_the_first_box_leaves_the_place_to_the_second():
    """A place chip can be removed, but it is no part of what is needed."""
    chips = (Chip("filter", "Detox", "care.detox"), Chip("place", "Exampletown, CO"))

    assert form_of_page(pages.result_page([]), chips, "").q == "Detox"
