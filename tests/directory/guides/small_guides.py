"""A small guide as its file holds it: front matter and the register of sources."""

from __future__ import annotations

SOURCES = """
[leaflet]
title = "A leaflet"
publisher = "Example County"
url = "https://example.org/leaflet"
dated = "2026"
read_on = 2026-11-20
"""
FRONT = """title = "Sleep"
summary = "How to sleep."
order = 1
written_on = 2026-11-21
publisher = "Example County."
conflicts_of_interest = "none."
sources = ["leaflet"]
"""
