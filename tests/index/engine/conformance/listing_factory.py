"""Fictional listings for the sentences of the conformance suite; each takes only what matters to its test."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from index.geo.distance import Coordinates
from index.listing import Address, ConceptId, Kind, Listing, ListingId, Phone, Precision, Program, Session, SourceRef
from index.request import SearchRequest, Selection
from index.results import Results

DENVER = Coordinates(39.7392, -104.9903)
BOULDER = Coordinates(40.0150, -105.2705)
PUEBLO = Coordinates(38.2544, -104.6091)
PHONE = Phone(number="+13035550100")


def program(*offers: str, name: str = "", checked_on: date | None = None, meets: Sequence[Session] = ()) -> Program:
    """Return a program that states these concepts."""
    source = SourceRef(name="registry", title="A fictional registry", key="1", edition="2026", checked_on=checked_on)
    return Program(
        id=f"{name}|{','.join(offers)}",
        source=source,
        name=name,
        offers=tuple(map(ConceptId, offers)),
        schedule=tuple(meets),
    )


def place(identity: str, *programs: Program, at: Coordinates | None = DENVER, **facts: Any) -> Listing:
    """Return a facility in Denver unless said otherwise; its name is its id, without a program given it states nothing."""
    point = {"lat": at.lat, "lon": at.lon, "precision": facts.pop("precision", Precision.ROOFTOP)} if at else {}
    address = facts.pop("address", Address(city="Denver", state="CO", zip="80202", county="Denver County"))
    defaults = {"kind": Kind.FACILITY, "name": identity, "phones": (PHONE,), "time_zone": "America/Denver"}
    return Listing(id=ListingId(identity), programs=programs or (program(),), address=address, **{**defaults, **point, **facts})


def wanted(group: str, *concepts: str) -> Selection:
    """Return one filter group."""
    return Selection(group, tuple(map(ConceptId, concepts)))


def asking(*selections: Selection, **parts: Any) -> SearchRequest:
    """Return a request with these filters."""
    return SearchRequest(selections=selections, **parts)


def ids(results: Results) -> list[str]:
    """Return the ids of a page in order."""
    return [hit.id for hit in results.hits]
