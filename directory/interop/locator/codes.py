"""The federal locator's own codes: service codes with category and label, and the ids that it gives to states.

Codes and labels stand in `directory/sources/federal/locator/service_labels.json`. The wording of categories is the locator's.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

from rapidfuzz.process import extract

from index.errors import InvalidRequest

# As the locator writes them; categories that it does not name in its answers as the code table does.
CATEGORIES: Final[Mapping[str, str]] = {
    "AGE": "Age Groups Accepted",
    "AIL": "American Indian or Alaska Native Languages",
    "AS": "Ancillary Services",
    "ASSES": "Assessment/Pre-treatment",
    "AUT": "Type of Alcohol Use Disorder Treatment",
    "DETOX": "Detoxification",
    "EDU": "Counseling Services and Education",
    "EMS": "Emergency Mental Health Services",
    "EXCL": "Exclusive Services",
    "FOP": "Facility Operation (e.g. Private, Public)",
    "FT": "Facility Type",
    "FVP": "Facility Vaping Policy",
    "GN": "Gender Accepted",
    "HOSP": "Hospitals",
    "LCA": "License/Certification/Accreditation",
    "OL": "Other Languages",
    "OM": "Opioid Medications used in Treatment",
    "OT": "Type of Opioid Treatment",
    "OTHR": "Other Addictions",
    "PAY": "Payment/Insurance/Funding Accepted",
    "PF": "Primary Focus of the Provider",
    "PHR": "Pharmacotherapies",
    "PYAS": "Payment Assistance Available",
    "RSS": "Recovery Support Services",
    "SCR": "Screening & Testing",
    "SET": "Service Settings (e.g., Outpatient, Residential, Inpatient etc.)",
    "SG": "Special Programs/Groups Offered",
    "SL": "Language Services",
    "SMP": "Facility Smoking Policy",
    "TAP": "Treatment Approaches",
    "TC": "Type of Care",
    "TRSRV": "Transitional Services",
}
# Codes of which no source names the category's code.
_UNNAMED_CATEGORIES: Final[Mapping[str, str]] = {
    **dict.fromkeys(("INPE", "RPE", "PC"), "External Opioid Medications Source"),
    **dict.fromkeys(("AUINPE", "AURPE", "AUPC"), "External Source of Medications for Alcohol Use Disorder"),
    **dict.fromkeys(("HAV", "HBV"), "Vaccinations"),
}
# The locator's own numbers: neither alphabetical throughout nor those of the Census.
_STATES: Final = (
    "ME MI MA MT NY NC OH PA RI TN TX NV NJ UT WA WI - MD AL AK AZ AR CA CO CT DE DC FL GA HI ID IL IN IA KS KY LA MN MS MO NE "
    "NH NM ND OK OR SC SD VT VA WV WY"
)
STATES_BY_ID: Final[Mapping[int, str]] = dict(enumerate(_STATES.split(), start=1))
UNUSED_STATE_ID: Final = "-"


@dataclass(frozen=True, slots=True)
class Category:
    """A group of codes: its own code, "" where nobody names one, and its heading."""

    code: str
    name: str


class LocatorCodes:
    """The codes by name, with category and current label."""

    def __init__(self, table: Mapping[str, list[str]]) -> None:
        self._labels = {code: words[1] for code, words in table.items()}
        self._categories = {code: _category(code, words[0]) for code, words in table.items()}

    @staticmethod
    @cache
    def load() -> LocatorCodes:
        """Return the shipped table."""
        content = files("directory.sources.federal.locator").joinpath("service_labels.json").read_bytes()
        return LocatorCodes(json.loads(content)["codes"])

    def label(self, code: str) -> str:
        """Return the words of a code; an unknown code stands for itself."""
        return self._labels.get(code, code)

    def category(self, code: str) -> Category:
        """Return the category of a code; an unknown code is alone in its own."""
        return self._categories.get(code) or Category("", code)

    def by_category(self, field: str, codes: Iterable[str], stated: Iterable[str]) -> dict[Category, list[str]]:
        """Return codes in their categories: those of one are alternatives, all categories must match.

        Raises InvalidRequest naming `field` for a code that neither the table nor the data (`stated`) knows: answering with
        nothing would look like "no such place".
        """
        known = self._labels.keys() | set(stated)
        found: dict[Category, list[str]] = {}
        for code in codes:
            if code not in known:
                near = tuple(one for one, score, _ in extract(code, sorted(known), limit=3) if score > 60)
                raise InvalidRequest(field, f"holds no service code of the federal directory: {code!r}", near)
            found.setdefault(self.category(code), []).append(code)
        return found

    def grouped(self, codes: Iterable[str]) -> dict[Category, list[str]]:
        """Return codes by category, in order of appearance."""
        found: dict[Category, list[str]] = {}
        for code in codes:
            found.setdefault(self.category(code), []).append(code)
        return found


def _category(code: str, category: str) -> Category:
    return (
        Category(category, CATEGORIES.get(category, category)) if category else Category("", _UNNAMED_CATEGORIES.get(code, code))
    )
