"""`/api/v1/listings/<id>`: everything that is known of one listing."""

from __future__ import annotations

from typing import Final

import msgspec
from flask import Response
from flask.typing import ResponseReturnValue

from directory.answers.kept_here import handed_on, may_be_handed_on
from directory.api import arguments
from directory.api.blueprint import api
from directory.api.formats.answers import groups_json
from directory.api.formats.rows import ALWAYS, encode, phone_of, place_of, program_of
from directory.api.schema import shapes
from directory.api.schema.reading_shapes import Notice
from directory.api.selection import selected_fields
from directory.disclosure import RANKING_STATEMENT
from directory.page import ListingPage
from directory.web import current
from directory.web.http import holds_listings
from index.listing import Redistribute

GROUPS: Final = "next_steps"
FIELDS: Final = tuple(field.name for field in msgspec.structs.fields(shapes.ListingAnswer))


@api.get("/listings/<listing_id>")
@holds_listings
def listing(listing_id: str) -> ResponseReturnValue:
    """Answer with one listing, its programs, and what comes next nearby."""
    arguments.only("fields", "lang")
    fields = selected_fields(arguments.fields(), FIELDS, (*ALWAYS, "meta"))
    page = current.lookup().listing(listing_id, arguments.lang(), today=current.now().date(), leaves_here=True)
    answer = listing_answer(page)
    parts = [b'"%b":%b' % (name.encode(), _member(name, answer, page)) for name in fields]
    return Response(b"{%b}" % b",".join(parts), content_type="application/json")


def _member(name: str, answer: shapes.ListingAnswer, page: ListingPage) -> bytes:
    return b"[%b]" % groups_json(page.next_steps) if name == GROUPS else encode(getattr(answer, name))


def listing_answer(page: ListingPage) -> shapes.ListingAnswer:
    """Return what is said of the listing itself, with the numbers of all its programs; its next steps are written apart."""
    listing, place, given = page.listing, place_of(page.card), handed_on(page.listing)
    programs = may_be_handed_on(listing)
    ids = {program.id for program in programs}
    whole = bool(programs) and all(program.source.redistribute is Redistribute.YES for program in programs)
    members = {field.name: getattr(place, field.name) for field in msgspec.structs.fields(place)}
    viewed = [(program, view) for program, view in zip(listing.programs, page.programs, strict=True) if program.id in ids]
    members["programs"] = tuple(program_of(program, view.phones) for program, view in viewed)
    members["phones"] = tuple(phone_of(line) for line in dict.fromkeys(line for _, view in viewed for line in view.phones))
    return shapes.ListingAnswer(
        **members,
        reach=listing.reach,
        states_served=listing.states_served,
        email=given.email if given else "",
        conference_url=given.conference_url if given else "",
        description=listing.description if whole else "",
        time_zone=listing.time_zone,
        open_24h=listing.open_24h,
        hours=given.hours if given else "",
        operator=given.operator if given else "",
        licences=given.licences if given else (),
        accreditations=given.accreditations if given else (),
        notices=tuple(msgspec.convert(msgspec.to_builtins(notice), Notice) for notice in page.notices),
        next_steps=(),
        stated_by=tuple(shapes.StatedFact(field=name, program=one) for name, one in listing.stated_by if one in ids),
        meta=shapes.ListingMeta(ranking=RANKING_STATEMENT[page.lang], funding=page.funding, generation=page.generation),
    )
