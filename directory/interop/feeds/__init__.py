"""Feeds of the whole directory, written as they are read."""
