"""What may be one place twice, on the staff pages: merged, parted again, or found to be two places."""

from __future__ import annotations

from typing import Any, Final

from flask import current_app, redirect, render_template, request
from flask.typing import ResponseReturnValue

from directory.admin.access import admin, member, needs
from directory.feeds.merging import MergeRefused, WeakMatch, doubts, keep_apart, merge, merges_of, undo, weak_matches
from directory.store.staff import Role
from directory.web import current

PAIRS_SHOWN: Final = 50
EXTENSION: Final = "directory.admin.pairs"


@admin.record
def _keep_pairs(state: Any) -> None:  # Any: Flask's own BlueprintSetupState
    state.app.extensions[EXTENSION] = {}


def _pairs() -> tuple[WeakMatch, ...]:
    """Return the pairs that look alike, found among all listings once for each generation: it takes seconds."""
    lookup = current.lookup()
    kept: dict[str, tuple[WeakMatch, ...]] = current_app.extensions[EXTENSION]
    generation = lookup.status().info.name
    if generation not in kept:
        found = weak_matches(lookup.store.public_listings())
        kept.clear()
        kept[generation] = found
    return kept[generation]


@admin.get("/duplicates")
@needs(Role.EDITOR)
def duplicates() -> ResponseReturnValue:
    """Show what waits for a decision, the most alike first, and the merges that hold."""
    return _page()


@admin.post("/duplicates/merge")
@needs(Role.EDITOR)
def merge_duplicates() -> ResponseReturnValue:
    """Make one listing of two; the one that goes redirects to the one that stays."""
    given = request.form
    try:
        merge(current.lookup().store, given.get("merged", ""), given.get("kept", ""), by=member().login, now=current.now())
    except MergeRefused as refused:
        return _page(str(refused)), 400
    return redirect("/admin/duplicates", 303)


@admin.post("/duplicates/undo")
@needs(Role.EDITOR)
def undo_merge() -> ResponseReturnValue:
    """Part two listings again."""
    try:
        undo(current.lookup().store, request.form.get("merged", ""), by=member().login, now=current.now())
    except MergeRefused as refused:
        return _page(str(refused)), 400
    return redirect("/admin/duplicates", 303)


@admin.post("/duplicates/apart")
@needs(Role.EDITOR)
def keep_duplicates_apart() -> ResponseReturnValue:
    """Remember that two listings are two places."""
    given = request.form
    try:
        keep_apart(current.lookup().store, given.get("one", ""), given.get("other", ""), by=member().login, now=current.now())
    except MergeRefused as refused:
        return _page(str(refused)), 400
    return redirect("/admin/duplicates", 303)


def _page(problem: str = "") -> str:
    store = current.lookup().store
    found, merged = doubts(store, _pairs()), merges_of(store)
    wanted = {one for question in found.questions for one in (question.listing_id, *question.candidates)}
    wanted |= {one.kept_id for one in merged}
    return render_template(
        "admin/duplicates.html",
        questions=found.questions,
        weak=found.weak[:PAIRS_SHOWN],
        more=max(0, len(found.weak) - PAIRS_SHOWN),
        merges=merged,
        listings=store.public_listings_by_id(wanted),
        problem=problem,
    )
