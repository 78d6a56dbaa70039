"""Lists of words kept as text: easier to read and to extend than code."""

from __future__ import annotations

from functools import cache
from importlib.resources import files


@cache
def _sections() -> dict[str, frozenset[str]]:
    sections: dict[str, set[str]] = {}
    current: set[str] = set()
    for line in files("index.language.text").joinpath("word_lists.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            current = sections.setdefault(line.strip("[]"), set())
        elif not line.startswith("#"):
            current.update(line.split())
    return {name: frozenset(words) for name, words in sections.items()}


def word_list(name: str) -> frozenset[str]:
    """Return one list of folded words. Raises: KeyError for a list that does not exist."""
    return _sections()[name]
