"""What a place answers to what we say of our calls: taken in through its own link or by staff, published by an editor."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from directory.disclosure.sponsor_text import problem_in_sponsor_text
from directory.duties.correcting import public_listing
from directory.errors import Refused
from directory.store import Store
from directory.store.desk import outcomes as records
from directory.store.desk.outcomes import WaitingAnswer
from directory.store.staff import write_audit

MOST_LETTERS: Final = 300
MOST_WAITING: Final = 5  # unpublished answers of one listing: whoever has a link cannot flood the queue


class AnswerRefused(Refused):
    """An answer cannot be taken in, published or set aside."""


def take_answer(store: Store, listing_id: str, statement: str, *, told_by: str, now: datetime) -> None:
    """Take in what a place answers; an editor reads it before anybody else does. Raises Refused."""
    listing, said = public_listing(store, listing_id), " ".join(statement.split())
    if not said or len(said) > MOST_LETTERS:
        raise AnswerRefused("statement", f"write at most {MOST_LETTERS} letters")
    if problem_in_sponsor_text(said):
        raise AnswerRefused("statement", "write what is wrong with what we say: no praise, and no phone number")
    with store.writing() as connection:
        waiting = [one for one in records.standing_answers(connection) if not one.published_at]
        if sum(one.listing_id == listing.id for one in waiting) >= MOST_WAITING:
            raise AnswerRefused("statement", "earlier answers still wait for us: please call us")
        records.write_answer(connection, listing.id, said, told_by, now)


def publish_answer(store: Store, number: int, *, by: str, now: datetime) -> None:
    """Let readers hear an answer beside what it answers. Raises AnswerRefused."""
    with store.writing() as connection:
        if not records.publish_answer(connection, number, by, now):
            raise AnswerRefused("number", "this answer does not wait any more")
        write_audit(connection, now, by, "answer.publish", str(number))


def end_answer(store: Store, number: int, *, by: str, now: datetime) -> None:
    """Set an answer aside. Raises AnswerRefused."""
    with store.writing() as connection:
        if not records.end_answer(connection, number, by, now):
            raise AnswerRefused("number", "this answer was set aside already")
        write_audit(connection, now, by, "answer.end", str(number))


def standing_answers(store: Store) -> tuple[WaitingAnswer, ...]:
    """Return the answers that nobody set aside, oldest first."""
    with store.reading() as connection:
        return records.standing_answers(connection)
