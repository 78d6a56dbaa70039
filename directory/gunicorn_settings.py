"""How gunicorn runs the service. It keeps no access log: addresses and search words are nobody's business.

Threads, so that one slow phone does not hold a worker; the application is loaded once and shared by fork.
"""

from __future__ import annotations

import ctypes
import gc
import os
import signal
import sys
from typing import Any, Final

from gunicorn.http import message

from directory.settings import Settings
from directory.web.server_log import QuietLogger

SUPERVISED: Final = "SUPERVISED_BY_DIRECTORY"  # set by `directory serve` for its own child
_SET_PARENT_DEATH_SIGNAL: Final = 1  # PR_SET_PDEATHSIG of linux/prctl.h

_settings = Settings.from_environment()

bind = f"[{_settings.bind}]:{_settings.port}" if ":" in _settings.bind else f"{_settings.bind}:{_settings.port}"
workers = _settings.workers
worker_class = "gthread"
threads = 4
keepalive = 5  # seconds
timeout = 30  # seconds
graceful_timeout = 20  # seconds
preload_app = True
accesslog = None
errorlog = "-"
loglevel = "warning"
control_socket_disable = True  # one copy is looked after by its own `directory serve`
logger_class = QuietLogger
# 2,000 characters of search text take up to 24,000 in an address. gunicorn caps this setting at a constant of its own.
limit_request_line = 32_768
message.MAX_REQUEST_LINE = limit_request_line


def on_starting(_server: Any) -> None:  # Any: gunicorn has no types
    """Stop when the supervisor dies, however it dies: a server without a publisher would grow stale unseen."""
    if sys.platform == "linux" and os.environ.get(SUPERVISED):
        ctypes.CDLL(None).prctl(_SET_PARENT_DEATH_SIGNAL, signal.SIGTERM)


def pre_fork(_server: Any, _worker: Any) -> None:  # Any: gunicorn has no types
    """Keep the collector off what is loaded for good: it stays shared between workers, and searches take a fifth less time."""
    gc.collect()
    gc.freeze()


def post_fork(_server: Any, worker: Any) -> None:  # Any: gunicorn has no types
    """Forget the connections of the parent process: no database connection may be shared by two processes."""
    application = getattr(worker.app, "callable", None)
    if application is not None:
        application.extensions["directory"].store.engine.dispose(close=False)
