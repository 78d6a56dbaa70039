"""Listings: their ids, their places on the map, and how a public one is put together from its records."""
