"""Feeds come wrapped, encoded and edited in many ways; their rows are the same."""

from __future__ import annotations

import json
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from directory.errors import ImportRefused
from directory.sources.files.json_rows import JsonRows, text_of

ROWS = [{"name": "Café Group", "day": 1}, {"name": "Noon Group", "day": 2}]
TEXT = json.dumps(ROWS, ensure_ascii=False)


class TestWrapping:
    @pytest.mark.parametrize(
        "content",
        [
            pytest.param(TEXT.encode(), id="a list"),
            pytest.param(b"\xef\xbb\xbf" + TEXT.encode(), id="byte order mark"),
            pytest.param(TEXT.encode("utf-16"), id="UTF-16"),
            pytest.param(TEXT.encode("cp1252"), id="Windows-1252"),
            pytest.param(json.dumps({"meetings": ROWS}).encode(), id="under a name"),
            pytest.param(json.dumps({"status": "ok", "data": {"meetings": ROWS}}).encode(), id="two wrappers"),
            pytest.param(json.dumps({"meetings": {"17": ROWS[0], "18": ROWS[1]}}).encode(), id="an object of rows"),
            pytest.param("\n".join(map(json.dumps, ROWS)).encode(), id="an object a line"),
            pytest.param(f"show_meetings({TEXT});".encode(), id="a callback around it"),
            pytest.param(json.dumps({"values": [["Name", "Day"], ["Café Group", 1], ["Noon Group", 2]]}).encode(), id="a sheet"),
        ],
    )
    def test_the_rows_are_the_same(self, content):
        assert list(JsonRows(content)) == ROWS

    def test_what_json_does_not_have_is_nothing(self):
        """Some programs write NaN for a missing number."""
        assert list(JsonRows(b'[{"latitude": NaN, "longitude": -Infinity, "name": "A"}]')) == [
            {"latitude": None, "longitude": None, "name": "A"}
        ]

    def test_the_head_is_kept_from_every_wrapper(self):
        rows = JsonRows(json.dumps({"entity": "Example", "data": {"timezone": "America/Denver", "meetings": ROWS}}).encode())
        assert (rows.head["entity"], rows.head["timezone"]) == ("Example", "America/Denver")

    @pytest.mark.parametrize(
        "content", [b"<html>", b"", b"7", b'{"a": 1}', TEXT.encode()[:-9], b'{"meetings": {"meetings": {}}}']
    )
    def test_what_holds_no_rows_is_refused(self, content):
        with pytest.raises(ImportRefused):
            JsonRows(content)

    @settings(deadline=None)
    @given(st.binary(max_size=200))
    def test_no_bytes_break_it(self, content):
        with suppress(ImportRefused):
            list(JsonRows(content))


class TestText:
    @pytest.mark.parametrize(
        ("written", "read"),
        [
            ("Women&#8217;s &amp; Men’s", "Women’s & Men’s"),
            ("<b>Sunrise</b><br />Group", "Sunrise Group"),
            ("Sun\u200brise\u202e \t Group\x00", "Sunrise Group"),
            ("A < B > C", "A < B > C"),
            (12.0, "12"),
            (True, ""),
            (["x"], ""),
        ],
    )
    def test_it_is_what_a_reader_of_the_site_would_see(self, written, read):
        assert text_of({"name": written}, "name") == read

    def test_a_hidden_letter_hides_no_address_from_the_rules_of_anonymity(self):
        from directory.sources.meetings.anonymity import public_words

        assert public_words(text_of({"name": "Sunrise jane&#64;exam\u200bple.com"}, "name")) == "Sunrise"
