"""The helpline desk under `/helpline`: one page on which staff find, shortlist, read aloud and hand over during a call.

What a caller says is answered and forgotten; the shortlist lives in the page of the staff member and nowhere else.
"""

from __future__ import annotations

from directory.helpline import views
from directory.helpline.handing import lists
from directory.helpline.places import around, board, counting, panel
from directory.helpline.room import helpline
from directory.helpline.staff import keys, login

__all__ = ["around", "board", "counting", "helpline", "keys", "lists", "login", "panel", "views"]
