"""Meeting Guide type codes as concepts.

`meeting_type_names.json` holds the codes of the Meeting Guide specification with their English and Spanish names, so that a
sheet which writes "Open, Women" is read like one that writes O and W. The concepts come from the vocabulary's `meeting_types`.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from typing import Final

from directory.sources.matching import fold_words
from directory.sources.meetings.anonymity import public_words
from index.language.vocabulary import Vocabulary
from index.listing import ConceptId

ONLINE: Final = "ONL"
LOCATION_CLOSED: Final = "TC"
_OF_OUR_OWN: Final = {ONLINE: ("fmt.online",)}
# A code states what it names: children who are welcome are not child care.
_NOT_STATED: Final = {("CF", "acc.childcare")}
_IN_BRACKETS: Final = re.compile(r"^\[(.*)\]$")
_BETWEEN_TYPES: Final = re.compile(r"[,;|]")
_OTHER_NAMES: Final = {"virtual": ONLINE, "online": ONLINE, "wheelchair accessible": "X", "young adults": "Y", "newcomers": "BE"}


@cache
def _names() -> dict[str, list[str]]:
    content = files("directory.sources.meetings").joinpath("meeting_type_names.json").read_bytes()
    names: dict[str, list[str]] = json.loads(content)["types"]
    return names


class MeetingTypes:
    """Reads the types of meetings; `unknown` counts codes that nobody names, which are kept all the same."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.unknown: Counter[str] = Counter()
        self._codes = {code.casefold(): code for code in _names()}
        self._codes |= {fold_words(name): code for code, names in _names().items() for name in names} | _OTHER_NAMES
        self._concepts: dict[str, list[ConceptId]] = {
            code: [ConceptId(one) for one in _OF_OUR_OWN.get(code, ())] for code in _names()
        }
        for concept in vocabulary.concepts:
            for code in concept.meeting_types:
                if (code, concept.id) not in _NOT_STATED:
                    self._concepts.setdefault(code, []).append(ConceptId(concept.id))

    def codes(self, value: object) -> tuple[str, ...]:  # Any: a list, or a text such as "[open]" or "Open, Women"
        """Return the codes of a `types` field in its order, without repeats; an unknown one as it is written.

        What names or reaches a person is no type, whatever field it stands in.
        """
        return tuple(dict.fromkeys(self._code(text) for text in _texts(value) if public_words(text) == " ".join(text.split())))

    def named(self, name: str) -> tuple[str, ...]:
        """Return the code that bears this name in English or Spanish, if there is one."""
        known = self._codes.get(fold_words(name)) if len(name) > 1 else None
        return (known,) if known else ()

    def _code(self, text: str) -> str:
        known = self._codes.get(text.casefold()) or self._codes.get(fold_words(text))
        if known is None:
            self.unknown[text] += 1
        return known or text

    def concepts(self, codes: Iterable[str]) -> tuple[ConceptId, ...]:
        """Return what the codes state, in their order."""
        return tuple(dict.fromkeys(concept for code in codes for concept in self._concepts.get(code, ())))


def _texts(value: object) -> list[str]:
    if isinstance(value, str):
        bare = _IN_BRACKETS.sub(r"\1", value.strip())
        return [part.strip(" \"'") for part in _BETWEEN_TYPES.split(bare) if part.strip(" \"'")]
    if isinstance(value, list):
        return [str(part).strip() for part in value if part is not None and str(part).strip()]
    return []
