"""What the API answers about guides: where each stands, what it is about, and which pages its facts come from."""

from __future__ import annotations

from datetime import date

from directory.api.schema.reading_shapes import Shape


class GuideSource(Shape, frozen=True, kw_only=True):
    """A page that states a fact. `dated` is the date that it bears itself; `read_on` the day on which a stored copy
    was read; `read_at` is where that copy stood, "" if at `url`."""

    title: str
    publisher: str
    url: str
    dated: str
    read_at: str
    read_on: date


class Guide(Shape, frozen=True, kw_only=True):
    """One guide. `url` leads to its page; `about` are the concepts beside whose results it is offered.

    `reviewed_by` is empty until a clinician has read it.
    """

    slug: str
    title: str
    summary: str
    url: str
    about: tuple[str, ...]
    written_on: date
    reviewed_by: str
    sources: tuple[GuideSource, ...]


class GuidesAnswer(Shape, frozen=True, kw_only=True):
    """Guides in the order of the list; with `offers`, at most three that fit these concepts, the most exact first."""

    guides: tuple[Guide, ...]
