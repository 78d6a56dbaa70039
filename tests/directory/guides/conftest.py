"""What the tests of guides share: one small guide in both languages, and a browser without JavaScript over a fake lookup."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from flask.testing import FlaskClient

sys.path.insert(0, str(Path(__file__).parents[1] / "site"))

from pages import FakeLookup, settings
from small_guides import FRONT, SOURCES

from directory import create_app


@pytest.fixture
def guide_text() -> Callable[..., str]:
    """The file of a small guide, with other front matter or another body."""

    def text(body: str = "## Rest\n\nDark rooms help.[^leaflet]\n", front: str = FRONT) -> str:
        return f"+++\n{front}+++\n{body}"

    return text


@pytest.fixture
def shelf(tmp_path: Path, guide_text: Callable[..., str]) -> Path:
    """A folder as `data/guides` is one, with the guide "sleep" in both languages."""
    (tmp_path / "sources.toml").write_text(SOURCES)
    for lang in ("en", "es"):
        (tmp_path / lang).mkdir()
        (tmp_path / lang / "sleep.md").write_text(guide_text())
    return tmp_path


@pytest.fixture
def lookup() -> FakeLookup:
    """A lookup that finds three places for everything."""
    return FakeLookup()


@pytest.fixture
def client(lookup: FakeLookup) -> FlaskClient:
    """A browser without JavaScript."""
    return create_app(lookup=lookup).test_client()


@pytest.fixture(scope="session")
def reader() -> FlaskClient:
    """A browser for pages that no search changes; one for all tests, since each guide is read often."""
    return create_app(lookup=FakeLookup(settings=settings(requests_per_second=100_000))).test_client()
