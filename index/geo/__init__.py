"""Where things are: distances on the earth, and an offline gazetteer of the United States."""
