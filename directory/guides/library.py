"""Every guide, read once from `data/guides`, and which of them fit a search."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from directory.disclosure import LANGUAGES, Language
from directory.guides.documents import Guide, read_guide, read_sources
from index.language.vocabulary import Vocabulary

GUIDES: Final = Path(__file__).resolve().parents[2] / "data" / "guides"
MOST_OFFERED: Final = 3


@dataclass(frozen=True, slots=True)
class Library:
    """The guides of each language by slug, in the order of the list."""

    guides: Mapping[Language, Mapping[str, Guide]]

    def __iter__(self) -> Iterator[Guide]:
        for lang in LANGUAGES:
            yield from self.guides[lang].values()

    def fitting(self, concepts: Iterable[str], lang: Language, vocabulary: Vocabulary) -> tuple[Guide, ...]:
        """Return at most `MOST_OFFERED` guides about these concepts, the most exact first.

        A guide about the concept itself goes before one about its broader concept; equal ones in the order of the list.
        """
        distances: dict[str, int] = {}
        for concept in concepts:
            for steps, name in enumerate((concept, *vocabulary.ancestors(concept))):
                distances[name] = min(steps, distances.get(name, steps))
        found = []
        for guide in self.guides[lang].values():
            near = [distances[name] for name in guide.front.about if name in distances]
            if near:
                found.append((min(near), guide.front.order, guide))
        found.sort(key=lambda each: each[:2])
        return tuple(guide for _steps, _order, guide in found[:MOST_OFFERED])


@cache
def library() -> Library:
    """Return the guides of this copy. Raises GuideProblem."""
    return read_library(GUIDES)


def read_library(folder: Path) -> Library:
    """Return the guides of a folder that has `sources.toml` and a folder for each language. Raises GuideProblem."""
    register = read_sources((folder / "sources.toml").read_text(encoding="utf-8"))
    shelves: dict[Language, dict[str, Guide]] = {}
    for lang in LANGUAGES:
        files = (folder / lang).glob("*.md")
        found = [read_guide(path.stem, lang, path.read_text(encoding="utf-8"), register) for path in files]
        shelves[lang] = {guide.slug: guide for guide in sorted(found, key=lambda guide: (guide.front.order, guide.slug))}
    return Library(shelves)
