"""A generation as the oracle sees it: base and delta as lists of programs. Part of the oracle: plain on purpose, never fast."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from index.engine.generation import current, path_of
from index.engine.opening import BASE, DELTA
from index.engine.oracle.matching import Candidate
from index.engine.oracle.segment import OracleSegment
from index.engine.publishing.compiling.compiler import INDEX_DIRECTORY
from index.engine.publishing.manifest import Manifest, read_manifest
from index.engine.segment import open_segment
from index.errors import EngineUnavailable
from index.listing import ConceptId, Listing, ListingId


@dataclass(frozen=True)
class OracleGeneration:
    """The current generation: a base, a delta perhaps, and the manifest with facet groups and salt."""

    manifest: Manifest
    segments: tuple[OracleSegment, ...]

    @property
    def groups(self) -> Mapping[ConceptId, str]:
        """Return the facet group of each concept that has one."""
        return {ConceptId(concept): group for concept, group in self.manifest.groups.items()}

    @cached_property
    def documents(self) -> Mapping[ListingId, bytes]:
        """Return every listing's JSON, in id order."""
        found = {one.listing.id: one.document for segment in self.segments for one in segment.programs}
        return {identity: found[identity] for identity in sorted(found)}

    @cached_property
    def listings(self) -> Mapping[ListingId, Listing]:
        """Return every listing, in id order."""
        found = {one.listing.id: one.listing for segment in self.segments for one in segment.programs}
        return {identity: found[identity] for identity in sorted(found)}

    def candidates(self, terms: Sequence[str]) -> list[Candidate]:
        """Return every program with its score for the terms."""
        candidates = []
        for segment in self.segments:
            scores = segment.scores(terms)
            candidates += [Candidate(one.listing, one.position, one.concepts, scores.get(one.number)) for one in segment.programs]
        return candidates


def open_oracle_generation(root: Path) -> OracleGeneration:
    """Open the current generation. Raises EngineUnavailable when there is none."""
    name = current(root)
    if name is None:
        raise EngineUnavailable(f"{root} has no generation yet")
    directory = path_of(root, name)
    base = OracleSegment(directory / BASE / INDEX_DIRECTORY)
    segments = [base]
    if (directory / DELTA).exists():
        segments = [
            OracleSegment(directory / BASE / INDEX_DIRECTORY, gone=_gone(base, directory / DELTA)),
            OracleSegment(directory / DELTA / INDEX_DIRECTORY, base=base),
        ]
    return OracleGeneration(read_manifest(directory), tuple(segments))


def _gone(base: OracleSegment, delta: Path) -> frozenset[ListingId]:
    """Return the base's listings that the delta replaces or removes; it names them by their place in the base."""
    changes = open_segment(delta).changes
    in_order = list(dict.fromkeys(one.listing.id for one in base.programs))
    return frozenset(in_order[place] for place in changes.gone.tolist()) if changes else frozenset()
