"""What changed in the lists and when: one entry for each import that changed something, on a page and as a feed (RFC 4287)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Final
from xml.etree import ElementTree

from directory.disclosure import Language
from directory.landing.words import PAGE_WORDS
from directory.store.facts import ImportRun, Outcome

if TYPE_CHECKING:
    from directory.store import Store

RUNS_OF_A_LIST: Final = 20  # the newest ones looked at
MOST_CHANGES: Final = 30
ATOM: Final = "http://www.w3.org/2005/Atom"


@dataclass(frozen=True, slots=True)
class ListChange:
    """One import that changed something. `id` never changes; `text` says it in numbers; `lists` are titles of its sources."""

    id: str
    at: datetime
    lists: str
    text: str


def list_changes(store: Store, lang: Language) -> tuple[ListChange, ...]:
    """Return the newest changes first. Where a list came from is the operator's own. Raises StoreUnavailable."""
    titles: dict[str, list[str]] = {}
    for stated in store.feed_sources():
        titles.setdefault(stated.feed, []).append(stated.info.title)
    runs = [run for newest in store.last_import_runs() for run in store.import_runs_of(newest.feed, RUNS_OF_A_LIST)]
    told = (run for run in runs if run.outcome is Outcome.DONE and run.feed in titles and _changed(run))
    newest_first = sorted(told, key=lambda run: run.finished_at, reverse=True)
    return tuple(_change(run, titles[run.feed], lang) for run in newest_first[:MOST_CHANGES])


def changes_feed(changes: Sequence[ListChange], site: str, owner: str, published_at: str, lang: Language) -> bytes:
    """Return the changes as an Atom feed of the site at an address."""
    words, page = PAGE_WORDS[lang], f"{site}/coverage"
    feed = ElementTree.Element("feed", {"xmlns": ATOM, "xml:lang": lang})
    updated = changes[0].at.isoformat() if changes else published_at
    _say(feed, title=words["changes"], id=f"{page}#changes", updated=updated)
    ElementTree.SubElement(feed, "link", {"rel": "self", "href": f"{site}/coverage.atom?lang={lang}"})
    ElementTree.SubElement(feed, "link", {"href": f"{page}?lang={lang}"})
    _say(ElementTree.SubElement(feed, "author"), name=owner or site)
    for change in changes:
        entry = ElementTree.SubElement(feed, "entry")
        _say(entry, title=f"{change.lists}: {change.text}", id=f"{page}#{change.id}", updated=change.at.isoformat())
        ElementTree.SubElement(entry, "link", {"href": f"{page}#{change.id}"})
    body: bytes = ElementTree.tostring(feed, "utf-8", xml_declaration=True)
    return body


def _say(element: ElementTree.Element, **texts: str) -> None:
    for name, text in texts.items():
        ElementTree.SubElement(element, name).text = text


def _changed(run: ImportRun) -> int:
    return run.added + run.changed + run.returned + run.retired


def _change(run: ImportRun, titles: Sequence[str], lang: Language) -> ListChange:
    words = PAGE_WORDS[lang]
    counts = {"added": run.added, "changed": run.changed, "returned": run.returned, "retired": run.retired}
    said = ", ".join(words[name].format(count=f"{count:,}") for name, count in counts.items() if count)
    more = len(titles) - 1
    lists = f"{titles[0]} {words['others'].format(count=more)}" if more else titles[0]
    return ListChange(f"change-{run.finished_at:%Y%m%dT%H%M%S}", run.finished_at, lists, said)
