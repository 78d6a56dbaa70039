"""The settings of a copy: each is checked at the start, and an error names the variable."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from directory.errors import SettingsError
from directory.settings import Settings


def settings(home: Path, **environ: str) -> Settings:
    return Settings.from_environment({"DIRECTORY_HOME": str(home), **environ})


def test_nothing_need_be_set(tmp_path: Path):
    """A newcomer's copy: everything in one directory, reachable from this machine alone, nobody named, no advertising."""
    made = settings(tmp_path / "new")
    assert made.database_url == f"sqlite:///{tmp_path / 'new' / 'directory.sqlite3'}"
    assert (made.bind, made.port, made.production, made.advertising, made.operator.is_named) == (
        "127.0.0.1",
        8000,
        False,
        False,
        False,
    )


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PORT", "http"),
        ("PORT", "70000"),
        ("DIRECTORY_WORKERS", "0"),
        ("DIRECTORY_BIND", "localhost"),
        ("DIRECTORY_PRODUCTION", "maybe"),
        ("DIRECTORY_ADVERTISING", "on please"),
        ("DIRECTORY_PROXY_LOGS", "a little"),
        ("DIRECTORY_MONEY_RECEIVED", "We do not get money from anyone."),  # generated where it is true, never typed
        ("DIRECTORY_BEHIND_TLS", "2"),
        ("DIRECTORY_TRUSTED_PROXIES", "-1"),
        ("DIRECTORY_REQUESTS_PER_SECOND", "0"),
        ("DIRECTORY_PUBLIC_URL", "help.example.org"),
        ("DIRECTORY_FRAME_ANCESTORS", "https://a.example.org; script-src *"),
        ("DIRECTORY_FRAME_ANCESTORS", "'self'"),
        ("DIRECTORY_SECRET_KEY", "short"),
        ("DIRECTORY_TILE_CREDIT", "© Example"),  # of no server
        ("DIRECTORY_TILE_SERVER", "http://tiles.example.org/{z}/{x}/{y}.png"),
        ("DIRECTORY_TILE_SERVER", "https://tiles.example.org/{z}/{x}.png"),
        ("DIRECTORY_TILE_SERVER", "https://tiles.example.org/{z}/{x}/{y}/{y}.png"),
        ("DIRECTORY_TILE_SERVER", "https://{s}.tiles.example.org/{z}/{x}/{y}.png"),
        ("DIRECTORY_TILE_SERVER", "https://tiles.example.org/{s}/{z}/{x}/{y}.png"),
        ("DIRECTORY_TILE_SERVER", "https://a:b@tiles.example.org/{z}/{x}/{y}.png"),
        ("DIRECTORY_TILE_SERVER", "https://tiles.example.org; script-src *;/{z}/{x}/{y}.png"),
        ("DIRECTORY_TILE_SERVER", 'https://tiles.example.org/{z}/{x}/{y}.png"><script>'),
    ],
)
def test_a_bad_value_names_its_variable(tmp_path: Path, name: str, value: str):
    with pytest.raises(SettingsError, match=name):
        settings(tmp_path, **{name: value})


def test_a_tile_server_is_named_with_whom_maps_credit(tmp_path: Path):
    """Its origin alone is what a security policy may allow; without a credit no map could be shown lawfully."""
    template = "https://Tiles.example.org:8443/v1/{z}/{x}/{y}.png?key=k-1"
    with pytest.raises(SettingsError, match="DIRECTORY_TILE_CREDIT"):
        settings(tmp_path, DIRECTORY_TILE_SERVER=template)
    tiles = settings(tmp_path, DIRECTORY_TILE_SERVER=template, DIRECTORY_TILE_CREDIT="© Example").tiles

    assert tiles is not None
    assert (tiles.origin, tiles.host, tiles.credit) == ("https://tiles.example.org:8443", "tiles.example.org", "© Example")
    assert tiles.address(12, 851, 1553) == "https://Tiles.example.org:8443/v1/12/851/1553.png?key=k-1"


def test_a_home_that_cannot_be_used_names_its_variable(tmp_path: Path):
    (tmp_path / "file").touch()
    with pytest.raises(SettingsError, match="DIRECTORY_HOME"):
        settings(tmp_path / "file" / "home")


def test_lists_are_separated_by_semicolons(tmp_path: Path):
    """Names hold commas."""
    operator = settings(tmp_path, DIRECTORY_OWNER="Example County", DIRECTORY_FUNDERS="Fund A, Inc.; Fund B").operator
    assert operator.funders == ("Fund A, Inc.", "Fund B")
    assert operator.is_named


class TestHome:
    def test_a_new_home_is_closed_to_other_users(self, tmp_path: Path):
        """The database in it was readable by every user of the machine: staff accounts, reports, hidden listings."""
        home = settings(tmp_path / "new").home
        assert home.stat().st_mode & 0o777 == 0o700

    def test_a_home_that_is_there_keeps_its_mode(self, tmp_path: Path):
        tmp_path.chmod(0o750)
        assert settings(tmp_path).home.stat().st_mode & 0o777 == 0o750


class TestSecretKey:
    def test_it_is_made_once_and_readable_by_its_owner_alone(self, tmp_path: Path):
        first, second = settings(tmp_path), settings(tmp_path)
        assert first.secret_key == second.secret_key
        assert (tmp_path / "secret-key").stat().st_mode & 0o777 == 0o600

    def test_processes_that_start_together_agree(self, tmp_path: Path):
        """Workers with different keys would refuse each other's tokens."""
        with ThreadPoolExecutor(8) as pool:
            made = set(pool.map(lambda _: settings(tmp_path).secret_key, range(16)))
        assert len(made) == 1

    def test_a_key_that_others_may_read_is_refused(self, tmp_path: Path):
        settings(tmp_path)
        (tmp_path / "secret-key").chmod(0o644)
        with pytest.raises(SettingsError, match="may be read by other users"):
            settings(tmp_path)

    def test_it_never_stands_in_a_log(self, tmp_path: Path):
        made = settings(tmp_path)
        assert made.secret_key not in repr(made)
