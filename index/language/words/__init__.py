"""The words of a text: phrases of the vocabulary, words that carry no meaning, and misspellings mended."""
