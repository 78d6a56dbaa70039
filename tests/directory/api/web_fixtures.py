"""Fixtures: an application over a lookup made by hand."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from web_fakes import NOW, FakeLookup

from directory import create_app
from directory.web import current


@pytest.fixture
def lookup() -> FakeLookup:
    return FakeLookup()


@pytest.fixture
def app(lookup: FakeLookup) -> Flask:
    application = create_app(lookup=lookup)  # type: ignore[arg-type]  # a stand-in
    application.config[current.CLOCK] = lambda: NOW
    return application


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture
def get(client: FlaskClient) -> Any:
    """Ask the API and return its decoded answer."""

    def ask(path: str, status: int = 200) -> Any:
        response = client.get(f"/api/v1{path}")
        assert response.status_code == status, response.get_data(as_text=True)
        return response.get_json(force=True)

    return ask
