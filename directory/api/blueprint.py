"""The blueprint that every view of the API hangs on."""

from __future__ import annotations

from typing import Final

from flask import Blueprint

api: Final = Blueprint("api", __name__, url_prefix="/api/v1")
