"""docs/accessibility-conformance.md: which success criteria the browser tests show for the widget, and which nobody tested.

A test names its criteria: `@pytest.mark.wcag("2.1.1", "2.4.3")`. `pytest tests/browser --conformance FILE` runs the tests and
writes the page from their outcomes; a criterion is met only when every test that names it passed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

NOT_TESTED: Final = "not tested"
HEAD: Final = """# Accessibility conformance of the widget

Written by `pytest tests/browser --conformance docs/accessibility-conformance.md`; do not edit. It says what the tests of the
widget (`<treatment-search>`), its frame (`/embed`) and its page (`/widget`) showed about WCAG 2.2, levels A and AA. A program can
show that a criterion is failed, and much of what it takes to meet one; it cannot stand in for people. No person with a disability
and no auditor has tested it yet.

Tested with {tools}.

| criterion | level | outcome | shown by |
|---|---|---|---|
"""
# Number, level, name; what is said where no test names the criterion.
CRITERIA: Final = tuple(
    tuple(part.strip() for part in line.split("|"))
    for line in """
1.1.1 | A | Non-text content | does not apply: no images
1.2.1 | A | Audio-only and video-only | does not apply: no audio or video
1.2.2 | A | Captions | does not apply: no audio or video
1.2.3 | A | Audio description or alternative | does not apply: no audio or video
1.2.4 | AA | Captions, live | does not apply: no audio or video
1.2.5 | AA | Audio description | does not apply: no audio or video
1.3.1 | A | Info and relationships |
1.3.2 | A | Meaningful sequence |
1.3.3 | A | Sensory characteristics | not tested
1.3.4 | AA | Orientation | does not apply: no orientation is asked for
1.3.5 | AA | Identify input purpose | does not apply: nothing about the reader is asked
1.4.1 | A | Use of color |
1.4.2 | A | Audio control | does not apply: no audio or video
1.4.3 | AA | Contrast, minimum |
1.4.4 | AA | Resize text |
1.4.5 | AA | Images of text | does not apply: no images
1.4.10 | AA | Reflow |
1.4.11 | AA | Non-text contrast |
1.4.12 | AA | Text spacing |
1.4.13 | AA | Content on hover or focus | does not apply: nothing appears on hover or focus
2.1.1 | A | Keyboard |
2.1.2 | A | No keyboard trap |
2.1.4 | A | Character key shortcuts | does not apply: no key has a meaning of its own
2.2.1 | A | Timing adjustable | does not apply: no time limit
2.2.2 | A | Pause, stop, hide | does not apply: nothing moves
2.3.1 | A | Three flashes | does not apply: nothing flashes
2.4.1 | A | Bypass blocks | the page around it
2.4.2 | A | Page titled |
2.4.3 | A | Focus order |
2.4.4 | A | Link purpose |
2.4.5 | AA | Multiple ways | the page around it
2.4.6 | AA | Headings and labels |
2.4.7 | AA | Focus visible |
2.4.11 | AA | Focus not obscured | not tested
2.5.1 | A | Pointer gestures | does not apply: no gestures
2.5.2 | A | Pointer cancellation | does not apply: nothing happens on pressing down
2.5.3 | A | Label in name |
2.5.4 | A | Motion actuation | does not apply: no motion
2.5.7 | AA | Dragging movements | does not apply: no dragging
2.5.8 | AA | Target size, minimum |
3.1.1 | A | Language of page |
3.1.2 | AA | Language of parts |
3.2.1 | A | On focus |
3.2.2 | A | On input |
3.2.3 | AA | Consistent navigation | the page around it
3.2.4 | AA | Consistent identification | not tested
3.2.6 | A | Consistent help | not tested: crisis lines stand first in every state
3.3.1 | A | Error identification |
3.3.2 | A | Labels or instructions |
3.3.3 | AA | Error suggestion |
3.3.4 | AA | Error prevention | does not apply: nothing is bought, signed or kept
3.3.7 | A | Redundant entry | does not apply: nothing is asked twice
3.3.8 | AA | Accessible authentication | does not apply: nobody signs in
4.1.2 | A | Name, role, value |
4.1.3 | AA | Status messages |
""".strip().splitlines()
)


@dataclass(frozen=True)
class Shown:
    """A test that names a criterion, and whether it passed."""

    name: str
    passed: bool


def page_of(shown: Mapping[str, Iterable[Shown]], tools: str) -> str:
    """Return the page: one row a criterion, with the tests that name it. Raises KeyError for a criterion that there is not."""
    unknown = set(shown) - {number for number, *_rest in CRITERIA}
    if unknown:
        raise KeyError(f"no success criterion of WCAG 2.2, A or AA: {sorted(unknown)}")
    return HEAD.format(tools=tools) + "".join(_row(*criterion, tuple(shown.get(criterion[0], ()))) for criterion in CRITERIA)


def _row(number: str, level: str, name: str, otherwise: str, tests: tuple[Shown, ...]) -> str:
    names = ", ".join(dict.fromkeys(f"`{test.name}`" for test in tests))
    outcome = ("met in the tests" if all(test.passed for test in tests) else "**failed**") if tests else otherwise or NOT_TESTED
    return f"| {number} {name} | {level} | {outcome} | {names} |\n"
