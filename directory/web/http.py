"""What every answer over HTTP has in common: security headers, caching, compression, reading from anywhere, no cookies."""

from __future__ import annotations

import gzip
from collections.abc import Callable, Iterable
from functools import wraps
from hashlib import blake2b
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final, ParamSpec

from flask import Flask, Response, g, make_response, request
from flask.sessions import SessionInterface, SessionMixin
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import RequestURITooLarge
from werkzeug.middleware.proxy_fix import ProxyFix

from directory.settings import NO_SITE, Settings
from directory.tile_settings import TileServer
from directory.web import current
from directory.web.styles import FIRST_STYLE_SOURCE

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

Arguments = ParamSpec("Arguments")
Headers = tuple[tuple[str, str], ...]

IMAGES: Final = "img-src 'self' data:"
CONTENT_SECURITY_POLICY: Final = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        f"style-src 'self' {FIRST_STYLE_SOURCE}",
        IMAGES,
        "font-src 'self'",
        "connect-src 'self'",
        "manifest-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
PERMISSIONS_POLICY: Final = "geolocation=(self), camera=(), microphone=(), payment=(), usb=(), browsing-topics=()"
SECURITY_HEADERS: Final = (
    ("Content-Security-Policy", CONTENT_SECURITY_POLICY),
    ("X-Content-Type-Options", "nosniff"),
    ("X-Frame-Options", "DENY"),
    ("Referrer-Policy", "no-referrer"),
    ("Permissions-Policy", PERMISSIONS_POLICY),
    ("Cross-Origin-Opener-Policy", "same-origin"),
)
STRICT_TRANSPORT: Final = ("Strict-Transport-Security", "max-age=31536000; includeSubDomains")
STREETS_ASKED: Final = ("map", "tiles")  # what an address says when its reader asked for streets of the operator's tile server
FRAMED_PATH: Final = "/embed"  # the one page that stands in frames of other sites; it has nothing that a click could give away
READABLE_FROM_ANYWHERE: Final = (
    ("Access-Control-Allow-Origin", "*"),
    ("Access-Control-Expose-Headers", "ETag, Link, Retry-After"),
    ("X-Robots-Tag", "noindex"),
)
PREFLIGHT: Final = (
    ("Access-Control-Allow-Methods", "GET, HEAD, POST, OPTIONS"),
    ("Access-Control-Allow-Headers", "Accept, Content-Type, If-None-Match"),
    ("Access-Control-Max-Age", "86400"),
)
SMALLEST_COMPRESSED: Final = 1024  # bytes; below one network packet gzip saves nothing
COMPRESSION_LEVEL: Final = 5  # 180 KB of JSON: 1.8 ms to a ninth; level 9 takes 8 ms for a tenth less
COMPRESSIBLE: Final = (
    *("text/", "application/json", "application/problem+json", "application/geo+json"),
    *("application/javascript", "image/svg+xml", "application/manifest+json"),
)
MOST_QUERY_BYTES: Final = 28_000  # 2,000 characters of any script, percent-encoded, need at most 24,000
MOST_BODY_BYTES: Final = 65_536  # a form of this service holds far less
NO_CACHE: Final = "no-cache"


class NoSession(SessionInterface):
    """Public pages have no session, so there is nothing that could set a cookie."""

    def open_session(self, app: Flask, request: object) -> None:
        """Return no session."""

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        """Write nothing."""


class CommonHeaders:
    """Adds the headers that every answer has, whoever made it; below the application, so that no view can forget one.

    A header that an answer sets itself stays. What begins with `/api/` may be read from anywhere.
    """

    def __init__(self, application: WSGIApplication, settings: Settings) -> None:
        self._application = application
        self._always: Headers = (*SECURITY_HEADERS, STRICT_TRANSPORT) if settings.behind_tls else SECURITY_HEADERS
        self._of_the_api = (*self._always, *READABLE_FROM_ANYWHERE)
        self._in_frames = tuple(_for_frames(self._always, settings.frame_ancestors))
        self._with_streets = _for_streets(self._always, settings.tiles)

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Pass the request on and add to the headers of its answer."""
        path = environ.get("PATH_INFO", "")
        more = self._always
        if path.startswith(current.API_PREFIX):
            more = self._of_the_api
        elif path == FRAMED_PATH:
            more = self._in_frames
        elif "=".join(STREETS_ASKED) in environ.get("QUERY_STRING", "").split("&"):
            more = self._with_streets

        def start(status: str, headers: list[tuple[str, str]], error: Any = None) -> Callable[[bytes], object]:  # sys.exc_info()
            present = {name for name, _ in headers}
            return start_response(status, headers + [header for header in more if header[0] not in present], error)

        return self._application(environ, start)


def _for_frames(headers: Iterable[tuple[str, str]], ancestors: str) -> Iterable[tuple[str, str]]:
    """Return headers that let the sites which the operator names show the page in a frame."""
    for name, value in headers:
        if name != "X-Frame-Options" or ancestors == NO_SITE:
            yield name, value.replace("frame-ancestors 'none'", f"frame-ancestors {ancestors}")


def _for_streets(headers: Headers, server: TileServer | None) -> Headers:
    """Return headers that let a page show pictures of the operator's tile server, and of nobody else."""
    if server is None:
        return headers
    return tuple((name, value.replace(IMAGES, f"{IMAGES} {server.origin}")) for name, value in headers)


def install(app: Flask, settings: Settings) -> None:
    """Attach the rules of this module to an application."""
    app.session_interface = NoSession()
    app.config["MAX_CONTENT_LENGTH"] = app.config["MAX_FORM_MEMORY_SIZE"] = MOST_BODY_BYTES
    application: WSGIApplication = CommonHeaders(app.wsgi_app, settings)
    if proxies := settings.trusted_proxies:
        application = ProxyFix(application, x_for=proxies, x_proto=proxies, x_host=proxies)
    app.wsgi_app = application  # type: ignore[assignment,method-assign]  # Flask's documented way
    app.before_request(refuse_long_addresses)
    app.after_request(finished)


def refuse_long_addresses() -> None:
    """Refuse an address longer than any text that is read. Raises RequestURITooLarge."""
    if len(request.query_string) > MOST_QUERY_BYTES:
        raise RequestURITooLarge


def finished(response: Response) -> Response:
    """Return a response that says how it may be kept, compressed where that pays."""
    headers = response.headers
    if "Cache-Control" not in headers:
        headers["Cache-Control"] = NO_CACHE
    if request.method == "OPTIONS" and current.is_api():
        headers.extend(PREFLIGHT)
        headers.pop("Content-Type", None)  # there is no body to speak of
    kind = response.content_type or ""
    if kind.startswith("text/html"):
        vary_by(response, "Accept-Language")
    if kind.startswith(COMPRESSIBLE):
        vary_by(response, "Accept-Encoding")
        if "Content-Encoding" not in headers:
            compress(response)
    return response


def vary_by(response: Response, header: str) -> None:
    """Tell caches that a header of the request changes the answer."""
    named = response.headers.get("Vary")
    if not named:
        response.headers["Vary"] = header
    elif header.lower() not in named.lower():
        response.headers["Vary"] = f"{named}, {header}"


def compress(response: Response) -> None:
    """Compress a body where that pays and the client takes it."""
    if response.status_code != HTTPStatus.OK or not takes_gzip():
        return
    response.direct_passthrough = False
    body = response.get_data()
    if len(body) >= SMALLEST_COMPRESSED:
        response.set_data(gzip.compress(body, COMPRESSION_LEVEL, mtime=0))
        response.headers["Content-Encoding"] = "gzip"
        _weaken_etag(response)


def takes_gzip() -> bool:
    """Tell whether the client takes gzip."""
    accepted = request.headers.get("Accept-Encoding")
    return bool(accepted) and request.accept_encodings["gzip"] > 0


def _weaken_etag(response: Response) -> None:
    """Mark the tag as weak: the compressed bytes are another representation of the same answer (RFC 9110, 8.8.3)."""
    tag, weak = response.get_etag()
    if tag and not weak:
        response.set_etag(tag, weak=True)


def holds_listings(view: Callable[Arguments, ResponseReturnValue]) -> Callable[Arguments, ResponseReturnValue]:
    """Let a reader keep what a view answers, and ask each time whether it still holds.

    The tag moves with the generation, the disclosures, the local date, the language and the address, so a 304 never hides that
    somebody began to pay. A view whose answer depends on the hour marks it with `changes_by_the_minute`.
    Raises StoreUnavailable or EngineUnavailable.
    """

    @wraps(view)
    def answer(*args: Arguments.args, **kwargs: Arguments.kwargs) -> ResponseReturnValue:
        tag = g.tag = _tag()
        if tag in request.if_none_match.as_set(include_weak=True):
            response = Response(status=HTTPStatus.NOT_MODIFIED, mimetype="application/json" if current.is_api() else "text/html")
        else:
            response = make_response(view(*args, **kwargs))
            if not may_be_kept(response):
                return response
        response.headers["Cache-Control"] = NO_CACHE
        response.set_etag(tag, weak=True)
        return response

    return answer


def current_tag() -> str:
    """Return the tag of this request, inside a view that `holds_listings`."""
    tag: str = g.tag
    return tag


def may_be_kept(response: Response) -> bool:
    """Tell whether a response is an answer that holds until its tag moves."""
    return response.status_code == HTTPStatus.OK and response.headers.get("Cache-Control") != "no-store"


def changes_by_the_minute(response: Response) -> Response:
    """Mark an answer that depends on the hour ("open tonight"), so that nobody keeps it."""
    response.headers["Cache-Control"] = "no-store"
    return response


def _tag() -> str:
    version = current.lookup().etag(current.language(), current.now().date())
    return blake2b(f"{version}\n{request.full_path}".encode(), digest_size=12).hexdigest()
