"""The search core: listings, places, language and engine. It knows no web framework, no database and no money."""
