"""An endpoint that answers as the federal locator does, so that a client written for it works against this service."""
