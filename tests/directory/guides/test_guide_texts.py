"""What holds for the words of every guide that ships: sources, plain words, no doses, and the same in both languages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from urllib.parse import parse_qsl, urlsplit

import pytest
from reading_grade import english_grade, spanish_ease
from werkzeug.datastructures import MultiDict

from directory.asking.query import parse_query
from directory.guides.documents import Guide, read_sources
from directory.guides.library import GUIDES, library
from directory.guides.markdown import OURS, blocks, plain_text, slug_of
from directory.safety import crisis_lines
from index.language.vocabulary import Vocabulary

HARDEST_GRADE = 8.0
LEAST_EASE = 60.0  # Fernández Huerta: grade 8 or lower from here on
DOSE = re.compile(
    r"\d\s?(?:mg|mcg|µg|ml|g|cc|miligramos?|milligrams?|micrograms?|milliliters?|units?)\b|\b(?:mg|mcg)\b", re.IGNORECASE
)
LABELS = re.compile(
    r"\b(?:addicts?|abusers?|junkies?|alcoholics?|substance abuse|drug abuse|(?:get(?:ting)?|stay(?:ing)?) clean|clean and sober"
    r"|dirty|adict[oa]s?|drogadict[oa]s?|alcohólic[oa]s?|limpi[oa]s?|suci[oa]s?|committed suicide|cometió suicidio)\b",
    re.IGNORECASE,
)
OFFICIAL_NAMES = re.compile(
    r"Alcoholics Anonymous|Alcohólicos Anónimos|Parents of Addicted Loved Ones|Adult Children of Alcoholics"
    r"|Substance Abuse and Mental Health Services Administration"
)
SHORT_NUMBER = re.compile(r"\b(?:911|988|741741|435748)\b")
# Who may be a source beside public bodies: nobody who sells treatment or leads callers to it. A new one is added on purpose.
PUBLIC_HOSTS = (".gov", ".mil", ".gov.uk", ".edu")
OTHER_HOSTS = {
    "health departments and public programs": {
        *(
            "preventoverdosewa.org",
            "espanol.ocfl.net",
            "towardtheheart.com",
            "midshorebehavioralhealth.org",
            "www.bjatraining.org",
        ),
        *("www.ruralhealthinfo.org", "iusbirt.org", "www.everycrsreport.com", "webarchive.library.unt.edu"),
    },
    "medical societies and their guidelines": {
        *("eguideline.guidelinecentral.com", "guidelinecentral.com", "www.racgp.org.au", "sleepeducation.org"),
        "gradpsych.apags.org",
    },
    "journals and research": {
        *("bjgp.org", "www.dovepress.com", "informahealthcare.com", "www.jsatjournal.com", "phi.org", "www.recoveryanswers.org"),
        "nreppadmin.net",
    },
    "hospitals and their libraries": {
        *("www.mayoclinic.org", "lancastergeneralhealth.org", "middlesexhealth.org", "www.mghsuds.org", "www.themiriam.org"),
        "iris.hattiesburgclinic.com",
    },
    "charities and advocates": {"drugfree.org", "www.shatterproof.org", "www.penington.org.au", "aahd.us"},
    "copies of labels, laws and articles, named as such": {
        *("drugcentral.org", "medlibrary.org", "medthority.com", "anikamd.com", "studyres.com", "jdsupra.com", "nkctribune.com"),
    },
    "pharmacists": {"www.goodrx.com", "www.drugs.com"},
}
NUMBER = re.compile(r"\b(?:1-)?\d{3}-\d{3}-\d{4}\b")
PAIRS = [pytest.param(guide, library().guides["es"].get(guide.slug), id=guide.slug) for guide in library().guides["en"].values()]
every_guide = pytest.mark.parametrize("guide", [pytest.param(guide, id=f"{guide.lang}/{guide.slug}") for guide in library()])


def pieces(guide: Guide) -> list[str]:
    """Return what is read: paragraphs, list items and cells, the summary, and the box of danger."""
    return [*(plain_text(token) for token in blocks(guide.body) if token.type == "inline"), guide.front.summary]


def whole_text(guide: Guide) -> str:
    return "\n".join([guide.front.title, *pieces(guide), *guide.front.danger])


def statements(guide: Guide) -> Iterator[tuple[str, set[str]]]:
    """Yield every paragraph, item and row that says something, with what it cites.

    Questions say nothing, nor do headings, heads of tables, and words that introduce a list without a source of their own.
    Items stand on the source of what introduces them, unless they have their own.
    """
    introduction, row = "", []
    for token, following in pairwise(blocks(guide.body)):
        if token.type == "heading_open":
            introduction = ""
        elif token.type == "tr_open":
            row = []
        elif token.type == "tr_close" and row:
            yield " ".join(row), cites(" ".join(row))
        elif token.type == "inline" and following.type == "td_close":
            row.append(token.content)
        elif token.type == "inline" and following.type == "paragraph_close" and not is_question(token.content):
            is_item = token.level > 1
            introduction = introduction if is_item else token.content if introduces(token.content) else ""
            if is_item or cites(token.content) or not introduction:
                yield token.content, cites(token.content) or cites(introduction if is_item else "")


def headings(guide: Guide) -> set[str]:
    return {slug_of(plain_text(words)) for opening, words in pairwise(blocks(guide.body)) if opening.type == "heading_open"}


def introduces(text: str) -> bool:
    return without_citations(text).endswith(":")


def is_question(text: str) -> bool:
    return without_citations(text).endswith("?")


def without_citations(text: str) -> str:
    return re.sub(r"\[\^[\w-]+\]", "", text).strip()


def cites(text: str) -> set[str]:
    return set(re.findall(r"\[\^([\w-]+)\]", text))


@every_guide
class TestEveryGuide:
    def test_a_person_of_grade_8_can_read_it(self, guide):
        if guide.lang == "en":
            assert english_grade(pieces(guide)) <= HARDEST_GRADE
        else:
            assert spanish_ease(pieces(guide)) >= LEAST_EASE

    def test_every_statement_names_a_source_or_is_marked_as_ours(self, guide):
        assert [text for text, found in statements(guide) if not found] == []

    def test_every_source_it_names_is_cited(self, guide):
        cited = cites(guide.body) | cites("\n".join(guide.front.danger))
        assert cited - {OURS} == set(guide.front.sources)

    def test_our_own_advice_states_no_figures(self, guide):
        """A figure is a fact and wants a source; numbers to call are confirmed elsewhere."""
        for text, found in statements(guide):
            if found == {OURS}:
                assert not re.search(
                    r"\d", re.sub(r"\b(?:911|988|741741|435748|24/7)\b", "", NUMBER.sub("", without_links(text)))
                ), text

    def test_no_dose_stands_in_it(self, guide):
        assert not DOSE.search(whole_text(guide))

    def test_its_words_put_the_person_first(self, guide):
        assert not LABELS.search(OFFICIAL_NAMES.sub("", whole_text(guide)))

    def test_its_numbers_to_call_are_the_confirmed_ones(self, guide):
        confirmed = {number for line in crisis_lines().values() for number in (line.call, line.tty)}
        assert set(NUMBER.findall(whole_text(guide))) <= confirmed

    def test_it_is_about_concepts_that_exist(self, guide):
        for concept in guide.front.about:
            Vocabulary.load().concept(concept)

    def test_its_links_lead_somewhere(self, guide, reader):
        """A page of this site, a guide of this language and one of its headings, or a search that can be asked."""
        pages = reader.application.url_map.bind("localhost")
        for address in re.findall(r"\]\((/[^)]+)\)", guide.body):
            parts = urlsplit(address)
            endpoint, values = pages.match(parts.path)

            if endpoint == "guides.guide":
                target = library().guides[guide.lang][values["slug"]]
                assert parts.fragment in {"", *headings(target)}, address
            if endpoint == "site.results":
                parse_query(MultiDict(parse_qsl(parts.query)), Vocabulary.load(), strict=True)


@pytest.mark.parametrize(("english", "spanish"), PAIRS)
class TestBothLanguages:
    def test_each_guide_stands_in_both(self, english, spanish):
        assert spanish is not None

    def test_they_have_the_same_parts(self, english, spanish):
        """Headings, lists and tables in the same order, with as many items and cells."""
        shape = [[token.type for token in blocks(guide.body) if token.type.endswith("_open")] for guide in (english, spanish)]
        levels = [[token.tag for token in blocks(guide.body) if token.type == "heading_open"] for guide in (english, spanish)]

        assert levels[0] == levels[1]
        assert shape[0] == shape[1]

    def test_they_name_the_same_sources_and_links(self, english, spanish):
        citing = [re.findall(r"\[\^([\w-]+)\]", guide.body + "".join(guide.front.danger)) for guide in (english, spanish)]
        links = [re.findall(r"\]\(([^)#]*)", guide.body) for guide in (english, spanish)]

        assert citing[0] == citing[1]
        assert links[0] == links[1]
        assert english.front.sources == spanish.front.sources

    def test_they_say_the_same_of_themselves(self, english, spanish):
        for field in ("order", "written_on", "about", "reviewed"):
            assert getattr(english.front, field) == getattr(spanish.front, field)
        assert len(english.front.danger) == len(spanish.front.danger)


def test_the_register_has_no_source_that_nobody_cites():
    register = read_sources((GUIDES / "sources.toml").read_text(encoding="utf-8"))
    assert set(register) == {source for guide in library() for source in guide.front.sources}


def test_sources_have_addresses_of_their_own():
    """Two ids for one page would number it twice."""
    register = read_sources((GUIDES / "sources.toml").read_text(encoding="utf-8"))
    assert len({source.url for source in register.values()}) == len(register)


def test_no_source_sells_what_the_guides_are_about():
    """A center, a site that is paid for callers, or a page whose maker is unknown is no source for a frightened reader."""
    register = read_sources((GUIDES / "sources.toml").read_text(encoding="utf-8"))
    hosts = {urlsplit(source.url).hostname or "" for source in register.values()}
    assert {host for host in hosts if not host.endswith(PUBLIC_HOSTS)} <= set().union(*OTHER_HOSTS.values()) <= hosts


def without_links(text: str) -> str:
    return re.sub(r"\]\([^)]*\)", "]", text)
