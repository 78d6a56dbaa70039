"""Which programs match a request: by area, words, meeting times and every other filter, as marks on a pool of programs."""
