"""Answers kept in the memory of a process: who asks what was just asked gets the same bytes, without a search.

An answer is kept under its tag, which moves with the generation, the disclosures, the local date, the language and the address:
it is exactly as fresh as a 304 would be. Nothing is written, and what was not asked for again is forgotten first.
"""

from __future__ import annotations

import gzip
from collections import OrderedDict
from collections.abc import Callable
from functools import wraps
from threading import Lock
from typing import Final, ParamSpec, cast

from flask import Flask, Response, current_app, make_response
from flask.typing import ResponseReturnValue

from directory.web.http import COMPRESSION_LEVEL, current_tag, may_be_kept, takes_gzip

Arguments = ParamSpec("Arguments")

EXTENSION: Final = "directory.web.kept_answers"
MOST_BYTES: Final = 24_000_000  # of a worker: a thousand pages of results as browsers take them, compressed
OWN_HEADERS: Final = ("Content-Type", "Content-Disposition", "Link")


class KeptAnswer:
    """The bytes of an answer; once somebody wants it compressed it is kept in that form alone, which is a ninth of the room.

    Two threads may compress at once and get the same bytes: the plain form goes only when the other one is there.
    """

    def __init__(self, response: Response) -> None:
        self._body: bytes | None = response.get_data()
        self._compressed = b""
        self._headers = {name: response.headers[name] for name in OWN_HEADERS if name in response.headers}

    @property
    def size(self) -> int:
        """The bytes of memory that it takes now; it never grows."""
        body = self._body
        return len(self._compressed if body is None else body)

    def response(self) -> Response:
        """Return the answer for the current request."""
        if takes_gzip():
            return Response(self._smaller(), headers={**self._headers, "Content-Encoding": "gzip"})
        body = self._body
        return Response(gzip.decompress(self._compressed) if body is None else body, headers=self._headers)

    def _smaller(self) -> bytes:
        body = self._body
        if body is not None:
            self._compressed = gzip.compress(body, COMPRESSION_LEVEL, mtime=0)
            self._body = None
        return self._compressed


class KeptAnswers:
    """The answers last asked for, up to a number of bytes."""

    def __init__(self, most_bytes: int = MOST_BYTES) -> None:
        self._most_bytes, self._bytes = most_bytes, 0
        self._lock = Lock()
        self._by_tag: OrderedDict[str, tuple[KeptAnswer, int]] = OrderedDict()  # with its size when it was kept

    def get(self, tag: str) -> KeptAnswer | None:
        """Return the answer of a tag, if it is kept."""
        with self._lock:
            if tag not in self._by_tag:
                return None
            self._by_tag.move_to_end(tag)
            return self._by_tag[tag][0]

    def keep(self, tag: str, answer: KeptAnswer) -> None:
        """Keep an answer; the ones not asked for the longest make room."""
        with self._lock:
            if tag in self._by_tag:
                return
            self._by_tag[tag] = answer, answer.size
            self._bytes += answer.size
            while self._bytes > self._most_bytes:
                self._bytes -= self._by_tag.popitem(last=False)[1][1]


def install(app: Flask) -> None:
    """Give an application its own kept answers."""
    app.extensions[EXTENSION] = KeptAnswers()


def keeps_answers(view: Callable[Arguments, ResponseReturnValue]) -> Callable[Arguments, ResponseReturnValue]:
    """Answer from memory what was just answered; stands below `holds_listings`, whose tag it uses."""

    @wraps(view)
    def answer(*args: Arguments.args, **kwargs: Arguments.kwargs) -> ResponseReturnValue:
        answers, tag = cast("KeptAnswers", current_app.extensions[EXTENSION]), current_tag()
        if kept := answers.get(tag):
            return kept.response()
        response = make_response(view(*args, **kwargs))
        if not may_be_kept(response):
            return response
        made = KeptAnswer(response)
        sent = made.response()
        answers.keep(tag, made)
        return sent

    return answer
