"""Every test has a desk with its own store, and passwords that take no time."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from argon2 import PasswordHasher

from directory.duties import staffing

sys.path.insert(0, str(Path(__file__).parent))

from desk_copy import Desk, StaffAtTheDesk, open_desk


@pytest.fixture(autouse=True)
def quick_passwords(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same argon2id with little work, so that the tests are quick."""
    hasher = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    monkeypatch.setattr(staffing, "_hasher", lambda: hasher)
    staffing._nobodys_hash.cache_clear()


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """A desk over ten fictional places and lines."""
    opened = open_desk(tmp_path)
    yield opened
    opened.directory.store.close()


@pytest.fixture
def ana(desk: Desk) -> StaffAtTheDesk:
    """Somebody with the role `helpline`, at the desk."""
    return desk.staff()
