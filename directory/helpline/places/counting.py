"""Counting a call when it ends, and the weekly report made of the counts. Both exist only where the operator turned them on."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from datetime import date
from io import StringIO
from typing import Final

from flask import Response, abort, redirect, render_template, request
from flask.typing import ResponseReturnValue

from directory.admin.access import needs
from directory.desk.small_cells import OTHERS, SUM
from directory.desk.weekly import (
    NEEDS,
    NO_COUNTY,
    CountedCall,
    CountRefused,
    WeeklyReport,
    count_call,
    county_of,
    reported_weeks,
    weekly_report,
)
from directory.helpline.desk import frame
from directory.helpline.places.words import PLACE_WORDS
from directory.helpline.room import helpline
from directory.helpline.staff.access import FROM_THE_PAGE
from directory.numerals import whole_number
from directory.site.parts.languages import link
from directory.store.desk.weeks import Dimension, Measure
from directory.store.staff import Role
from directory.web import current
from directory.web.i18n import current_language

BY: Final = {"need": Dimension.NEED, "county": Dimension.COUNTY}


def counts_calls() -> bool:
    """Tell whether the operator of this copy has calls counted."""
    return current.lookup().settings.desk_report


@helpline.get("/count")
@needs(Role.HELPLINE)
def count_form() -> ResponseReturnValue:
    """Show what can be ticked of a call."""
    _only_where_on()
    return _form(counted="counted" in request.args)


@helpline.post("/count")
@needs(Role.HELPLINE)
def count() -> ResponseReturnValue:
    """Add a call to the counts of the week."""
    _only_where_on()
    try:
        count_call(current.lookup().store, _counted_call(), current.now())
    except CountRefused as refused:
        return _form(problem=f"wrong_{refused.field}"), 400
    if FROM_THE_PAGE in request.headers:
        return "", 204
    return redirect(link("/helpline/count?counted=1"), 303)


def _counted_call() -> CountedCall:
    """Return what was ticked. Raises CountRefused."""
    given, where = whole_number(request.form.get("given", "").strip() or "0"), request.form.get("where", "").strip()
    if given is None:
        raise CountRefused("given", "a whole number")
    county = county_of(where, current.lookup().places)
    if where and not county and FROM_THE_PAGE not in request.headers:
        raise CountRefused("where", "no county is known for this")
    answers = {need: request.form.get(f"need_{need}", "") for need in NEEDS}
    met, unmet = (frozenset(need for need, answer in answers.items() if answer == said) for said in ("met", "unmet"))
    return CountedCall(given, met, unmet, county)


def _form(*, problem: str = "", counted: bool = False) -> str:
    words = PLACE_WORDS[current_language()]
    shown = words[problem] if problem else ""
    return render_template(
        "helpline/places/count.html", **frame(), pw=words, needs=NEEDS, problem=shown, counted=counted, given=request.form
    )


@helpline.get("/report")
@needs(Role.EDITOR)
def report() -> ResponseReturnValue:
    """Show the report of a week by one dimension."""
    _only_where_on()
    weeks = reported_weeks(current.lookup().store, current.now())
    shown = _report(weeks)
    return render_template(
        "helpline/places/report.html",
        **frame(),
        pw=PLACE_WORDS[current_language()],
        weeks=weeks,
        report=shown,
        rows=_rows(shown) if shown else (),
        given_total=_number(shown, Dimension.ALL, Measure.GIVEN, SUM) if shown else None,
    )


@helpline.get("/report.csv")
@needs(Role.EDITOR)
def report_csv() -> ResponseReturnValue:
    """Answer with the same as a file."""
    _only_where_on()
    shown = _report(reported_weeks(current.lookup().store, current.now()))
    if shown is None:
        abort(404)
    words, text = PLACE_WORDS[current_language()], StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(("week", "dimension", "key", "label", "measure", "number"))
    for cell in shown.cells:
        writer.writerow((cell.week, cell.dimension.value, cell.key, _label(cell.key, words), cell.measure.value, cell.number))
    name = f"desk-{shown.week}-{shown.dimension.value}.csv"
    attached = {"Content-Disposition": f"attachment; filename={name}"}
    return Response(text.getvalue(), headers=attached, content_type="text/csv; charset=utf-8")


def _only_where_on() -> None:
    if not counts_calls():
        abort(404)


def _report(weeks: tuple[date, ...]) -> WeeklyReport | None:
    """Return the report that the address names; the newest week by need where it names none."""
    asked = request.args.get("week", "")
    week = next((week for week in weeks if week.isoformat() == asked), weeks[0] if weeks and not asked else None)
    if week is None:
        return None if not asked else abort(404)
    return weekly_report(current.lookup().store, week, BY.get(request.args.get("by", ""), Dimension.NEED))


def _rows(report: WeeklyReport) -> tuple[tuple[str, int | None, int | None], ...]:
    """Return label, met and unmet of each key; others and the sum last, None for what is not written."""
    words = PLACE_WORDS[current_language()]
    keys = dict.fromkeys(cell.key for cell in report.cells if cell.dimension is report.dimension)
    ordered = sorted(keys, key=lambda key: (key == SUM, key == OTHERS, _label(key, words)))
    return tuple(
        (
            _label(key, words),
            _number(report, report.dimension, Measure.MET, key),
            _number(report, report.dimension, Measure.UNMET, key),
        )
        for key in ordered
    )


def _number(report: WeeklyReport, dimension: Dimension, measure: Measure, key: str) -> int | None:
    wanted = (dimension, measure, key)
    return next((cell.number for cell in report.cells if (cell.dimension, cell.measure, cell.key) == wanted), None)


def _label(key: str, words: Mapping[str, str]) -> str:
    named = {SUM: "sum", OTHERS: "others", NO_COUNTY: "no_county"}
    return words[named[key]] if key in named else words.get(f"need_{key}", key)
