"""What staff read and what they read aloud is plain: grade 8 or lower, and 6 for what is said of danger, in both languages."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from markupsafe import Markup

sys.path.insert(0, str(Path(__file__).parents[1] / "guides"))

from reading_grade import english_grade, spanish_ease

from directory.channels.script import SPOKEN
from directory.disclosure import LANGUAGES, Language
from directory.helpline.places.words import PLACE_WORDS
from directory.helpline.words import SCRIPT_WORDS, WORDS

TABLES = {"desk": WORDS, "scripts": SCRIPT_WORDS, "places": PLACE_WORDS, "spoken": SPOKEN}
EXAMPLES = "examples"  # of what staff type; nobody reads it as a sentence
LEAST_WORDS = 6  # in fewer the measure counts single words
EASE_OF_GRADE = {8: 60, 6: 70}
ADDRESSES = ("/helpline", "/helpline/practice", "/helpline/danger", "/helpline/openings", "/helpline/login")


def is_plain(pieces: list[str], lang: Language, grade: int = 8) -> bool:
    """Tell whether pieces of text, each a sentence at least, are of a grade or lower."""
    return english_grade(pieces) <= grade if lang == "en" else spanish_ease(pieces) >= EASE_OF_GRADE[grade]


def sentences(lang: Language) -> Iterator[tuple[str, str]]:
    """The words long enough to be measured one by one, by table and name."""
    for table, words in TABLES.items():
        for name, said in words[lang].items():
            if name != EXAMPLES and len(said.split()) >= LEAST_WORDS:
                yield f"{table}.{name}", said


def paragraphs(page: str) -> list[str]:
    """The text of a page's paragraphs, without marks."""
    found = re.findall(r"<(p|li|h1|h2|h3|legend|label|summary)\b[^>]*>(.*?)</\1>", page, re.DOTALL)
    texts = (" ".join(Markup(inner).striptags().split()) for _, inner in found)
    return [text for text in texts if len(text.split()) >= LEAST_WORDS]


@pytest.mark.parametrize("lang", LANGUAGES)
class TestWords:
    def test_every_sentence_is_plain(self, lang):
        """By itself: an easy page is no excuse for a hard line."""
        assert [name for name, said in sentences(lang) if not is_plain([said], lang)] == []

    def test_there_is_something_to_measure(self, lang):
        """Of each table."""
        assert {name.partition(".")[0] for name, _ in sentences(lang)} == set(TABLES)

    def test_what_is_said_of_danger_is_plainer(self, lang):
        """Grade 6."""
        assert is_plain([SPOKEN[lang]["danger"]], lang, grade=6)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("address", ADDRESSES)
def test_every_page_is_plain(desk, ana, address, lang):
    """As it is sent, its dialogs and the words around them included."""
    client = desk.app.test_client() if address.endswith("login") else ana.client
    page = client.get(f"{address}?lang={lang}")

    assert page.status_code == 200
    assert is_plain(paragraphs(page.text), lang)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_is_read_aloud_is_plain(desk, ana, lang):
    """The whole script of three places, a paying one among them."""
    desk.directory.sponsor("Birch Detox")
    ids = [desk.directory.id_of(name) for name in ("Aspen Detox", "Birch Detox", "Elm Outpatient")]
    panels = ana.send(f"/helpline/list?lang={lang}", ids=ids, speak=lang).text
    lines = re.findall(r'<p class="line part-\w+"[^>]*>(.*?)</p>', panels, re.DOTALL)
    said = [" ".join(Markup(line).striptags().split()) for line in lines]

    assert len(said) > 20
    assert is_plain(said, lang)
