"""From a search to a page: run it, decide whether an address may stand for it, and say what went wrong next to the field."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final
from urllib.parse import urlencode

from flask import Response, current_app, make_response, redirect, render_template, request
from flask.typing import ResponseReturnValue

from directory.answers.cards import edition_words
from directory.answers.extras import radius_choices
from directory.asking.planning import leading_kind
from directory.asking.query import Arguments, TextTooLong, parse_query
from directory.asking.state_names import place_name
from directory.asking.times import asks_for_a_time
from directory.disclosure import Language
from directory.page import Extras, ResultPage
from directory.site.meetings.lists import Finders, shows_meetings
from directory.site.notices import notice_views
from directory.site.notices.danger import views_of_danger
from directory.site.notices.offered import Offered
from directory.site.parts.languages import kept_language, link
from directory.site.searching.discovery import oembed_address
from directory.site.searching.forms import (
    READ_AS,
    Refused,
    SearchForm,
    Suggestion,
    corrected_parts,
    form_of_page,
    language_pairs,
    literal_pairs,
    narrowing_pairs,
    problem_words,
    read_as,
    typed_form,
    where_pairs,
)
from directory.web import current
from directory.web.i18n import current_language, ngettext
from directory.web.i18n import gettext as _
from index.errors import InvalidRequest
from index.geo.places import UnknownPlace
from index.listing import Kind, SourceRef
from index.request import Sort
from index.results import EditionCount

WHOLE: Final = "all"  # names the filter group of which an address shows all options
EDITIONS_NAMED: Final = 1
OFFERED_RADII: Final = 5.0  # miles; nothing smaller is offered, a ZIP's point is not that exact
PRIVATE: Final = "no-store"
offered: Final = Offered()
FINDERS: Final = "directory.site.finders"  # of each application its own


@dataclass(frozen=True, slots=True)
class KindLink:
    """One kind of help in the same search: its words, how many there are, where, and whether it is shown now."""

    label: str
    total: int
    url: str
    current: bool


def find(values: Arguments, *, leaves_here: bool = False) -> ResultPage | Refused:
    """Return the page that answers the values of a form or an address, or why there is none; `leaves_here` as in the query.

    Raises TextTooLong, PageNotFound, EngineUnavailable and StoreUnavailable, which have pages of their own.
    """
    lookup = current.lookup()
    try:
        query = parse_query(values, lookup.vocabulary, strict=False, lang=current_language())
        return lookup.search(replace(query, leaves_here=leaves_here), now=current.now())
    except TextTooLong:
        raise
    except UnknownPlace as error:
        return _unknown_place(values, error)
    except InvalidRequest as error:
        where, message = problem_words(error)
        return Refused(typed_form(values, kept_language()), {where: message})


def _unknown_place(values: Arguments, error: UnknownPlace) -> Refused:
    form = typed_form(values, kept_language())
    if form.near:
        where, message = "near", _("We do not know that place. Try a ZIP code, a town with its state, or a state.")
    else:
        where, message = "q", _("We do not know the place in these words. Try a ZIP code, a town with its state, or a state.")
    near = tuple(Suggestion(place.label, replace(form, near=place.label)) for place in error.suggestions)
    return Refused(form, {where: message}, near)


def answer_form(values: Arguments) -> ResponseReturnValue:
    """Answer a sent form: the address of its understood parts, or the page itself where no address may stand for it."""
    page = find(values)
    if isinstance(page, Refused):
        return show_refused(page)
    if page.query.is_empty:
        message = _("Say what you need, where, or both.")
        return show_refused(Refused(typed_form(values, kept_language()), {"q": message}))
    if page.parts.text or page.parts.is_empty or page.near_me_unanswered or current.lookup().needs_private_answer(page):
        return private(show(page))
    return redirect(link(_address(page)), code=303)


def _address(page: ResultPage) -> str:
    """Return the address of the understood parts, which also names those whose spelling was corrected."""
    corrected = corrected_parts(page)
    return f"{page.url}&{urlencode({READ_AS: ','.join(corrected)})}" if corrected else page.url


def show_too_long(error: TextTooLong) -> ResponseReturnValue:
    """Return the form with status 413; the words are still read for danger, and its notices stand first."""
    lang = current_language()
    body = render_template(
        "error.html",
        title=_("That is more text than we can search"),
        message=_("Search again with a few words: what you need, and where."),
        notice_views=views_of_danger(error.text, lang),
        form=SearchForm(kept=language_pairs(kept_language())),
    )
    return private(body), 413


def private(body: ResponseReturnValue) -> Response:
    """Return an answer that nobody keeps: it is of words that no address may hold."""
    response = make_response(body)
    response.headers["Cache-Control"] = PRIVATE
    return response


def show_refused(refused: Refused) -> ResponseReturnValue:
    """Return the form again, with its message next to the field, and status 400; its words are still read for danger."""
    lang = current_language()
    body = render_template(
        "error.html",
        title=_("Check your search"),
        notice_views=views_of_danger(refused.form.q, lang),
        message=_("We could not search with that. Change the marked box and search again."),
        form=refused.form,
        problems=refused.problems,
        suggestions=refused.suggestions,
    )
    return private(body), 400


def show(page: ResultPage) -> str:
    """Return a page of results as HTML."""
    lookup, now = current.lookup(), current.now()
    whole = request.args.get(WHOLE, "")
    # Words as typed stand in no address, so such a page has no links to changed searches.
    extras = Extras((), (), ()) if page.parts.text else lookup.extras(page, now=now, whole=whole)
    notices = offered.answerable(page.notices, lookup, page.generation, now)
    kept = kept_language()
    return render_template(
        "results.html",
        page=page,
        extras=extras,
        notice_views=notice_views(notices, page.parts, page.lang),
        form=form_of_page(page, extras.chips, kept),
        problems={},
        literal_pairs=literal_pairs(page.query, kept),
        read_as=read_as(request.args.get(READ_AS, "").split(","), page, lookup.vocabulary),
        narrowing_kept=narrowing_pairs(page.parts, kept),
        asks_where=asks_where(page),
        where_kept=where_pairs(page, kept),
        radii=radii(page),
        sorts=sorts(page),
        sort=sort_in_use(page).value,
        count_line=count_line(page),
        editions=edition_words_of(page),
        WHOLE=WHOLE,
        whole=whole,
        switch_address=switch_address(page),
        shows_meetings=shows_meetings(page),
        kind_links=kind_links(page),
        meetings_led=leading_kind(page.parts) == {Kind.MEETING},
        lines_led=leading_kind(page.parts) == {Kind.HELPLINE},
        finders=_finders().where_no_list_is(page, lookup, now),
        oembed_address=oembed_address(page),
    )


def switch_address(page: ResultPage) -> str:
    """Return the address of this search for the language switch: the words only if the address held them already."""
    if page.parts.text and "q" not in request.args:
        return "/"
    return (page.query if "q" in request.args else page.parts).url(page=page.page)


def kind_links(page: ResultPage) -> list[KindLink]:
    """Return the kinds of help that the same search finds, with their counts; none where there is only one."""
    words = {Kind.FACILITY: _("Places"), Kind.MEETING: _("Meetings"), Kind.HELPLINE: _("Lines to call")}
    leads = leading_kind(page.parts)
    found = [kind for kind in words if page.kinds.get(kind) or leads == {kind}]
    if len(found) < 2 or page.parts.text:
        return []
    return [
        KindLink(words[kind], page.kinds.get(kind, 0), replace(page.parts, kinds=(kind,), page=1).url(), leads == {kind})
        for kind in found
    ]


def radii(page: ResultPage) -> tuple[float, ...]:
    """Return the radii in miles to choose from; none where the search has no circle."""
    if page.radius_miles is None:
        return ()
    return tuple(miles for miles in radius_choices(page.radius_miles) if miles >= OFFERED_RADII or miles == page.radius_miles)


def sorts(page: ResultPage) -> list[tuple[str, str]]:
    """Return the orders to choose from with their words; distance only from a place."""
    offered = [(Sort.BEST, _("the best match")), (Sort.NAME, _("A to Z, by name")), (Sort.CHECKED, _("the last checked"))]
    if page.place or page.parts.position:
        offered.insert(1, (Sort.DISTANCE, _("the nearest")))
    if leading_kind(page.parts) == {Kind.MEETING}:
        offered.insert(1, (Sort.START, _("what begins soonest")))
    return [(sort.value, words) for sort, words in offered]


def sort_in_use(page: ResultPage) -> Sort:
    """Return the order of a page: the one asked for, else soonest first where meetings of a time were asked for."""
    timed = leading_kind(page.parts) == {Kind.MEETING} and asks_for_a_time((*page.parts.offers, *page.parts.prefer))
    return page.parts.sort or (Sort.START if timed else Sort.BEST)


def asks_where(page: ResultPage) -> bool:
    """Tell whether the first thing to ask is a place: the list is of the whole country, and longer than a page."""
    parts = page.parts
    somewhere = parts.near or parts.position or parts.has_scope or parts.name
    return not somewhere and page.pages > 1 and leading_kind(parts) != {Kind.HELPLINE}


def count_line(page: ResultPage) -> str:
    """Return how many there are and where: "14 places within 25 miles of Denver, CO"."""
    return f"{_counted(page)} {_where(page)}"


def _counted(page: ResultPage) -> str:
    kinds = leading_kind(page.parts)
    number = page.total
    match next(iter(kinds)) if len(kinds) == 1 else None:
        case Kind.FACILITY:
            words = ngettext("%(num)s place", "%(num)s places", number)
        case Kind.MEETING:
            words = ngettext("%(num)s meeting", "%(num)s meetings", number)
        case Kind.HELPLINE:
            words = ngettext("%(num)s line", "%(num)s lines", number)
        case _:
            words = ngettext("%(num)s result", "%(num)s results", number)
    return words % {"num": f"{number:,}"}


def _where(page: ResultPage) -> str:
    place = place_name(page.place, page.lang) if page.place else ""
    if page.radius_miles is not None:
        miles = f"{page.radius_miles:g}"
        if not place:
            return _("within %(miles)s miles of your position") % {"miles": miles}
        return _("within %(miles)s miles of %(place)s") % {"miles": miles, "place": place}
    return _("in %(place)s") % {"place": place} if place else _("in the whole country")


def edition_words_of(page: ResultPage) -> str:
    """Return the editions behind the rows of a page, most rows first; those of the whole data where there are no rows."""
    named = Counter(edition_words(row.card.program.source, page.lang, article=True) for row in page.rows)
    return _listed([words for words, _count in named.most_common()]) if named else edition_list(page.editions, page.lang)


def edition_list(editions: Iterable[EditionCount], lang: Language) -> str:
    """Return the editions of the data, the largest first: "the federal list, 2024 and other public lists"."""
    largest = sorted(editions, key=lambda edition: -edition.programs)
    return _listed([edition_words(_source(edition), lang, article=True) for edition in largest])


def _listed(words: Sequence[str]) -> str:
    named = [*words[:EDITIONS_NAMED], *([_("other public lists")] if len(words) > EDITIONS_NAMED else [])]
    *most, last = named or [""]
    joining = _("and")
    return f"{', '.join(most)} {joining} {last}" if most else last


def _source(edition: EditionCount) -> SourceRef:
    return SourceRef(name=edition.source, title=edition.title, key="", edition=edition.edition, retrieved_on=edition.retrieved_on)


def _finders() -> Finders:
    found: Finders = current_app.extensions.setdefault(FINDERS, Finders())
    return found
