"""How a page of results is written: as JSON, GeoJSON and CSV."""
