"""The hand-kept facts of the starter list and the rule that chooses its facilities."""
