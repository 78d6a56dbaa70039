"""Data on its way in: fetched, imported, merged, given points, kept up to date."""
