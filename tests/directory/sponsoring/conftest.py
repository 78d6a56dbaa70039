"""A copy of its own for each test of who pays."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from paying_places import PayingPlaces, open_copy


@pytest.fixture
def places(tmp_path: Path) -> Iterator[PayingPlaces]:
    """Five places near Monument and one far away; nobody pays yet; advertising is allowed."""
    opened = open_copy(tmp_path)
    yield opened
    opened.store.close()
