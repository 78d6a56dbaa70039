"""Text as words that can be compared: one folding for what people type and for what the vocabulary holds."""

from __future__ import annotations

import re
import unicodedata
from typing import Final, NamedTuple

from index.word_memory import remembers

READ_LIMIT: Final = 2_000  # characters the reading pass looks at; the crisis pass looks at all of them

_TOKEN: Final = re.compile(
    r"""
    (?:[^\W\d_]\.){2,}(?:[^\W\d_](?![^\W_]))?      # dotted initials: A.A., o.d.
    | \d+\.\d+[^\W_]*                               # levels of care: 3.7, 3.7wm
    | [^\W_]+(?:'[^\W_]+)*                          # words, with apostrophes inside
    | &
    """,
    re.VERBOSE,
)
_QUOTES: Final = str.maketrans(dict.fromkeys("\u2018\u2019\u201a\u201b\u02bc\u00b4`\uff07", "'"))
_SPLIT_ENDINGS: Final = ("'ll", "'d", "'re")  # "i'd" must not become "id" (Idaho), nor "she'll" a shell
_WHOLE: Final = frozenset({"od'd", "o.d.'d"})  # overdosed
_BREAKS: Final = frozenset(".!?;\n()|")


class Token(NamedTuple):
    """One word of the text.

    `word` is folded (lower case, no accents, no apostrophes), `raw` as typed; `start` and `end` are offsets in the cleaned
    text; `gap` is the punctuation between this word and the next.
    """

    word: str
    raw: str
    start: int
    end: int
    gap: str

    @property
    def breaks(self) -> bool:
        """Return whether a sentence or bracket ends after this word."""
        return any(mark in _BREAKS for mark in self.gap)

    @property
    def upper(self) -> bool:
        """Return whether it was typed in capitals."""
        return self.raw.isupper()


def clean(text: str) -> str:
    """Return the text in NFKC with straight quotes, without control, bidi and zero-width characters.

    Line breaks and tabs become spaces that still end a sentence (a line break stays one).
    """
    if text.isascii() and text.isprintable():
        return text.replace("`", "'")
    normal = unicodedata.normalize("NFKC", text).translate(_QUOTES)
    if normal.isprintable():
        return normal
    return "".join(_visible(character) for character in normal)


def _visible(character: str) -> str:
    if character == "\n":
        return character
    category = unicodedata.category(character)
    if category in {"Cf", "Cs", "Co", "Cn"}:
        return ""
    return " " if category in {"Cc", "Zl", "Zp", "Zs"} else character


@remembers(8192)
def fold(word: str) -> str:
    """Return one word in lower case without accents or apostrophes.

    >>> fold("Mañana"), fold("don't"), fold("A.A.")
    ('manana', 'dont', 'aa')
    """
    folded = word.casefold()
    if not folded.isascii():
        decomposed = unicodedata.normalize("NFKD", folded)
        folded = "".join(mark for mark in decomposed if not unicodedata.combining(mark))
    folded = folded.replace("'", "")
    if "." in folded and not folded[0].isdigit():
        folded = folded.replace(".", "")
    return "and" if folded == "&" else folded


def tokenise(cleaned: str) -> tuple[Token, ...]:
    """Return the words of a cleaned text in order.

    >>> [token.word for token in tokenise("24/7 detox w/o insurance, A.A. isn't")]
    ['24', '7', 'detox', 'without', 'insurance', 'aa', 'isnt']
    """
    spans = [piece for match in _TOKEN.finditer(cleaned) for piece in _pieces(match)]
    ends = [start for _, start, _ in spans[1:]] + [len(cleaned)]
    tokens = [
        Token(fold(raw), raw, start, end, cleaned[end:following].strip(" \t"))
        for (raw, start, end), following in zip(spans, ends, strict=False)
    ]
    return tuple(_slashed(tokens)) if "/" in cleaned else tuple(tokens)


def _pieces(match: re.Match[str]) -> list[tuple[str, int, int]]:
    raw, start, end = match.group(), match.start(), match.end()
    if "'" in raw and (lowered := raw.lower()) not in _WHOLE:
        for ending in _SPLIT_ENDINGS:
            if lowered.endswith(ending):
                cut = end - len(ending)
                return [(raw[: -len(ending)], start, cut), (raw[1 - len(ending) :], cut + 1, end)]
    return [(raw, start, end)]


def _slashed(tokens: list[Token]) -> list[Token]:
    """Read "w/" as "with" and "w/o" as "without"."""
    read: list[Token] = []
    for token in tokens:
        if read and read[-1].word == "w" and read[-1].gap == "/":
            before = read.pop()
            if token.word == "o":
                read.append(token._replace(word="without", raw="w/o", start=before.start))
                continue
            read.append(before._replace(word="with", gap=""))
        read.append(token)
    return read


@remembers(16384)
def phrase(text: str) -> tuple[str, ...]:
    """Return the folded words of a term.

    >>> phrase("Co-Occurring")
    ('co', 'occurring')
    """
    return tuple(token.word for token in tokenise(clean(text)))
