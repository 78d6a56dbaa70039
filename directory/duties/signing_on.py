"""Logging in through an OpenID Connect provider (Authlib): the code flow with PKCE, and an account that exists here already.

The provider says who somebody is; what they may do is decided here. Nobody gets an account by signing on.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from authlib.common.errors import AuthlibBaseError
from authlib.integrations.requests_client import OAuth2Session
from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet
from requests import RequestException

from directory.duties.staffing import StaffRefused
from directory.sign_on_settings import SignOnSettings

SCOPE: Final = "openid email"
PATIENCE: Final = 5  # seconds for each answer of the provider
LEEWAY: Final = 60  # seconds by which two clocks may differ
ALGORITHMS: Final = ("RS256", "RS512", "PS256", "ES256", "ES384", "EdDSA")  # signatures by a key of the provider alone


class SignOnRefused(StaffRefused):
    """The provider did not say who it is, or what it said cannot be believed."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """What one attempt to log in must come back with; kept by the browser, signed by this copy."""

    state: str
    nonce: str
    code_verifier: str

    @staticmethod
    def begin() -> Attempt:
        """Return three new secrets."""
        return Attempt(secrets.token_urlsafe(24), secrets.token_urlsafe(24), secrets.token_urlsafe(48))


class Provider:
    """One provider. Asks it anew each time: logins are rare, and its keys change."""

    def __init__(self, settings: SignOnSettings, callback: str) -> None:
        self._settings = settings
        self._session = OAuth2Session(
            settings.client_id,
            settings.client_secret,
            scope=SCOPE,
            redirect_uri=callback,
            code_challenge_method="S256",
            default_timeout=PATIENCE,
        )

    def address(self, attempt: Attempt) -> str:
        """Return where the browser goes to log in. Raises SignOnRefused when the provider cannot be asked."""
        endpoint = self._described()["authorization_endpoint"]
        address, _ = self._session.create_authorization_url(
            endpoint, state=attempt.state, code_verifier=attempt.code_verifier, nonce=attempt.nonce
        )
        return str(address)

    def email(self, answer: Mapping[str, str], attempt: Attempt) -> str:
        """Return the address that the provider vouches for. Raises SignOnRefused for anything less."""
        if not secrets.compare_digest(answer.get("state", "").encode(), attempt.state.encode()):
            raise SignOnRefused("this login was not begun here, or too long ago: try again")
        if "code" not in answer:
            raise SignOnRefused("the provider did not let you log in")
        claims = self._claims(answer["code"], attempt)
        if not claims.get("email") or claims.get("email_verified") is not True:
            raise SignOnRefused("the provider does not vouch for your e-mail address")
        return str(claims["email"]).lower()

    def _claims(self, code: str, attempt: Attempt) -> Mapping[str, Any]:  # Any: JSON
        described = self._described()
        try:
            token = self._session.fetch_token(
                described["token_endpoint"], grant_type="authorization_code", code=code, code_verifier=attempt.code_verifier
            )
            keys = KeySet.import_key_set(self._json(described["jwks_uri"]))
            decoded = jwt.decode(token["id_token"], keys, algorithms=ALGORITHMS)
            wanted = {"iss": {"value": self._settings.issuer}, "aud": {"value": self._settings.client_id}}
            CodeIDToken(decoded.claims, decoded.header, wanted, {"nonce": attempt.nonce}).validate(leeway=LEEWAY)
        except (AuthlibBaseError, JoseError, RequestException, KeyError, ValueError) as error:
            raise SignOnRefused("what the provider says cannot be believed: tell an admin") from error
        return decoded.claims

    def _described(self) -> Mapping[str, str]:
        """Return what the provider says of itself (OpenID Connect Discovery 1.0)."""
        try:
            described: dict[str, str] = self._json(f"{self._settings.issuer}/.well-known/openid-configuration")
        except (RequestException, ValueError) as error:
            raise SignOnRefused("the provider cannot be reached: log in with your password, or try again") from error
        needed = ("authorization_endpoint", "token_endpoint", "jwks_uri")
        if described.get("issuer", "").rstrip("/") != self._settings.issuer or not all(map(described.get, needed)):
            raise SignOnRefused("the provider does not describe itself as expected: tell an admin")
        return described

    def _json(self, address: str) -> Any:  # Any: JSON
        answer = self._session.get(address, withhold_token=True)
        answer.raise_for_status()
        return answer.json()
