"""From a search to its page: the form, the results, what went wrong with which value, and what the page says of itself."""
