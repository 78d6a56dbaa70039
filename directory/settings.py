"""The settings of one copy of the service, read once from the environment and checked at start-up."""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from directory.errors import SettingsError

DEFAULT_PORT: Final = 8000
DEFAULT_REQUESTS_PER_SECOND: Final = 50  # far above a person, a desk or a school behind one address


@dataclass(frozen=True, slots=True)
class Operator:
    """Who runs this copy and who pays for it, as the operator declares it; empty strings and tuples mean not declared.

    `facilities_owned` are listing ids in which the operator has a stake. `money_received` says in the operator's words what
    else it is paid for. Every public sentence about money is generated from these by `directory.disclosure`.
    """

    owner: str = ""
    funders: tuple[str, ...] = ()
    facilities_owned: tuple[str, ...] = ()
    money_received: str = ""
    contact: str = ""

    @property
    def is_named(self) -> bool:
        """Tell whether the operator has said who it is and who funds it."""
        return bool(self.owner and self.funders)


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that differs between copies of the service."""

    home: Path
    database_url: str
    secret_key: str = field(repr=False)
    port: int = DEFAULT_PORT
    workers: int = 2
    operator: Operator = Operator()
    production: bool = False
    advertising: bool = False
    trusted_proxies: int = 0
    requests_per_second: int = DEFAULT_REQUESTS_PER_SECOND
    public_url: str = ""
    behind_tls: bool = False

    @property
    def index_root(self) -> Path:
        """Where generations of the index live."""
        return self.home / "index"

    @classmethod
    def from_environment(cls, environ: Mapping[str, str] = os.environ) -> Settings:
        """Return the settings of the environment; `DIRECTORY_HOME` is created, with a secret key of its own, when missing.

        Raises SettingsError naming the variable that cannot be used.
        """
        home = Path(environ.get("DIRECTORY_HOME", "var")).absolute()
        home.mkdir(parents=True, exist_ok=True)
        return cls(
            home=home,
            database_url=environ.get("DIRECTORY_DATABASE_URL") or f"sqlite:///{home / 'directory.sqlite3'}",
            secret_key=environ.get("DIRECTORY_SECRET_KEY") or _kept_secret(home / "secret-key"),
            port=_whole_number(environ, "PORT", DEFAULT_PORT, 1, 65535),
            workers=_whole_number(environ, "DIRECTORY_WORKERS", 2, 1, 64),
            operator=_operator(environ),
            production=_flag(environ, "DIRECTORY_PRODUCTION"),
            advertising=_flag(environ, "DIRECTORY_ADVERTISING"),
            trusted_proxies=_whole_number(environ, "DIRECTORY_TRUSTED_PROXIES", 0, 0, 10),
            requests_per_second=_whole_number(
                environ, "DIRECTORY_REQUESTS_PER_SECOND", DEFAULT_REQUESTS_PER_SECOND, 1, 1_000_000
            ),
            public_url=environ.get("DIRECTORY_PUBLIC_URL", "").rstrip("/"),
            behind_tls=_flag(environ, "DIRECTORY_BEHIND_TLS"),
        )


def _operator(environ: Mapping[str, str]) -> Operator:
    return Operator(
        owner=environ.get("DIRECTORY_OWNER", "").strip(),
        funders=_list(environ.get("DIRECTORY_FUNDERS", "")),
        facilities_owned=_list(environ.get("DIRECTORY_FACILITIES_OWNED", "")),
        money_received=environ.get("DIRECTORY_MONEY_RECEIVED", "").strip(),
        contact=environ.get("DIRECTORY_CONTACT", "").strip(),
    )


def _list(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(";") if part.strip())


def _flag(environ: Mapping[str, str], name: str) -> bool:
    value = environ.get(name, "").strip().lower()
    if value in {"", "0", "no", "false"}:
        return False
    if value in {"1", "yes", "true"}:
        return True
    raise SettingsError(f"{name} must be yes or no, got {value!r}")


def _whole_number(environ: Mapping[str, str], name: str, default: int, low: int, high: int) -> int:
    text = environ.get(name, "").strip()
    if not text:
        return default
    if not text.isdecimal() or not low <= int(text) <= high:
        raise SettingsError(f"{name} must be a whole number from {low} to {high}, got {text!r}")
    return int(text)


def _kept_secret(path: Path) -> str:
    """Return the secret of this home, written once with mode 0600 so that no other user of the machine can read it."""
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text(encoding="ascii").strip()
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(secrets.token_urlsafe(32))
    return path.read_text(encoding="ascii").strip()
