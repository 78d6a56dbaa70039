"""The errors that the search core raises on purpose."""

from __future__ import annotations

from collections.abc import Sequence


class SearchError(Exception):
    """Base of every error of the search core."""


class InvalidRequest(SearchError, ValueError):
    """A value of a request is not allowed; `field` names it, `reason` says what is."""

    def __init__(self, field: str, reason: str, suggestions: Sequence[str] = ()) -> None:
        super().__init__(f"{field} {reason}")
        self.field, self.reason, self.suggestions = field, reason, tuple(suggestions)


class PageNotFound(SearchError):
    """The page lies past the end of the results (the first page of nothing is a page)."""

    def __init__(self, page: int, pages: int) -> None:
        super().__init__(f"page {page} is past the end: there are {pages}")
        self.page, self.pages = page, pages


class EngineUnavailable(SearchError):
    """No generation can be read: an answer would be a guess, so there is none."""


class GenerationCorrupt(EngineUnavailable):
    """A generation on disk fails its own checks."""
