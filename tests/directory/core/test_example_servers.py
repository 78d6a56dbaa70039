"""The example files for servers before the program log no address, no query and no path."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

EXAMPLES = Path(__file__).parents[3] / "docs" / "examples"
NGINX = re.sub(r"#.*", "", (EXAMPLES / "nginx.conf").read_text())
CADDY = re.sub(r"#.*", "", (EXAMPLES / "Caddyfile").read_text())
# What a log format may name: nothing of the person, of what they asked or of where they came from.
HARMLESS = {"$time_iso8601", "$request_method", "$status", "$body_bytes_sent", "$request_time"}
# The fields of Caddy's access log that tell of a person (caddyserver.com/docs/logging), all deleted.
OF_A_PERSON = ("request>remote_ip", "request>remote_port", "request>client_ip", "request>uri", "request>headers", "request>tls")


class TestNginx:
    def test_its_log_format_names_nothing_of_a_reader(self):
        [form] = re.findall(r"log_format \w+ '([^']*)'", NGINX)
        assert set(re.findall(r"\$\w+", form)) <= HARMLESS

    def test_every_server_logs_so_or_not_at_all(self):
        """Also the one that only redirects; error lines hold the request and go nowhere."""
        servers = NGINX.count("server {")
        logs = re.findall(r"access_log\s+([^;]+);", NGINX)
        assert (len(logs), NGINX.count("error_log")) == (servers, servers)
        assert all(log == "off" or log.endswith(" people_free") for log in logs)
        assert set(re.findall(r"error_log\s+(\S+)", NGINX)) == {"/dev/null"}

    def test_nothing_is_kept_on_its_disk(self):
        assert "proxy_cache off;" in NGINX
        assert "proxy_max_temp_file_size 0;" in NGINX

    def test_what_a_reader_sent_as_their_address_is_not_passed_on(self):
        """One trusted proxy: the address that it saw, and nothing before it."""
        assert "X-Forwarded-For $remote_addr;" in NGINX


class TestCaddy:
    @pytest.mark.parametrize("field", OF_A_PERSON)
    def test_its_log_has_no_field_of_a_person(self, field):
        assert re.search(rf"{field} delete", CADDY)

    def test_its_errors_go_nowhere(self):
        assert re.search(r"log default \{\s+output discard", CADDY)


@pytest.mark.parametrize("text", [NGINX, CADDY])
def test_they_match_each_other_and_the_program(text):
    """The program listens there by default."""
    assert "127.0.0.1:8000" in text
    assert text.count("{") == text.count("}")
