"""The labels of SAMHSA's service codes, for forms of the federal directory that print labels instead of codes.

`service_labels.json` holds for each code its category and the wordings seen in both directories since 2017. Labels are compared
without case, punctuation and trademark signs. A few wordings stand for two codes; the category decides.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Final

from directory.sources.matching import fold_words

_MARKS: Final = str.maketrans("", "", "®™©")
# One wording for two questions: who supplies the medicine for opioids, and who for alcohol ("AU…").
_ALCOHOL: Final = "alcohol"
_ALCOHOL_CODES: Final = "AU"


class ServiceLabels:
    """Finds the code behind a label."""

    def __init__(self, labels_of_code: Mapping[str, list[str]]) -> None:
        self._codes: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for code, (category, *labels) in labels_of_code.items():
            for label in dict.fromkeys(_folded(one) for one in labels):
                self._codes[label].append((code, category))

    @staticmethod
    @cache
    def load() -> ServiceLabels:
        """Return the shipped table."""
        content = files("directory.sources.federal.locator").joinpath("service_labels.json").read_bytes()
        return ServiceLabels(json.loads(content)["codes"])

    def code_of(self, label: str, category: str = "", category_name: str = "") -> str | None:
        """Return the code that a label stands for, None for a wording nobody has seen."""
        found = self._codes.get(_folded(label), [])
        of_category = [code for code, stated in found if stated == category]
        about_alcohol = _ALCOHOL in category_name.casefold()
        of_question = [code for code, _ in found if code.startswith(_ALCOHOL_CODES) == about_alcohol]
        fitting = of_category if len(of_category) == 1 else of_question or [code for code, _ in found]
        return fitting[0] if fitting else None


def _folded(label: str) -> str:
    return fold_words(label.translate(_MARKS))
