"""Engines: the protocol that each answers, the embedded default on Whoosh, and the slow exact oracle."""
