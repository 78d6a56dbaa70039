"""One suite for every engine: each test runs on the embedded engine and on the oracle."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1]))  # the seeded corpus is shared with the engine's own tests

from engines_under_test import ENGINES, publish


@pytest.fixture(scope="module")
def root(tmp_path_factory, listings) -> Path:
    """Return where the module's listings are published."""
    return publish(tmp_path_factory.mktemp("generation"), listings)


@pytest.fixture(scope="module", params=sorted(ENGINES))
def engine(request, root):
    """Return each engine in turn over the module's listings."""
    return ENGINES[request.param](root)


@pytest.fixture(scope="module")
def search(engine):
    """Return the engine's search."""
    return engine.search
