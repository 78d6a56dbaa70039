"""Random requests over the seeded corpus, drawn so that edges are hit often: empty text, unknown words, poles, deep pages."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import corpus
from hypothesis import strategies as st

from index.geo.distance import Coordinates, great_circle_miles
from index.listing import ConceptId, Kind, ListingId, Reach
from index.request import (
    Area,
    Circle,
    Corridor,
    InCounty,
    InState,
    LocalWindow,
    Nearest,
    SearchRequest,
    Selection,
    Serving,
    Sort,
    centre_of,
)

SIZE = 400  # listings in the corpus
IDS = tuple(ListingId(f"L{number:04d}") for number in range(SIZE))
STATES = (*sorted({town.state for town in corpus.TOWNS}), "WY", "DC")
WORDS = (
    "cedar",
    "House",
    "saint",
    "mary's",
    "marys",
    "recovery",
    "center",
    "12-step",
    "12",
    "step",
    "río",
    "rio",
    "denver",
    "springfield",
    "hagatna",
    "detox",
    "women's",
    "teen",
    "a",
    "health",
    "nobody",
    "",
    "---",
)
SPECIAL_POINTS = (
    Coordinates(90.0, 0.0),
    Coordinates(-90.0, 180.0),
    Coordinates(89.9, -150.0),
    Coordinates(51.7, 180.0),
    Coordinates(51.7, -180.0),
    Coordinates(51.9, -179.999),
    Coordinates(0.0, 0.0),
)
PLACED = tuple(
    Coordinates(listing.lat, listing.lon)
    for listing in corpus.make_listings(SIZE)
    if listing.lat is not None and listing.lon is not None
)
ZONES = tuple(sorted({town.zone for town in corpus.TOWNS}))

concepts = st.sampled_from((*corpus.CONCEPTS, ConceptId("care.unknown")))
words = st.lists(st.sampled_from(WORDS), max_size=3).map(tuple)
points = st.one_of(
    st.sampled_from([Coordinates(town.lat, town.lon) for town in corpus.TOWNS]),
    st.sampled_from(PLACED),
    st.sampled_from(SPECIAL_POINTS),
    st.builds(Coordinates, st.floats(-90, 90), st.floats(-180, 180)),
)
miles = st.one_of(st.sampled_from((0.001, 1.0, 5.0, 25.0, 100.0, 500.0)), st.floats(0.001, 500))


def _selections(chosen: list[ConceptId]) -> tuple[Selection, ...]:
    """Return one filter for each group among the concepts, their alternatives together."""
    groups: dict[str, list[ConceptId]] = {}
    for concept in chosen:
        group = "care" if concept == "care.unknown" else corpus.group_of(concept)
        groups.setdefault(group, []).append(concept)
    return tuple(Selection(group, tuple(ids)) for group, ids in groups.items())


filtering = concepts.filter(lambda concept: concept != "care.treatment")  # it never filters
selections = st.lists(filtering, max_size=4, unique=True).map(_selections)
wishes = st.lists(st.lists(concepts, min_size=1, max_size=2).map(tuple), max_size=5).map(tuple)
id_sets = st.frozensets(st.sampled_from((*IDS, ListingId("unknown"))), max_size=40)
many_ids = st.integers(0, SIZE).map(lambda size: frozenset(IDS[:size]))


@st.composite
def areas(draw: st.DrawFn) -> Area | None:
    """Draw any area, or none."""
    some_centre = st.one_of(st.none(), points)
    county = draw(st.sampled_from(corpus.TOWNS))
    return draw(
        st.one_of(
            st.none(),
            st.builds(Circle, points, miles),
            edges(),
            st.builds(Corridor, points, points, miles),
            st.builds(Nearest, points, st.integers(1, 60)),
            st.builds(InState, st.sampled_from(STATES), some_centre),
            st.builds(InCounty, st.just(county.state), st.sampled_from((county.county, county.county.upper())), some_centre),
            st.builds(Serving, st.sampled_from(STATES)),
        )
    )


@st.composite
def edges(draw: st.DrawFn) -> Circle:
    """Draw a circle whose edge runs through a listing, or passes it by a few feet."""
    centre, other = draw(points), draw(st.sampled_from(PLACED))
    miles_between = great_circle_miles(centre, other) + draw(st.sampled_from((0.0, 0.0, 0.001, -0.001)))
    return Circle(centre, min(max(miles_between, 0.001), 500.0))


@st.composite
def windows(draw: st.DrawFn) -> tuple[LocalWindow, ...]:
    """Draw no, one or a few windows; some pass the end of the week."""
    if draw(st.booleans()):
        return ()
    starts = st.integers(0, 10_079)
    spans = st.sampled_from((60, 180, 24 * 60, 3 * 24 * 60))
    zones = st.sampled_from((*ZONES, "Europe/Paris"))
    drawn = draw(st.lists(st.tuples(zones, starts, spans), min_size=1, max_size=3))
    return tuple(LocalWindow(zone, start, start + span) for zone, start, span in drawn)


moments = st.datetimes(datetime(2026, 1, 1), datetime(2027, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - hypothesis adds UTC


@st.composite
def requests(draw: st.DrawFn) -> SearchRequest:
    """Draw a whole request; filters that remove nearly everything are drawn less often."""
    area = draw(areas())
    sorts = [sort for sort in Sort if sort is not Sort.DISTANCE or centre_of(area) is not None]
    rarely = st.integers(0, 4).map(lambda number: number == 0)
    return SearchRequest(
        words=draw(words) if draw(st.booleans()) else (),
        selections=draw(selections) if draw(st.booleans()) else (),
        leave_out=draw(st.lists(concepts, max_size=2).map(tuple)) if draw(rarely) else (),
        prefer=draw(wishes) if draw(st.booleans()) else (),
        kinds=draw(st.frozensets(st.sampled_from(Kind))) if draw(rarely) else frozenset(),
        reaches=draw(st.frozensets(st.sampled_from(Reach))) if draw(rarely) else frozenset(),
        states=draw(st.frozensets(st.sampled_from((*STATES, "ZZ")), max_size=3)) if draw(rarely) else frozenset(),
        area=area,
        checked_since=corpus.FIRST_DAY + timedelta(days=draw(st.integers(0, 45))) if draw(rarely) else None,
        windows=draw(windows()) if draw(rarely) else (),
        only_ids=draw(st.one_of(id_sets, many_ids)) if draw(rarely) else None,
        without_ids=draw(st.one_of(id_sets, many_ids)) if draw(rarely) else frozenset(),
        tallies={"first": draw(id_sets), "many": draw(many_ids)} if draw(rarely) else {},
        sort=draw(st.sampled_from(sorts)),
        starts_from=draw(moments),
        page=draw(st.sampled_from((1, 1, 1, 2, 3, 7, 40))),
        per_page=draw(st.sampled_from((0, 1, 5, 20, 100))),
        facets=draw(st.booleans()),
    )


@st.composite
def broad_requests(draw: st.DrawFn) -> SearchRequest:
    """Draw a request that matches much, so that pages are cut from long lists with many equals."""
    centre = draw(points)
    area = draw(st.sampled_from((None, InState("AK"), InState("CO", centre), Circle(centre, 500.0), Nearest(centre, 900))))
    sorts = [sort for sort in Sort if sort is not Sort.DISTANCE or centre_of(area) is not None]
    return SearchRequest(
        words=draw(st.sampled_from(((), (), ("house",), ("center",), ("a",)))),
        selections=draw(st.sampled_from(((), (), (Selection("care", (ConceptId("care.detox"), ConceptId("care.iop"))),)))),
        prefer=draw(wishes),
        area=area,
        sort=draw(st.sampled_from(sorts)),
        starts_from=draw(moments),
        page=draw(st.sampled_from((1, 1, 2, 9, 30))),
        per_page=draw(st.sampled_from((5, 20, 100))),
    )
