"""What somebody asked: read from an address, planned as a request for the engine, and said back in words."""
