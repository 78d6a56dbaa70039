"""The plot of the results as SVG, written without any library: one panel a corpus, one bar a system, on a log scale."""

from __future__ import annotations

import math
from collections.abc import Sequence
from html import escape
from typing import Any, Final

OURS: Final = ("this engine", "this engine, compiled")
WIDTH, BAR, GAP, LEFT, TOP = 760, 18, 8, 190, 34
SMALLEST_MS, LARGEST_MS = 0.1, 10_000.0
STYLE: Final = """
text { font: 13px system-ui, sans-serif; fill: #24313a }
.title { font-weight: 600 } .small { font-size: 11px; fill: #5b6b75 }
.ours { fill: #0b6e74 } .peer { fill: #a9b8bf } .grid { stroke: #dfe6e9 }
.background { fill: #ffffff }
@media (prefers-color-scheme: dark) {
  text { fill: #e6edf0 } .small { fill: #9fb0b8 } .peer { fill: #51626b } .ours { fill: #4fb3b8 }
  .grid { stroke: #2c3a42 } .background { fill: #141b1f }
}"""


def plot_svg(results: Sequence[dict[str, Any]]) -> str:
    """Return the mean milliseconds a query over classes a to c, system by system; shorter is faster."""
    parts, top = [], 0
    for result in results:
        panel, height = _panel(result, top)
        parts.append(panel)
        top += height
    height = max(top, 1)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" role="img" '
        f'aria-label="Mean time of a query by system and corpus, logarithmic">\n<style>{STYLE}</style>\n'
        f'<rect class="background" width="{WIDTH}" height="{height}"/>\n' + "\n".join(parts) + "\n</svg>\n"
    )


def _panel(result: dict[str, Any], top: int) -> tuple[str, int]:
    systems = {
        name: 1e3 / row["queries_per_second"]
        for name, row in result["systems"].items()
        if name in result["built"] or name in OURS
    }
    height = TOP + len(systems) * (BAR + GAP) + 30
    bottom = top + height - 26
    title = f"{result['corpus']}, {result['listings']:,} listings: mean milliseconds a query"
    lines = [f'<text class="title" x="12" y="{top + 22}">{escape(title)}</text>', *_grid(top + TOP, bottom)]
    for place, (name, mean) in enumerate(sorted(systems.items(), key=lambda item: item[1])):
        lines.extend(_bar(name, mean, top + TOP + place * (BAR + GAP)))
    return "\n".join(lines), height


def _grid(top: int, bottom: int) -> list[str]:
    lines = []
    for power in range(round(math.log10(SMALLEST_MS)), round(math.log10(LARGEST_MS)) + 1):
        x = _x(10.0**power)
        lines.append(f'<line class="grid" x1="{x:.0f}" x2="{x:.0f}" y1="{top - 4}" y2="{bottom}"/>')
        lines.append(f'<text class="small" x="{x:.0f}" y="{bottom + 13}" text-anchor="middle">{10.0**power:g}</text>')
    return lines


def _bar(name: str, mean: float, y: int) -> list[str]:
    kind = "ours" if name in OURS else "peer"
    end = _x(mean)
    return [
        f'<text x="{LEFT - 8}" y="{y + 14}" text-anchor="end">{escape(name)}</text>',
        f'<rect class="{kind}" x="{LEFT}" y="{y}" width="{max(end - LEFT, 2):.0f}" height="{BAR}" rx="3"/>',
        f'<text class="small" x="{end + 6:.0f}" y="{y + 13}">{_shown(mean)} ms</text>',
    ]


def _x(milliseconds: float) -> float:
    """Return the horizontal place of a time on the logarithmic scale."""
    share = math.log10(max(milliseconds, SMALLEST_MS) / SMALLEST_MS) / math.log10(LARGEST_MS / SMALLEST_MS)
    return LEFT + share * (WIDTH - LEFT - 70)


def _shown(milliseconds: float) -> str:
    """Return three digits, all of a larger number."""
    return f"{milliseconds:,.0f}" if milliseconds >= 100 else f"{milliseconds:.3g}"
