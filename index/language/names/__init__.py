"""Names of listings and organizations, and when a text is one of them."""
