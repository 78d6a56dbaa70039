"""HSDS as tables (a package of CSV files, or one JSON of tables) put together into nested services.

The tables of 1.x and 3.x differ in names and columns; what is joined here comes out as a 3.x service with its organization and
its `service_at_locations`, so that one reader does the rest. Contacts are not joined: they are people.
"""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import PurePosixPath
from typing import Final

import msgspec

from directory.errors import ImportRefused
from directory.sources.fields.repairs import Mender
from directory.sources.files.json_rows import Row
from directory.sources.files.packed import Package

Tables = dict[str, list[Row]]

# The names of 1.x and of an older draft, and what 3.x calls the same.
_NAMES: Final = {
    "services_at_location": "service_at_location",
    "service_at_locations": "service_at_location",
    "physical_addresses": "addresses",
    "regular_schedules": "schedules",
    "accessibility_for_disabilities": "accessibility",
    "taxonomy": "taxonomy_terms",
}
_FIELDS: Final = {"language": "name", "accessibility": "description", "original_text": "description"}
_DAYS: Final = {
    "monday": "MO",
    "tuesday": "TU",
    "wednesday": "WE",
    "thursday": "TH",
    "friday": "FR",
    "saturday": "SA",
    "sunday": "SU",
}
_OF_SERVICE: Final = ("phones", "schedules", "languages", "service_areas")
_OF_LOCATION: Final = ("addresses", "phones", "schedules", "languages", "accessibility")


def tables_of_package(package: Package, mender: Mender) -> Tables:
    """Return the tables of a ZIP of CSV files, wherever in it they lie. Raises ImportRefused when it has no services."""
    tables: Tables = {}
    for path in package.names():
        name = PurePosixPath(path)
        if name.suffix.casefold() == ".csv" and not name.name.startswith((".", "_")):
            text = "".join(mender.lines(io.BytesIO(package.read(path))))
            tables[_table(name.stem)] = [_row(row) for row in csv.DictReader(io.StringIO(text))]
    if "services" not in tables:
        raise ImportRefused("this package has no table of services")
    return tables


def tables_of_json(top: Mapping[str, msgspec.Raw]) -> Tables:
    """Return the tables of a JSON object whose keys are the names of tables ("services.csv")."""
    rows = {_table(PurePosixPath(name).stem): msgspec.json.decode(raw) for name, raw in top.items() if name.endswith(".csv")}
    return {
        name: [_row(row) for row in found if isinstance(row, dict)] for name, found in rows.items() if isinstance(found, list)
    }


def _table(stem: str) -> str:
    return _NAMES.get(stem.casefold(), stem.casefold())


def _row(row: Mapping[str, object]) -> Row:
    """Return a row by 3.x's names; of an address's blanks and of cells beyond the header nothing is left."""
    cells = {_FIELDS.get(name, name): value for name, value in row.items() if isinstance(name, str)}
    if isinstance(day := cells.get("weekday"), str):
        cells["byday"] = _DAYS.get(day.strip().casefold(), "")
    return {name: value.strip() if isinstance(value, str) else value for name, value in cells.items()}


class _Joined:
    """Tables by the columns that point from one to another."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables
        self._by: dict[tuple[str, str], dict[str, list[Row]]] = {}

    def all(self, table: str, column: str, value: object) -> list[Row]:
        """Return the rows of a table whose column holds the value."""
        if (table, column) not in self._by:
            found: dict[str, list[Row]] = defaultdict(list)
            for row in self._tables.get(table, ()):
                found[str(row.get(column) or "")].append(row)
            self._by[table, column] = found
        return self._by[table, column].get(str(value), []) if value else []

    def one(self, table: str, value: object) -> Row:
        """Return the row with this id, or nothing."""
        return next(iter(self.all(table, "id", value)), {})


def nested_services(tables: Tables) -> Iterator[Row]:
    """Yield each service with its organization, terms, phones, schedules and places, in the order of the table."""
    joined = _Joined(tables)
    for service in tables["services"]:
        key = service.get("id")
        own = {name: joined.all(name, "service_id", key) for name in _OF_SERVICE}
        yield {
            **service,
            **own,
            "phones": _without_people(own["phones"]),
            "organization": joined.one("organizations", service.get("organization_id")),
            "attributes": [{"taxonomy_term": term} for term in _terms(joined, key)],
            "service_at_locations": [_at_location(joined, row) for row in joined.all("service_at_location", "service_id", key)],
        }


def _at_location(joined: _Joined, row: Row) -> Row:
    key = row.get("location_id")
    location = {name: joined.all(name, "location_id", key) for name in _OF_LOCATION}
    # In some packages a location's rows name the service too: those of other services are not this one's.
    service = str(row.get("service_id") or "")
    for name in ("phones", "schedules", "languages"):
        location[name] = [one for one in location[name] if str(one.get("service_id") or service) == service]
    location["phones"] = _without_people(location["phones"])
    own = {name: joined.all(name, "service_at_location_id", row.get("id")) for name in ("phones", "schedules")}
    return {**row, **own, "phones": _without_people(own["phones"]), "location": {**joined.one("locations", key), **location}}


def _without_people(phones: Iterable[Row]) -> list[Row]:
    """Leave out numbers that only belong to a contact person."""
    places = ("service_id", "location_id", "organization_id", "service_at_location_id")
    return [one for one in phones if not one.get("contact_id") or any(one.get(name) for name in places)]


def _terms(joined: _Joined, service_id: object) -> Iterator[Row]:
    for link in joined.all("services_taxonomy", "service_id", service_id):
        code = link.get("taxonomy_id") or link.get("taxonomy_detail")
        yield {"code": code, **joined.one("taxonomy_terms", code)}
    for link in joined.all("attributes", "link_id", service_id):
        yield joined.one("taxonomy_terms", link.get("taxonomy_term_id"))
