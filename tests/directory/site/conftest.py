"""What the tests of the pages share: the real application over a lookup that answers with hand-made pages."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from pages import FakeLookup

from directory import create_app


@pytest.fixture
def lookup() -> FakeLookup:
    """A lookup that finds three places for everything."""
    return FakeLookup()


@pytest.fixture
def app(lookup: FakeLookup) -> Flask:
    """The application over the fake lookup."""
    return create_app(lookup=lookup)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A browser without JavaScript."""
    return app.test_client()


@pytest.fixture
def html(client: FlaskClient) -> Callable[..., str]:
    """The text of a page."""

    def get(address: str, **headers: str) -> str:
        return client.get(address, headers={name.replace("_", "-"): value for name, value in headers.items()}).text

    return get
