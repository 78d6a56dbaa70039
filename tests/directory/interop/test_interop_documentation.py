"""docs/interop.md is complete: every address that other programs can read stands in it."""

from __future__ import annotations

from pathlib import Path

from directory.interop import interop

PAGE = (Path(__file__).parents[3] / "docs" / "interop.md").read_text(encoding="utf-8")


def test_every_address_is_documented(client):
    rules = [rule.rule for rule in client.application.url_map.iter_rules() if rule.endpoint.startswith(f"{interop.name}.")]
    addresses = [_plain(rule) for rule in rules if "<path:" not in rule]
    assert len(addresses) > 10
    assert [address for address in addresses if address not in PAGE] == []


def _plain(rule: str) -> str:
    head, found, _ = rule.partition("<")
    return f"{head}{{id}}" if found else rule
