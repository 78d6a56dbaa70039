"""What the helpline desk does with what it knows of places: record, confirm, take back, tell, count. Nothing about a caller."""
