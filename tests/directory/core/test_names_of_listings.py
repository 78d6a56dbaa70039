"""Which listing's name a few words stand for, as the reading of free text asks the index."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pytest
from rapidfuzz.distance import OSA

from directory.answers.readings import EngineNames
from index.results import NameSuggestion


@dataclass(frozen=True)
class Names:
    """An index that knows the nearest name of some words, and those that a word begins."""

    nearest: dict[str, str]
    begun: tuple[str, ...] = ()

    def match_name(self, words: Sequence[str]) -> str | None:
        return self.nearest.get(" ".join(words))

    def suggest_names(self, prefix: str, limit: int) -> list[NameSuggestion]:
        found = [name for name in self.begun if name.lower().startswith(prefix)]
        return [NameSuggestion(name, 1) for name in found][:limit]

    def knows_word(self, word: str) -> bool:
        return any(word in name.lower().split() for name in self.begun)

    def near_word(self, word: str) -> str | None:
        return next((one for name in self.begun for one in name.lower().split() if OSA.distance(one, word) == 1), None)


def matched(words: str, nearest: dict[str, str], *begun: str) -> str | None:
    found = EngineNames(Names(nearest, begun)).match(words.split())
    return found.name if found else None


def test_a_name_that_a_word_begins_comes_before_one_that_is_near_it():
    """Two letters off in five is another name, and a longer name was meant."""
    assert matched("caron", {"caron": "CARES"}, "Caron Example Centers") == "Caron Example Centers"


def test_a_short_word_is_never_another_name():
    """A wrong name would hide what is there."""
    assert matched("caron", {"caron": "CARES"}) is None


@pytest.mark.parametrize(("typed", "name"), [("cenikr", "Cenikor"), ("rosecranse", "Rosecrance")])
def test_a_slip_in_a_single_word_is_forgiven(typed: str, name: str):
    assert matched(typed, {typed: name}) == name


@pytest.mark.parametrize("words", ["the healing place", "la healing place"])
def test_an_article_may_stand_before_a_name(words: str):
    """Such a match is exact: everyday words become a name by it."""
    found = EngineNames(Names({"healing place": "Healing Place"})).match(words.split())
    assert found is not None
    assert (found.name, found.words, found.exact) == ("Healing Place", ("healing", "place"), True)


def test_a_slip_in_the_word_that_begins_a_name_is_forgiven():
    assert matched("rosecranse", {}, "Rosecrance Example Health") == "Rosecrance Example Health"
    assert matched("rosewater", {}, "Rosecrance Example Health") is None


def test_a_slip_of_an_everyday_word_is_no_name():
    """A misspelt town or kind of care is that, whatever names begin with it."""
    assert matched("denvr", {}, "Denver Example Group") is None
    assert matched("recvoery", {"recvoery": "Recover"}) is None


def test_an_article_alone_is_no_name():
    assert matched("the", {"the": "The"}) == "The"
    assert matched("the place", {}) is None
