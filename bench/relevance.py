"""Score rankings by nDCG@10 against graded rules on an imported directory, beside plain engines over the same listings.

    DIRECTORY_HOME=... python bench/relevance.py ../shared/queries-dev.jsonl [--work directory] [--misses 10]

`DIRECTORY_HOME` holds a published generation. The file is the one of `bench/understanding.py`: only queries for facilities are
scored, by what they are labelled to mean. Every listing is graded, so none is unjudged.
"""

from __future__ import annotations

import argparse
import json
import math
import statistics
import sys
import time
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from pathlib import Path
from typing import Any, Final

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench.relevance_grades import Known, Need, grade, need_of
from bench.relevance_systems import Ranked, System, nearest, ours, sqlite_fts5, tantivy_bm25, whoosh_bm25f
from directory.lookup import Lookup, open_lookup
from directory.settings import Settings
from index.geo.distance import Coordinates, great_circle_miles
from index.listing import Kind, Listing, ListingId

RANKS: Final = 10
RESAMPLES: Final = 2_000
SEED: Final = 7


@dataclass
class Judged:
    """A query with the grade of every listing that has one above 0."""

    row: Mapping[str, Any]
    grades: Mapping[ListingId, int]


def gain(grade_: int, *, exponential: bool) -> float:
    """Return what a grade is worth: 0, 1, 3, 7, or the grade itself."""
    return float(2**grade_ - 1 if exponential else grade_)


def ndcg(ranked: Ranked, grades: Mapping[ListingId, int], *, exponential: bool) -> float:
    """Return nDCG@10 where every listing of a block of equals gets the block's mean gain."""
    gains: list[float] = []
    for _, block in groupby(ranked, key=lambda pair: pair[1]):
        worth = [gain(grades.get(one, 0), exponential=exponential) for one, _ in block]
        gains += [statistics.fmean(worth)] * len(worth)
    ideal = sorted((gain(one, exponential=exponential) for one in grades.values()), reverse=True)
    return _discounted(gains) / _discounted(ideal)


def _discounted(gains: Sequence[float]) -> float:
    return sum(worth / math.log2(rank + 2) for rank, worth in enumerate(gains[:RANKS]))


def interval(scores: Sequence[float]) -> tuple[float, float]:
    """Return the 95% interval of the mean by resampling queries."""
    chance = np.random.default_rng(SEED)
    drawn = chance.choice(np.array(scores), size=(RESAMPLES, len(scores))).mean(axis=1)
    low, high = np.percentile(drawn, (2.5, 97.5)).tolist()
    return low, high


class Judge:
    """Grades every listing of a corpus for a labelled query."""

    def __init__(self, listings: Sequence[Listing], lookup: Lookup) -> None:
        vocabulary = lookup.vocabulary
        self._listings = [one for one in listings if one.kind is Kind.FACILITY]
        self._programs = [
            [(vocabulary.closed_upward(program.offers), frozenset(program.denies)) for program in listing.programs]
            for listing in self._listings
        ]
        stated = frozenset(concept for programs in self._programs for offers, _ in programs for concept in offers)
        self._known = Known(vocabulary, lookup.places, stated)

    def judged(self, row: Mapping[str, Any]) -> Judged:
        """Return the query with its grades."""
        need = need_of(row["expect"], self._known)
        grades = {
            listing.id: found
            for listing, programs in zip(self._listings, self._programs, strict=True)
            if (found := grade(need, listing, programs, _miles(need, listing)))
        }
        return Judged(row, grades)


def _miles(need: Need, listing: Listing) -> float | None:
    if need.place is None or listing.lat is None or listing.lon is None:
        return None
    return great_circle_miles(need.place.point, Coordinates(listing.lat, listing.lon))


def _systems(listings: Sequence[Listing], lookup: Lookup, work: Path) -> dict[str, System]:
    vocabulary, now = lookup.vocabulary, datetime.now().astimezone()
    found: dict[str, System | None] = {
        "ours": ours(lookup, now, with_groups=False),
        "ours, with the groups below": ours(lookup, now, with_groups=True),
        "Whoosh BM25F, all words": whoosh_bm25f(listings, vocabulary, work / "whoosh", every_word=True),
        "Whoosh BM25F, any word": whoosh_bm25f(listings, vocabulary, work / "whoosh", every_word=False),
        "SQLite FTS5 bm25": sqlite_fts5(listings, vocabulary),
        "tantivy BM25": tantivy_bm25(listings, vocabulary),
        "distance only, 25 miles": nearest(listings, lookup),
    }
    return {name: system for name, system in found.items() if system is not None}


def _report(judged: Sequence[Judged], scores: Mapping[str, list[float]], linear: Mapping[str, list[float]]) -> None:
    print(f"{len(judged)} queries; judged@10 is 1.000 by construction\n")
    print(f"| {'system':28} | nDCG@10 | 95% interval | linear gain |\n|{'-' * 30}|---------|--------------|-------------|")
    for name, found in scores.items():
        low, high = interval(found)
        mean, plain = statistics.fmean(found), statistics.fmean(linear[name])
        print(f"| {name:28} |  {mean:.3f}  | {low:.3f}-{high:.3f}  |    {plain:.3f}    |")
    tags = defaultdict(list)
    for number, one in enumerate(judged):
        for tag in one.row.get("tags", ()):
            tags[tag].append(number)
    print("\n| slice | queries | " + " | ".join(scores) + " |\n|---|---|" + "---|" * len(scores))
    for tag, numbers in sorted(tags.items(), key=lambda pair: -len(pair[1])):
        means = (statistics.fmean(found[number] for number in numbers) for found in scores.values())
        print(f"| {tag} | {len(numbers)} | " + " | ".join(f"{mean:.3f}" for mean in means) + " |")


def _misses(judged: Sequence[Judged], scores: Mapping[str, list[float]], most: int) -> None:
    order = sorted(range(len(judged)), key=lambda number: scores["ours"][number])
    for number in order[:most]:
        found = ", ".join(f"{name} {values[number]:.3f}" for name, values in scores.items())
        print(f"  {judged[number].row['id']} {judged[number].row['query'][:90]!r}: {found}; {len(judged[number].grades)} graded")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=Path)
    parser.add_argument("--work", type=Path, default=Path("bench/data/relevance"), help="where the plain index is kept")
    parser.add_argument("--misses", type=int, default=0, help="print the queries where we do worst")
    options = parser.parse_args()
    lookup = open_lookup(Settings.from_environment())
    listings = list(lookup.engine.all_listings())
    judge = Judge(listings, lookup)
    rows = [json.loads(line) for line in options.file.read_text(encoding="utf-8").splitlines() if line.strip()]
    asked = [judge.judged(row) for row in rows if row["expect"].get("intent") == "find-facility"]
    judged = [one for one in asked if one.grades]
    systems = _systems(listings, lookup, options.work)
    scores: dict[str, list[float]] = {}
    linear: dict[str, list[float]] = {}
    for name, system in systems.items():
        started = time.perf_counter()
        answers = [system(one.row["query"]) for one in judged]
        print(f"{name}: {1e3 * (time.perf_counter() - started) / len(judged):.1f} ms a query", file=sys.stderr)
        pairs = list(zip(answers, judged, strict=True))
        scores[name] = [ndcg(ranked, one.grades, exponential=True) for ranked, one in pairs]
        linear[name] = [ndcg(ranked, one.grades, exponential=False) for ranked, one in pairs]
    print(f"{len(asked) - len(judged)} queries for facilities have no answer in this directory")
    _report(judged, scores, linear)
    _misses(judged, scores, options.misses)


if __name__ == "__main__":
    main()
