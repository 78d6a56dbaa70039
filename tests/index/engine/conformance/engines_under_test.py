"""The engines that must pass the suite, and how listings become a generation for them."""

from __future__ import annotations

import os
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

import corpus
from hypothesis import HealthCheck, settings

from index.engine.generation import build_generation, switch_to
from index.engine.oracle import OracleEngine
from index.engine.whoosh_engine import WhooshEngine
from index.listing import Listing

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
SALT = "a fixed salt"
ENGINES = {"whoosh": WhooshEngine, "oracle": OracleEngine}

# How many random requests each property is tried with; unset, the same few every time.
_EXAMPLES = int(os.environ.get("CONFORMANCE_EXAMPLES", "0"))
_CALM = {"deadline": None, "suppress_health_check": list(HealthCheck), "derandomize": not _EXAMPLES, "database": None}
MANY = settings(max_examples=_EXAMPLES or 400, **_CALM)
SOME = settings(max_examples=_EXAMPLES // 10 or 80, **_CALM)
FEW = settings(max_examples=_EXAMPLES // 20 or 30, **_CALM)


def publish(root: Path, listings: Iterable[Listing]) -> Path:
    """Publish listings as a whole generation below `root`."""
    name = build_generation(root, listings, closed_upward=corpus.closed_upward, group_of=corpus.GROUPS, salt=SALT, now=NOW)
    switch_to(root, name)
    return root
