"""What any page is made of: rows and options, short words of care, the map, addresses that keep a language, style and script."""
