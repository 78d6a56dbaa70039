"""Importers: each reads one source's form and yields the same typed records."""
