"""The shipped file as a whole: nothing in it lies nowhere, and what it says can be looked up."""

import zoneinfo
from pathlib import Path

import msgspec
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.geo.everyday_names import EVERYDAY_NAMES, STATE_NAMES
from index.geo.place_file import DEGREE, KIND_STATE, PLACES_FILE, pack_column, read_place_file, write_place_file
from index.geo.places import Gazetteer

MEGABYTE = 1_000_000
STORED = read_place_file()


def test_the_file_is_small() -> None:
    """It travels with every copy of the source."""
    assert PLACES_FILE.stat().st_size < 2 * MEGABYTE


def test_every_time_zone_exists() -> None:
    """Opening hours are told by these clocks."""
    assert set(STORED.zones) <= zoneinfo.available_timezones()


def test_every_zip_code_lies_in_its_state(gazetteer: Gazetteer) -> None:
    """None is at 0, 0 and none across the country."""
    states = gazetteer.states()
    codes, towns = STORED.column("zip_code"), STORED.column("zip_town")
    outside = [
        f"{code:05}"
        for code, town in zip(codes.tolist(), towns.tolist(), strict=True)
        if not states[STORED.column("state")[town]].contains(gazetteer.zip_point(f"{code:05}"))
    ]

    assert len(codes) > 41_000
    assert outside == []


def test_every_place_but_a_state_has_a_county() -> None:
    """A county decides who pays and which line to call."""
    counties, kinds = STORED.column("county"), STORED.column("kind")

    assert STORED.counties[0] == ""
    assert np.all((counties > 0) | (kinds == KIND_STATE))
    assert np.all(STORED.column("zip_county") > 0)


@given(st.integers(0, len(STORED.names) - 1))
def test_a_label_leads_back_to_its_place(row: int) -> None:
    """Links carry labels: each must be read as the place that wears it."""
    gazetteer = Gazetteer.load()
    point = (int(STORED.column("lat")[row]) / DEGREE, int(STORED.column("lon")[row]) / DEGREE)
    place = next(p for p in gazetteer.find(STORED.keys[key_of(row)].split()) if (p.point.lat, p.point.lon) == point)

    assert gazetteer.resolve(place.label).place == place


def key_of(row: int) -> int:
    return int(np.searchsorted(STORED.column("key_starts"), row, side="right")) - 1


@pytest.mark.parametrize(("name", "label"), EVERYDAY_NAMES.items())
def test_every_everyday_name_is_compiled_in(gazetteer: Gazetteer, name: str, label: str) -> None:
    """The table and the file do not drift apart."""
    assert gazetteer.lookup(name)[0].label == label


@pytest.mark.parametrize(("name", "code"), STATE_NAMES.items())
def test_every_other_name_of_a_state_is_compiled_in(gazetteer: Gazetteer, name: str, code: str) -> None:
    """Spanish names and long forms mean the state."""
    assert gazetteer.state_of(name) == code


def test_writing_twice_gives_the_same_bytes(tmp_path: Path) -> None:
    """A rebuild from the same sources changes nothing in the repository."""
    small = msgspec.structs.replace(STORED, columns={"lat": pack_column("lat", [1, -2])})
    for name in ("first", "second"):
        write_place_file(small, tmp_path / name)

    assert (tmp_path / "first").read_bytes() == (tmp_path / "second").read_bytes()
    assert read_place_file(tmp_path / "first").column("lat").tolist() == [1, -2]
