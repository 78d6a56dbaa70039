"""Benchmarks of the search engine against its peers: the same listings, the same requests, equal answers."""
