"""Text as folded words, the word lists, and which language a text is in: nothing here knows the vocabulary."""
