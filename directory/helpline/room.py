"""The room itself: who may enter, what no answer of it may do, and where its scripts and styles are."""

from __future__ import annotations

from typing import Final

from flask import Blueprint, Response, request
from flask.typing import ResponseReturnValue

from directory.helpline.assets import desk_address, send_desk_asset
from directory.helpline.staff.access import guard
from index.word_memory import forget_words

helpline: Final = Blueprint("helpline", __name__, url_prefix="/helpline", template_folder="templates")
WITHOUT_LOGIN: Final = frozenset({"helpline.login", "helpline.log_in", "helpline.asset"})
guard(helpline, WITHOUT_LOGIN)


@helpline.get("/static/<digest>/<name>")
def asset(digest: str, name: str) -> ResponseReturnValue:
    """Send a script or the style of the desk; they hold nothing of anybody."""
    return send_desk_asset(digest, name)


helpline.add_app_template_global(desk_address, "desk_asset")


@helpline.teardown_request
def forget_what_was_said(_error: BaseException | None) -> None:
    """Leave none of the words of a request in the memory of this process."""
    if request.method == "POST":
        forget_words()


@helpline.after_request
def keep_nothing(response: Response) -> Response:
    """Let nobody keep an answer of the desk; only its scripts and styles may be kept."""
    if "immutable" not in response.headers.get("Cache-Control", ""):
        response.headers["Cache-Control"] = "no-store"
    return response
