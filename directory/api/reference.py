"""What stands around a search: suggestions, how words are read, the vocabulary, coverage, and the description of the API."""

from __future__ import annotations

from functools import lru_cache
from hashlib import blake2b

import msgspec
from flask import Response, request
from flask.typing import ResponseReturnValue

from directory.api import arguments
from directory.api.blueprint import api
from directory.api.formats.rows import encode
from directory.api.schema import shapes
from directory.api.schema.openapi import openapi_document
from directory.web import current
from directory.web.http import holds_listings

JSON = "application/json"


@api.get("/suggest")
@holds_listings
def suggest() -> ResponseReturnValue:
    """Answer with completions of what is being typed; nothing typed has none."""
    arguments.only("q", "lang", "limit")
    typed, lang, limit = arguments.text(), arguments.lang(), arguments.limit()
    found = current.lookup().suggest(typed, lang, limit, today=current.now().date()) if typed else ()
    return _json(encode({"suggestions": found}))


@api.get("/understand")
@holds_listings
def understand() -> ResponseReturnValue:
    """Answer how words are read: what would filter, what would rank, and what is urgent."""
    arguments.only("q", "lang")
    return _json(encode(current.lookup().understand(arguments.text(), arguments.lang(), today=current.now().date())))


@api.get("/coverage")
@holds_listings
def coverage() -> ResponseReturnValue:
    """Answer how many listings of each kind each jurisdiction has."""
    arguments.only()
    lookup = current.lookup()
    return _json(encode({"states": lookup.coverage(), "generation": lookup.status().info.name}))


@api.get("/vocabulary")
def vocabulary() -> ResponseReturnValue:
    """Answer with every concept: what `offers` and `not` may name."""
    arguments.only()
    words = current.lookup().vocabulary
    concepts = tuple(
        shapes.Concept(
            id=concept.id,
            kind=concept.kind.value,
            group=concept.group,
            label=concept.label,
            label_es=concept.label_es,
            help=concept.help,
            help_es=concept.help_es,
            parent=concept.parent,
            filterable=words.is_filterable(concept.id),
        )
        for concept in words.concepts
    )
    return answer_of_the_program(encode(shapes.VocabularyAnswer(concepts=concepts)))


@api.get("/openapi.json")
def openapi() -> ResponseReturnValue:
    """Answer with the description of this API (OpenAPI 3.1)."""
    return answer_of_the_program(_openapi_json())


@lru_cache(maxsize=1)
def _openapi_json() -> bytes:
    return msgspec.json.encode(openapi_document())


def _json(body: bytes) -> Response:
    return Response(body, content_type=JSON)


def answer_of_the_program(body: bytes) -> Response:
    """Return an answer that changes only with the program: its tag is its content."""
    response = _json(body)
    response.set_etag(blake2b(body, digest_size=12).hexdigest(), weak=True)
    response.make_conditional(request)
    return response
