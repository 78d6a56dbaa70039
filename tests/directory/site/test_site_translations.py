"""English and Spanish say the same things."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

import directory
from directory.web import i18n

PACKAGE = Path(directory.__file__).parent
METHODS = [("site/**.py", "python"), ("**.html", "jinja2")]
OPTIONS = {"**.html": {"trim_blocks": "true", "lstrip_blocks": "true"}}
PLACEHOLDER = re.compile(r"%\(\w+\)s|%d")


@pytest.fixture(scope="module")
def written() -> set[str]:
    """The English words that templates and views use."""
    found = extract_from_dir(str(PACKAGE), METHODS, OPTIONS, keywords={"_": None, "gettext": None, "ngettext": (1, 2)})
    return {message if isinstance(message, str) else message[0] for _file, _line, message, _comments, _context in found}


@pytest.fixture(scope="module")
def spanish():
    """The Spanish catalogue as it stands on disk."""
    with (i18n.TRANSLATIONS / "es" / "messages.po").open("rb") as file:
        return read_po(file, locale="es")


class TestSpanish:
    def test_nothing_is_left_in_english(self, written):
        """Every English message has Spanish words."""
        assert len(written) > 150
        assert written - set(i18n.catalogue("es")) == set()

    def test_nothing_is_left_over(self, written):
        """No Spanish words for English ones that are gone."""
        assert set(i18n.catalogue("es")) - written == set()

    def test_placeholders_are_the_same(self, spanish):
        """A number or a name that the English sentence holds stands in the Spanish one too."""
        for message in spanish:
            if message.id:
                english = message.id if isinstance(message.id, str) else message.id[1]
                for form in [message.string] if isinstance(message.string, str) else message.string:
                    assert sorted(PLACEHOLDER.findall(form)) == sorted(PLACEHOLDER.findall(english)), english

    def test_a_page_is_spanish_throughout(self, html):
        """No English sentence of the interface stands on a Spanish results page."""
        english = [words for words in i18n.catalogue("es") if len(words) > 12 and "%" not in words]
        page = html("/search?near=Exampletown&lang=es")

        assert [words for words in english if words in page] == []
        assert "a menos de 25 millas de Exampletown, CO" in page
