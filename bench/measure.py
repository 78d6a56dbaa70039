"""Interleaved measuring: every query goes to every system in shuffled order, some rounds; per query the median counts."""

from __future__ import annotations

import gc
import random
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np

from bench.requests import Query
from bench.rows import Totals

CLASSES: Final = ("a", "b", "c")

SEED: Final = 5

Ask = Callable[[Query], Any]
Answers = dict[str, Any]  # by the name of the system


@dataclass(frozen=True)
class System:
    """A system under measurement: how it is asked, and how its answer reads as totals.

    `every` and `rounds` spare the slowest: only each so-manieth query, only so many rounds.
    """

    name: str
    ask: Ask
    totals: Callable[[Any, Query], Totals] | None = None
    every: int = 1
    rounds: int = 1_000


@dataclass
class Timings:
    """Seconds by system and query position, and the queries on which a system's totals differ from the first system's.

    `processor` are those of the asking thread alone: what a query costs, whoever else is at work on the machine.
    """

    seconds: dict[str, dict[int, list[float]]] = field(default_factory=dict)
    processor: dict[str, dict[int, list[float]]] = field(default_factory=dict)
    checked: dict[str, int] = field(default_factory=dict)
    different: dict[str, list[int]] = field(default_factory=dict)


def run(systems: Sequence[System], queries: Sequence[Query], rounds: int, *, in_turns: bool = False) -> Timings:
    """Measure; the first system is the reference of the check, which happens in the first round.

    Each query goes to all systems before the next does; `in_turns`, each system gets all queries before the next does. The first
    compares query by query, but empties the caches of one system by the work of another; the second is a server at work.
    """
    timings = Timings()
    chance = random.Random(SEED)
    gc.collect()
    gc.disable()
    try:
        for turn in range(rounds):
            taking_part = [one for one in systems if turn < one.rounds]
            answers = (_by_system if in_turns else _by_query)(taking_part, queries, chance, timings)
            for at, query in enumerate(queries if turn == 0 else ()):
                _check(systems, answers[at], query, at, timings)
            gc.collect()
    finally:
        gc.enable()
    return timings


def _by_query(systems: Sequence[System], queries: Sequence[Query], chance: random.Random, timings: Timings) -> list[Answers]:
    """Ask each query of all systems, in shuffled order."""
    answers = []
    for at, query in enumerate(queries):
        asked = [one for one in systems if at % one.every == 0]
        chance.shuffle(asked)
        answers.append({one.name: _timed(one, query, at, timings) for one in asked})
    return answers


def _by_system(systems: Sequence[System], queries: Sequence[Query], chance: random.Random, timings: Timings) -> list[Answers]:
    """Ask all queries of each system, systems in shuffled order."""
    answers: list[Answers] = [{} for _ in queries]
    for one in chance.sample(list(systems), len(systems)):
        for at, query in enumerate(queries):
            if at % one.every == 0:
                answers[at][one.name] = _timed(one, query, at, timings)
        gc.collect()
    return answers


def _timed(system: System, query: Query, at: int, timings: Timings) -> Any:
    started, began = time.perf_counter(), time.thread_time()
    answer = system.ask(query)
    spent, worked = time.perf_counter() - started, time.thread_time() - began
    timings.seconds.setdefault(system.name, {}).setdefault(at, []).append(spent)
    timings.processor.setdefault(system.name, {}).setdefault(at, []).append(worked)
    return answer


def _check(systems: Sequence[System], answers: Mapping[str, Any], query: Query, at: int, timings: Timings) -> None:
    readable = [one for one in systems if one.totals and one.name in answers]
    totals = {one.name: one.totals(answers[one.name], query) for one in readable if one.totals}
    for name, found in totals.items():
        timings.checked[name] = timings.checked.get(name, 0) + 1
        if found != totals[systems[0].name]:
            timings.different.setdefault(name, []).append(at)


def summary(timings: Timings, queries: Sequence[Query], reference: str) -> dict[str, Any]:
    """Return for each system and class p50, p95, p99 and mean in milliseconds, and the median per-query ratio."""
    medians, worked = _medians(timings.seconds), _medians(timings.processor)
    return {
        name: {
            "classes": {kind: row for kind in CLASSES if (row := _row(of_system, medians[reference], queries, kind))},
            "queries_per_second": round(1 / float(np.mean(list(of_system.values()))), 1),
            "ratio_of_means": _ratio_of_means(of_system, medians[reference]),
            "processor": {
                "classes": {kind: row for kind in CLASSES if (row := _row(worked[name], worked[reference], queries, kind))},
                "queries_per_second": round(1 / float(np.mean(list(worked[name].values()))), 1),
                "ratio_of_means": _ratio_of_means(worked[name], worked[reference]),
            },
            "checked": timings.checked.get(name, 0),
            "different": timings.different.get(name, []),
        }
        for name, of_system in medians.items()
    }


def _medians(measured: Mapping[str, Mapping[int, Sequence[float]]]) -> dict[str, dict[int, float]]:
    return {name: {at: float(np.median(values)) for at, values in rows.items()} for name, rows in measured.items()}


def _row(of_system: Mapping[int, float], reference: Mapping[int, float], queries: Sequence[Query], kind: str) -> dict[str, float]:
    positions = [at for at in of_system if queries[at].kind == kind]
    if not positions:
        return {}
    milliseconds = 1e3 * np.array([of_system[at] for at in positions])
    p50, p95, p99 = np.percentile(milliseconds, (50, 95, 99)).tolist()
    ratio = float(np.median([of_system[at] / reference[at] for at in positions]))
    numbers = {"p50": p50, "p95": p95, "p99": p99, "mean": float(milliseconds.mean()), "ratio": ratio}
    return {name: round(number, 3) for name, number in numbers.items()} | {"queries": len(positions)}


def _ratio_of_means(of_system: Mapping[int, float], reference: Mapping[int, float]) -> float:
    """Return how many times as long the same queries took together."""
    return round(sum(of_system.values()) / sum(reference[at] for at in of_system), 2)
