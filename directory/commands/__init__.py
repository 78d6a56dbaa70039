"""The commands of `directory`, by what they are for."""
