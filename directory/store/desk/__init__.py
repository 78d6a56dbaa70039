"""What the helpline desk writes down: about listings, and counts without anybody in them. Nothing of a caller."""
