"""How gunicorn runs the service. It keeps no access log: addresses and search words are nobody's business.

Threads, so that one slow phone does not hold a worker; the application is loaded once and shared by fork.
"""

from __future__ import annotations

import os

bind = f"{os.environ.get('DIRECTORY_BIND', '127.0.0.1')}:{os.environ.get('PORT', '8000')}"
workers = int(os.environ.get("DIRECTORY_WORKERS", "2"))
worker_class = "gthread"
threads = 4
keepalive = 5  # seconds
timeout = 30  # seconds
graceful_timeout = 20  # seconds
preload_app = True
accesslog = None
errorlog = "-"
loglevel = "warning"
limit_request_line = 8190
forwarded_allow_ips = "127.0.0.1"
