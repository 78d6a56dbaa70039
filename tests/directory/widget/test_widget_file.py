"""The one file of the widget: small, complete, and kept by browsers without ever being old."""

from __future__ import annotations

import gzip
import json
from base64 import b64encode
from hashlib import sha384

import pytest

from directory.disclosure import STAKE_LABEL
from directory.safety import CRISIS_STRIP
from directory.web.http import COMPRESSION_LEVEL
from directory.widget.bundle import MODULES, SOURCE, make_bundle
from directory.widget.words import INTERFACE, words_of

MOST_BYTES = 10 * 1024
SOURCES = "".join((SOURCE / f"{name}.js").read_text(encoding="utf-8") for name in MODULES)
BUNDLE = make_bundle("Example County Department of Public Health")


def shape(words: object) -> object:
    """The keys of words, and how many stand in each list."""
    if isinstance(words, dict):
        return {key: shape(value) for key, value in words.items()}
    return len(words) if isinstance(words, list | tuple) else str


class TestSize:
    def test_it_is_small_with_styles_and_both_languages(self, capsys):
        """At most ten kilobytes as it is sent; the size is printed."""
        size = len(gzip.compress(BUNDLE.content, COMPRESSION_LEVEL, mtime=0))
        with capsys.disabled():
            print(f"\nwidget.js: {len(BUNDLE.content):,} bytes, {size:,} gzipped")

        assert size <= MOST_BYTES

    def test_it_is_sent_compressed(self, client):
        """To every browser that takes gzip."""
        response = client.get("/widget.js", headers={"Accept-Encoding": "gzip"})

        assert response.headers["Content-Encoding"] == "gzip"
        assert len(response.data) <= MOST_BYTES


class TestJoining:
    def test_nothing_is_left_to_import(self):
        """One request, one integrity hash; the class can still be imported by a bundler."""
        lines = BUNDLE.content.decode().split("\n")

        assert not [line for line in lines if line.startswith("import ")]
        assert lines[-1] == "export { TreatmentSearch };"

    def test_every_module_is_joined(self):
        """A new file is not forgotten."""
        assert {path.stem for path in SOURCE.glob("*.js")} == set(MODULES)

    def test_no_comment_is_sent(self):
        """They are for who reads the source."""
        assert not [line for line in BUNDLE.content.decode().split("\n") if line.lstrip().startswith(("//", "/*", "* "))]

    def test_no_text_becomes_html(self):
        """Nothing of what Trusted Types would refuse stands in any module."""
        assert not [sink for sink in ("innerHTML", "outerHTML", "insertAdjacent", "eval(", "document.write") if sink in SOURCES]

    def test_nothing_is_kept_in_the_browser(self):
        """No cookie and no storage of any kind."""
        assert not [
            store for store in ("cookie", "Storage", "indexedDB", "caches") if f".{store}" in SOURCES or f"{store}." in SOURCES
        ]


class TestWords:
    def test_both_languages_say_the_same_things(self):
        """Every word, and as many of each list."""
        assert shape(dict(INTERFACE["en"])) == shape(dict(INTERFACE["es"]))

    @pytest.mark.parametrize("lang", ["en", "es"])
    def test_words_about_danger_and_money_come_from_their_modules(self, lang):
        """They are written once for every channel."""
        words = words_of(lang)

        assert words["strip"] == CRISIS_STRIP[lang]
        assert words["stake"] == f". {STAKE_LABEL[lang]}"
        assert json.dumps([line["call"] for line in words["lines"]]) == '["988", "1-800-662-4357"]'

    def test_every_word_is_used(self):
        """None is sent for nothing."""
        assert [word for word in words_of("en") if f"words.{word}" not in SOURCES] == []


class TestKeeping:
    def test_the_plain_address_is_asked_each_time(self, client):
        """And answers 304 while nothing changed."""
        first = client.get("/widget.js")
        again = client.get("/widget.js", headers={"If-None-Match": first.headers["ETag"]})

        assert first.headers["Cache-Control"] == "no-cache"
        assert again.status_code == 304

    def test_the_versioned_address_is_kept_for_a_year(self, client):
        """Its content never changes, so an integrity hash may stand beside it."""
        file = make_bundle("Example County")
        response = client.get(f"/widget-{file.version}.js")

        assert response.headers["Cache-Control"] == "public, max-age=31536000, immutable"
        assert file.integrity == f"sha384-{b64encode(sha384(response.data).digest()).decode()}"

    def test_an_older_version_gets_the_newest_for_this_time(self, client):
        """A page without an integrity hash keeps working after an update."""
        response = client.get("/widget-000000000000.js")

        assert response.status_code == 200
        assert response.headers["Cache-Control"] == "no-cache"

    def test_any_site_may_load_it(self, client):
        """Modules and integrity hashes ask for permission."""
        assert client.get("/widget.js").headers["Access-Control-Allow-Origin"] == "*"

    def test_it_names_who_runs_the_copy(self, client):
        """ "Results by …, not by this site" needs no request of its own."""
        assert 'const OWNER="Example County";' in client.get("/widget.js").text
