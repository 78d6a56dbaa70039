"""The shipped gazetteer, read once for all tests of this folder."""

import pytest

from index.geo.places import Gazetteer


@pytest.fixture(scope="session")
def gazetteer() -> Gazetteer:
    return Gazetteer.load()
