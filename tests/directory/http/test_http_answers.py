"""What every answer has in common: headers, caching, compression, reading from anywhere, no cookies."""

from __future__ import annotations

import gzip
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from web_fakes import FakeLookup, make_settings

from directory import create_app
from directory.web.http import CONTENT_SECURITY_POLICY
from index.language.understanding import Understanding

ADDRESSES = ["/api/v1/search", "/api/v1/nowhere", "/healthz", "/about", "/nowhere"]


@pytest.mark.parametrize("address", ADDRESSES)
class TestEveryAnswer:
    def test_carries_the_security_headers(self, client: FlaskClient, address: str) -> None:
        """Errors and health checks too."""
        headers = client.get(address).headers
        assert headers["Content-Security-Policy"] == CONTENT_SECURITY_POLICY
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Referrer-Policy"] == "no-referrer"
        assert "Permissions-Policy" in headers

    def test_sets_no_cookie(self, client: FlaskClient, address: str) -> None:
        """There is nothing to remember a reader by."""
        assert "Set-Cookie" not in client.get(address).headers

    def test_says_whether_it_may_be_kept(self, client: FlaskClient, address: str) -> None:
        """No answer is kept without being asked for again."""
        assert client.get(address).headers["Cache-Control"] in {"no-cache", "no-store"}


class TestContentSecurityPolicy:
    def test_allows_no_inline_script(self) -> None:
        """Words that somebody smuggles into a page cannot run."""
        assert "unsafe" not in CONTENT_SECURITY_POLICY
        assert "default-src 'none'" in CONTENT_SECURITY_POLICY

    def test_loads_nothing_from_elsewhere(self) -> None:
        """No third party learns that somebody was here."""
        assert "http" not in CONTENT_SECURITY_POLICY


class TestTransport:
    def test_is_not_demanded_without_tls(self, client: FlaskClient) -> None:
        """A copy on a desk is served over plain HTTP."""
        assert "Strict-Transport-Security" not in client.get("/healthz").headers

    def test_is_demanded_behind_tls(self) -> None:
        """Behind TLS a browser never asks over plain HTTP again."""
        client = client_of(behind_tls=True)
        assert client.get("/healthz").headers["Strict-Transport-Security"].startswith("max-age=")


class TestTrustedProxies:
    def test_forwarded_address_is_ignored_without_a_proxy(self) -> None:
        """Nobody may choose the address they are counted under."""
        client = client_of(requests_per_second=1)
        statuses = [client.get("/api/v1/coverage", headers={"X-Forwarded-For": f"198.51.100.{i}"}).status_code for i in range(3)]
        assert 429 in statuses

    def test_forwarded_address_counts_behind_a_proxy(self) -> None:
        """Behind a declared proxy each reader is counted apart."""
        client = client_of(requests_per_second=1, trusted_proxies=1)
        statuses = [client.get("/api/v1/coverage", headers={"X-Forwarded-For": f"198.51.100.{i}"}).status_code for i in range(3)]
        assert statuses == [200, 200, 200]


class TestReadingFromAnywhere:
    def test_api_may_be_read_by_any_site(self, client: FlaskClient) -> None:
        """Any page may read the API, without credentials."""
        headers = client.get("/api/v1/search").headers
        assert headers["Access-Control-Allow-Origin"] == "*"
        assert "Access-Control-Allow-Credentials" not in headers

    def test_errors_may_be_read_too(self, client: FlaskClient) -> None:
        """A client in a browser sees why it was refused."""
        assert client.get("/api/v1/search?radios=1").headers["Access-Control-Allow-Origin"] == "*"

    def test_preflight_is_answered(self, client: FlaskClient) -> None:
        """A browser that asks first is told what it may do."""
        answer = client.options("/api/v1/search", headers={"Origin": "https://example.org"})
        assert answer.status_code == 200
        assert answer.headers["Access-Control-Allow-Methods"] == "GET, HEAD, POST, OPTIONS"
        assert "GET" in answer.headers["Allow"]
        assert "Content-Type" not in answer.headers

    def test_pages_are_not_for_other_sites_scripts(self, client: FlaskClient) -> None:
        """Pages are for people."""
        assert "Access-Control-Allow-Origin" not in client.get("/about").headers


class TestRevalidation:
    def test_same_answer_is_not_sent_twice(self, client: FlaskClient, lookup: FakeLookup) -> None:
        """A reader who holds the answer gets 304 and no search is run."""
        tag = client.get("/api/v1/search?near=Denver").headers["ETag"]
        again = client.get("/api/v1/search?near=Denver", headers={"If-None-Match": tag})
        assert (again.status_code, again.get_data(), again.headers["ETag"]) == (304, b"", tag)
        assert len(lookup.asked) == 1

    def test_unchanged_answer_varies_like_the_answer(self, client: FlaskClient) -> None:
        """A cache that gets 304 learns the same about what it keeps."""
        answer = client.get("/api/v1/search")
        again = client.get("/api/v1/search", headers={"If-None-Match": answer.headers["ETag"]})
        assert again.headers["Vary"] == answer.headers["Vary"] == "Accept-Encoding"

    def test_new_version_is_sent(self, client: FlaskClient, lookup: FakeLookup) -> None:
        """When a sponsorship starts or a generation is published, the kept answer no longer holds."""
        tag = client.get("/api/v1/search").headers["ETag"]
        lookup.version = "g-0001-8"
        assert client.get("/api/v1/search", headers={"If-None-Match": tag}).status_code == 200

    def test_other_search_has_another_tag(self, client: FlaskClient) -> None:
        """A tag belongs to one address."""
        tags = {client.get(f"/api/v1/search{query}").headers["ETag"] for query in ("", "?near=Denver", "?near=Boulder")}
        assert len(tags) == 3

    def test_error_has_no_tag(self, client: FlaskClient) -> None:
        """What was refused is refused again, and never kept."""
        headers = client.get("/api/v1/search?radius=far").headers
        assert "ETag" not in headers
        assert headers["Cache-Control"] == "no-store"

    @pytest.mark.parametrize("path", ["/api/v1/search", "/api/v1/search.csv", "/api/v1/search.geojson", "/page.html", "/embed"])
    def test_answer_of_the_hour_has_no_tag(self, client: FlaskClient, lookup: FakeLookup, path: str) -> None:
        """ "Tonight" means something else tomorrow morning, and before that; on every channel."""
        lookup.answer = {"understanding": Understanding(text="", language="en", time=("sched.tonight",))}
        headers = client.get(f"{path}?q=tonight").headers
        assert "ETag" not in headers
        assert headers["Cache-Control"] == "no-store"

    def test_pages_vary_by_the_browsers_language(self, client: FlaskClient) -> None:
        """A shared cache keeps English and Spanish apart."""
        assert "Accept-Language" in client.get("/about").headers["Vary"]


class TestCompression:
    def test_large_answer_is_compressed_for_who_takes_it(self, client: FlaskClient) -> None:
        """An old phone on a slow line gets a ninth of the bytes."""
        answer = client.get("/api/v1/vocabulary", headers={"Accept-Encoding": "gzip"})
        assert answer.headers["Content-Encoding"] == "gzip"
        assert gzip.decompress(answer.get_data()) == client.get("/api/v1/vocabulary").get_data()

    def test_length_is_that_of_what_is_sent(self, client: FlaskClient) -> None:
        """The header says the compressed length, to HEAD as well."""
        taken = {"Accept-Encoding": "gzip"}
        answer = client.get("/api/v1/vocabulary", headers=taken)
        assert int(answer.headers["Content-Length"]) == len(answer.get_data())
        assert client.head("/api/v1/vocabulary", headers=taken).headers["Content-Length"] == answer.headers["Content-Length"]

    def test_small_answer_is_not(self, client: FlaskClient) -> None:
        """What fits into a packet gains nothing."""
        assert "Content-Encoding" not in client.get("/healthz", headers={"Accept-Encoding": "gzip"}).headers

    def test_refusal_is_respected(self, client: FlaskClient) -> None:
        """Whoever refuses gzip gets none, and caches are told that answers differ."""
        headers = client.get("/api/v1/vocabulary", headers={"Accept-Encoding": "gzip;q=0"}).headers
        assert "Content-Encoding" not in headers
        assert "Accept-Encoding" in headers["Vary"]


class TestMethods:
    def test_head_has_headers_and_no_body(self, client: FlaskClient) -> None:
        """HEAD says what GET would."""
        answer = client.head("/api/v1/search")
        assert (answer.status_code, answer.get_data()) == (200, b"")
        assert "ETag" in answer.headers

    def test_other_methods_are_refused(self, client: FlaskClient) -> None:
        """What cannot be done by an address says which methods it takes."""
        answer = client.post("/api/v1/coverage")
        assert (answer.status_code, answer.get_json(force=True)["type"]) == (405, "/problems/method-not-allowed")
        assert answer.headers["Allow"] == "GET, HEAD, OPTIONS"


def client_of(**settings: Any) -> FlaskClient:
    """Return a client of an application with these settings."""
    application: Flask = create_app(lookup=FakeLookup(make_settings(**settings)))  # type: ignore[arg-type]  # a stand-in
    return application.test_client()
