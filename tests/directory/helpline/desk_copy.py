"""A desk over the small directory of the lookup's tests: fictional places around Colorado Springs, and Denver, and staff."""

from __future__ import annotations

import re
import shutil
import sys
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.datastructures import MultiDict
from werkzeug.test import TestResponse

sys.path.insert(0, str(Path(__file__).parents[1] / "core"))

from small_directory import NOW, VOCABULARY, SmallDirectory, fill, publisher_of, settings_of

from directory import create_app
from directory.duties import staffing
from directory.helpline.staff.access import FROM_THE_PAGE
from directory.lookup import Lookup
from directory.settings import Operator
from directory.store import open_store
from directory.web import current
from index.engine.whoosh_engine import WhooshEngine
from index.geo.places import Gazetteer

PASSWORD = "correct horse battery"
IN_PLACE = {FROM_THE_PAGE: "1"}


@cache
def published_home() -> Path:
    """Return a home with the small directory, made once for a test run."""
    home = Path(mkdtemp(prefix="desk-"))
    store = open_store(settings_of(home))
    fill(store, home)
    publisher_of(store, home).publish()
    store.close()
    return home


@dataclass(frozen=True)
class Desk:
    """One test's own copy: its application, what answers, and short ways to act as staff."""

    app: Flask
    directory: SmallDirectory

    def staff(self, role: str = "helpline", login: str = "ana") -> StaffAtTheDesk:
        """Return somebody who works here and is logged in."""
        staffing.add_staff(self.directory.store, login, role, PASSWORD, by="test", now=NOW)
        client = self.app.test_client()
        assert client.post("/helpline/login", data={"login": login, "password": PASSWORD}).status_code == 303
        return StaffAtTheDesk(client)

    def at(self, moment: datetime) -> None:
        """Let it be another time."""
        self.app.config[current.CLOCK] = lambda: moment


@dataclass(frozen=True)
class StaffAtTheDesk:
    """A browser whose cookie opens the desk."""

    client: FlaskClient

    @property
    def token(self) -> str:
        """The token of this session's forms, as the page holds it."""
        return re.findall(r'data-token="([0-9a-f]+)"', self.client.get("/helpline").text)[0]

    def send(self, address: str, **values: str | list[str]) -> TestResponse:
        """Send a form as the desk's own script does."""
        data = MultiDict({"form_token": self.token})
        for name, value in values.items():
            data.setlist(name, value if isinstance(value, list) else [value])
        return self.client.post(address, data=data, headers=IN_PLACE)

    def ask(self, words: str, **values: str | list[str]) -> Answered:
        """Search as the desk's own script does."""
        return Answered(self.send("/helpline/search", q=words, **values))


@dataclass(frozen=True)
class Answered:
    """An answer of the desk, taken apart as far as tests look."""

    response: TestResponse

    @property
    def text(self) -> str:
        return self.response.text

    @property
    def names(self) -> list[str]:
        """The names of the results, without the groups after them."""
        results = self.text.partition('<section class="beyond"')[0]
        return re.findall(r'data-name="([^"]*)"', results)

    @property
    def switches(self) -> dict[str, bool]:
        """The values of the switches, and whether each is on."""
        found = re.findall(r'name="switch" value="([^"]*)" aria-pressed="(\w+)"', self.text)
        return {value: pressed == "true" for value, pressed in found}

    @property
    def state(self) -> dict[str, list[str]]:
        """What the form sends back beside its words."""
        found: dict[str, list[str]] = {}
        for name, value in re.findall(r'<input type="hidden" form="ask" name="(\w+)" value="([^"]*)"', self.text):
            found.setdefault(name, []).append(value.replace("&amp;", "&"))
        return found


OPERATOR = Operator(owner="Example County", funders=("Example County",))


def open_desk(home: Path, operator: Operator = OPERATOR) -> Desk:
    """Return a desk whose store is its own, over the shared index."""
    shared = published_home()
    shutil.copy(shared / "d.sqlite3", home / "d.sqlite3")
    (home / "index").symlink_to(shared / "index")
    settings = settings_of(home, requests_per_second=10_000, operator=operator)
    store = open_store(settings)
    lookup = Lookup(WhooshEngine(settings.index_root), store, VOCABULARY, Gazetteer.load(), settings)
    app = create_app(settings, lookup=lookup)
    app.config[current.CLOCK] = lambda: NOW
    return Desk(app, SmallDirectory(store, lookup, home))
