"""The channels are tested over the copy that the tests of sponsoring use."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "sponsoring"))

from paying_places import PayingPlaces, open_copy


@pytest.fixture
def places(tmp_path: Path) -> Iterator[PayingPlaces]:
    """Five places near Monument; Aspen House pays."""
    opened = open_copy(tmp_path)
    opened.sponsor("Aspen House")
    yield opened
    opened.store.close()
