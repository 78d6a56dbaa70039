"""The slow exact oracle: Whoosh's public API and plain loops, a file for each question of a search. The engine must agree."""

from index.engine.oracle.engine import OracleEngine

__all__ = ["OracleEngine"]
