"""What people type and what it means: the vocabulary, and the reading of free text."""
