"""What a guide is, and how it is read from its file: typed front matter in TOML between two lines of `+++`, then Markdown.

Sources stand once in `sources.toml` and are named by their ids, so that both languages of a guide stand on the same pages.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

import msgspec

from directory.disclosure import Language

FENCE: Final = "+++\n"


class GuideProblem(ValueError):
    """A guide's file cannot be used; the message names the file and what is wrong with it."""


class Source(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A page that states a fact. `dated` is the date the page itself bears, as it writes it ("" if none); `read_on` is the day
    on which we read a stored copy of it, which may be older; `read_at` is where that copy stood, "" if at `url`.
    """

    title: str
    publisher: str
    url: str
    read_on: date
    dated: str = ""
    read_at: str = ""


class Review(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Who read a guide before it was published, with the credential that lets them judge it."""

    name: str
    credential: str
    on: date


class FrontMatter(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What a guide says about itself.

    `order` is its place in the list of guides. `about` are the concepts beside whose search results it is offered. `danger` are
    the sentences that stand first, in a box. `sources` are ids, in the order of their numbers. Without `reviewed` the page says
    that no clinician has read it yet.
    """

    title: str
    summary: str
    order: int
    written_on: date
    publisher: str
    conflicts_of_interest: str
    sources: tuple[str, ...]
    about: tuple[str, ...] = ()
    danger: tuple[str, ...] = ()
    reviewed: Review | None = None


@dataclass(frozen=True, slots=True)
class CitedSource:
    """A source as a guide numbers it, counted from 1."""

    number: int
    id: str
    source: Source


@dataclass(frozen=True, slots=True, eq=False)
class Guide:
    """One guide in one language; compared by identity, so that what was rendered of it can be kept."""

    slug: str
    lang: Language
    front: FrontMatter
    body: str
    sources: tuple[CitedSource, ...]

    @property
    def numbers(self) -> Mapping[str, int]:
        """The number of each source by its id."""
        return {cited.id: cited.number for cited in self.sources}


def read_sources(text: str) -> dict[str, Source]:
    """Return the register of sources by id. Raises GuideProblem."""
    try:
        return msgspec.convert(tomllib.loads(text), dict[str, Source])
    except (tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise GuideProblem(f"sources.toml: {error}") from error


def read_guide(slug: str, lang: Language, text: str, register: Mapping[str, Source]) -> Guide:
    """Return the guide that a file holds. Raises GuideProblem for a file of another form or a source that is in no register."""
    where = f"{lang}/{slug}.md"
    empty, _, rest = text.partition(FENCE)
    front_text, fence, body = rest.partition(FENCE)
    if empty or not fence:
        raise GuideProblem(f"{where}: must begin with front matter between two lines of +++")
    try:
        front = msgspec.convert(tomllib.loads(front_text), FrontMatter)
    except (tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise GuideProblem(f"{where}: {error}") from error
    unknown = [source for source in front.sources if source not in register]
    if unknown:
        raise GuideProblem(f"{where}: sources.toml does not have {', '.join(unknown)}")
    cited = tuple(CitedSource(number, name, register[name]) for number, name in enumerate(front.sources, 1))
    return Guide(slug, lang, front, body, cited)
