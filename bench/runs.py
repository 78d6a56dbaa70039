"""One run: corpora built, checked and measured, each written as one JSON file of results."""

from __future__ import annotations

import argparse
import json
import os
import pickle
import platform
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from types import ModuleType
from typing import Any, Final

import bench.debian  # noqa: F401  # makes python3-xapian importable
from bench.corpora import federal, queries_for, synthetic
from bench.footprint import QUESTIONS_FILE, footprint_of, sharing_of
from bench.loops import COMPILED, asked_with
from bench.measure import System, run, summary
from bench.requests import Query
from bench.rows import make_question, totals_of_ours, totals_of_peer
from bench.systems import (
    OURS,
    OURS_COMPILED,
    Built,
    Corpus,
    build_columns_of,
    build_ours,
    build_peer,
    open_ours,
    open_peer,
    present_peers,
    slug_of,
)
from bench.whole_path import WholePath, lookup_times, understanding_times
from index.engine.search.kernels import plain
from index.engine.whoosh_engine import WhooshEngine

PLAIN: Final = "plain Whoosh"
PLAIN_EVERY: Final = 9  # plain Whoosh takes seconds for one query at 250,000 listings
WORKERS: Final = 4
PLAIN_UP_TO: Final = 250_000


def measure_all(options: argparse.Namespace, results: Path) -> None:
    """Measure the corpora that the command line names."""
    for corpus in _corpora(options):
        result = measure(corpus, options.systems.split(",") if options.systems else present_peers(), options)
        if options.label:
            result["corpus"] += f", {options.label}"
        path = results / f"{corpus.name}{'-' * bool(options.label)}{options.label.replace(' ', '-')}.json"
        path.write_text(json.dumps(result, indent=1))
        print(f"wrote {path}")


def measure_services(options: argparse.Namespace, results: Path) -> None:
    """Measure the web service over indexes that are already built."""
    from bench.service import measure_service, write_service

    for corpus in _corpora(options):
        rows = measure_service(corpus.directory, queries_for(corpus), options.workers)
        facts = {"corpus": corpus.name, "listings": corpus.count, "workers": options.workers, "machine": _machine()}
        facts["measured_at"] = datetime.now(UTC).isoformat(timespec="minutes")
        write_service(results / f"service-{corpus.name}-{options.workers}.json", facts, rows)


def _corpora(options: argparse.Namespace) -> list[Corpus]:
    corpora = [federal(options.federal)] if options.federal else []
    return corpora + [synthetic(int(size)) for size in options.sizes.split(",") if int(size)]


def measure(corpus: Corpus, peers: list[str], options: argparse.Namespace) -> dict[str, Any]:
    """Build, check and measure one corpus; return everything that the tables show."""
    if corpus.count > PLAIN_UP_TO:
        peers = [peer for peer in peers if peer != PLAIN]
    corpus.directory.mkdir(parents=True, exist_ok=True)
    queries = queries_for(corpus)
    built = _build_all(corpus, peers, options.keep)
    _write_questions(corpus, queries)
    ours = (OURS, OURS_COMPILED) if COMPILED else (OURS,)
    footprints = {name: footprint_of(name, corpus.directory) for name in (*ours, *peers)}
    asked = [one for one in queries if one.kind in "abc"]
    timings = run(_systems(corpus, peers, queries), asked, options.rounds, in_turns=options.in_turns)
    return {
        "corpus": corpus.name,
        "listings": corpus.count,
        "measured_at": datetime.now(UTC).isoformat(timespec="minutes"),
        "rounds": options.rounds,
        "machine": _machine(),
        "built": {name: asdict(cost) for name, cost in built.items()},
        "footprints": footprints,
        "systems": summary(timings, queries, OURS),
        "sharing": sharing_of(corpus.directory, WORKERS),
        "understanding": understanding_times(open_ours(corpus), queries),
        "lookups": lookup_times(open_ours(corpus), queries),
    }


def _build_all(corpus: Corpus, peers: list[str], keep: bool) -> dict[str, Built]:
    """Build what is missing; remember each build's cost beside it, so that `--keep` can show it again."""
    memory = corpus.directory / "built.json"
    built = {name: Built(**cost) for name, cost in json.loads(memory.read_text()).items()} if memory.exists() and keep else {}
    for name in (OURS, *peers):
        if name not in built:
            print(f"building {name} over {corpus.name}", flush=True)
            built[name] = _build(name, corpus, built)
            memory.write_text(json.dumps({one: asdict(cost) for one, cost in built.items()}))
    build_columns_of(corpus, keep=keep)
    return built


def _build(name: str, corpus: Corpus, built: dict[str, Built]) -> Built:
    """Build one system's index; two peers over one database share it."""
    if name == OURS:
        return build_ours(corpus)
    twin = next((built[other] for other in built if slug_of(other) == slug_of(name)), None)
    return twin or build_peer(name, corpus)


def _write_questions(corpus: Corpus, queries: list[Query]) -> None:
    """Leave the mix where the processes that measure memory find it."""
    numbers = corpus.taxonomy.numbers
    asked = [(query.request, make_question(query.request, numbers)) for query in queries if query.kind in "abc"]
    (corpus.directory / QUESTIONS_FILE).write_bytes(pickle.dumps(asked))


def _systems(corpus: Corpus, peers: list[str], queries: list[Query]) -> list[System]:
    """Return our engine, the whole path on top of it, and the peers, ready to be asked."""
    engine = open_ours(corpus)
    numbers = corpus.taxonomy.numbers
    questions = {id(query): make_question(query.request, numbers) for query in queries}
    systems = [_ours(OURS, engine, plain)]
    if COMPILED:
        systems.append(_ours(OURS_COMPILED, engine, COMPILED))
    systems += [
        System("this engine, 20 listings decoded", asked_with(plain, WholePath(engine).decoded)),
        System("whole path from raw text", asked_with(plain, WholePath(engine).from_text)),
    ]
    for name in peers:
        peer = open_peer(name, corpus)
        systems.append(
            System(
                name,
                lambda query, peer=peer: peer.search(questions[id(query)]),
                lambda found, query: totals_of_peer(found, query.request, corpus.taxonomy),
                every=PLAIN_EVERY if name == PLAIN else 1,
                rounds=1 if name == PLAIN else 1_000,
            )
        )
    return systems


def _ours(name: str, engine: WhooshEngine, loops: ModuleType) -> System:
    """Return our engine with its loops in NumPy or compiled."""
    ask = asked_with(loops, lambda query: engine.search(query.request))
    return System(name, ask, lambda found, query: totals_of_ours(found, query.request))


def _machine() -> dict[str, Any]:
    return {
        "cores": os.cpu_count(),
        "python": platform.python_version(),
        "system": platform.system(),
        "load": [round(load, 1) for load in os.getloadavg()],
    }
