"""The public rate limit: so many requests a second for one address, which is never kept, logged or written.

An address becomes a keyed hash under a secret that lives in memory alone and is replaced every day, so that yesterday's
hashes cannot be matched with anything. Counts live for one second. Each worker process counts for itself: with `n` workers an
address may reach `n` times the limit, which is set so far above a person, a desk or a school that this does not matter.
"""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable
from datetime import date
from hashlib import blake2b
from threading import Lock
from typing import Final

from flask import Flask, request
from limits import RateLimitItemPerSecond
from limits.storage import Storage
from limits.strategies import FixedWindowRateLimiter

RETRY_AFTER_SECONDS: Final = 1
UNLIMITED_PATHS: Final = ("/healthz", "/readyz", "/static/")
IPV6_NETWORK_GROUPS: Final = 4  # a household gets a /64, so its many addresses count as one


class TooManyRequests(Exception):
    """One address asked more often than this copy allows."""


class AddressKeys:
    """Turns addresses into keys that mean nothing outside this process and this day."""

    def __init__(self, today: Callable[[], date]) -> None:
        self._today = today
        self._renew(today())

    def _renew(self, day: date) -> None:
        self._day, self._secret = day, secrets.token_bytes(32)

    def key(self, address: str) -> str:
        """Return the key of an address; the same all day, another one tomorrow and after a restart."""
        if (day := self._today()) != self._day:
            self._renew(day)
        return blake2b(_network(address).encode(), key=self._secret, digest_size=16).hexdigest()


def _network(address: str) -> str:
    """Return what is counted together: an IPv4 address, or the first 64 bits of an IPv6 address."""
    if ":" not in address or "." in address:
        return address
    head, gap, _ = address.partition("::")
    groups = head.split(":") if head else []
    if gap:
        groups += ["0"] * (IPV6_NETWORK_GROUPS - len(groups))
    return ":".join(groups[:IPV6_NETWORK_GROUPS])


class OneWindow(Storage):
    """Counts of the running window alone: when it ends they are all forgotten at once.

    The library's own memory store starts a thread for clearing after nearly every request; this one needs none.
    """

    STORAGE_SCHEME = ["onewindow"]  # noqa: RUF012 - the library declares it as an instance attribute

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__()
        self._clock = clock
        self._lock = Lock()
        self._counts: dict[str, int] = {}
        self._ends = 0.0

    @property
    def base_exceptions(self) -> type[Exception]:
        """Return what a failing store raises."""
        return RuntimeError

    def incr(self, key: str, expiry: int, amount: int = 1) -> int:
        """Count `amount` and return the count of the running window, which lasts `expiry` seconds."""
        with self._lock:
            if (moment := self._clock()) >= self._ends:
                self._counts, self._ends = {}, moment + expiry
            counted = self._counts[key] = self._counts.get(key, 0) + amount
            return counted

    def get(self, key: str) -> int:
        """Return the count of the running window."""
        return self._counts.get(key, 0) if self._clock() < self._ends else 0

    def get_expiry(self, key: str) -> float:
        """Return when the window ends, in seconds since 1970."""
        return time.time() + max(0.0, self._ends - self._clock())

    def check(self) -> bool:
        """Tell that memory can be read."""
        return True

    def reset(self) -> int:
        """Forget every count; return how many there were."""
        forgotten, self._counts = len(self._counts), {}
        return forgotten

    def clear(self, key: str) -> None:
        """Forget one count."""
        self._counts.pop(key, None)


def install(app: Flask, requests_per_second: int) -> None:
    """Refuse what goes beyond the limit, before anything else is done for it. Health checks and static files are free."""
    limiter = FixedWindowRateLimiter(OneWindow())
    allowed = RateLimitItemPerSecond(requests_per_second)
    keys = AddressKeys(date.today)

    def refuse_too_many() -> None:
        if request.path.startswith(UNLIMITED_PATHS):
            return
        if not limiter.hit(allowed, keys.key(request.remote_addr or "")):
            raise TooManyRequests

    app.before_request(refuse_too_many)
