"""The staff pages are tested over the copy that the tests of sponsoring use."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from directory.duties import staffing

sys.path.insert(0, str(Path(__file__).parents[1] / "sponsoring"))

from paying_places import NOW, PASSWORD, PayingPlaces, open_copy


@pytest.fixture
def places(tmp_path: Path) -> Iterator[PayingPlaces]:
    """Five places near Monument; nobody pays yet."""
    opened = open_copy(tmp_path)
    yield opened
    opened.store.close()


@pytest.fixture(autouse=True)
def quick_passwords(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same argon2id with little work, so that the tests are quick."""
    hasher = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    monkeypatch.setattr(staffing, "_hasher", lambda: hasher)
    staffing._nobodys_hash.cache_clear()


@pytest.fixture
def log_in(places: PayingPlaces) -> Callable[[str], FlaskClient]:
    """Make an account with a role and return its browser, logged in."""

    def log_in(role: str) -> FlaskClient:
        staffing.add_staff(places.store, role, role, PASSWORD, by="test", now=NOW)
        client = places.client()
        assert client.post("/admin/login", data={"login": role, "password": PASSWORD}).status_code == 303
        return client

    return log_in


@pytest.fixture
def send() -> Callable[..., TestResponse]:
    """Send a form of a staff page with the token that the page holds."""

    def send(client: FlaskClient, address: str, **values: str) -> TestResponse:
        page = client.get("/admin/").text
        token = re.findall(r'name="form_token" value="([0-9a-f]+)"', page)[0]
        return client.post(address, data={"form_token": token, **values})

    return send
