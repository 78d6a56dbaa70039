"""The Treatment Directory service: store, sources, disclosure, pages, API and command line around the search core."""
