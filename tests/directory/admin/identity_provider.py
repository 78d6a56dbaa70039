"""A small OpenID Connect provider on this machine: it vouches for whatever a test tells it to, and can be made to lie."""

from __future__ import annotations

import json
import threading
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from time import time
from typing import Any
from urllib.parse import parse_qs, urlsplit

from joserfc import jwt
from joserfc.jwk import RSAKey

CLIENT = "treatment-directory"


class IdentityProvider:
    """The provider of one test. `person` is what it says of whoever logs in; `lies` replaces parts of its answers."""

    def __init__(self, issuer: str) -> None:
        self.issuer, self.key = issuer, RSAKey.generate_key(2048, {"kid": "one"})
        self.person: dict[str, Any] = {"sub": "7", "email": "Kim@example.org", "email_verified": True}
        self.lies: dict[str, Any] = {}
        self.signing_key = self.key
        self.asked: dict[str, str] = {}

    def let_in(self, address: str) -> str:
        """Take in a browser that was sent here; return the query that it takes back."""
        self.asked = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
        return f"code=once&state={self.asked['state']}"

    def described(self) -> dict[str, str]:
        ends = {"authorization_endpoint": "/authorize", "token_endpoint": "/token", "jwks_uri": "/keys"}
        return (
            {"issuer": self.issuer} | {name: self.issuer + path for name, path in ends.items()} | self.lies.get("described", {})
        )

    def token(self, form: dict[str, list[str]]) -> dict[str, str]:
        """Answer with an identity token, where the code and the verifier of its challenge are right."""
        challenge = urlsafe_b64encode(sha256(form["code_verifier"][0].encode()).digest()).rstrip(b"=").decode()
        if form["code"] != ["once"] or challenge != self.asked["code_challenge"]:
            return {"error": "invalid_grant"}
        now = int(time())
        claims = {"iss": self.issuer, "aud": CLIENT, "iat": now, "exp": now + 60, "nonce": self.asked["nonce"]}
        claims |= self.person | self.lies.get("claims", {})
        signed = jwt.encode({"alg": "RS256", "kid": "one"}, claims, self.signing_key)
        return {"access_token": "unused", "token_type": "Bearer", "id_token": signed}


@contextmanager
def running() -> Iterator[IdentityProvider]:
    """Run a provider on a free port of this machine."""

    class Answers(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            pages = {
                "/.well-known/openid-configuration": provider.described(),
                "/keys": {"keys": [provider.key.as_dict(private=False)]},
            }
            self._send(pages[self.path])

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            self._send(provider.token(parse_qs(body)))

        def _send(self, value: Any) -> None:
            body = json.dumps(value).encode()
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_args: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    provider = IdentityProvider(f"http://127.0.0.1:{server.server_port}")
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield provider
    server.shutdown()
    thread.join()
    server.server_close()
