"""The steps of a search against the plainest way of computing the same."""

from __future__ import annotations

from datetime import UTC, datetime

import numpy as np
import pytest
from corpus import GROUPS, closed_upward, make_listings
from hypothesis import given, settings
from hypothesis import strategies as st
from rapidfuzz.distance import OSA
from whoosh.index import open_dir

from index.engine.arrays import Strings
from index.engine.generation import build_generation, path_of
from index.engine.publishing.compiling.layout import pack_lists, pack_strings
from index.engine.publishing.compiling.postings import read_postings
from index.engine.ranking import EDGE_MILES, ROUGHNESS
from index.engine.search import tally
from index.engine.search.bits import listing_bits
from index.engine.search.kernels import plain
from index.engine.search.matching.area import in_circle, in_corridor
from index.engine.search.matching.sessions import meeting_bits
from index.engine.search.order import first_rows
from index.engine.search.spelling import allowed_edits, is_spellable, near_terms
from index.engine.segment import Segment, open_segment
from index.geo.distance import Coordinates, great_circle_miles
from index.listing import Session
from index.request import Corridor, LocalWindow

CALM = settings(max_examples=150, deadline=None, derandomize=True, database=None)
points = st.builds(
    Coordinates,
    st.one_of(st.floats(-90, 90), st.sampled_from([90.0, -90.0, 89.95, 39.75, 51.9])),
    st.one_of(st.floats(-180, 180), st.sampled_from([180.0, -180.0, 179.99, -179.99, -105.0])),
)


@pytest.fixture(scope="module")
def segment(tmp_path_factory) -> Segment:
    """Return a segment of fictional listings, some at the poles and on both sides of the antimeridian."""
    root = tmp_path_factory.mktemp("steps")
    now = datetime(2026, 3, 1, tzinfo=UTC)
    name = build_generation(root, make_listings(300), closed_upward=closed_upward, group_of=GROUPS, salt="s", now=now)
    return open_segment(path_of(root, name) / "base")


def points_of(segment: Segment) -> dict[str, Coordinates]:
    """Return the points of the fictional listings."""
    return {one.id: Coordinates(one.lat, one.lon) for one in make_listings(300) if one.lat is not None and one.lon is not None}


def ids_at(segment: Segment, slots) -> set[str]:
    """Return the ids of the listings that have these slots."""
    return {segment.id_of(int(listing)) for listing in segment.arrays.slots.listing[slots]}


class TestAreas:
    @CALM
    @given(centre=points, miles=st.sampled_from([0.001, 0.5, 10.0, 25.0, 100.0, 500.0]))
    def test_a_circle_holds_what_measuring_every_point_finds(self, segment, centre, miles):
        """Bands of latitude are a short cut, never a filter: also at the poles and across the antimeridian."""
        near = {one for one, at in points_of(segment).items() if great_circle_miles(centre, at) <= miles + EDGE_MILES}

        assert ids_at(segment, in_circle(segment, centre, miles).slots) == near

    @CALM
    @given(centre=points, miles=st.sampled_from([10.0, 500.0]))
    def test_slots_come_in_order_and_once(self, segment, centre, miles):
        """All later steps count on it."""
        slots = in_circle(segment, centre, miles).slots
        assert (np.diff(slots) > 0).all()

    @CALM
    @given(start=points, end=points, width=st.sampled_from([1.0, 50.0, 500.0]))
    def test_a_corridor_holds_the_circles_of_its_ends(self, segment, start, end, width):
        """Whatever the arc, both of its ends belong to it."""
        corridor = set(in_corridor(segment, Corridor(start, end, width)).slots.tolist())

        for point in (start, end):
            assert corridor >= set(in_circle(segment, point, width).slots.tolist())

    def test_a_corridor_of_no_length_is_a_circle(self, segment):
        """Start and end at one point."""
        here = Coordinates(39.75, -105.0)
        assert in_corridor(segment, Corridor(here, here, 20)).slots.tolist() == in_circle(segment, here, 20).slots.tolist()


class TestBits:
    @CALM
    @given(sizes=st.lists(st.integers(1, 64), min_size=1, max_size=64), chosen=st.integers(0, 2**64 - 1), data=st.data())
    def test_each_listing_gets_one_bit_when_it_has_any(self, sizes, chosen, data):
        """The carry of an addition finds the listings of a word at once."""
        ends, used = [], 0
        for size in sizes:
            if used + size <= 64:
                used += size
                ends.append(used)
        ends += range(used + 1, 65)  # empty slots are listings of their own
        starts = [0, *ends[:-1]]
        wanted = sum(
            1 << (end - 1) for start, end in zip(starts, ends, strict=True) if chosen >> start & ((1 << end - start) - 1)
        )

        marks = np.array([sum(1 << (end - 1) for end in ends)], np.uint64)
        assert int(listing_bits(np.array([chosen], np.uint64), marks)[0]) == wanted

    def test_no_listing_crosses_a_word(self, segment):
        """That is what makes words countable."""
        listings = segment.arrays.listings
        assert (listings.first_slot >> 6 == (listings.first_slot + listings.slot_count - 1) >> 6).all()


class TestCounting:
    @CALM
    @given(chosen=st.sets(st.integers(0, 400), max_size=120))
    def test_upright_and_along_agree(self, segment, chosen):
        """Both ways of counting give the listings that a set of each would."""
        bitmaps, last = segment.arrays.bitmaps, segment.facet_rows
        known = [slot for slot in sorted(chosen) if slot < 64 * segment.word_count and segment.arrays.slots.listing[slot] >= 0]
        slots = np.array(known, np.int64)
        expected = [
            len({int(segment.arrays.slots.listing[slot]) for slot in known if int(row[slot >> 6]) >> (slot & 63) & 1})
            for row in bitmaps.rows[:last]
        ]

        assert tally.count_profiles(segment, slots, 0, last).tolist() == expected
        bits = segment.bits_of_slots(slots)
        words = bits.nonzero()[0]
        assert tally.count_along(segment, words, bits[words], 0, last).tolist() == expected
        assert tally.count_slot_rows(segment, slots, 3, last).tolist() == expected[3:]
        assert tally.count_bit_rows(segment, bits, 0, last).tolist() == expected

    @CALM
    @given(rows=st.integers(0, 3000), words=st.integers(1, 3), seed=st.integers(0, 99))
    def test_adding_with_carries_counts_every_bit(self, rows, words, seed):
        """Seven rows become three; no count is lost, also when every bit is set."""
        chance = np.random.default_rng(seed)
        bits = chance.integers(0, 2**64, (rows, words), np.uint64) | np.uint64(1)
        flags = np.unpackbits(bits.view(np.uint8), axis=1, bitorder="little")

        assert plain.upright_sums(bits).tolist() == flags.sum(axis=0, dtype=np.int64).tolist()


class Rough:
    """Rows with bands, keys and ties, of which the rough keys are a little off."""

    def __init__(self, band, exact, tie):
        self.band, self.exact, self.rough, self.tie = band, exact, exact, tie.astype(np.uint64)

    def keys(self, rows):
        return self.exact[rows]

    def ties(self, rows):
        return self.tie[rows]


class TestOrder:
    @CALM
    @given(
        rows=st.integers(1, 3000),
        bands=st.integers(1, 4),
        distinct=st.sampled_from([1, 2, 50, 10**6]),
        until=st.integers(1, 200),
        seed=st.integers(0, 99),
    )
    def test_sifting_chooses_what_sorting_everything_does(self, rows, bands, distinct, until, seed):
        """Also when most keys are equal, and when some are infinite."""
        chance = np.random.default_rng(seed)
        order = Rough(chance.integers(0, bands, rows), chance.integers(0, distinct, rows) / 7.0, chance.permutation(rows))
        order.exact[chance.random(rows) < 0.1] = np.inf
        order.rough = order.exact + (chance.random(rows) - 0.5) * ROUGHNESS * chance.integers(0, 2)

        assert first_rows(order, until).tolist() == np.lexsort((order.tie, order.exact, order.band))[:until].tolist()


class TestSpelling:
    @CALM
    @given(
        word=st.one_of(
            st.sampled_from(["cedr", "harbour", "recvoery", "behavoral", "cliinc", "detxo", "womans", "boston"]),
            st.text("abcdehirst", min_size=3, max_size=9),
        )
    )
    def test_deletions_find_every_word_within_reach(self, segment, word):
        """The dictionary misses nothing that comparing with every word finds."""
        text = segment.arrays.text
        words = [term.decode() for term in text.terms]
        limit = allowed_edits(word)
        near = {(OSA.distance(word, one), one) for one in words if is_spellable(one) and OSA.distance(word, one) <= limit}

        assert {(edits, term) for edits, term, _ in near_terms(word, text, segment.arrays.deletes)} == near


def one_by_one(reader, field: str, term: bytes) -> list[list]:
    """Return a term's documents and weights by Whoosh's public interface alone."""
    matcher, found = reader.postings(field, term), []
    while matcher.is_active():
        found.append((matcher.id(), matcher.weight()))
        matcher.next()
    return [list(part) for part in zip(*found, strict=True)]


class TestPostings:
    def test_blocks_and_single_steps_read_the_same(self, tmp_path):
        """The fast way of reading Whoosh's postings equals its public one, for words and for keys."""
        now = datetime(2026, 3, 1, tzinfo=UTC)
        name = build_generation(tmp_path, make_listings(50), closed_upward=closed_upward, group_of=GROUPS, salt="s", now=now)
        reader = open_dir(str(path_of(tmp_path, name) / "base" / "index")).reader()

        for field in ("name", "city", "concepts", "state"):
            for term in reader.lexicon(field):
                fast = read_postings(reader, field, term)
                assert [part.tolist() for part in fast] == one_by_one(reader, field, term)
        reader.close()


class TestSessions:
    def test_a_window_over_the_weeks_end_reaches_monday(self, segment):
        """Sunday 23:00 to Monday 01:00 holds both sides of midnight, and its end is no part of it."""
        window = LocalWindow("America/Denver", 6 * 1440 + 23 * 60, 7 * 1440 + 60)

        def meets(session: Session) -> bool:
            minute = session.weekday * 1440 + session.start_minute
            return minute >= window.start or minute < 60

        expected = {
            one.id
            for one in make_listings(300)
            if one.time_zone == window.time_zone
            and any(meets(session) for program in one.programs for session in program.schedule)
        }
        flags = np.unpackbits(meeting_bits(segment, (window,)).view(np.uint8), bitorder="little")
        assert ids_at(segment, np.flatnonzero(flags)) == expected
        assert expected


class TestStrings:
    @CALM
    @given(texts=st.sets(st.text(max_size=4)), prefix=st.text(max_size=2))
    def test_looking_up_and_completing(self, texts, prefix):
        """Sorted strings are found by halving, those with a prefix stand together."""
        ordered = sorted(texts)
        strings: Strings = pack_strings(ordered)
        first, last = strings.starting_with(prefix)

        assert [strings.find(text) for text in ordered] == list(range(len(ordered)))
        assert [text.decode() for text in strings][first:last] == [text for text in ordered if text.startswith(prefix)]

    def test_lists_by_key(self):
        """An unknown key has an empty list."""
        lists = pack_lists({"b": [3, 4], "a": [1]})
        assert [lists.of(key).tolist() for key in "abc"] == [[1], [3, 4], []]
