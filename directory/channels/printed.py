"""A list on paper: a PDF whose every page has the lines for an emergency, the day, and who runs and funds this site."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from datetime import date, datetime
from typing import Final

from fpdf import FPDF, XPos, YPos
from fpdf.enums import MethodReturnValue

from directory.channels.entries import Entry, entry_of, footing
from directory.channels.shortlist import Shortlist
from directory.channels.words import WORDS

MARGIN: Final = 18  # mm
FOOT_HEIGHT: Final = 24  # mm
LINE: Final = 5.2  # mm, of body text
BODY, SMALL, HEADING, TITLE = 11, 9, 13, 18  # points
PADDING: Final = 2.5  # mm between a paying place's border and its text
_TYPEWRITER: Final = str.maketrans({"“": '"', "”": '"', "’": "'", "‘": "'", "–": "-", "—": "-", "…": "..."})


class Paper(FPDF):
    """Letter paper with a head and a foot that say on every page what a cut-off page must not lose."""

    def __init__(self, head: str, foot: str, page_word: str, made: datetime) -> None:
        super().__init__(format="Letter")
        self.head_line, self.foot_line, self.page_word = printable(head), printable(foot), printable(page_word)
        self.frame_from: float | None = None  # where the border of a marked place begins on this page
        self.set_creation_date(made)
        self.set_margins(MARGIN, MARGIN, MARGIN)
        self.set_auto_page_break(auto=True, margin=FOOT_HEIGHT + 4)
        self.set_text_color(0, 0, 0)

    def header(self) -> None:
        """Print the lines for an emergency."""
        self.set_font("helvetica", "B", BODY)
        self.multi_cell(0, LINE, self.head_line, align="L", new_x=XPos.LMARGIN, new_y=YPos.NEXT)
        self.ln(2)
        if self.frame_from is not None:
            self.frame_from = self.get_y()
            self.ln(PADDING)

    def footer(self) -> None:
        """Print the day, the funding line and the number of the page; a border that goes on over the page ends above them."""
        if self.frame_from is not None:
            self.draw_frame(self.h - FOOT_HEIGHT - 2)
        self.set_y(-FOOT_HEIGHT)
        self.set_font("helvetica", "", SMALL)
        self.multi_cell(0, 4, self.foot_line, align="L", new_x=XPos.LMARGIN, new_y=YPos.NEXT)
        self.cell(0, 4, f"{self.page_word} {self.page_no()}")

    def draw_frame(self, bottom: float) -> None:
        """Draw the part of a border that stands on this page."""
        assert self.frame_from is not None
        self.set_line_width(0.7)
        self.set_draw_color(0, 0, 0)
        self.rect(MARGIN, self.frame_from, self.w - 2 * MARGIN, bottom - self.frame_from)

    def write_line(self, text: str, size: int, style: str = "") -> None:
        """Print a line, broken where the paper ends."""
        self.set_font("helvetica", style, size)
        height = LINE if size <= BODY else LINE + 1.5
        self.multi_cell(0, height, printable(text), align="L", new_x=XPos.LMARGIN, new_y=YPos.NEXT)


def list_pdf(chosen: Shortlist, funding: Sequence[str], now: datetime) -> bytes:
    """Return the list as PDF."""
    words, lang = WORDS[chosen.lang], chosen.lang
    paper = Paper(words["emergency"], footing(funding, _day(now), lang), words["page"], now)
    paper.set_title(printable(words["title"]))
    paper.set_lang("es-US" if lang == "es" else "en-US")
    paper.add_page()
    paper.write_line(words["title"], TITLE, "B")
    paper.ln(2)
    for page in chosen.pages:
        _write_entry(paper, entry_of(page))
    if chosen.gone:
        paper.write_line(f"{words['gone']}: {chosen.gone}", BODY)
    return bytes(paper.output())


def _day(now: datetime) -> date:
    return now.date()


def _write_entry(paper: Paper, entry: Entry) -> None:
    """Print a place unbroken where it fits; a paying one inside a black border on each page, its label before its name."""
    if paper.will_page_break(_height(paper, entry)):
        paper.add_page()
    if entry.label:
        _begin_frame(paper)
        paper.write_line(entry.label, HEADING, "B")
    paper.write_line(entry.name, HEADING, "B")
    for line in entry.lines()[1:]:
        paper.write_line(line, BODY, "B" if line in {number for _, number in entry.numbers} else "")
    if entry.label:
        _end_frame(paper)
    paper.ln(4)


def _begin_frame(paper: Paper) -> None:
    paper.frame_from = paper.get_y()
    paper.set_left_margin(MARGIN + PADDING)
    paper.set_right_margin(MARGIN + PADDING)
    paper.set_xy(MARGIN + PADDING, paper.frame_from + PADDING)


def _end_frame(paper: Paper) -> None:
    bottom = paper.get_y() + PADDING
    paper.draw_frame(bottom)
    paper.frame_from = None
    paper.set_left_margin(MARGIN)
    paper.set_right_margin(MARGIN)
    paper.set_xy(MARGIN, bottom)


def _height(paper: Paper, entry: Entry) -> float:
    """Return the height that a place needs."""
    paper.set_font("helvetica", "", BODY)
    text = printable("\n".join((entry.label, *entry.lines())))
    needed = paper.multi_cell(
        paper.w - 2 * (MARGIN + PADDING), LINE, text, align="L", dry_run=True, output=MethodReturnValue.HEIGHT
    )
    assert isinstance(needed, float)
    return needed + 2 * PADDING + 6


def printable(text: str) -> str:
    """Return the text in the letters that every PDF reader has a font for; others lose their accents, or become "?"."""
    return "".join(_letter(sign) for sign in text.translate(_TYPEWRITER))


def _letter(sign: str) -> str:
    if sign == "\n" or " " <= sign <= "~" or "\u00a0" <= sign <= "\u00ff":
        return sign
    plain = unicodedata.normalize("NFKD", sign)[:1]
    return plain if " " <= plain <= "~" else "?"
