"""`python -m bench`: build every index, measure, and write one JSON file of results for each corpus.

`python -m bench service` measures the web service over one of these indexes, with wrk.
`python -m bench render` writes `docs/performance.md` and its plot from the result files.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Final

RESULTS: Final = Path(__file__).parent / "results"


def main() -> None:
    """Do what the command line says; rendering needs nothing but the result files."""
    options = _options()
    if options.what == "render":
        from bench.render import render_all

        render_all(RESULTS)
        return
    from bench.runs import measure_all, measure_services

    RESULTS.mkdir(exist_ok=True)
    {"measure": measure_all, "service": measure_services}[options.what](options, RESULTS)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("what", nargs="?", default="measure", choices=("measure", "service", "render"))
    parser.add_argument("--sizes", default="20000,250000", help="synthetic corpora, listings each; 0 for none")
    parser.add_argument("--federal", type=Path, help="the federal directory as CSV: measured as one more corpus")
    parser.add_argument("--rounds", type=int, default=5, help="how often every query goes to every system")
    parser.add_argument("--workers", type=int, default=1, help="of gunicorn, for `service`")
    parser.add_argument("--systems", default="", help="only these peers, separated by commas")
    parser.add_argument("--in-turns", action="store_true", help="all queries to one system, then to the next: a server at work")
    parser.add_argument("--label", default="", help="said beside the corpus in the tables, and in the name of the result file")
    parser.add_argument("--keep", action="store_true", help="use the indexes of an earlier run where they are there")
    return parser.parse_args()


if __name__ == "__main__":
    main()
