"""docs/accessibility-conformance.md was written from the tests that stand here now. What they found is theirs to say."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[2] / "browser"))

from conformance import CRITERIA, Shown, page_of

TESTS = Path(__file__).parents[2] / "browser"
PAGE = (Path(__file__).parents[3] / "docs" / "accessibility-conformance.md").read_text(encoding="utf-8")
ROW = re.compile(r"^\| ([\d.]+) .*? \| AA? \| (.*?) \| (.*?) \|$", re.MULTILINE)


def marks(path: Path) -> Iterator[tuple[str, str]]:
    """Every criterion that a test of a file names, with the test's name."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        for decorator in node.decorator_list if isinstance(node, ast.FunctionDef) else ():
            if isinstance(decorator, ast.Call) and ast.unparse(decorator.func) == "pytest.mark.wcag":
                yield from ((argument.value, node.name) for argument in decorator.args)


def test_it_names_the_tests_that_name_a_criterion():
    """After a test is added, renamed or dropped, `pytest tests/browser --conformance` writes it anew."""
    named = {(criterion, test) for path in TESTS.glob("test_*.py") for criterion, test in marks(path)}
    written = {(criterion, test) for criterion, _outcome, tests in ROW.findall(PAGE) for test in re.findall(r"`(\w+)`", tests)}

    assert written == named


def test_every_criterion_has_an_outcome_and_none_failed():
    """All of levels A and AA, also those that nobody tested."""
    rows = {criterion: outcome for criterion, outcome, _tests in ROW.findall(PAGE)}

    assert list(rows) == [number for number, *_rest in CRITERIA]
    assert all(rows.values())
    assert "**failed**" not in PAGE


def test_it_says_what_it_was_tested_with():
    """And that no person did."""
    assert re.search(r"^Tested with Chromium [\d.]+ and axe [\d.]+\.$", PAGE, re.MULTILINE)
    assert "No person with a disability" in PAGE


def test_one_failure_fails_the_criterion():
    """However many other tests passed."""
    page = page_of({"2.1.1": [Shown("test_one", passed=True), Shown("test_two", passed=False)]}, "Chromium 1 and axe 1")

    assert "| 2.1.1 Keyboard | A | **failed** | `test_one`, `test_two` |" in page
    assert "| 1.4.3 Contrast, minimum | AA | not tested |  |" in page


def test_a_criterion_that_there_is_not_is_refused():
    """A slip of the pen in a mark shows nothing."""
    with pytest.raises(KeyError, match=r"9\.9\.9"):
        page_of({"9.9.9": [Shown("test_one", passed=True)]}, "")
