"""The published shape of the API: what it answers as types, what it takes as parameters, and both as OpenAPI."""
