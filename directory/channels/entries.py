"""One place of a list as plain lines, for e-mail and print: money before the name, who answers before the number."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from directory.channels.words import WORDS
from directory.disclosure import Language, money_line, plain_date
from directory.page import Card, ListingPage, PhoneLine
from directory.site.meetings.lists import is_meeting, weekly_times, zone_of


@dataclass(frozen=True, slots=True)
class Entry:
    """What every plain channel says of a place. `label` stands before the name of a place that pays, or that we own."""

    label: str
    name: str
    facts: tuple[str, ...]
    numbers: tuple[tuple[str, str], ...]
    money: str
    source: str

    @property
    def heading(self) -> str:
        """The name, after its label where somebody pays."""
        return f"{self.label}: {self.name}" if self.label else self.name

    def lines(self) -> tuple[str, ...]:
        """Return the place as lines of text."""
        numbers = (text for statement, number in self.numbers for text in (statement, number))
        return (self.heading, *self.facts, *numbers, self.money, self.source)


def entry_of(page: ListingPage) -> Entry:
    """Return a place as plain channels say it."""
    return entry_of_card(page.card)


def entry_of_card(card: Card) -> Entry:
    """Return a place as plain channels say it, in the language of its card."""
    lang = card.lang
    return Entry(
        label=". ".join(card.disclosure.marks(lang)),
        name=card.listing.name,
        facts=tuple(filter(None, (address_line(card, lang), care_line(card), *times_of(card)))),
        numbers=tuple((line.statement, number_words(line)) for line in card.phones),
        money=money_line(card.disclosure, lang),
        source=source_line(card, lang),
    )


def number_words(line: PhoneLine) -> str:
    """Return a number with what its source calls it where that is more than "main"."""
    return line.shown if line.label in ("", "main") else f"{line.shown} ({line.label})"


def address_line(card: Card, lang: Language) -> str:
    """Return where a place is, as far as it is public."""
    address = card.listing.address
    if address.withheld:
        return f"{', '.join(filter(None, (address.city, address.state)))}. {WORDS[lang]['withheld']}"
    return ", ".join(filter(None, (address.street, address.street2, address.city, f"{address.state} {address.zip}".strip())))


def care_line(card: Card) -> str:
    """Return the kinds of care that the place states."""
    return ", ".join(stated.label for stated in card.care)


def times_of(card: Card) -> tuple[str, ...]:
    """Return the weekly times of a meeting, with the clock they are on, and what the age of its list means."""
    if not is_meeting(card):
        return ()
    return (*times_of_week(card), card.age_note)


def times_of_week(card: Card) -> tuple[str, ...]:
    """Return the weekly times of a meeting, with the clock they are on."""
    return tuple(f"{times} ({zone_of(card)})" for times in weekly_times(card))


def source_line(card: Card, lang: Language) -> str:
    """Return who states it and when it was checked."""
    words = WORDS[lang]
    checked = f"{words['checked']} {plain_date(card.checked_on, lang)}" if card.checked_on else words["unchecked"]
    return f"{card.edition}; {checked}."


def footing(funding: Sequence[str], today: date, lang: Language) -> str:
    """Return the line at the foot of every list: the day, and who runs and funds this site."""
    return f"{plain_date(today, lang)}. {' '.join(funding)} {WORDS[lang]['call_first']}"
