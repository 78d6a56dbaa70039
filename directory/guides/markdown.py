"""Markdown of a guide as HTML: markdown-it-py with raw HTML and pictures off, and what our guides need besides.

- `[^source-id]` becomes the number of a source, linked to it; `[^ours]` marks our own advice and shows nothing.
- Headings get an id; tables are named by the heading above them and read well on narrow screens.
- Emergency numbers in the text can be called. Links of this site keep the reader's language.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Final

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict
from markupsafe import Markup, escape

from directory.site.notices import with_calls

OURS: Final = "ours"  # a sentence without a source: advice, or words about this site
_CITATION: Final = re.compile(r"\[\^([a-z0-9-]+)\]")


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of the second level, for the table of contents."""

    id: str
    text: str


@dataclass(frozen=True, slots=True)
class Page:
    """A guide's text as HTML, and its contents."""

    html: Markup
    contents: tuple[Heading, ...]


@dataclass(frozen=True, slots=True)
class Words:
    """What rendering needs from outside: the number of each source, the word for "Source", how a link of this site is kept."""

    numbers: Mapping[str, int]
    source: str
    link: Callable[[str], str]


class UnknownCitation(LookupError):
    """The text cites a source that its front matter does not name."""


def render(text: str, words: Words) -> Page:
    """Return a guide's Markdown as a page. Raises UnknownCitation."""
    markdown, environment = _markdown(), {"words": words}
    tokens = markdown.parse(text, environment)
    contents = _name_headings(tokens)
    _name_tables(tokens)
    html = markdown.renderer.render(tokens, markdown.options, environment)
    return Page(Markup(html), contents)  # noqa: S704 - written by the renderer, which escapes; raw HTML is off


def render_line(text: str, words: Words) -> Markup:
    """Return one sentence, without a paragraph around it. Raises UnknownCitation."""
    return Markup(_markdown().renderInline(text, {"words": words}))  # noqa: S704 - as above


def blocks(text: str) -> list[Token]:
    """Return the parsed text, for checks."""
    return _markdown().parse(text, {})


def slug_of(text: str) -> str:
    """Return a heading as an id: lower-case ASCII words joined by hyphens."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return "-".join(re.findall(r"[a-z0-9]+", plain))


@cache
def _markdown() -> MarkdownIt:
    markdown = MarkdownIt("commonmark", {"html": False, "typographer": False}, renderer_cls=GuideRenderer)
    markdown.enable("table").disable(["image", "code", "fence", "html_block", "html_inline", "hr", "lheading"])
    markdown.inline.ruler.before("link", "citation", _citation)
    return markdown


def _citation(state: StateInline, silent: bool) -> bool:
    """Read `[^id]` at the present place of a text."""
    found = _CITATION.match(state.src, state.pos)
    if found is None:
        return False
    if not silent:
        state.push("citation", "", 0).content = found[1]
    state.pos = found.end()
    return True


def plain_text(token: Token) -> str:
    """Return the words of an inline token, without marks and citations."""
    kept = {"text", "softbreak", "hardbreak"}
    return "".join(child.content if child.type == "text" else " " for child in token.children or () if child.type in kept).strip()


def _name_headings(tokens: Sequence[Token]) -> tuple[Heading, ...]:
    """Give every heading an id and return those of the second level."""
    contents = []
    for opening, words in pairwise(tokens):
        if opening.type == "heading_open":
            text = plain_text(words)
            opening.attrSet("id", slug_of(text))
            if opening.tag == "h2":
                contents.append(Heading(slug_of(text), text))
    return tuple(contents)


def _name_tables(tokens: Sequence[Token]) -> None:
    """Name each table by the heading above it, its columns and rows by their first cells."""
    heading, columns, column = "", [""], 0
    for number, token in enumerate(tokens):
        match token.type:
            case "heading_open":
                heading = str(token.attrGet("id"))
            case "table_open":
                token.attrSet("class", "stacking")
                token.attrSet("aria-labelledby", heading)
                columns = []
            case "th_open":
                token.attrSet("scope", "col")
                columns.append(plain_text(tokens[number + 1]))
            case "tr_open":
                column = 0
            case "td_open":
                _name_cell(token, columns[column], first=column == 0)
                column += 1
            case "td_close" if column == 1:
                token.tag = "th"
            case _:
                pass


def _name_cell(cell: Token, heading: str, *, first: bool) -> None:
    if first:
        cell.tag = "th"
        cell.attrSet("scope", "row")
    else:
        cell.attrSet("data-heading", heading)


class GuideRenderer(RendererHTML):
    """Writes the tokens that plain Markdown does not have, and links."""

    def text(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        """Return words with emergency numbers as links, except inside a link."""
        before = [token.type for token in tokens[:idx]]
        if before.count("link_open") > before.count("link_close"):
            return str(escape(tokens[idx].content))
        return str(with_calls(tokens[idx].content))

    def citation(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        """Return the number of a source; nothing for our own advice. Raises UnknownCitation."""
        name, words = tokens[idx].content, _words(env)
        if name == OURS:
            return ""
        if name not in words.numbers:
            raise UnknownCitation(name)
        number = words.numbers[name]
        return f'<sup><a class="cited" href="#source-{number}" aria-label="{escape(words.source)} {number}">{number}</a></sup>'

    def link_open(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        """Return the start of a link: one of this site keeps the language, another says nothing of where it comes from."""
        address = str(tokens[idx].attrGet("href"))
        if address.startswith("/"):
            return f'<a href="{escape(_words(env).link(address))}">'
        return f'<a href="{escape(address)}">' if address.startswith("#") else f'<a href="{escape(address)}" rel="noreferrer">'


def _words(env: EnvType) -> Words:
    words: Words = env["words"]
    return words
