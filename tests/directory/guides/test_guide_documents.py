"""A guide's file is read strictly: what it does not say, or says wrongly, is named together with the file."""

from __future__ import annotations

from datetime import date

import pytest
from pages import FakeLookup
from small_guides import FRONT, SOURCES

from directory import create_app
from directory.guides.documents import GuideProblem, read_guide, read_sources
from directory.guides.library import read_library
from index.language.vocabulary import Vocabulary

DETOX = ["care.detox"]
REGISTER = read_sources(SOURCES)


class TestFrontMatter:
    def test_it_is_typed(self, guide_text):
        """Dates are dates, sources are numbered in their order, and nobody reviewed it unless it says so."""
        guide = read_guide("sleep", "en", guide_text(), REGISTER)

        assert guide.front.written_on == date(2026, 11, 21)
        assert [(cited.number, cited.source.publisher) for cited in guide.sources] == [(1, "Example County")]
        assert guide.front.reviewed is None

    @pytest.mark.parametrize(
        ("change", "said"),
        [
            pytest.param(("order = 1\n", ""), "order", id="a field is missing"),
            pytest.param(("order = 1", 'order = "first"'), "order", id="a field has another type"),
            pytest.param(("order = 1", "order = 1\nauthor = 'me'"), "author", id="a field is unknown"),
            pytest.param(('["leaflet"]', '["leaflet", "rumor"]'), "rumor", id="a source is in no register"),
            pytest.param(("order = 1", "order = "), "sleep.md", id="no TOML"),
        ],
    )
    def test_a_wrong_one_is_refused_by_name(self, guide_text, change, said):
        """The message names the file and the field."""
        with pytest.raises(GuideProblem, match=said) as problem:
            read_guide("sleep", "en", guide_text(front=FRONT.replace(*change)), REGISTER)

        assert str(problem.value).startswith("en/sleep.md")

    def test_text_without_front_matter_is_refused(self):
        """Also when it is merely closed too late."""
        for text in ("## Rest\n", "+++\ntitle = 'Sleep'\n"):
            with pytest.raises(GuideProblem, match="between two lines"):
                read_guide("sleep", "en", text, REGISTER)

    def test_a_source_without_an_address_is_refused(self):
        with pytest.raises(GuideProblem, match="url"):
            read_sources(SOURCES.replace('url = "https://example.org/leaflet"\n', ""))


def test_a_wrong_guide_stops_the_program_at_its_start(shelf, monkeypatch):
    """Not a reader, later."""
    (shelf / "en" / "sleep.md").write_text("## Rest")
    monkeypatch.setattr("directory.guides.views.library", lambda: read_library(shelf))

    with pytest.raises(GuideProblem, match="en/sleep"):
        create_app(lookup=FakeLookup())


class TestFitting:
    def guides(self, shelf, guide_text, **about):
        for slug, concepts in about.items():
            front = f"{FRONT}about = {list(concepts)}\n".replace("order = 1", f"order = {len(slug)}")
            for lang in ("en", "es"):
                (shelf / lang / f"{slug}.md").write_text(guide_text(front=front))
        library = read_library(shelf)
        return lambda *asked: [guide.slug for guide in library.fitting(asked, "en", Vocabulary.load())]

    def test_a_guide_about_the_concept_goes_before_one_about_its_broader_concept(self, shelf, guide_text):
        fitting = self.guides(shelf, guide_text, all=["sub.benzodiazepines"], clonazepam=["sub.clonazepam"])
        assert fitting("sub.clonazepam") == ["clonazepam", "all"]

    def test_a_narrower_guide_is_not_offered_for_a_broader_question(self, shelf, guide_text):
        """Who asks for benzodiazepines did not ask for Klonopin."""
        fitting = self.guides(shelf, guide_text, clonazepam=["sub.clonazepam"])
        assert fitting("sub.benzodiazepines") == []

    def test_equal_ones_stand_in_the_order_of_the_list_and_three_are_enough(self, shelf, guide_text):
        fitting = self.guides(shelf, guide_text, dddd=DETOX, a=DETOX, ccc=DETOX, bb=DETOX)
        assert fitting("care.detox", "sub.alcohol") == ["a", "bb", "ccc"]

    def test_nothing_fits_an_unknown_subject(self, shelf, guide_text):
        assert self.guides(shelf, guide_text, a=["care.detox"])("pay.medicaid") == []
