"""`/widget.js` and the same under an address that never changes its content."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, cast

from flask import Blueprint, Response, current_app, request

from directory import current
from directory.widget.bundle import Bundle, make_bundle

if TYPE_CHECKING:
    from flask.blueprints import BlueprintSetupState

YEAR_SECONDS: Final = 31_536_000
EXTENSION: Final = "directory.widget"

widget: Final = Blueprint("widget", __name__, template_folder="templates")


@widget.record
def _make_bundle(state: BlueprintSetupState) -> None:
    """Join the file once for each application: it names who runs this copy."""
    owner = state.app.extensions[current.EXTENSION].settings.operator.owner
    state.app.extensions[EXTENSION] = make_bundle(owner)


def bundle() -> Bundle:
    """Return the file of this application."""
    return cast("Bundle", current_app.extensions[EXTENSION])


@widget.get("/widget.js")
def newest() -> Response:
    """Send the widget; who keeps it asks each time whether it still holds."""
    return _sent(bundle(), "no-cache")


@widget.get("/widget-<version>.js")
def versioned(version: str) -> Response:
    """Send the widget, for a year under its own version; to a page that names an older one, the newest for this time."""
    known = version == bundle().version
    return _sent(bundle(), f"public, max-age={YEAR_SECONDS}, immutable" if known else "no-cache")


def _sent(file: Bundle, keep: str) -> Response:
    response = Response(file.content, content_type="text/javascript; charset=utf-8")
    response.headers["Cache-Control"] = keep
    response.headers["Access-Control-Allow-Origin"] = "*"  # modules and integrity hashes need it
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    response.set_etag(file.version)
    return cast("Response", response.make_conditional(request))
