"""What a page of results is made of: readings, cards, rows, groups beyond, filters."""
