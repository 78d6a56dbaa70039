"""One suite for every engine: each test runs on the embedded engine and on the oracle."""

from __future__ import annotations

import os
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

sys.path.insert(0, str(Path(__file__).parents[1]))  # the seeded corpus is shared with the engine's own tests

import corpus

from index.engine.generation import build_generation, switch_to
from index.engine.oracle import OracleEngine

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
SALT = "a fixed salt"
ENGINES = {"oracle": OracleEngine}

_CALM = {"deadline": None, "suppress_health_check": list(HealthCheck), "derandomize": True}
settings.register_profile("quick", max_examples=400, **_CALM)
settings.register_profile("thorough", max_examples=20_000, **{**_CALM, "derandomize": False})
settings.load_profile(os.environ.get("CONFORMANCE_PROFILE", "quick"))


def publish(root: Path, listings) -> Path:
    """Publish listings as a generation below `root`."""
    name = build_generation(root, listings, closed_upward=corpus.closed_upward, group_of=corpus.GROUPS, salt=SALT, now=NOW)
    switch_to(root, name)
    return root


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
