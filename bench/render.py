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
OURS_COMPILED: Final = "this engine, compiled"
RIVAL: Final = "tantivy + NumPy"
ELSEWHERE: Final = ("PostgreSQL + PostGIS",)  # works in a process of its own
SMALL: Final = 30_000  # listings: up to here no class may be slower than the rival's
LARGE: Final = 250_000
P95_LIMITS: Final = {LARGE: {"a": 2, "b": 2, "c": 5}, 1_000_000: {"a": 10, "b": 10, "c": 10}}  # milliseconds
BUILD_LIMITS: Final = {"federal": 20, LARGE: 180}  # seconds
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
        "The same in processor time of the asking process, which other work on the machine slows less:",
        "",
        *_table(
            ("system", *TITLES.values(), "queries/s", "× mean"),
            [_worked(name, system) for name, system in systems if name not in ELSEWHERE],
        ),
        "",
        *_table(
            ("system", "build s (of processor)", "listings/s", "size MB", "open ms", "first answer ms", "private MB"),
            [_cost(name, result) for name, _ in systems if name in result["built"]],
        ),
        "",
        _remarks(result),
        "",
        _ahead(result),
        "",
        *_goals(result),
    ]


def _speed(name: str, system: dict[str, Any]) -> tuple[str, ...]:
    checked, different = system["checked"], len(system["different"])
    equal = f"{checked - different} of {checked}" if checked else "–"
    return (*_times_of(name, system), equal)


def _worked(name: str, system: dict[str, Any]) -> tuple[str, ...]:
    return _times_of(name, system["processor"])


def _times_of(name: str, system: dict[str, Any]) -> tuple[str, ...]:
    cells = []
    for kind in TITLES:
        row = system["classes"].get(kind)
        ratio = "" if name == OURS or not row else f" (×{_times(row['ratio'])})"
        cells.append(f"{_short(row['p50'])} / {_short(row['p95'])} / {_short(row['p99'])}{ratio}" if row else "–")
    return (name, *cells, f"{system['queries_per_second']:,.0f}", _times(system["ratio_of_means"]))


def _cost(name: str, result: dict[str, Any]) -> tuple[str, ...]:
    built, footprint = result["built"][name], result["footprints"][name]
    return (
        name,
        f"{built['seconds']:.1f}" + (f" ({built['processor']:.1f})" if built.get("processor") else ""),
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
        f"{sharing['own_mb_each']:,.0f} MB of its own each, interpreter and libraries included." + _compiled_remark(result)
    )


def _compiled_remark(result: dict[str, Any]) -> str:
    plain, compiled = (result["footprints"].get(name, {}).get("process_mb") for name in (OURS, OURS_COMPILED))
    if not compiled:
        return ""
    return f" With the compiler a process takes {compiled:,.0f} MB of its own instead of {plain:,.0f} MB."


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


def _goals(result: dict[str, Any]) -> list[str]:
    """Say of each goal for a corpus of this size whether this run met it, and whether it did in processor time."""
    measured = _measured_goals(result)
    rows = [(what, wanted, _judged(value, met), _judged(worked, also)) for what, wanted, value, met, worked, also in measured]
    return [*_table(("goal", "wanted", "measured", "in processor time"), rows), ""] if rows else []


def _judged(value: float, met: bool) -> str:
    return f"{value:,.2f}" if met else f"**{value:,.2f}**, not met"


def _measured_goals(result: dict[str, Any]) -> Iterable[tuple[str, str, float, bool, float, bool]]:
    """Yield each goal: what, wanted, measured, whether met, the same in processor time, whether met then."""
    built, against = result["built"][OURS], result["systems"].get(RIVAL)
    if against and result["listings"] <= SMALL:
        for kind, row in against["classes"].items():
            value, worked = row["ratio"], against["processor"]["classes"][kind]["ratio"]
            yield f"{RIVAL} no faster: {TITLES[kind]}", "× 1 or more", value, value >= 1, worked, worked >= 1
    if against and result["listings"] == LARGE:
        value, worked = against["ratio_of_means"], against["processor"]["ratio_of_means"]
        yield f"queries/s against {RIVAL}", "× 3 or more", value, value >= 3, worked, worked >= 3
        compiled = result["systems"].get(OURS_COMPILED)
        if compiled:
            value, worked = value / compiled["ratio_of_means"], worked / compiled["processor"]["ratio_of_means"]
            yield f"the same, compiled, against {RIVAL}", "× 5 or more", value, value >= 5, worked, worked >= 5
    if result["listings"] in P95_LIMITS:
        for kind, limit in P95_LIMITS[result["listings"]].items():
            value, worked = (of["classes"][kind]["p95"] for of in (result["systems"][OURS], result["systems"][OURS]["processor"]))
            yield f"p95: {TITLES[kind]}", f"{limit} ms or less", value, value <= limit, worked, worked <= limit
    most = BUILD_LIMITS.get(result["corpus"] if result["corpus"] == "federal" else result["listings"])
    if most:
        value, worked = built["seconds"], built["processor"]
        yield "building", f"{most} s or less", value, value <= most, worked, worked <= most


def _service(result: dict[str, Any]) -> list[str]:
    rows = [
        (one["path"], f"{one['requests_per_second']:,.0f}", one["p50"], one["p99"], str(one["errors"]))
        for one in result["service"]
    ]
    return [
        f"### The whole service over {result['corpus']}",
        "",
        f"Flask under gunicorn, {result['workers']} worker(s), wrk on the same {result['machine']['cores']} cores, "
        f"measured {result['measured_at']}, load {result['machine']['load'][0]}.",
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
