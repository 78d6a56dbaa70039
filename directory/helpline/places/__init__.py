"""What the desk knows of places: outcomes of calls, intake facts, openings, own ids; and the weekly counts."""
