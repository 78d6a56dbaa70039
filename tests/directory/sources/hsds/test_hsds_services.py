"""Human Services Data: nested services and packages of tables."""

from __future__ import annotations

import io
import json
import zipfile
from typing import Any

import msgspec
import pytest

from directory.errors import ImportRefused
from directory.sources.feed_options import FeedOptions
from directory.sources.hsds.hours import hours_of
from directory.sources.hsds.reader import HsdsReader
from directory.sources.hsds.terms import ServiceTerms
from directory.sources.reading import Reject
from directory.sources.records import ListingRecord, PaymentTerms
from index.geo.places import Gazetteer
from index.language.vocabulary import Vocabulary
from index.listing import Answer, Precision, Redistribute


def read(content: bytes, **options: Any) -> HsdsReader:
    vocabulary, gazetteer = Vocabulary.load(), Gazetteer.load()
    stated = FeedOptions(**options) if options else None
    return HsdsReader(content, file_name="example.json", vocabulary=vocabulary, gazetteer=gazetteer, options=stated)


def as_json(value: Any) -> bytes:
    return json.dumps(value).encode()


def location(**changed: Any) -> dict[str, Any]:
    return {
        "id": "l1",
        "location_type": "physical",
        "latitude": 39.09,
        "longitude": -104.87,
        "addresses": [
            {"address_1": "12 Elm Street", "city": "Monument", "state_province": "Colorado", "postal_code": "80132-1234",
             "country": "US", "address_type": "physical", "attention": "Jane Doe"}
        ],
        "languages": [{"name": "Spanish"}],
        "accessibility": [{"description": "Wheelchair accessible"}],
    } | changed  # fmt: skip


def service(**changed: Any) -> dict[str, Any]:
    """Return a nested 3.1 service about detox at one place."""
    return {
        "id": "s1",
        "name": "Withdrawal unit",
        "status": "active",
        "description": "Beds for adults.\\nOpen to all. Write to jane@example.org",
        "email": "jane.doe@example.org",
        "assured_date": "2026-02-01",
        "assurer_email": "jane.doe@example.org",
        "organization": {"id": "o1", "name": "Cedar House", "email": "info@example.org", "website": "http://www.example.org"},
        "phones": [{"number": "719-555-0123", "type": "voice"}, {"number": "719-555-0124", "type": "fax"}],
        "contacts": [{"name": "Jane Doe", "email": "jane.doe@example.org", "phones": [{"number": "719-555-0142"}]}],
        "attributes": [{"taxonomy_term": {"code": "care.detox", "name": "Detox"}}, {"taxonomy_term": {"name": "Night beds"}}],
        "service_at_locations": [{"id": "sl1", "location": location()}],
    } | changed


def only(reader: HsdsReader) -> ListingRecord:
    (found,) = reader
    assert isinstance(found, ListingRecord), found
    return found


TABLES_3 = {
    "organizations.csv": "id,name\no1,Cedar House\n",
    "services.csv": "id,organization_id,name,status\ns1,o1,Withdrawal unit,active\n",
    "service_at_location.csv": "id,service_id,location_id\nsl1,s1,l1\n",
    "locations.csv": "id,latitude,longitude\nl1,39.09,-104.87\n",
    "addresses.csv": "id,location_id,address_1,city,state_province,postal_code,country\n"
    "a1,l1,12 Elm Street,Monument,CO,80132,US\n",
    "phones.csv": "id,service_id,contact_id,number,type\np1,s1,,719-555-0123,voice\np2,,c1,719-555-0142,voice\n",
    "attributes.csv": "id,link_id,taxonomy_term_id\nx1,s1,t1\n",
    "taxonomy_terms.csv": "id,code,name\nt1,care.detox,Detox\n",
    "contacts.csv": "id,name\nc1,Jane Doe\n",
}
TABLES_1 = {
    "data/organizations.csv": "id,name,url\n7,CEDAR RECOVERY HOUSE OF MONUMENT,www.example.org\n",
    "data/services.csv": "id,organization_id,name\n7,7,Withdrawal unit\n",
    "data/services_at_location.csv": "id,service_id,location_id\n1,7,7\n",
    "data/locations.csv": "id,organization_id,name,latitude,longitude\n7,7,Cedar,,\n",
    "data/physical_addresses.csv": "id,location_id,address_1,city,state_province,postal_code,country\n"
    "7,7,12 Elm Street,Monument,CO ,80132,   \n",
    "data/phones.csv": "id,location_id,service_id,number\n1,7,7,719-555-0123\n",
    "data/regular_schedules.csv": "id,service_id,weekday,opens_at,closes_at\n,7,Monday,9:00am,5:00pm\n,7,Tuesday,9:00am,5:00pm\n",
    "data/services_taxonomy.csv": "id,service_id,taxonomy_id\n1,7,RX-8450.1250\n",
    "data/taxonomy.csv": "id,name,parent_id\nRX-8450.1250,Drug Detoxification,RX\n",
}


def package(tables: dict[str, str]) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as file:
        for name, text in tables.items():
            file.writestr(name, text)
    return content.getvalue()


class TestNestedServices:
    def test_a_service_is_a_program_at_its_place(self):
        """The organization names the listing, the service the program; the place has its point."""
        found = only(read(as_json(service())))

        assert (found.name, found.programs[0].name) == ("Cedar House", "Withdrawal unit")
        assert (found.address.state, found.address.zip, found.precision) == ("CO", "80132", Precision.STREET)
        assert found.match_key == "cedar house|12 elm st|80132"

    def test_our_own_terms_come_back(self):
        """A term with a concept's id states it; languages and accessibility state theirs."""
        assert only(read(as_json(service()))).programs[0].offers == ("care.detox", "lang.spanish", "acc.wheelchair")

    def test_unknown_terms_are_reported(self):
        """A term that names no concept is counted by its name."""
        reader = read(as_json(service()))
        only(reader)

        assert reader.unknown_codes == {"Night beds": 1}

    def test_the_assured_date_is_when_it_was_checked(self):
        """The specification defines it so; the last change of a record is no check."""
        assert str(only(read(as_json(service(last_modified="2026-03-01T10:00:00Z")))).programs[0].checked_on) == "2026-02-01"

    def test_persons_are_never_taken_over(self):
        """Contacts, their phones and mailboxes stay out; a desk's mailbox may stay."""
        found = only(read(as_json(service())))
        stored = msgspec.json.encode(found).decode()

        assert [secret for secret in ("Jane", "jane", "0142") if secret in stored] == []
        assert found.email == "info@example.org"
        assert found.description == "Beds for adults. Open to all. Write to"

    def test_a_fax_is_no_phone(self):
        """Only numbers that people can speak or write to."""
        assert [phone.number for phone in only(read(as_json(service()))).programs[0].phones] == ["+17195550123"]

    def test_closed_services_are_dropped_and_counted(self):
        """The reject keeps nothing of an earlier import alive."""
        reader = read(as_json([service(status="defunct")]))
        (found,) = reader

        assert (found.field, found.keys) == ("status", ())
        assert reader.repairs["inactive"] == 1

    def test_two_places_are_two_listings(self):
        """A service at two locations stands at both."""
        other = location(id="l2", addresses=[{"address_1": "9 Oak Street", "city": "Monument", "state_province": "CO"}])
        reader = read(as_json(service(service_at_locations=[{"location": location()}, {"location": other}])))

        assert [found.address.street for found in reader] == ["12 Elm Street", "9 Oak Street"]
        assert reader.rows_read == 2

    def test_what_cannot_be_is_left_out(self):
        """A latitude of 100, letters for a ZIP code, a number nobody can dial: the service stays without them."""
        broken = location(latitude=100, addresses=[{"address_1": "1 Elm Street", "city": "Monument", "postal_code": "ABC 1"}])
        reader = read(as_json(service(phones=[{"number": "ask"}], service_at_locations=[{"location": broken}])))
        found = only(reader)

        assert (found.address.zip, found.programs[0].phones) == ("", ())
        assert {"point_unreadable_left_out", "zip_unreadable_left_out", "phone_unreadable_left_out"} <= set(reader.repairs)

    @pytest.mark.parametrize(
        "wrapped",
        [
            pytest.param([service()], id="list"),
            pytest.param({"contents": [service()], "total_items": 1}, id="page"),
            pytest.param({"name": "Cedar House", "services": [{**service(), "organization": None}]}, id="organization"),
            pytest.param({"location": location(), "service": {**service(), "service_at_locations": []}}, id="at a location"),
        ],
    )
    def test_every_envelope_is_opened(self, wrapped):
        """A list, a page of the interface, an organization with its services, a service at a location."""
        found = only(read(as_json(wrapped)))

        assert found.programs[0].offers[0] == "care.detox"

    def test_who_pays_is_unknown_until_somebody_says(self):
        """The list is somebody else's; whoever adds it may state its terms."""
        said = read(as_json(service()), payment=PaymentTerms.NOT_PAID, redistribute=Redistribute.YES, source="county")

        assert read(as_json(service())).sources[0].payment is PaymentTerms.UNKNOWN
        assert (said.sources[0].name, said.sources[0].payment) == ("hsds:county", PaymentTerms.NOT_PAID)

    @pytest.mark.parametrize("content", [b"<html>", b'"text"', b'{"version": "3.0"}'])
    def test_what_holds_no_services_is_refused(self, content):
        """Neither a page of HTML nor the description of an interface is a feed."""
        with pytest.raises(ImportRefused):
            read(content)


class TestFeedsAboutEverything:
    def test_only_services_about_treatment_are_taken(self):
        """A 211 lists food and taxes too; those rows are rejected with their reason."""
        others = [service(id=f"x{number}", name="Food bank", attributes=[]) for number in range(4)]
        items = list(read(as_json([service(), *others])))

        assert [item.reason for item in items if isinstance(item, Reject)] == ["not about substance use or mental health"] * 4
        assert isinstance(items[0], ListingRecord)

    def test_a_feed_about_treatment_is_taken_whole(self):
        """Where most services are about treatment, the others belong to it."""
        items = list(read(as_json([service(), service(id="s2", name="Front desk", attributes=[])])))

        assert [type(item) for item in items] == [ListingRecord, ListingRecord]

    @pytest.mark.parametrize(
        ("term", "concept"),
        [
            pytest.param("Outpatient Drug Detoxification", "care.detox.outpatient", id="detox outside"),
            pytest.param("Residential Alcohol Use Disorder Treatment Facilities", "care.residential", id="residential"),
            pytest.param("Drug Use Related Recovery Homes/Halfway Houses", "care.sober_living", id="recovery home"),
            pytest.param("Community Mental Health Agencies", "care.cmhc", id="mental health centre"),
            pytest.param("Drug Use Disorder Education/Prevention", None, id="a lesson is no care"),
            pytest.param("Families/Friends of Alcoholics", None, id="whom it is for is no care"),
        ],
    )
    def test_a_terms_name_states_the_one_thing_it_names(self, term, concept):
        """Read by plain words, and nothing is stated that the name does not say."""
        stated = ServiceTerms(Vocabulary.load()).stated({"attributes": [{"taxonomy_term": {"name": term}}]})

        assert stated.concepts == ((concept,) if concept else ())


class TestPackages:
    def test_tables_of_the_third_version(self):
        """Joined by their ids they say what the nested form says; a contact's phone is not joined."""
        found = only(read(package(TABLES_3)))

        assert (found.name, found.address.zip, found.programs[0].offers) == ("Cedar House", "80132", ("care.detox",))
        assert [phone.number for phone in found.programs[0].phones] == ["+17195550123"]

    def test_tables_of_the_first_version(self):
        """Other names, other columns, blanks in the state; a missing point is the ZIP code's."""
        reader = read(package(TABLES_1))
        found = only(reader)

        assert (found.name, found.address.state, found.precision) == ("Cedar Recovery House of Monument", "CO", Precision.ZIP)
        assert (found.hours, found.website) == ("Mon–Tue 09:00–17:00", "https://www.example.org")
        assert found.programs[0].offers == ("care.detox",)

    def test_licensed_codes_are_not_kept(self):
        """The codes of the 211 taxonomy belong to somebody; only what they mean is taken."""
        assert only(read(package(TABLES_1))).programs[0].source_codes == ()

    def test_tables_in_one_json(self):
        """The specification's tabular example is one object of tables."""
        tables = {
            "services.csv": [{"id": "s1", "organization_id": "o1", "name": "Detox unit"}],
            "organizations.csv": [{"id": "o1", "name": "Cedar House"}],
        }

        assert only(read(as_json(tables))).name == "Cedar House"

    def test_a_package_without_services_is_refused(self):
        """Some other ZIP file."""
        with pytest.raises(ImportRefused, match="services"):
            read(package({"readme.csv": "a,b\n"}))


class TestHours:
    def test_neighbouring_days_are_joined(self):
        """One short line, days in order."""
        rules = [
            {"byday": "FR,MO,TU", "opens_at": "09:00", "closes_at": "17:00"},
            {"byday": "SA", "opens_at": "10:00", "closes_at": "12:00"},
        ]

        assert hours_of(rules) == ("Mon–Tue 09:00–17:00; Fri 09:00–17:00; Sat 10:00–12:00", Answer.UNKNOWN)

    def test_every_day_from_midnight_is_day_and_night(self):
        """Only when all seven days say so."""
        rule = {"byday": "MO,TU,WE,TH,FR,SA,SU", "opens_at": "00:00", "closes_at": "23:59", "freq": "WEEKLY"}

        assert hours_of([rule]) == ("Mon–Sun 24 hours", Answer.YES)

    def test_what_is_not_weekly_is_left_out(self):
        """A monthly rule would read as every week."""
        assert hours_of([{"byday": "MO", "opens_at": "09:00", "closes_at": "17:00", "freq": "MONTHLY"}]) == ("", Answer.UNKNOWN)
