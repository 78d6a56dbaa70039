"""What one process costs: time to open, first answer, memory after the query mix; each system in a fresh process.

`python -m bench.footprint SYSTEM DIRECTORY` prints one line of JSON; `--workers 4` measures our engine in so many processes.
"""

from __future__ import annotations

import json
import os
import pickle
import subprocess
import sys
import time
from pathlib import Path
from typing import Any, Final

import psutil

QUESTIONS_FILE: Final = "questions.pickle"
PLAIN_EVERY: Final = 30
MEGABYTE: Final = 1e6


def footprint_of(system: str, directory: Path) -> dict[str, Any]:
    """Measure one system over the indexes in `directory`."""
    return _in_fresh_process(system, directory)


def sharing_of(directory: Path, workers: int) -> dict[str, Any]:
    """Measure our engine in several processes that map the same generation."""
    return _in_fresh_process("--workers", directory, str(workers))


def _in_fresh_process(system: str, directory: Path, *more: str) -> dict[str, Any]:
    command = [sys.executable, "-m", "bench.footprint", system, str(directory), *more]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    measured: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return measured


def measure_one(system: str, directory: Path) -> dict[str, Any]:
    """Open a system in this process and ask it the whole mix."""
    from bench.rows import Taxonomy
    from bench.systems import Corpus, open_ours, open_peer

    asked = pickle.loads((directory / QUESTIONS_FILE).read_bytes())
    corpus = Corpus(directory.name, 0, lambda: (), Taxonomy({}, lambda concepts: frozenset(concepts)), directory)
    before = _private_megabytes()
    started = time.perf_counter()
    ours = system.startswith("this engine")
    opened: Any = open_ours(corpus) if ours else open_peer(system, corpus)
    if ours:
        opened.info()  # opening is lazy
    open_seconds = time.perf_counter() - started
    questions = [request if ours else question for request, question in asked]
    started = time.perf_counter()
    opened.search(questions[0])
    first_seconds = time.perf_counter() - started
    for question in questions[:: PLAIN_EVERY if system.startswith("plain") else 1]:
        opened.search(question)
    return {
        "open_ms": round(1e3 * open_seconds, 1),
        "first_answer_ms": round(1e3 * first_seconds, 1),
        "private_mb": round(_private_megabytes() - before, 1),
        "process_mb": round(_private_megabytes(), 1),
    }


def measure_workers(directory: Path, workers: int) -> dict[str, Any]:
    """Open our engine in several processes and return the proportional memory of all, and what each has of its own."""
    pipes = []
    for _ in range(workers):
        reading, writing = os.pipe()
        child = os.fork()
        if child == 0:
            _work_until_closed(directory, writing)
        pipes.append((child, reading))
    for _, reading in pipes:
        os.read(reading, 1)
    memory = [psutil.Process(child).memory_full_info() for child, _ in pipes]
    for child, _ in pipes:
        os.kill(child, 9)
        os.waitpid(child, 0)
    own = [info.uss / MEGABYTE for info in memory]
    return {
        "workers": workers,
        "together_mb": round(sum(info.pss for info in memory) / MEGABYTE, 1),
        "own_mb_each": round(sum(own) / workers, 1),
        "rss_mb_each": round(memory[0].rss / MEGABYTE, 1),
    }


def _work_until_closed(directory: Path, writing: int) -> None:
    """Answer the mix, say so, and wait to be ended."""
    from index.engine.whoosh_engine import WhooshEngine

    engine = WhooshEngine(directory / "ours")
    for request, _ in pickle.loads((directory / QUESTIONS_FILE).read_bytes()):
        engine.search(request)
    os.write(writing, b"1")
    time.sleep(60)
    os._exit(0)


def _private_megabytes() -> float:
    return float(psutil.Process().memory_full_info().uss) / MEGABYTE


if __name__ == "__main__":
    import bench.debian  # noqa: F401  # makes python3-xapian importable

    if sys.argv[1] != "this engine, compiled":
        sys.modules["numba"] = None  # type: ignore[assignment]  # as where the extra is not installed
    if sys.argv[1] == "--workers":
        print(json.dumps(measure_workers(Path(sys.argv[2]), int(sys.argv[3]))))
    else:
        print(json.dumps(measure_one(sys.argv[1], Path(sys.argv[2]))))
