"""Pages of a real browser, and copies of the application for them to open; whatever happens, both are closed again.

`BROWSER_SLOWER=6 pytest tests/browser` computes six times slower in the browser and lets every answer come late: a test that
reads or clicks before what it asserts is there fails then, on any machine.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

from flask import Flask
from playwright.sync_api import Browser, Page, expect
from werkzeug.serving import WSGIRequestHandler, make_server

SLOWER: Final = float(os.environ.get("BROWSER_SLOWER", "1"))  # times
LATE_MS: Final = 50  # how late an answer comes, for each time slower
PATIENCE_MS: Final = 60_000 * max(1.0, SLOWER / 6)  # how long anything may take on a machine that is busy with other things
UNTHROTTLED: Final = {"offline": False, "downloadThroughput": -1, "uploadThroughput": -1}


@contextmanager
def page_of(chromium: Browser, **options: Any) -> Iterator[Page]:
    """Open an empty page in a context of its own, which takes the options of `Browser.new_context`; English unless they say."""
    context = chromium.new_context(**{"locale": "en-US"} | options)
    context.set_default_timeout(PATIENCE_MS)
    try:
        page = context.new_page()
        if SLOWER > 1:
            slow_down(page)
        yield page
    finally:
        context.close()


def slow_down(page: Page) -> None:
    """Let a page compute slower and every answer to it come late."""
    session = page.context.new_cdp_session(page)
    session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    session.send("Network.enable")
    session.send("Network.emulateNetworkConditions", UNTHROTTLED | {"latency": LATE_MS * SLOWER})


class _Quiet(WSGIRequestHandler):
    def log_request(self, *_args: object) -> None:
        """Say nothing."""


@contextmanager
def running(server: Any) -> Iterator[str]:
    """Serve in the background and give the address."""
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@contextmanager
def served(app: Flask) -> Iterator[str]:
    """Serve an application on a port of its own and give the address."""
    with running(make_server("127.0.0.1", 0, app, threaded=True, request_handler=_Quiet)) as address:
        yield address


def hear_everything_asked(page: Page) -> None:
    """Return when every request that the page has begun is known here: what was not asked by then, was not asked."""
    page.evaluate("fetch('/healthz').then(answer => answer.text())")


expect.set_options(timeout=PATIENCE_MS)
