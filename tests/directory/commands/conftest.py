"""A home for commands, reached through the environment as an operator reaches it."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from command_line import Commands

sys.path.append(str(Path(__file__).parents[1] / "core"))  # the small directory


@pytest.fixture
def directory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Commands:
    """An empty copy in a directory of its own."""
    for name in ("DIRECTORY_DATABASE_URL", "DIRECTORY_OWNER", "DIRECTORY_FUNDERS", "PORT"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("DIRECTORY_HOME", str(tmp_path / "home"))
    return Commands(tmp_path / "home")


@pytest.fixture
def places(tmp_path: Path) -> Path:
    """The small directory as a file of our own format."""
    from small_directory import feed_file

    return feed_file(tmp_path / "county.json")


@pytest.fixture
def filled(directory: Commands, places: Path) -> Commands:
    """A copy with the small directory imported and published."""
    directory("import", "providers", places)
    directory("publish")
    return directory
