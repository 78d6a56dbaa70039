"""docs/disclosure.md is complete: every requirement stands there once, and every test that it names is there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
PAGE = (ROOT / "docs" / "disclosure.md").read_text(encoding="utf-8")
ROWS = re.findall(r"^\| (\d+a?) \|", PAGE, re.MULTILINE)
NAMED = sorted(set(re.findall(r"`((?:browser|directory)/(?:\w+/)*test_\w+\.py(?:::\w+)*)`", PAGE)))


def test_every_requirement_stands_there_once():
    """1 to 31, and 29a."""
    assert [*map(str, range(1, 30)), "29a", "30", "31"] == ROWS


@pytest.mark.parametrize("name", NAMED)
def test_every_test_that_it_names_is_there(name: str):
    path, *parts = name.split("::")
    source = (ROOT / "tests" / path).read_text(encoding="utf-8")
    assert all(re.search(rf"^\s*(class|def) {part}\b", source, re.MULTILINE) for part in parts)


def test_the_terms_of_the_api_ask_for_the_label():
    """Whoever shows a row shows its label; the sample does so itself, before the name."""
    api = (ROOT / "docs" / "api.md").read_text(encoding="utf-8")
    assert "## Terms: whoever shows a row shows its label" in api
    [term] = re.findall(r"^1\. Show `disclosure\.label`.*?(?=^2\. )", api, re.MULTILINE | re.DOTALL)
    assert "Before the name where `paid_status` is `paid` or `unknown`" in term
    [sample] = re.findall(r"^.*print\(.*\['name'\].*$", api, re.MULTILINE)
    assert sample.index("['label']") < sample.index("['name']")
