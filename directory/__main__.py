"""`python -m directory`: the `directory` command."""

from directory.cli import main

main()
