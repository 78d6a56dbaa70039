"""The `directory` command as tests call it."""

from __future__ import annotations

from pathlib import Path

from click.testing import CliRunner, Result

from directory.cli import main


class Commands:
    """Runs `directory` with arguments and returns what it printed and its exit code."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self._runner = CliRunner()

    def __call__(self, *arguments: str | Path) -> Result:
        return self._runner.invoke(main, [str(argument) for argument in arguments], prog_name="directory")
