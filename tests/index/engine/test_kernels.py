"""The compiled loops answer as those in NumPy do, bit for bit; without numba the engine does not notice that it is missing."""

from __future__ import annotations

import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.engine.arrays import NOWHERE
from index.engine.publishing.compiling.index_writer import geographic_key
from index.engine.search.kernels import kernels, plain
from index.geo.distance import Coordinates, squared_chord_of_miles, unit_vector, unit_vectors

CALM = settings(max_examples=60, deadline=None, derandomize=True, database=None)
RADIUS = 3958.76  # miles; any will do here


def test_without_numba_the_loops_are_those_in_numpy():
    """The service runs with its own requirements alone, and imports nothing of the extra."""
    code = (
        "import sys; sys.modules['numba'] = None\n"
        "from index.engine.search.kernels import kernels\n"
        "assert kernels.__name__.endswith('.plain'), kernels"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_a_compiler_that_cannot_work_is_done_without():
    """numba gives up where it has no place to keep what it compiled; the service does not."""
    code = (
        "import sys, types\n"
        "def refuse(*_, **__): raise RuntimeError('no place for a cache')\n"
        "broken = types.ModuleType('numba')\n"
        "broken.__getattr__ = lambda name: types.SimpleNamespace(Array=refuse) if name == 'types' else refuse\n"
        "sys.modules.update({'llvmlite': broken, 'numba': broken, 'numba.extending': broken})\n"
        "from index.engine.search.kernels import kernels\n"
        "assert kernels.__name__.endswith('.plain'), kernels"
    )
    said = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stderr
    assert "no place for a cache" in said


@pytest.fixture(scope="module", params=sorted({plain, kernels}, key=lambda loops: loops.__name__), ids=lambda one: one.__name__)
def loops(request):
    """Return the loops in NumPy and, where numba is installed (`make fast`), the compiled ones."""
    return request.param


def equal(ours, theirs) -> bool:
    """Tell whether two answers hold the same arrays."""
    return all(np.array_equal(one, other) for one, other in zip(ours, theirs, strict=True))


def slots_around(chance: np.random.Generator, count: int, centre: Coordinates) -> tuple[np.ndarray, np.ndarray]:
    """Return keys and unit vectors of some slots around a point and all over the earth, a few nowhere."""
    lat = np.clip(centre.lat + chance.normal(0, 3, count), -90, 90)
    lon = (centre.lon + chance.normal(0, 5, count) + 180) % 360 - 180
    far = chance.random(count) < 0.2
    lat[far], lon[far] = chance.uniform(-90, 90, far.sum()), chance.uniform(-180, 180, far.sum())
    keys = np.array([geographic_key(*point) for point in zip(lat.tolist(), lon.tolist(), strict=True)])
    order = np.argsort(keys)
    xyz = np.ascontiguousarray(unit_vectors(lat, lon)[order].T)
    xyz[:, chance.random(count) < 0.05] = NOWHERE
    return keys[order], xyz


@CALM
@given(
    lat=st.one_of(st.sampled_from([90.0, -90.0, 89.95, 0.0, 39.7]), st.floats(-90, 90)),
    lon=st.one_of(st.sampled_from([180.0, -180.0, 179.99, -104.9]), st.floats(-180, 180)),
    miles=st.floats(0.001, 500),
    count=st.sampled_from([1, 200, 9000]),
    seed=st.integers(0, 9),
)
def test_circles(loops, lat, lon, miles, count, seed):
    """Poles, the antimeridian and circles wider than a hemisphere's band included."""
    chance, centre = np.random.default_rng(seed), Coordinates(lat, lon)
    keys, xyz = slots_around(chance, count, centre)
    asked = (keys, xyz, lat, lon, miles / RADIUS, unit_vector(centre), squared_chord_of_miles(miles))
    squares = plain.chords(unit_vector(centre), xyz, np.arange(count))

    found = plain.circle(*asked)

    assert equal(loops.circle(*asked), found)
    assert found[0].tolist() == (squares <= squared_chord_of_miles(miles)).nonzero()[0].tolist()
    assert np.array_equal(loops.chords(unit_vector(centre), xyz, np.arange(count)), squares)


@CALM
@given(sizes=st.tuples(st.sampled_from([0, 1, 7, 900, 6000]), st.sampled_from([0, 1, 30, 5000, 20_000])), seed=st.integers(0, 9))
def test_numbers_in_common(loops, sizes, seed):
    """Whichever list is the longer, and by however much."""
    chance = np.random.default_rng(seed)
    wanted, among = (np.sort(chance.choice(40_000, size, replace=False)) for size in sizes)
    among = among.astype(np.int32)

    held, places = plain.common(wanted, among)

    assert set(wanted[held].tolist()) == set(wanted.tolist()) & set(among.tolist())
    assert np.array_equal(wanted[held], among[places])
    assert equal(loops.common(wanted, among), (held, places))


@CALM
@given(count=st.sampled_from([0, 1, 8, 9, 300, 2000]), words=st.integers(1, 7), shared=st.integers(1, 4), seed=st.integers(0, 9))
def test_sums_of_profiles(loops, count, words, shared, seed):
    """Each listing counts once, whatever its programs have in common."""
    chance = np.random.default_rng(seed)
    profiles = chance.integers(0, 2**64, (4000, words), np.uint64) & chance.integers(0, 2**64, (4000, words), np.uint64)
    slots = np.sort(chance.choice(4000, count, replace=False)).astype(np.int64)
    listings = (slots // shared).astype(np.int32)
    start = words // 2

    sums = plain.profile_sums(profiles, slots, listings, start, words)

    assert np.array_equal(loops.profile_sums(profiles, slots, listings, start, words), sums)
    assert int(sums.sum()) == sum(
        int(np.bitwise_or.reduce(profiles[slots[listings == one], word])).bit_count()
        for one in set(listings.tolist())
        for word in range(start, words)
    )


@CALM
@given(words=st.integers(0, 40), per_listing=st.sampled_from([1, 2, 16]), seed=st.integers(0, 9))
def test_sums_of_rows(loops, words, per_listing, seed):
    """Along the rows each listing counts once, too."""
    chance = np.random.default_rng(seed)
    rows = chance.integers(0, 2**64, (12, 50), np.uint64)
    ends = np.full(50, sum(1 << bit for bit in range(per_listing - 1, 64, per_listing)), np.uint64)
    chosen = np.sort(chance.choice(50, words, replace=False)).astype(np.int64)
    masks = chance.integers(1, 2**64, words, np.uint64)

    sums = plain.row_sums(rows, chosen, masks, ends, 2, 11)

    assert np.array_equal(loops.row_sums(rows, chosen, masks, ends, 2, 11), sums)
    assert sums.tolist() == [
        sum(listings_in(int(row[at] & mask), per_listing) for at, mask in zip(chosen, masks, strict=True)) for row in rows[2:11]
    ]


def listings_in(bits: int, per_listing: int) -> int:
    """Return how many runs of so many bits hold any."""
    return sum(bool(bits >> first & ((1 << per_listing) - 1)) for first in range(0, 64, per_listing))


@CALM
@given(count=st.integers(0, 300), seed=st.integers(0, 9))
def test_marks(loops, count, seed):
    """A mark for each slot."""
    chance = np.random.default_rng(seed)
    bits, slots = chance.integers(0, 2**64, 20, np.uint64), np.sort(chance.integers(0, 1280, count))
    asked = (bits, slots >> 6, np.uint64(1) << (slots & 63).astype(np.uint64))

    marks = plain.marked(*asked)

    assert marks.tolist() == [bool(int(bits[slot >> 6]) >> (slot & 63) & 1) for slot in slots.tolist()]
    assert np.array_equal(loops.marked(*asked), marks)
