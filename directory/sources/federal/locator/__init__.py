"""The federal locator: its CSV export, its JSON answers, and fetching them page by page."""
