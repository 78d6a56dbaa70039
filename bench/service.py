"""The whole service under load: Flask and gunicorn as they are shipped, wrk beside them on the same machine.

`python -m bench service --sizes 250000` measures over the index that an earlier run built. Traffic stays on the loopback
address, is bounded in time, and the server that was started is stopped by its own process id.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final
from urllib.error import URLError
from urllib.parse import urlencode
from urllib.request import urlopen

from bench.requests import Query
from directory.settings import Settings
from directory.store import open_store
from index.request import Circle

ROOT: Final = Path(__file__).parent.parent
PORT: Final = 58_233
SECONDS: Final = 6
DIFFERENT: Final = 30_000  # addresses; more than a run of eight seconds can ask
RADIUS: Final = 25.0
START_SECONDS: Final = 60.0
UNLIMITED: Final = "1000000"  # requests a second from one address: wrk is one address
LUA: Final = """
local paths = {}
for line in io.lines("%s") do paths[#paths + 1] = line end
local turn = 0
request = function() turn = turn %% #paths + 1; return wrk.format("GET", paths[turn]) end
"""


def measure_service(directory: Path, queries: Sequence[Query], workers: int) -> list[dict[str, Any]]:
    """Return what wrk says of each kind of request over the index in `directory`."""
    if shutil.which("wrk") is None:
        raise SystemExit("wrk is not installed")
    home = _home(directory)
    asked = [query for query in queries if query.kind in "ab"]
    parts = [_parts(query) for query in asked]
    texts = [{"q": query.text, "radius": RADIUS} for query in asked]
    mixes = {
        "/healthz": ["/healthz"],
        "JSON, understood parts": _never_twice("/api/v1/search", parts),
        "JSON, raw text": _never_twice("/api/v1/search", texts),
        "HTML, understood parts": _never_twice("/search", parts),
        "HTML, raw text": _never_twice("/search", texts),
        "JSON, asked before": _addresses("/api/v1/search", parts),
        "HTML, asked before": _addresses("/search", parts),
    }
    with _serving(home, workers):
        return [{"path": name, **_wrk(paths, home / "paths.txt", 2 * workers)} for name, paths in mixes.items()]


def _never_twice(path: str, mix: Sequence[dict[str, Any]]) -> list[str]:
    """Return many addresses, no two alike: the service keeps recent answers, and they would be all that is measured.

    The radius differs by some feet each time.
    """
    turns = range(-(-DIFFERENT // len(mix)))
    varied = ({**parts, "radius": f"{parts['radius'] + turn / 1e4:.4f}"} for turn in turns for parts in mix)
    return _addresses(path, varied)


def _addresses(path: str, mix: Iterable[dict[str, Any]]) -> list[str]:
    """Return one address for each search; asked in turn, the service has kept all their answers after the warm-up."""
    return [f"{path}?{urlencode(parts, doseq=True)}" for parts in mix]


def _parts(query: Query) -> dict[str, Any]:
    """Return a query's request as parameters of a shareable address."""
    request = query.request
    parts: dict[str, Any] = {"offers": [concept for one in request.selections for concept in one.any_of]}
    if isinstance(request.area, Circle):
        centre = request.area.centre
        parts |= {"lat": f"{centre.lat:.5f}", "lon": f"{centre.lon:.5f}", "radius": request.area.radius_miles}
    return parts | ({"name": " ".join(request.words)} if request.words else {})


def _home(directory: Path) -> Path:
    """Return a home for the service whose index is the measured one and whose store is empty."""
    home = directory / "home"
    home.mkdir(exist_ok=True)
    index = home / "index"
    if not index.exists():
        index.symlink_to(directory / "ours")
    open_store(Settings.from_environment({"DIRECTORY_HOME": str(home)})).migrate()
    return home


@contextmanager
def _serving(home: Path, workers: int) -> Iterator[None]:
    environment = os.environ | {
        "DIRECTORY_HOME": str(home),
        "DIRECTORY_REQUESTS_PER_SECOND": UNLIMITED,
        "DIRECTORY_WORKERS": str(workers),
        "PORT": str(PORT),
    }
    command = [sys.executable, "-m", "gunicorn", "--config", str(ROOT / "directory" / "gunicorn_settings.py"), "wsgi:app"]
    server = subprocess.Popen(command, cwd=ROOT, env=environment)
    try:
        _wait_until_ready(server)
        yield
    finally:
        server.terminate()
        server.wait(30)


def _wait_until_ready(server: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and server.poll() is None:
        try:
            with urlopen(f"http://127.0.0.1:{PORT}/healthz", timeout=2):
                return
        except URLError:
            time.sleep(0.2)
    raise SystemExit("the service did not start")


def _wrk(paths: Sequence[str], file: Path, connections: int) -> dict[str, Any]:
    """Send the requests in turn for some seconds, after a warm-up of two."""
    file.write_text("\n".join(paths))
    script = file.with_suffix(".lua")
    script.write_text(LUA % file)
    for seconds in (2, SECONDS):
        command = ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--latency", "-s", str(script), f"http://127.0.0.1:{PORT}"]
        said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    return _read(said)


def _read(said: str) -> dict[str, Any]:
    """Return rate, latencies and errors from wrk's report."""

    def found(pattern: str) -> str:
        match = re.search(pattern, said)
        return match[1] if match else "0"

    return {
        "requests_per_second": float(found(r"Requests/sec:\s+([\d.]+)")),
        "p50": found(r"50%\s+(\S+)"),
        "p99": found(r"99%\s+(\S+)"),
        "errors": int(found(r"Non-2xx or 3xx responses: (\d+)")),
    }


def write_service(path: Path, facts: dict[str, Any], rows: list[dict[str, Any]]) -> None:
    """Write the result file."""
    path.write_text(json.dumps(facts | {"service": rows}, indent=1))
