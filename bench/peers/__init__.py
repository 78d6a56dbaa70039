"""The peers: other engines doing the same work, each in the strongest form that its Python interface allows."""
