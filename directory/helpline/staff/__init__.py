"""The staff at the desk: who may enter, logging in, their own keys, and practice calls."""
