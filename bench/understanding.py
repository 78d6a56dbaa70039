"""Score the reading of free text on a labelled file, part by part, and print what was missed.

    python bench/understanding.py ../shared/queries-dev.jsonl [--names names.txt] [--quiet]

One JSON object a line: {id, query, tags, expect{concepts, acceptable, excluded, place, ...}}. `names.txt` holds one listing name
a line, as the index would know them. Parts are never blended into one number.
"""

from __future__ import annotations

import argparse
import gc
import json
import statistics
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from directory.safety import notices_for
from index.geo.places import Gazetteer, Place
from index.language.names.listed import ListedNames, NameIndex, NoNames
from index.language.text.normalise import phrase
from index.language.understanding import Understanding, understand
from index.language.vocabulary import Vocabulary
from index.language.words.filler import FILLER

SOFT = frozenset({"care.treatment", "cond.withdrawal", "pop.family_members", "group.any", "fmt.proximity_walk", "sched.now"})
NOTICE_IDS = {
    "911": ("emergency-911",),
    "988": ("crisis-988",),
    "withdrawal": ("withdrawal-", "seizure-medicine", "opioid-tolerance"),
}
LONG_TEXT = 2_000  # characters of the slowest text timed
WARM_UP = "detox near colombus ohio that takes medicade"  # as a worker begins: tables of near names are made once


@dataclass
class Tally:
    """Counts of one part, and the lines that missed."""

    right: int = 0
    wrong: int = 0
    missing: int = 0
    misses: list[str] = field(default_factory=list)

    def note(self, right: bool, line: str) -> None:
        self.right += right
        self.wrong += not right
        if not right:
            self.misses.append(line)

    @property
    def share(self) -> float:
        total = self.right + self.wrong + self.missing
        return self.right / total if total else 1.0


class Scores:
    """All parts, with the misses of each."""

    def __init__(self) -> None:
        self.parts: dict[str, Tally] = defaultdict(Tally)
        self.intents: dict[str, Tally] = defaultdict(Tally)
        self.residual_f1: list[float] = []

    def add(self, row: Mapping[str, Any], read: Understanding, vocabulary: Vocabulary) -> None:
        expect, label = row["expect"], f"{row['id']} {row['query'][:100]!r}"
        self._concepts(expect, read, vocabulary, label)
        self._excluded(expect, read, label)
        self._place(expect, read, label)
        wanted = expect.get("intent")
        got = read.intent.value if read.intent else None
        self.intents[str(wanted)].note(got == wanted, f"{label}: wanted {wanted}, got {got}")
        self._crisis(row, read, label)
        self._residual(expect, read, label)

    def _concepts(self, expect: Mapping[str, Any], read: Understanding, vocabulary: Vocabulary, label: str) -> None:
        wanted = set(expect["concepts"])
        neutral = SOFT | set(expect.get("acceptable", ())) | set(expect.get("excluded", ()))
        neutral |= vocabulary.closed_upward(wanted | set(expect.get("acceptable", ())))
        got = set(read.ids())
        missed, extra = wanted - SOFT - got, got - wanted - neutral
        tally = self.parts["concepts"]
        tally.right += len((wanted - SOFT) & got)
        tally.missing += len(missed)
        tally.wrong += len(extra)
        if missed or extra:
            tally.misses.append(f"{label}: missed {sorted(missed)}, extra {sorted(extra)}")

    def _excluded(self, expect: Mapping[str, Any], read: Understanding, label: str) -> None:
        got = {match.id for match in read.excluded}
        for concept in expect.get("excluded", ()):
            self.parts["exclusions"].note(concept in got and concept not in read.ids(), f"{label}: {concept} not excluded")
        for concept in got - set(expect.get("excluded", ())):
            self.parts["false exclusions"].note(False, f"{label}: {concept} excluded")

    def _place(self, expect: Mapping[str, Any], read: Understanding, label: str) -> None:
        wanted, got = expect.get("place"), read.place
        if wanted is None:
            self.parts["place null"].note(got is None, f"{label}: false place {got and got.place.label}")
        else:
            options = [wanted, *expect.get("place_alternatives", ())]
            right = got is not None and any(_same(option, got.place) for option in options)
            self.parts["place"].note(right, f"{label}: wanted {wanted}, got {got and got.place.label}")
        if "near_me" in expect:
            self.parts["near me"].note(read.near_me == expect["near_me"], label)
        if "place_excluded" in expect:
            self.parts["place excluded"].note(read.place_excluded is not None, f"{label}: {expect['place_excluded']}")
        miles = read.radius.miles if read.radius else None
        self.parts["radius"].note(miles == expect.get("radius_hint"), f"{label}: got {miles}")

    def _crisis(self, row: Mapping[str, Any], read: Understanding, label: str) -> None:
        got = read.crisis is not None
        name = "crisis recall" if row["expect"]["crisis"] else "crisis false alarms"
        self.parts[name].note(got == row["expect"]["crisis"], f"{label}: {read.crisis}")
        fired = [notice.id for notice in notices_for(read, read.language)]
        for wanted in row["expect"].get("notices", ()):
            right = any(notice.startswith(NOTICE_IDS.get(wanted, (wanted,))) for notice in fired)
            self.parts["notices recall"].note(right, f"{label}: wanted {wanted}, got {fired}")

    def _residual(self, expect: Mapping[str, Any], read: Understanding, label: str) -> None:
        wanted = {word for word in phrase(expect.get("text_residual", "")) if word not in FILLER}
        got = {word for word in read.residual if word not in FILLER}
        both = len(wanted & got)
        score = 1.0 if wanted == got else 2 * both / (len(wanted) + len(got))
        self.residual_f1.append(score)
        if score < 1:
            self.parts["residual"].misses.append(f"{label}: wanted {sorted(wanted)}, got {sorted(got)}")


def _same(wanted: Mapping[str, str | None], place: Place) -> bool:
    if wanted.get("zip"):
        return place.zip == wanted["zip"]
    county, city = wanted.get("county"), wanted.get("city")
    if county and county.casefold() not in place.county.casefold():
        return False
    if city and phrase(city) != phrase(place.city):
        return False
    return wanted.get("state") in (None, place.state)


def _report(scores: Scores, times: list[float], longest: float, *, quiet: bool) -> None:
    concepts = scores.parts["concepts"]
    precision = concepts.right / max(1, concepts.right + concepts.wrong)
    recall = concepts.right / max(1, concepts.right + concepts.missing)
    print(f"concepts        P {precision:.3f}  R {recall:.3f}  F1 {2 * precision * recall / max(1e-9, precision + recall):.3f}")
    for name, tally in scores.parts.items():
        if name not in {"concepts", "residual"}:
            print(f"{name:20s} {tally.share:.3f}  ({tally.right} of {tally.right + tally.wrong})")
    macro = statistics.mean(tally.share for tally in scores.intents.values())
    print(f"intent               {macro:.3f} macro  {dict(Counter({k: t.wrong for k, t in scores.intents.items() if t.wrong}))}")
    print(f"residual token F1    {statistics.mean(scores.residual_f1):.3f}")
    ordered = sorted(times)
    p95 = ordered[int(len(ordered) * 0.95)]
    p50, slowest = statistics.median(ordered), ordered[-1]
    print(f"CPU milliseconds     p50 {p50:.3f}  p95 {p95:.3f}  max {slowest:.3f}  2,000 characters {longest:.2f}")
    if not quiet:
        for name, tally in [*scores.parts.items(), *scores.intents.items()]:
            for miss in tally.misses:
                print(f"  [{name}] {miss}")


def _longest_reading(rows: Iterable[Mapping[str, Any]], vocabulary: Vocabulary, places: Gazetteer, names: NameIndex) -> float:
    """Return the slowest of a few readings of texts as long as are read, in milliseconds."""
    joined = " ".join(row["query"] for row in rows)
    texts = [joined[start : start + LONG_TEXT] for start in range(0, max(1, len(joined) - LONG_TEXT), LONG_TEXT)][:8]
    texts += ["detox " * 333, "zzqx " * 400, "no " * 666, "klonapinn " * 200, "i cant " * 285]
    slowest = 0.0
    for text in texts:
        started = time.process_time()
        understand(text, vocabulary=vocabulary, places=places, names=names)
        slowest = max(slowest, time.process_time() - started)
    return slowest * 1000


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=Path)
    parser.add_argument("--names", type=Path, help="one listing name a line")
    parser.add_argument("--quiet", action="store_true", help="numbers only")
    options = parser.parse_args()
    rows = [json.loads(line) for line in options.file.read_text(encoding="utf-8").splitlines() if line.strip()]
    vocabulary, places = Vocabulary.load(), Gazetteer.load()
    names: NameIndex = ListedNames(options.names.read_text(encoding="utf-8").splitlines()) if options.names else NoNames()
    understand(WARM_UP, vocabulary=vocabulary, places=places, names=names)
    gc.collect()
    gc.freeze()  # as a worker does; else a collection of all tables falls into one reading
    scores, times = Scores(), []
    for row in rows:
        started = time.process_time()
        read = understand(row["query"], vocabulary=vocabulary, places=places, names=names)
        times.append((time.process_time() - started) * 1000)
        scores.add(row, read, vocabulary)
    _report(scores, times, _longest_reading(rows, vocabulary, places, names), quiet=options.quiet)


if __name__ == "__main__":
    main()
