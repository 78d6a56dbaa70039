"""The pages about this site are tested over the copy that the tests of sponsoring use."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "sponsoring"))

from paying_places import PayingPlaces, open_copy


@pytest.fixture
def places(tmp_path: Path) -> Iterator[PayingPlaces]:
    """Five places near Monument; nobody pays yet."""
    opened = open_copy(tmp_path)
    yield opened
    opened.store.close()
