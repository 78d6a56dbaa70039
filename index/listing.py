"""What a listing is: one typed model for facilities, meetings and helplines.

A listing is a place (or a line) that a person can turn to. It holds *programs*: what each source record says is offered there.
The federal directory describes many places twice, once per directory; a union of both would invent services ("detox for
adolescents"), so each record stays a program of its own and a search must be satisfied by one program.

Nothing here knows who pays, who answers a phone or who owns a place: those facts are joined by the service after ranking.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Annotated, NewType

import msgspec

ListingId = NewType("ListingId", str)
ConceptId = NewType("ConceptId", str)

Latitude = Annotated[float, msgspec.Meta(ge=-90, le=90)]
Longitude = Annotated[float, msgspec.Meta(ge=-180, le=180)]
StateCode = Annotated[str, msgspec.Meta(pattern=r"^[A-Z]{2}$")]
ZipCode = Annotated[str, msgspec.Meta(pattern=r"^(\d{5})?$")]
# E.164, or a short code such as 988 or 741741 that has no E.164 form.
PhoneNumber = Annotated[str, msgspec.Meta(pattern=r"^(\+[1-9]\d{6,14}|[2-9]\d{2,5})$")]


class Kind(StrEnum):
    """What sort of help a listing is."""

    FACILITY = "facility"
    MEETING = "meeting"
    HELPLINE = "helpline"


class Precision(StrEnum):
    """How exactly the point of a listing is known; `zip` is off by 1.7 miles in the middle, 5.4 at the 90th percentile."""

    ROOFTOP = "rooftop"
    STREET = "street"
    ZIP = "zip"
    CITY = "city"
    NONE = "none"


class Reach(StrEnum):
    """Where a person must be to use it: near it, in the states it serves, anywhere in the nation, or online."""

    LOCAL = "local"
    STATE = "state"
    NATION = "nation"
    ONLINE = "online"


class Answer(StrEnum):
    """A stated yes, a stated no, or nothing stated. Unknown is never no."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


class Redistribute(StrEnum):
    """What a source lets us hand on: everything, bare facts only, or nothing outside the pages of this service."""

    YES = "yes"
    FACTS_ONLY = "facts-only"
    NO = "no"


class Value(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """Base of the frozen values below: strict when decoded, compact when encoded."""


class Address(Value, frozen=True, kw_only=True):
    """A postal address in the United States; empty strings where the source states nothing.

    `withheld` means that the source asked not to publish the street: the point is then the city's and no street stands here.
    """

    street: str = ""
    street2: str = ""
    city: str = ""
    state: Annotated[str, msgspec.Meta(pattern=r"^([A-Z]{2})?$")] = ""
    zip: ZipCode = ""
    county: str = ""
    withheld: bool = False


class Phone(Value, frozen=True, kw_only=True):
    """A number as the source prints it: E.164 or a short code, with its extension and what the source calls it.

    `label` is one of `main`, `intake`, `text`, `tty`, `crisis`, or the source's own word.
    """

    number: PhoneNumber
    extension: Annotated[str, msgspec.Meta(pattern=r"^\d*$")] = ""
    label: str = "main"


class Session(Value, frozen=True, kw_only=True):
    """One weekly meeting time in the place's own clock: minutes after midnight of `weekday` (Monday is 0).

    `end_minute` may pass 1440 when it ends after midnight; equal to `start_minute` when the source states no end.
    """

    weekday: Annotated[int, msgspec.Meta(ge=0, le=6)]
    start_minute: Annotated[int, msgspec.Meta(ge=0, le=1439)]
    end_minute: Annotated[int, msgspec.Meta(ge=0, le=2880)]


class Credential(Value, frozen=True, kw_only=True):
    """A licence or an accreditation as somebody states it, with the year it was stated."""

    name: str
    issuer: str = ""
    year: int | None = None


class SourceRef(Value, frozen=True, kw_only=True):
    """Where a program's facts come from and how old they are.

    `name` is the source ("samhsa"), also where another feed hands its records on. `edition` is the source's own ("2024");
    `retrieved_on` the day we fetched it; `checked_on` the day the source or our staff verified it, None when nobody said,
    never the day of an import. `publisher` keeps the list; `updated_on` is when it edited this entry last, which verifies
    nothing, and `feedback_url` where it wants to hear of mistakes.
    """

    name: str
    title: str
    key: str
    edition: str = ""
    url: str = ""
    retrieved_on: date | None = None
    checked_on: date | None = None
    redistribute: Redistribute = Redistribute.YES
    publisher: str = ""
    updated_on: date | None = None
    feedback_url: str = ""


class Program(Value, frozen=True, kw_only=True):
    """What one source record states about a listing: its own name, phones, offers.

    `offers` are the concepts stated, `denies` those stated as not offered; whatever is in neither is not stated.
    `source_codes` keeps the record's own codes, in its order, also those that no concept names.
    """

    id: str
    source: SourceRef
    name: str = ""
    phones: tuple[Phone, ...] = ()
    website: str = ""
    offers: tuple[ConceptId, ...] = ()
    denies: tuple[ConceptId, ...] = ()
    source_codes: tuple[str, ...] = ()
    schedule: tuple[Session, ...] = ()


class Listing(Value, frozen=True, kw_only=True):
    """A place, meeting or line, as the public may see it.

    `lat` and `lon` are both None exactly when `precision` is `none`. `states_served` matters for `reach` state; it is a
    service area, never a location. Phones are the union of the programs', in order, without repeats. Where several sources
    state a listing, `stated_by` holds (field, program id) for each fact of the listing itself: whose word it is, and from when.
    """

    id: ListingId
    kind: Kind
    name: str
    programs: tuple[Program, ...]
    organization: str = ""
    address: Address = Address()
    lat: Latitude | None = None
    lon: Longitude | None = None
    precision: Precision = Precision.NONE
    reach: Reach = Reach.LOCAL
    states_served: tuple[StateCode, ...] = ()
    phones: tuple[Phone, ...] = ()
    website: str = ""
    email: str = ""
    conference_url: str = ""
    description: str = ""
    time_zone: str = ""
    open_24h: Answer = Answer.UNKNOWN
    hours: str = ""
    operator: str = ""
    licences: tuple[Credential, ...] = ()
    accreditations: tuple[Credential, ...] = ()
    stated_by: tuple[tuple[str, str], ...] = ()

    def __post_init__(self) -> None:
        """Refuse a listing without programs or with half a point."""
        if not self.programs:
            raise ValueError("a listing needs at least one program")
        if (self.lat is None) != (self.lon is None) or (self.lat is None) != (self.precision is Precision.NONE):
            raise ValueError("lat, lon and precision must be stated together")


_encoder = msgspec.json.Encoder()
_decoder = msgspec.json.Decoder(Listing)


def encode_listing(listing: Listing) -> bytes:
    """Return the listing as compact JSON, the form in which a generation stores it."""
    return _encoder.encode(listing)


def decode_listing(document: bytes | memoryview) -> Listing:
    """Return the listing of a stored JSON document.

    Raises msgspec.ValidationError when the document is not a listing.
    """
    return _decoder.decode(document)
