"""The keys of the desk's commands, as each member of staff changed them; kept with their account, never in a browser."""

from __future__ import annotations

from collections.abc import Mapping
from re import compile as pattern
from typing import Any, Final

from flask import Response, request
from flask.typing import ResponseReturnValue

from directory.admin.access import needs
from directory.errors import StoreUnavailable
from directory.helpline.room import helpline
from directory.helpline.staff.access import staff_session
from directory.store.staff import Role
from directory.store.staff.keys import keep_keys, keys_of
from directory.web import current
from index.errors import InvalidRequest

ALL: Final = "*"  # stands for every command where all are switched off
COMMANDS: Final = (
    *("palette", "danger", "script", "compare", "handover", "end", "search", "results", "shortlist", "language", "away"),
    *("up", "down", *(f"keep{number}" for number in range(1, 9))),
)
# A modifier or a function key, so that no single character is a shortcut (WCAG 2.1.4); "" switches the command's key off.
_CHORD: Final = pattern(r"(?:(?:Mod\+)?(?:Alt\+)?(?:Shift\+)?[A-Za-z0-9]{1,14})?")
_NEEDS_NO_MODIFIER: Final = pattern(r"(?:Shift\+)?F(?:[2-9]|1[0-2])|")


@helpline.post("/keys")
@needs(Role.HELPLINE)
def set_keys() -> ResponseReturnValue:
    """Keep what somebody changed. Raises InvalidRequest."""
    given = {command: request.form[f"key-{command}"] for command in COMMANDS if f"key-{command}" in request.form}
    for command, chord in given.items():
        if not is_chord(chord):
            raise InvalidRequest(f"key-{command}", "needs Ctrl, Alt or a function key")
    switched_off = {ALL: ""} if request.form.get("on") == "0" else {}
    with current.lookup().store.writing() as connection:
        keep_keys(connection, staff_session().member.id, given | switched_off)
    return Response(status=204)


def is_chord(text: str) -> bool:
    """Tell whether keys may be a shortcut: with Ctrl (⌘) or Alt, a function key, or none."""
    held = text.startswith(("Mod+", "Alt+"))
    return bool(_CHORD.fullmatch(text)) and (held or bool(_NEEDS_NO_MODIFIER.fullmatch(text)))


def own_keys() -> Mapping[str, Any]:
    """Return the keys of who is at the desk, as the page reads them; the first ones while the database cannot be read."""
    try:
        with current.lookup().store.reading() as connection:
            changed = dict(keys_of(connection, staff_session().member.id))
    except StoreUnavailable:
        return {}
    on = changed.pop(ALL, None) is None
    return {"on": on, "keys": {command: chord for command, chord in changed.items() if command in COMMANDS}}
