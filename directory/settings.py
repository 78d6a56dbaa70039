"""The settings of one copy of the service, read once from the environment and checked at start-up."""

from __future__ import annotations

import os
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from ipaddress import ip_address
from pathlib import Path
from re import IGNORECASE
from re import compile as pattern
from typing import Final
from urllib.parse import urlsplit

from directory.errors import SettingsError
from directory.sign_on_settings import SignOnSettings, sign_on_settings
from directory.tile_settings import TileServer, tile_server

DEFAULT_PORT: Final = 8000
DEFAULT_BIND: Final = "127.0.0.1"  # only this machine: a reverse proxy stands before it
DEFAULT_WORKERS: Final = 2
SHORTEST_SECRET: Final = 16  # characters
SECRET_FILE: Final = "secret-key"  # noqa: S105 - a file name
ANY_SITE, NO_SITE = "*", "'none'"  # as the frame-ancestors of a content security policy say it
_SITE: Final = re.compile(r"https?://(\*\.)?[a-z0-9-]+(\.[a-z0-9-]+)*(:\d{1,5})?", re.ASCII | re.IGNORECASE)
GEOCODERS: Final = ("nominatim", "photon", "pelias")
DEFAULT_REQUESTS_PER_SECOND: Final = 50  # far above a person, a desk or a school behind one address


class ProxyLogs(StrEnum):
    """What servers before this copy write down of a reader, as the operator declares it."""

    UNKNOWN = "unknown"
    NOTHING = "nothing"
    ADDRESSES = "addresses"
    ADDRESSES_AND_PAGES = "addresses-and-pages"


_DENIAL: Final = pattern(r"\b(no|not|never|nothing|none|nobody|without|don't|nunca|nada|nadie|sin)\b", IGNORECASE)


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
class GeocoderSettings:
    """The online geocoder that the operator named for street addresses without a point: none unless `service` is set."""

    service: str = ""
    address: str = ""
    key: str = field(default="", repr=False)
    seconds_between: float = 1.0  # what public Nominatim servers ask of their users


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that differs between copies of the service; docs/operations.md describes each variable."""

    home: Path
    database_url: str
    secret_key: str = field(repr=False)
    port: int = DEFAULT_PORT
    workers: int = DEFAULT_WORKERS
    bind: str = DEFAULT_BIND
    operator: Operator = Operator()
    production: bool = False
    advertising: bool = False
    sign_on: SignOnSettings | None = None
    trusted_proxies: int = 0
    proxy_logs: ProxyLogs = ProxyLogs.UNKNOWN
    requests_per_second: int = DEFAULT_REQUESTS_PER_SECOND
    public_url: str = ""
    behind_tls: bool = False
    frame_ancestors: str = ANY_SITE
    desk_report: bool = False
    plain_tab: bool = False
    geocoder: GeocoderSettings = GeocoderSettings()
    tiles: TileServer | None = None

    @property
    def index_root(self) -> Path:
        """Where generations of the index live."""
        return self.home / "index"

    @property
    def tile_host(self) -> str:
        """Whom a reader's browser asks for streets on maps, "" where the operator named nobody."""
        return self.tiles.host if self.tiles else ""

    @classmethod
    def from_environment(cls, environ: Mapping[str, str] = os.environ) -> Settings:
        """Return the settings of the environment; `DIRECTORY_HOME` is created, with a secret key of its own, when missing.

        Raises SettingsError naming the variable that cannot be used.
        """
        home = _home(environ)
        return cls(
            home=home,
            database_url=environ.get("DIRECTORY_DATABASE_URL") or f"sqlite:///{home / 'directory.sqlite3'}",
            secret_key=_secret(environ, home),
            port=_whole_number(environ, "PORT", DEFAULT_PORT, 1, 65535),
            workers=_whole_number(environ, "DIRECTORY_WORKERS", DEFAULT_WORKERS, 1, 64),
            bind=_address(environ),
            operator=_operator(environ),
            production=_flag(environ, "DIRECTORY_PRODUCTION"),
            advertising=_flag(environ, "DIRECTORY_ADVERTISING"),
            sign_on=sign_on_settings(environ),
            proxy_logs=_proxy_logs(environ),
            trusted_proxies=_whole_number(environ, "DIRECTORY_TRUSTED_PROXIES", 0, 0, 10),
            requests_per_second=_whole_number(
                environ, "DIRECTORY_REQUESTS_PER_SECOND", DEFAULT_REQUESTS_PER_SECOND, 1, 1_000_000
            ),
            public_url=_public_url(environ),
            behind_tls=_flag(environ, "DIRECTORY_BEHIND_TLS"),
            geocoder=_geocoder(environ),
            frame_ancestors=_frame_ancestors(environ),
            desk_report=_flag(environ, "DIRECTORY_DESK_REPORT"),
            plain_tab=_flag(environ, "DIRECTORY_PLAIN_TAB"),
            tiles=tile_server(environ),
        )


def _geocoder(environ: Mapping[str, str]) -> GeocoderSettings:
    text = environ.get("DIRECTORY_GEOCODER", "").strip()
    if not text:
        return GeocoderSettings()
    service, _, address = text.partition(" ")
    if service not in GEOCODERS or not address.strip().startswith(("http://", "https://")):
        raise SettingsError(
            f"DIRECTORY_GEOCODER must be a service ({', '.join(GEOCODERS)}) and its address, such as "
            f"nominatim https://nominatim.example.org; got {text!r}"
        )
    seconds = _whole_number(environ, "DIRECTORY_GEOCODER_SECONDS", 1, 0, 3600)
    return GeocoderSettings(service, address.strip(), environ.get("DIRECTORY_GEOCODER_KEY", "").strip(), seconds)


def _operator(environ: Mapping[str, str]) -> Operator:
    return Operator(
        owner=environ.get("DIRECTORY_OWNER", "").strip(),
        funders=_list(environ.get("DIRECTORY_FUNDERS", "")),
        facilities_owned=_list(environ.get("DIRECTORY_FACILITIES_OWNED", "")),
        money_received=_money_received(environ),
        contact=environ.get("DIRECTORY_CONTACT", "").strip(),
    )


def _proxy_logs(environ: Mapping[str, str]) -> ProxyLogs:
    text = environ.get("DIRECTORY_PROXY_LOGS", "").strip() or ProxyLogs.UNKNOWN
    if text not in set(ProxyLogs):
        raise SettingsError(f"DIRECTORY_PROXY_LOGS must be one of {', '.join(ProxyLogs)}, got {text!r}")
    return ProxyLogs(text)


def _money_received(environ: Mapping[str, str]) -> str:
    """Return what else the operator is paid for. What it is not paid for is never typed, so that no two sentences disagree."""
    text = environ.get("DIRECTORY_MONEY_RECEIVED", "").strip()
    if _DENIAL.search(text):
        raise SettingsError("DIRECTORY_MONEY_RECEIVED says what is received; what is not, this program says where it is true")
    return text


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


def _home(environ: Mapping[str, str]) -> Path:
    home = Path(environ.get("DIRECTORY_HOME") or "var").absolute()
    try:
        home.mkdir(mode=0o700, parents=True, exist_ok=True)  # the database holds what is not public
    except OSError as error:
        raise SettingsError(f"DIRECTORY_HOME cannot be used: {home}: {error.strerror}") from error
    if not os.access(home, os.W_OK | os.X_OK):
        raise SettingsError(f"DIRECTORY_HOME cannot be used: {home} cannot be written")
    return home


def _address(environ: Mapping[str, str]) -> str:
    text = environ.get("DIRECTORY_BIND", "").strip() or DEFAULT_BIND
    try:
        return str(ip_address(text))
    except ValueError as error:
        raise SettingsError(f"DIRECTORY_BIND must be an IP address such as 127.0.0.1 or 0.0.0.0, got {text!r}") from error


def _public_url(environ: Mapping[str, str]) -> str:
    url = environ.get("DIRECTORY_PUBLIC_URL", "").strip().rstrip("/")
    if url and not (url.startswith(("http://", "https://")) and urlsplit(url).hostname):
        raise SettingsError(f"DIRECTORY_PUBLIC_URL must be an address such as https://help.example.org, got {url!r}")
    return url


def _frame_ancestors(environ: Mapping[str, str]) -> str:
    """Return which sites may show the page for frames, as a content security policy says it."""
    text = environ.get("DIRECTORY_FRAME_ANCESTORS", "").strip() or ANY_SITE
    if text == ANY_SITE:
        return ANY_SITE
    if text.lower() == "none":
        return NO_SITE
    for site in text.split():
        if not _SITE.fullmatch(site):
            raise SettingsError(
                f"DIRECTORY_FRAME_ANCESTORS must be *, none, or sites such as https://library.example.org, got {site!r}"
            )
    return " ".join(text.split())


def _secret(environ: Mapping[str, str], home: Path) -> str:
    given = environ.get("DIRECTORY_SECRET_KEY", "")
    if given and len(given) < SHORTEST_SECRET:
        raise SettingsError(f"DIRECTORY_SECRET_KEY must have at least {SHORTEST_SECRET} characters, got {len(given)}")
    return given or _kept_secret(home / SECRET_FILE)


def _kept_secret(path: Path) -> str:
    """Return the secret of this home: made once, complete from the moment it has its name, readable by its owner alone.

    Raises SettingsError when the file is damaged or other users may read it.
    """
    if not path.exists():
        _make_secret(path)
    if path.stat().st_mode & 0o077:
        raise SettingsError(f"{path} may be read by other users: set its mode to 0600, or delete it to get a new secret")
    secret = path.read_text(encoding="ascii").strip()
    if len(secret) < SHORTEST_SECRET:
        raise SettingsError(f"{path} holds no secret: delete it to get a new one")
    return secret


def _make_secret(path: Path) -> None:
    unfinished = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
    with os.fdopen(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as file:
        file.write(secrets.token_urlsafe(32))
    try:
        os.link(unfinished, path)
    except FileExistsError:
        return  # another process of this copy was first: its secret counts
    finally:
        unfinished.unlink()
