"""The `directory` command: import, publish, search, look after and serve one copy of the directory."""

from __future__ import annotations

import errno
import sys
from typing import Final

import click

from directory.commands.care import backup, check, restore, status
from directory.commands.data import import_feed, publish, rollback
from directory.commands.demo import demo
from directory.commands.duplicates import duplicates
from directory.commands.export import export
from directory.commands.geocode import geocode
from directory.commands.search import search
from directory.commands.serve import serve
from directory.commands.sources import sources, sync
from directory.commands.sponsors import sponsors
from directory.commands.staff import staff
from directory.errors import DirectoryError
from index.errors import EngineUnavailable, SearchError
from index.geo.places import UnknownPlace

# What a disk or its rights refuse, whatever the command: no fault of the program, so no traceback.
_REFUSED: Final = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EACCES, errno.EPERM, errno.EROFS})
_KEPT: Final = "This step changed nothing: what was stored and served before still is."


class _Plainly(click.Group):
    """Says an expected error in one sentence and exits with 1 instead of showing a traceback."""

    def invoke(self, context: click.Context) -> object:
        try:
            return super().invoke(context)
        except EngineUnavailable as error:
            click.echo(f"Error: {error}. `directory publish` makes one of what was imported.", err=True)
        except (DirectoryError, SearchError) as error:
            click.echo(f"Error: {error}", err=True)
        except UnknownPlace as error:
            near = ", ".join(place.label for place in error.suggestions)
            click.echo(f"Error: {error}.{f' Did you mean {near}?' if near else ''}", err=True)
        except OSError as error:
            if error.errno not in _REFUSED:
                raise
            where = f": {error.filename}" if error.filename else ""
            click.echo(f"Error: {error.strerror}{where}. {_KEPT}", err=True)
        sys.exit(1)


@click.group(cls=_Plainly, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="treatment-directory")
def main() -> None:
    """Search publicly listed treatment options. Settings come from the environment; see the README."""


for command in (
    import_feed,
    publish,
    rollback,
    search,
    status,
    export,
    backup,
    restore,
    check,
    serve,
    sponsors,
    staff,
    sources,
    sync,
    duplicates,
    geocode,
    demo,
):
    main.add_command(command)
