"""What the body of a request may be: a form, where nothing says more. A body that is not read is refused, never left out."""

from __future__ import annotations

from typing import Final

from flask import request

FORM: Final = "application/x-www-form-urlencoded"
FORMS: Final = (FORM, "multipart/form-data")


class UnreadBody(Exception):
    """The body of a request is of a type that is not read at this address; `accepted` are those that are."""

    def __init__(self, accepted: tuple[str, ...]) -> None:
        super().__init__(f"the body must be {' or '.join(accepted)}")
        self.accepted = accepted


def refuse_unread_bodies(*also: str) -> None:
    """Refuse a body that is no form and none of these types: a search without it would answer the whole country.

    An empty body is no body, whatever its type. Raises UnreadBody.
    """
    has_body = bool(request.content_length) or "Transfer-Encoding" in request.headers
    if has_body and request.mimetype not in (*FORMS, *also):
        raise UnreadBody((FORM, *also))
