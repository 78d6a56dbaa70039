"""What holds for every test: examples of properties are the same each time, and a slow machine fails none of them.

`pytest --hypothesis-profile=wandering` tries other examples each time.
"""

from __future__ import annotations

import sys
from importlib.util import find_spec
from pathlib import Path

from hypothesis import HealthCheck, settings

CALM = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow], database=None, print_blob=True)
settings.register_profile("same each time", CALM, derandomize=True)
settings.register_profile("wandering", CALM)
settings.load_profile("same each time")

if find_spec("flask"):  # the engine's own environments have none
    sys.path.insert(0, str(Path(__file__).parent))
    import compiled_once

    compiled_once.remember()
