"""The desk is tested over the copy that the tests of sponsoring use: fictional places around Monument, Colorado."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from directory.duties import staffing
from directory.web import current

sys.path.insert(0, str(Path(__file__).parents[1] / "sponsoring"))

from paying_places import NOW, PASSWORD, PayingPlaces, open_copy, worker


@dataclass
class Clock:
    """The time that every browser of a test sees; set `now` to another moment to let time pass."""

    now: datetime = NOW


@pytest.fixture
def clock() -> Clock:
    """A clock that stands still until the test moves it."""
    return Clock()


@pytest.fixture
def places(tmp_path: Path) -> Iterator[PayingPlaces]:
    """Five places near Monument, in a copy whose operator has calls counted."""
    opened = open_copy(tmp_path, desk_report=True)
    yield opened
    opened.store.close()


@pytest.fixture
def aspen(places: PayingPlaces) -> str:
    """The id of a place with one number, that says it takes Medicaid."""
    return places.id_of("Aspen House")


@pytest.fixture(autouse=True)
def quick_passwords(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same argon2id with little work, so that the tests are quick."""
    hasher = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    monkeypatch.setattr(staffing, "_hasher", lambda: hasher)
    staffing._nobodys_hash.cache_clear()


@dataclass
class Browser:
    """Somebody on staff, logged in; `send` adds the token of their session to a form."""

    client: FlaskClient
    token: str

    def get(self, address: str) -> TestResponse:
        return self.client.get(address)

    def send(self, address: str, *, in_page: bool = True, **values: str) -> TestResponse:
        headers = {"X-Helpline-Desk": "1"} if in_page else {}
        return self.client.post(address, data={"form_token": self.token, **values}, headers=headers)


@pytest.fixture
def staff(places: PayingPlaces, clock: Clock) -> Callable[..., Browser]:
    """Make an account of a role and return its browser, logged in."""

    def staff(login: str, role: str = "helpline") -> Browser:
        staffing.add_staff(places.store, login, role, PASSWORD, by="test", now=NOW)
        app = worker(places.settings)
        app.config[current.CLOCK] = lambda: clock.now
        client = app.test_client()
        token = staffing.log_in(places.store, places.settings.secret_key, login, PASSWORD, NOW)
        client.set_cookie("staff", token, path="/admin")
        client.set_cookie("staff", token, path="/helpline")
        return Browser(client, staffing.form_token(places.settings.secret_key, token))

    return staff


@pytest.fixture
def ana(staff: Callable[..., Browser]) -> Browser:
    """Ana, who answers the helpline."""
    return staff("ana")


@pytest.fixture
def eda(staff: Callable[..., Browser]) -> Browser:
    """Eda, an editor."""
    return staff("eda", "editor")
