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

from directory.http import COMPRESSION_LEVEL, current_tag, may_be_kept, takes_gzip

Arguments = ParamSpec("Arguments")

EXTENSION: Final = "directory.kept_answers"
MOST_BYTES: Final = 24_000_000  # of a worker: about 130 pages of results with their compressed forms
OWN_HEADERS: Final = ("Content-Type", "Content-Disposition", "Link")


class KeptAnswer:
    """The bytes of an answer, and the same compressed once somebody wants it so."""

    def __init__(self, response: Response) -> None:
        self._body = response.get_data()
        self._compressed: bytes | None = None
        self._headers = {name: response.headers[name] for name in OWN_HEADERS if name in response.headers}

    @property
    def size(self) -> int:
        """The bytes of memory that it may take: a compressed form is below a third of its body."""
        return len(self._body) * 4 // 3

    def response(self) -> Response:
        """Return the answer for the current request."""
        if not takes_gzip():
            return Response(self._body, headers=self._headers)
        if self._compressed is None:
            self._compressed = gzip.compress(self._body, COMPRESSION_LEVEL, mtime=0)
        return Response(self._compressed, headers={**self._headers, "Content-Encoding": "gzip"})


class KeptAnswers:
    """The answers last asked for, up to a number of bytes."""

    def __init__(self, most_bytes: int = MOST_BYTES) -> None:
        self._most_bytes, self._bytes = most_bytes, 0
        self._lock = Lock()
        self._by_tag: OrderedDict[str, KeptAnswer] = OrderedDict()

    def get(self, tag: str) -> KeptAnswer | None:
        """Return the answer of a tag, if it is kept."""
        with self._lock:
            answer = self._by_tag.get(tag)
            if answer:
                self._by_tag.move_to_end(tag)
            return answer

    def keep(self, tag: str, answer: KeptAnswer) -> None:
        """Keep an answer; the ones not asked for the longest make room."""
        with self._lock:
            if tag in self._by_tag:
                return
            self._by_tag[tag] = answer
            self._bytes += answer.size
            while self._bytes > self._most_bytes:
                self._bytes -= self._by_tag.popitem(last=False)[1].size


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
        answers.keep(tag, made)
        return made.response()

    return answer
