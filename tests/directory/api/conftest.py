"""What the tests of the API share."""

from web_fixtures import app, client, get, lookup

__all__ = ["app", "client", "get", "lookup"]
