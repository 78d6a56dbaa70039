"""What comes in from feeds: one import in one transaction, which listing a record belongs to, and which copy was read last."""
