"""The addresses of the widget: its file, also under an address that never changes its content, and the pages around it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, cast

from flask import Blueprint, Response, request

from directory.web import current
from directory.widget import builder, embed, oembed
from directory.widget.bundle import Bundle, make_bundle
from directory.widget.snippets import EXTENSION, bundle

if TYPE_CHECKING:
    from flask.blueprints import BlueprintSetupState

YEAR_SECONDS: Final = 31_536_000

widget: Final = Blueprint("widget", __name__, template_folder="templates")


widget.add_url_rule("/widget", view_func=builder.builder)
widget.add_url_rule("/widget-preview-<accent>.css", view_func=builder.preview_style)
widget.add_url_rule("/widget-frame.js", view_func=embed.frame_script)
widget.add_url_rule("/embed", view_func=embed.embed)
widget.add_url_rule("/embed", view_func=embed.embed_again, methods=["POST"])
widget.add_url_rule("/oembed", view_func=oembed.oembed)


@widget.record
def _make_bundle(state: BlueprintSetupState) -> None:
    """Join the file once for each application: it names who runs this copy."""
    owner = state.app.extensions[current.EXTENSION].settings.operator.owner
    state.app.extensions[EXTENSION] = make_bundle(owner)


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
