"""What is written on a map: numbers of places and names of towns, none over another."""
