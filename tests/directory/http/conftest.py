"""The tests of what all answers have in common use the application of the API's tests."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "api"))

from web_fixtures import app, client, get, lookup

__all__ = ["app", "client", "get", "lookup"]
