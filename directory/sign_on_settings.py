"""The one provider of identities that staff may log in with, beside their passwords; none unless the operator names one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib.util import find_spec
from typing import Final
from urllib.parse import urlsplit

from directory.errors import SettingsError

_NAMES: Final = ("DIRECTORY_OIDC_ISSUER", "DIRECTORY_OIDC_CLIENT_ID", "DIRECTORY_OIDC_CLIENT_SECRET")


@dataclass(frozen=True, slots=True)
class SignOnSettings:
    """An OpenID Connect provider: its issuer address, and what it knows this copy by."""

    issuer: str
    client_id: str
    client_secret: str = field(repr=False)


def sign_on_settings(environ: Mapping[str, str]) -> SignOnSettings | None:
    """Return the provider that the environment names, None where it names none.

    Raises SettingsError where something is missing: a value, a safe address, or the library of the extra `sso`.
    """
    issuer, client_id, client_secret = (environ.get(name, "").strip() for name in _NAMES)
    if not (issuer or client_id or client_secret):
        return None
    for name in _NAMES:
        if not environ.get(name, "").strip():
            raise SettingsError(f"{name} is missing: single sign-on needs {', '.join(_NAMES)}")
    address = urlsplit(issuer)
    if address.scheme != "https" and address.hostname != "127.0.0.1":
        raise SettingsError(f"DIRECTORY_OIDC_ISSUER must begin with https://, got {issuer!r}")
    if find_spec("authlib") is None or find_spec("requests") is None:
        raise SettingsError("single sign-on needs the extra `sso`: pip install --require-hashes -r requirements/sso.txt")
    return SignOnSettings(issuer.rstrip("/"), client_id, client_secret)
