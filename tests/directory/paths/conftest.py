"""The questions are tested over the real application with a lookup that answers with hand-made pages."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from flask.testing import FlaskClient

sys.path.insert(0, str(Path(__file__).parents[1] / "site"))
sys.path.insert(0, str(Path(__file__).parents[1] / "guides"))

from pages import FakeLookup

from directory import create_app


@pytest.fixture
def lookup() -> FakeLookup:
    """A lookup that finds three places for everything."""
    return FakeLookup()


@pytest.fixture
def client(lookup: FakeLookup) -> FlaskClient:
    """A browser without JavaScript."""
    return create_app(lookup=lookup).test_client()
