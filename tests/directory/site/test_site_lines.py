"""National lines as a page names them: their own name, and in Spanish what they call themselves in Spanish."""

from __future__ import annotations

import pages
import pytest
from pages import FakeLookup, Shop, listing, result_page

from directory.safety import crisis_lines
from directory.safety.lines import spanish_name
from index.listing import Kind

SPANISH = "Línea Nacional de Ayuda de SAMHSA"


@pytest.fixture
def shown(lookup: FakeLookup, html):
    """The results page, or the page of its own, of something with this name."""

    def show(name: str, lang: str, kind: Kind = Kind.HELPLINE, *, alone: bool = False) -> str:
        held = listing(name, kind=kind)
        if alone:
            lookup.listings["place-42"] = pages.listing_page(held, lang=lang)
            return html(f"/listing/place-42?lang={lang}")
        lookup.answer, lookup.follows_language = result_page([Shop().row(held, lang=lang)], lang=lang), False
        return html(f"/search?near=Exampletown&lang={lang}")

    return show


@pytest.mark.parametrize("alone", [False, True], ids=["in a list", "alone"])
def test_a_spanish_page_adds_the_spanish_name(shown, alone):
    """The English one stays: it is what answers the phone, and what the source says."""
    page = shown("SAMHSA National Helpline", "es", alone=alone).partition("<main")[2]
    assert page.index("SAMHSA National Helpline") < page.index(f">{SPANISH}</p>")


def test_an_english_page_says_the_name_once(shown):
    assert f">{SPANISH}</p>" not in shown("SAMHSA National Helpline", "en")


def test_only_a_line_bears_the_name_of_a_line(shown):
    assert f">{SPANISH}</p>" not in shown("SAMHSA National Helpline", "es", Kind.FACILITY)


def test_every_confirmed_line_that_has_one_is_known_by_its_spanish_name():
    lines = crisis_lines().values()
    assert [spanish_name(line.name) for line in lines] == [line.name_es if line.name_es != line.name else "" for line in lines]
