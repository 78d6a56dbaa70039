"""`/api/v1/guides`: every guide, or those that fit some concepts, with the pages that their facts come from."""

from __future__ import annotations

import msgspec
from flask import request
from flask.typing import ResponseReturnValue

from directory.api import arguments
from directory.api.blueprint import api
from directory.api.formats.rows import encode
from directory.api.reference import answer_of_the_program
from directory.api.schema.guide_shapes import Guide, GuidesAnswer, GuideSource
from directory.asking.query import parse_query
from directory.disclosure import Language
from directory.guides import documents
from directory.guides.library import library
from directory.web import current


@api.get("/guides")
def guides() -> ResponseReturnValue:
    """Answer with the guides; `offers` names what they are to be about."""
    arguments.only("offers", "lang")
    vocabulary, lang = current.lookup().vocabulary, arguments.lang()
    asked = parse_query(request.args, vocabulary, strict=True).offers
    found = library().fitting(asked, lang, vocabulary) if asked else library().guides[lang].values()
    return answer_of_the_program(encode(GuidesAnswer(guides=tuple(_shape(guide, lang) for guide in found))))


def _shape(guide: documents.Guide, lang: Language) -> Guide:
    front = guide.front
    return Guide(
        slug=guide.slug,
        title=front.title,
        summary=front.summary,
        url=f"/guides/{guide.slug}?lang={lang}",
        about=front.about,
        written_on=front.written_on,
        reviewed_by=f"{front.reviewed.name}, {front.reviewed.credential}" if front.reviewed else "",
        sources=tuple(GuideSource(**msgspec.structs.asdict(cited.source)) for cited in guide.sources),
    )
