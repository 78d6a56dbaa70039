"""What README shows is the first thing that anybody tries: every search there finds something in the starter list."""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

import pytest
from command_line import Commands
from flask.testing import FlaskClient

from directory import create_app
from directory.settings import Settings

ROOT: Final = Path(__file__).parents[3]
README: Final = (ROOT / "README.md").read_text(encoding="utf-8")
ADDRESSES: Final = re.findall(r"^curl '(http[^']+)'$", README, re.MULTILINE)
COMMANDS: Final = re.findall(r"^\.venv/bin/directory (search .+)$", README, re.MULTILINE)


@pytest.fixture(scope="module")
def starter(tmp_path_factory: pytest.TempPathFactory) -> Commands:
    """A copy as `make run` makes it: data/providers.json imported and published."""
    home = tmp_path_factory.mktemp("starter")
    directory = Commands(home)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DIRECTORY_HOME", str(home))
        patch.delenv("DIRECTORY_DATABASE_URL", raising=False)
        assert directory("import", "providers", ROOT / "data" / "providers.json").exit_code == 0
        assert directory("publish").exit_code == 0
    return directory


@pytest.fixture(scope="module")
def client(starter: Commands) -> FlaskClient:
    """The site of that copy."""
    database = f"sqlite:///{starter.home / 'directory.sqlite3'}"
    return create_app(Settings(home=starter.home, database_url=database, secret_key="0123456789abcdef")).test_client()


def test_there_are_examples_of_both_kinds():
    """Else nothing would be tested below."""
    assert (len(ADDRESSES) >= 2, len(COMMANDS) >= 1) == (True, True)


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_address_finds_something(client: FlaskClient, address: str):
    parts = urlsplit(address)
    answer = client.get(f"{parts.path}?{parts.query}")

    assert answer.status_code == 200
    assert answer.get_json()["total"] > 0


@pytest.mark.parametrize("line", COMMANDS)
def test_every_command_finds_something(starter: Commands, monkeypatch: pytest.MonkeyPatch, line: str):
    """The one for buprenorphine near Nashville once found nothing."""
    monkeypatch.setenv("DIRECTORY_HOME", str(starter.home))
    monkeypatch.delenv("DIRECTORY_DATABASE_URL", raising=False)
    printed = starter(*shlex.split(line))

    assert printed.exit_code == 0
    assert re.search(r"^[1-9]\d* found", printed.output, re.MULTILINE)
