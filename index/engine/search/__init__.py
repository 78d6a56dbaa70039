"""The steps of a search, each a small function over the arrays of one segment."""
