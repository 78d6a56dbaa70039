"""The application over hand-made pages; see tests/directory/site."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "site"))

import pytest
from flask.testing import FlaskClient
from pages import FakeLookup, settings

from directory import create_app
from directory.settings import Operator


@pytest.fixture
def lookup() -> FakeLookup:
    """A lookup that finds three places for everything, of a copy whose operator is named."""
    return FakeLookup(settings=settings(operator=Operator(owner="Example County", funders=("Example County",))))


@pytest.fixture
def client(lookup: FakeLookup) -> FlaskClient:
    """A browser without JavaScript."""
    return create_app(lookup=lookup).test_client()
