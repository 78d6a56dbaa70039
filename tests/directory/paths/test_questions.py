"""Answers choose filters, and nothing else: no score, no diagnosis, nothing kept."""

from __future__ import annotations

import itertools
import re
from dataclasses import replace

import pages
import pytest
from reading_grade import english_grade, spanish_ease

from directory.disclosure import LANGUAGES
from directory.paths.questions import QUESTIONS, UNSAID, PathName, asked
from directory.paths.words import INTRODUCTIONS, KNOWN, TITLES, WORDS
from index.geo.places import Gazetteer, UnknownPlace
from index.language.names.listed import NoNames
from index.language.understanding import understand
from index.language.vocabulary import Vocabulary
from index.listing import Kind

BOTH = tuple(PathName)
EVERY_CHOICE = [(path, question, choice) for path in BOTH for question in QUESTIONS[path] for choice in question.choices]
SAFELY = {"about": "sedatives", "want": "stop", "payment": "medicaid", "near": "Exampletown"}


def query(path: PathName = PathName.NOT_SURE, **answers: str):
    return asked(path, answers, "Exampletown", "en").query


class TestTheQuestions:
    def test_there_are_three_on_each_way(self):
        assert {path: len(questions) for path, questions in QUESTIONS.items()} == dict.fromkeys(BOTH, 3)

    def test_each_can_be_left_open(self):
        """The last answer says "I don't know" and asks for nothing."""
        for question in itertools.chain.from_iterable(QUESTIONS.values()):
            last = question.choices[-1]
            assert (last.value, last.offers, last.prefer, last.kind) == (UNSAID, (), (), None)

    @pytest.mark.parametrize(("path", "question", "choice"), EVERY_CHOICE)
    def test_what_asks_for_something_is_explained_in_both_languages(self, path, question, choice):
        assert set(choice.label) == set(LANGUAGES)
        assert bool(choice.offers or choice.prefer or choice.kind) is bool(choice.why)
        assert not choice.why or set(choice.why) == set(LANGUAGES)
        for concept in (*choice.offers, *choice.prefer):
            Vocabulary.load().concept(concept)

    def test_the_words_around_them_stand_in_both_languages(self):
        assert set(WORDS["en"]) == set(WORDS["es"])
        assert all(set(words[path]) == set(LANGUAGES) for words in (TITLES, INTRODUCTIONS) for path in BOTH)

    @pytest.mark.parametrize("path", BOTH)
    def test_a_person_of_grade_8_can_read_them(self, path):
        """The questions, the answers, the reasons, and the words around them."""
        said = {
            lang: [
                *(question.label[lang] for question in QUESTIONS[path]),
                *(text[lang] for one, _, choice in EVERY_CHOICE if one is path for text in (choice.label, choice.why) if text),
                *WORDS[lang].values(),
                INTRODUCTIONS[path][lang],
            ]
            for lang in LANGUAGES
        }
        assert english_grade(said["en"]) <= 8
        assert spanish_ease(said["es"]) >= 60


class TestTheSearch:
    def test_answers_become_filters(self):
        found = query(about="both", want="home", payment="medicaid")
        assert found.offers == ("care.cooccurring", "care.outpatient", "pay.medicaid")
        assert found.kinds == (Kind.FACILITY,)

    def test_a_drug_only_comes_first(self):
        """Few places say which drugs they treat, so it never takes a place out."""
        found = query(about="opioids", want="stop")
        assert (found.offers, found.prefer) == (("care.detox",), ("sub.opioids",))

    def test_no_answer_asks_for_nothing(self):
        assert (query().offers, query().prefer, query(about="made up").prefer) == ((), (), ())

    def test_lines_have_no_filters_that_only_places_state(self):
        """But what it is about stays, and with it the safety notices."""
        found = query(about="alcohol", want="call", payment="private")
        assert (found.kinds, found.offers, found.prefer) == ((Kind.HELPLINE,), (), ("sub.alcohol",))

    def test_only_the_age_of_a_child_is_a_filter(self):
        """Most programs take adults; a person of 65 may go to any of them."""
        young, older = (query(PathName.SOMEONE_ELSE, age=age) for age in ("young", "older"))
        assert (young.offers, older.offers, older.prefer) == (("pop.adolescents",), (), ("pop.older_adults",))


@pytest.mark.parametrize("path", BOTH)
@pytest.mark.parametrize("lang", LANGUAGES)
class TestThePage:
    def test_it_asks_without_script(self, client, path, lang):
        """Radio buttons in groups with a legend, sent by POST, with "I don't know" chosen."""
        page = client.get(f"/{path}?lang={lang}").text

        assert page.count("<fieldset") == page.count("<legend") == 3
        assert f'action="/{path}?lang={lang}" method="post"' in page
        assert page.count(f'value="{UNSAID}" checked') == 3
        assert TITLES[path][lang].replace("'", "&#39;") in page

    def test_it_offers_a_person(self, client, path, lang):
        assert "1-800-662-4357" in client.get(f"/{path}?lang={lang}").text


class TestWhoKnowsWhatIsNeeded:
    """For another person a place and one button are enough."""

    @pytest.mark.parametrize("lang", LANGUAGES)
    def test_each_button_sends_words_that_the_search_understands(self, lang):
        read = [
            understand(words, vocabulary=Vocabulary.load(), places=Gazetteer.load(), names=NoNames(), lang=lang)
            for _label, words in KNOWN[lang]
        ]
        concepts = [[one.id for one in understood.concepts] for understood in read]
        assert concepts == [["care.detox"], ["care.residential"], ["care.outpatient"], ["care.moud"]]

    def test_its_form_searches_without_questions(self, client, lookup):
        """The language that the reader chose stays."""
        page = client.get("/for-someone-else?lang=es").text
        form = re.search(r'<form class="known".*?</form>', page, re.DOTALL)[0]
        client.post("/search", data={"near": "Exampletown", "q": "Desintoxicación", "lang": "es"})

        assert '<input type="hidden" name="lang" value="es">' in form
        assert 'name="q" value="Desintoxicación">Hallar desintoxicación</button>' in form
        assert (lookup.asked[-1].text, lookup.asked[-1].near, lookup.asked[-1].lang) == ("Desintoxicación", "Exampletown", "es")

    def test_who_is_not_sure_is_asked_alone(self, client):
        assert 'class="known"' not in client.get("/not-sure").text


class TestTheAnswer:
    def test_it_explains_each_filter(self, client):
        page = client.post("/not-sure", data=SAFELY).text

        assert "<dt>To stop safely, without getting ill</dt><dd>Only places that say they do detox" in page
        assert "3 places within 25 miles of Exampletown, CO" in page

    def test_no_answer_stands_in_an_address(self, client):
        """Neither in that of the page, nor in one that it leads to; the list is asked for by a form."""
        page = client.post("/not-sure", data=SAFELY).text
        addresses = " ".join(re.findall(r'(?:href|action)="([^"]*)"', page))

        assert not re.search("sedatives|medicaid|want=|about=|Exampletown", addresses)

    def test_nobody_keeps_it(self, client):
        answer = client.post("/not-sure", data=SAFELY)
        assert answer.headers["Cache-Control"] == "no-store"
        assert "Set-Cookie" not in answer.headers

    def test_its_button_asks_for_the_understood_parts(self, client):
        """The same values as the search form sends; search decides whether an address may stand for them."""
        page = client.post("/not-sure", data=SAFELY).text
        sent = re.findall(r'<input type="hidden" name="(offers|near)" value="([^"]+)">', page)

        assert sent == [("near", "Exampletown, CO"), ("offers", "care.detox"), ("offers", "pay.medicaid")]

    def test_danger_stands_before_the_filters(self, client, lookup):
        """A sedative that is to be stopped."""
        lookup.answer = replace(lookup.answer, notices=(pages.notice("withdrawal-prescribed-sedative"),))
        page = client.post("/not-sure", data=SAFELY).text

        assert page.index("Do not stop on your own") < page.index('id="filters"')

    def test_it_is_spanish_on_a_spanish_page(self, client):
        page = client.post("/not-sure?lang=es", data={**SAFELY, "lang": "es"}).text
        assert "Dejarlo sin peligro y sin enfermarse" in page
        assert '<input type="hidden" name="lang" value="es">' in page


class TestThePlace:
    def test_without_one_the_questions_come_back_as_answered(self, client):
        """With the message at its field; lines alone need no place."""
        answer = client.post("/not-sure", data={**SAFELY, "near": ""})

        assert answer.status_code == 400
        assert 'value="sedatives" checked' in answer.text
        assert 'id="near-problem"' in answer.text
        assert client.post("/not-sure", data={"want": "call"}).status_code == 200

    def test_an_unknown_one_is_said_to_be_unknown(self, client, lookup):
        lookup.fails_with = UnknownPlace("Nowhere", (pages.EXAMPLETOWN,))
        answer = client.post("/for-someone-else", data={"near": "Nowhere"})

        assert answer.status_code == 400
        assert "Did you mean: Exampletown, CO?" in answer.text


def test_home_leads_to_both(client):
    page = client.get("/").text
    assert all(f'href="/{path}"' in page for path in BOTH)
