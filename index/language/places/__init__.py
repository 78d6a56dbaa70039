"""Where: towns, states, ZIP codes, streets and distances told from other words, also misspelt or unknown ones."""
