"""Results as Markdown tables in `docs/performance.md`, between its two markers, and the plot beside it."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final

from bench.plot import plot_svg

PAGE: Final = Path(__file__).parent.parent / "docs" / "performance.md"
PLOT: Final = PAGE.with_name("performance.svg")
BEGIN: Final = "<!-- results: written by `python -m bench render` -->"
END: Final = "<!-- end of results -->"
OURS: Final = "this engine"
TITLES: Final = {"a": "words + place + filters", "b": "place + filters", "c": "words, whole nation"}


def render_all(results: Path) -> None:
    """Write the tables of all result files into the page, and the plot."""
    found = sorted((json.loads(path.read_text()) for path in results.glob("*.json")), key=lambda one: one["listings"])
    measured = [one for one in found if "systems" in one]
    services = [one for one in found if "service" in one]
    sections = [part for one in measured for part in _corpus(one)] + [part for one in services for part in _service(one)]
    before, rest = PAGE.read_text().split(BEGIN)
    _, after = rest.split(END)
    PAGE.write_text(before + BEGIN + "\n\n" + "\n".join(sections) + "\n" + END + after)
    PLOT.write_text(plot_svg(measured))


def _corpus(result: dict[str, Any]) -> list[str]:
    machine = result["machine"]
    systems = sorted(result["systems"].items(), key=lambda item: (item[0] != OURS, -item[1]["queries_per_second"]))
    return [
        f"### {result['corpus']}: {result['listings']:,} listings",
        "",
        f"Measured {result['measured_at']}, Python {machine['python']}, {machine['cores']} cores, load {machine['load'][0]}, "
        f"{result['rounds']} rounds. Milliseconds p50 / p95 / p99 (× median ratio to this engine, query by query).",
        "",
        *_table(("system", *TITLES.values(), "queries/s", "× mean", "equal answers"), [_speed(*item) for item in systems]),
        "",
        *_table(
            ("system", "build s", "listings/s", "size MB", "open ms", "first answer ms", "private MB"),
            [_cost(name, result) for name, _ in systems if name in result["built"]],
        ),
        "",
        _remarks(result),
        "",
        _ahead(result),
        "",
    ]


def _speed(name: str, system: dict[str, Any]) -> tuple[str, ...]:
    cells = []
    for kind in TITLES:
        row = system["classes"].get(kind)
        ratio = "" if name == OURS or not row else f" (×{_times(row['ratio'])})"
        cells.append(f"{_short(row['p50'])} / {_short(row['p95'])} / {_short(row['p99'])}{ratio}" if row else "–")
    checked, different = system["checked"], len(system["different"])
    equal = f"{checked - different} of {checked}" if checked else "–"
    return (name, *cells, f"{system['queries_per_second']:,.0f}", _times(system["ratio_of_means"]), equal)


def _cost(name: str, result: dict[str, Any]) -> tuple[str, ...]:
    built, footprint = result["built"][name], result["footprints"][name]
    return (
        name,
        f"{built['seconds']:.1f}",
        f"{result['listings'] / built['seconds']:,.0f}",
        f"{built['megabytes']:,.0f}",
        f"{footprint['open_ms']:.0f}",
        f"{footprint['first_answer_ms']:.0f}",
        f"{footprint['private_mb']:,.0f}",
    )


def _remarks(result: dict[str, Any]) -> str:
    read, sharing, lookups = result["understanding"], result["sharing"], result["lookups"]
    corrected, completed = lookups["corrected"], lookups["completed"]
    return (
        f"Understanding {read['texts']} texts: {read['p50']} / {read['p95']} / {read['p99']} ms. Correcting a misspelled word: "
        f"{corrected['p50']} / {corrected['p95']} / {corrected['p99']} ms, {corrected['right']} of {corrected['texts']} right. "
        f"Completing a name: {completed['p50']} / {completed['p95']} / {completed['p99']} ms.\n"
        f"{sharing['workers']} workers of this engine over one generation: {sharing['together_mb']:,.0f} MB together, "
        f"{sharing['own_mb_each']:,.0f} MB of its own each, interpreter and libraries included."
    )


def _ahead(result: dict[str, Any]) -> str:
    """Name every class in which a peer was faster: it must be as easy to see as the rest."""
    faster = [
        f"{name} on {TITLES[kind]} (×{_times(row['ratio'])})"
        for name, system in result["systems"].items()
        if name in result["built"] and name != OURS
        for kind, row in system["classes"].items()
        if row["ratio"] < 1
    ]
    return f"Faster than this engine in this run: {'; '.join(faster) if faster else 'none'}."


def _service(result: dict[str, Any]) -> list[str]:
    rows = [
        (one["path"], f"{one['requests_per_second']:,.0f}", one["p50"], one["p99"], str(one["errors"]))
        for one in result["service"]
    ]
    return [
        f"### The whole service over {result['corpus']}",
        "",
        f"Flask under gunicorn, {result['workers']} worker(s), wrk on the same {result['machine']['cores']} cores, "
        f"measured {result['measured_at']}.",
        "",
        *_table(("request", "requests/s", "p50", "p99", "errors"), rows),
        "",
    ]


def _table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> list[str]:
    titles = list(head)
    lines = ["| " + " | ".join(titles) + " |", "|" + "---|" * len(titles)]
    return lines + ["| " + " | ".join(row) + " |" for row in rows]


def _times(ratio: float) -> str:
    return f"{ratio:.2f}" if ratio < 10 else f"{ratio:,.0f}"


def _short(milliseconds: float) -> str:
    return f"{milliseconds:.2f}" if milliseconds < 10 else f"{milliseconds:,.0f}"
