"""The house as docs draw it: imports point one way, and the search core knows neither the web, the database nor money."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]

# From the ground up. A file imports from its own floor or below, never from above.
FLOORS: tuple[tuple[str, ...], ...] = (
    ("index",),
    (
        "directory.errors",
        "directory.settings",
        "directory.sign_on_settings",
        "directory.tile_settings",
        "directory.numerals",
        "directory.settings_names",
    ),
    ("directory.sources", "directory.store"),
    ("directory.disclosure", "directory.safety", "directory.publish"),
    ("directory.duties", "directory.desk"),
    ("directory.feeds", "directory.upkeep"),
    ("directory.asking",),
    ("directory.page",),
    ("directory.answers",),
    ("directory.lookup",),
    ("directory.web",),
    ("directory.api", "directory.site"),  # and every other room that renders
    ("directory.application", "directory.commands", "directory.cli"),
    ("directory.gunicorn_settings", "directory.__main__", "directory.__init__"),
)
BESIDE_THE_PAGES = len(FLOORS) - 3
WEB_AND_DATABASE = ("flask", "werkzeug", "jinja2", "sqlalchemy", "alembic", "gunicorn", "click", "directory")
MONEY = re.compile(r"sponsor|advertis|paid_", re.IGNORECASE)


def modules(package: str) -> Iterator[tuple[str, Path]]:
    for path in sorted((ROOT / package).rglob("*.py")):
        if "migrations" not in path.parts:
            yield ".".join(path.relative_to(ROOT).with_suffix("").parts), path


def imports(path: Path) -> Iterator[str]:
    """Yield every module that a file names, also inside functions and for types alone."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def floor_of(name: str) -> int | None:
    """Return the floor of a module, None for a package outside the house.

    A file of the service that is not listed stands beside the pages: nothing below may use it.
    """
    for number, rooms in enumerate(FLOORS):
        if any(name == room or name.startswith(f"{room}.") for room in rooms):
            return number
    return BESIDE_THE_PAGES if name.startswith("directory.") else None


@pytest.mark.parametrize(("name", "path"), list(modules("index")), ids=lambda value: value if isinstance(value, str) else "")
class TestTheCore:
    def test_it_imports_neither_web_nor_database_nor_the_service(self, name: str, path: Path):
        assert not [used for used in imports(path) if used.partition(".")[0] in WEB_AND_DATABASE]

    def test_it_does_not_know_that_money_exists(self, name: str, path: Path):
        """So that payment cannot move a result, by construction. How a patient pays is another word: payment."""
        assert not MONEY.search(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize(("name", "path"), list(modules("directory")), ids=lambda value: value if isinstance(value, str) else "")
class TestTheService:
    def test_it_imports_from_no_floor_above_its_own(self, name: str, path: Path):
        own = floor_of(name) or 0
        above = [used for used in imports(path) if (floor_of(used) or 0) > own]
        allowed = {"directory.web.current": {"directory.lookup.Lookup"}}.get(name, set())
        assert not set(above) - allowed


def room_of(module: str) -> str:
    """Return the room of a module: a package of the service, or a part of the core."""
    return ".".join(module.split(".")[:2])


def graph(of: Callable[[str], str]) -> dict[str, set[str]]:
    """Return what every module, or every room, uses of the house besides itself."""
    files = {name.removesuffix(".__init__"): path for package in ("index", "directory") for name, path in modules(package)}
    used: dict[str, set[str]] = {}
    for name, path in files.items():
        for target in imports(path):
            known = target if target in files else target.rpartition(".")[0]
            if known in files and of(known) != of(name):
                used.setdefault(of(name), set()).add(of(known))
    return used


class TestTheWholeHouse:
    def test_no_module_imports_itself_in_a_circle(self):
        """The sorter raises CycleError, which names the circle."""
        assert list(TopologicalSorter(graph(str)).static_order())

    def test_no_two_rooms_import_each_other(self):
        assert list(TopologicalSorter(graph(room_of)).static_order())
