"""What other programs read: the federal locator's answers, meeting feeds, whole-directory feeds, and Human Services Data."""

from __future__ import annotations

from directory.interop.blueprint import interop
from directory.interop.feeds import views as feeds
from directory.interop.hsds import views as hsds
from directory.interop.locator import views as locator

__all__ = ["feeds", "hsds", "interop", "locator"]
