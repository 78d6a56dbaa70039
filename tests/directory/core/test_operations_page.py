"""docs/operations.md is complete: every setting and every command stands in it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from directory.cli import main
from directory.settings_names import NAMES

ROOT = Path(__file__).parents[3]
PAGE = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
VARIABLE = re.compile(r'"((?:DIRECTORY_[A-Z_]+)|PORT)"')


def variables() -> list[str]:
    """Every environment variable that a file of the service names."""
    files = (ROOT / "directory").rglob("*.py")
    return sorted({name for file in files for name in VARIABLE.findall(file.read_text(encoding="utf-8"))} - {"DIRECTORY_CLOCK"})


@pytest.mark.parametrize("name", variables())
def test_every_setting_is_documented(name: str):
    assert f"| `{name}` |" in PAGE


@pytest.mark.parametrize("name", sorted(main.commands))
def test_every_command_is_documented(name: str):
    assert f"`directory {name}" in PAGE


def test_every_setting_is_known_by_name():
    """So that a misspelt one is told from one that is read."""
    assert set(NAMES) == set(variables()) - {"PORT"}


def test_nothing_is_documented_that_is_not_there():
    told = re.findall(r"^\| `((?:DIRECTORY_[A-Z_]+)|PORT)` \|", PAGE, re.MULTILINE)
    assert set(told) == set(variables())
