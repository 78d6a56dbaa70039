"""A generation opened for reading: manifest checked, segments mapped; nothing else is read."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from index.engine.publishing.manifest import Manifest, check_sizes, read_manifest
from index.engine.search.catalogue import Catalogue, catalogue_of
from index.engine.segment import Segment, open_segment
from index.results import GenerationInfo

BASE = "base"
DELTA = "delta"


@dataclass(frozen=True)
class OpenGeneration:
    """A generation: its base, then its delta if there is one."""

    manifest: Manifest
    segments: tuple[Segment, ...]

    @cached_property
    def catalogue(self) -> Catalogue:
        """The rows that answers count."""
        return catalogue_of(self.segments, self.manifest.groups)

    @cached_property
    def info(self) -> GenerationInfo:
        """What the generation is."""
        manifest, census = self.manifest, self.manifest.census
        return GenerationInfo(
            name=manifest.name,
            published_at=manifest.published_at,
            listings=census.listings,
            programs=census.programs,
            editions=census.edition_counts(),
            kinds_by_state=census.kinds_by_state(),
            time_zones=tuple(zone for zone, _ in census.zones),
            salt=manifest.salt,
        )


def open_generation(directory: Path) -> OpenGeneration:
    """Map a generation. Raises GenerationCorrupt when its manifest or the size of a file is not as published."""
    manifest = read_manifest(directory)
    check_sizes(directory, manifest)
    if not (directory / DELTA).exists():
        return OpenGeneration(manifest, (open_segment(directory / BASE),))
    delta = open_segment(directory / DELTA)
    base = open_segment(directory / BASE, delta.changes.alive if delta.changes else None)
    return OpenGeneration(manifest, (base, delta))
