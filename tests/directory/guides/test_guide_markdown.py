"""Markdown becomes HTML that is safe, cited, and readable by everybody."""

from __future__ import annotations

import pytest

from directory.guides.markdown import UnknownCitation, Words, render, render_line, slug_of

WORDS = Words({"leaflet": 1, "label": 2}, "Source", lambda address: f"{address}?lang=es")
TABLE = "## Mixes\n\n| With | What happens |\n| --- | --- |\n| Alcohol | Sleep[^leaflet] |\n"


def html(text: str) -> str:
    return str(render(text, WORDS).html)


class TestSafety:
    @pytest.mark.parametrize("hostile", ["<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "[go](javascript:go())"])
    def test_raw_html_and_scripts_are_words(self, hostile):
        """Raw HTML is off: what looks like it is shown."""
        written = html(f"Hello {hostile}")

        assert "<script" not in written
        assert "<img" not in written
        assert 'href="javascript' not in written

    def test_pictures_are_off(self):
        """A picture would ask another server."""
        assert "<img" not in html("![a](https://example.org/a.png)")


class TestCitations:
    def test_a_citation_is_a_numbered_link_with_a_name(self):
        assert html("It helps.[^label]") == (
            '<p>It helps.<sup><a class="cited" href="#source-2" aria-label="Source 2">2</a></sup></p>\n'
        )

    def test_our_own_advice_shows_nothing(self):
        assert html("Call a friend.[^ours]") == "<p>Call a friend.</p>\n"

    def test_a_citation_of_nothing_is_refused(self):
        with pytest.raises(UnknownCitation):
            html("It helps.[^rumor]")


class TestHeadings:
    def test_they_have_ids_and_make_the_contents(self):
        """Second level only; accents leave no trace in an address."""
        page = render("## ¿Qué es?\n\n### Más\n\n## Two words\n", WORDS)

        assert [(heading.id, heading.text) for heading in page.contents] == [("que-es", "¿Qué es?"), ("two-words", "Two words")]
        assert '<h3 id="mas">' in page.html

    def test_an_id_is_plain(self):
        assert slug_of("Who can help, & “how”?") == "who-can-help-how"


class TestTables:
    def test_the_heading_above_names_the_table(self):
        assert '<table class="stacking" aria-labelledby="mixes">' in html(TABLE)

    def test_columns_and_rows_have_headings(self):
        """Read aloud, each cell is said with both; on a narrow screen it shows its column's."""
        written = html(TABLE)

        assert '<th scope="col">With</th>' in written
        assert '<th scope="row">Alcohol</th>' in written
        assert '<td data-heading="What happens">Sleep' in written


class TestLinks:
    def test_emergency_numbers_can_be_called(self):
        written = html("Call 911, or call or text 988.\n\nOr 1-800-222-1222.")
        assert all(f'href="{address}"' in written for address in ("tel:988", "sms:988", "tel:+18002221222"))

    def test_a_number_inside_a_link_stays_a_word(self):
        """A link in a link is no HTML."""
        assert html("[about 988](/guides)") == '<p><a href="/guides?lang=es">about 988</a></p>\n'

    def test_links_of_this_site_keep_the_language_and_others_are_told_nothing(self):
        assert '<a href="/search?lang=es">' in html("[find](/search)")
        assert '<a href="https://example.org/" rel="noreferrer">' in html("[more](https://example.org/)")
        assert '<a href="#rest">' in html("[below](#rest)")


def test_one_line_has_no_paragraph():
    assert render_line("Call 911.[^ours]", WORDS) == '<a href="tel:911">Call 911</a>.'
