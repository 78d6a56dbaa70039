"""How gunicorn runs the service. It keeps no access log: addresses and search words are nobody's business.

Threads, so that one slow phone does not hold a worker; the application is loaded once and shared by fork.
"""

from __future__ import annotations

from typing import Any

from gunicorn.http import message

from directory.server_log import QuietLogger
from directory.settings import Settings

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


def post_fork(_server: Any, worker: Any) -> None:  # Any: gunicorn has no types
    """Forget the connections of the parent process: no database connection may be shared by two processes."""
    application = getattr(worker.app, "callable", None)
    if application is not None:
        application.extensions["directory"].store.engine.dispose(close=False)
