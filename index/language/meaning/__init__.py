"""Concepts meant, ages said, what a "no" rules out, and whether a concept narrows a search or only orders it."""
