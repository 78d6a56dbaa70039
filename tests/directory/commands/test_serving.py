"""`directory serve`: web server and publisher live and die together, and the log knows nobody."""

from __future__ import annotations

import http.client
import logging
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from urllib.parse import quote

import pytest
from small_directory import settings_of

from directory.commands import serve
from directory.commands.serve import Supervisor, prepare_starter
from directory.store import Store, open_store
from directory.web.server_log import WithoutPeople
from index.engine.generation import current
from index.engine.keeping import rollback
from index.engine.publishing.locks import PublisherLock

ROOT = Path(__file__).parents[3]
PATIENCE = 60.0  # seconds that a start may take on a busy machine


# Pages, formats, errors: each with words that nobody but the reader may keep.
ASKED = (
    *("/search?q=confidential-words", "/search?near=confidential-place", "/api/v1/search?q=confidential&near=80132"),
    *("/list?ids=confidential", "/list.pdf?ids=confidential", "/listing/confidential", "/confidential", "/state/confidential"),
    *("/api/v1/search?radius=confidential", "/api/v1/search.csv?q=confidential", "/admin/listings?q=confidential"),
    *("/search?page=999&q=confidential", "/feeds/listings.csv?q=confidential", "/hsds/services?search=confidential"),
)


def wait_until(happened: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not happened():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.05)


class Service:
    """A running copy with one worker; its log is read afterwards."""

    def __init__(self, home: Path) -> None:
        self.home, self.port = home, free_port()
        self.log = home.parent / "service.log"
        environment = {**os.environ, "DIRECTORY_HOME": str(home), "PORT": str(self.port), "DIRECTORY_WORKERS": "1"}
        with self.log.open("wb") as log:
            command = [sys.executable, "-m", "directory", "serve"]
            self.process = subprocess.Popen(command, env=environment, cwd=ROOT, stdout=log, stderr=log)

    def get(self, address: str) -> int:
        with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)) as connection:
            connection.request("GET", address)
            return connection.getresponse().status

    def send(self, content: bytes) -> None:
        """Send what is no request, and wait until the server answers or hangs up, before it has read all of it perhaps."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=PATIENCE) as connection, suppress(ConnectionError):
            connection.sendall(content)
            connection.recv(200)

    def is_up(self) -> bool:
        try:
            return self.get("/healthz") == 200
        except OSError:
            return False

    def children(self, parent: int) -> list[int]:
        listed = Path(f"/proc/{parent}/task/{parent}/children").read_text().split()
        return [int(child) for child in listed]

    def stop(self) -> int:
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(PATIENCE)


def free_port() -> int:
    """A port that nobody has, of those that no system gives to who asks for any: the tests beside this one do all the time."""
    for port in range(20_000 + os.getpid() % 10_000, 32_000):
        with suppress(OSError), socket.create_server(("127.0.0.1", port)):
            return port
    raise LookupError("every port is taken")


@contextmanager
def started(home: Path) -> Iterator[Service]:
    """Serve a small directory, and stop it whatever happens."""
    from small_directory import fill, publisher_of

    home.mkdir()
    store = open_store(settings_of(home, database_url=f"sqlite:///{home / 'directory.sqlite3'}"))
    fill(store, home)
    publisher_of(store, home).publish()
    store.close()
    running = Service(home)
    try:
        wait_until(running.is_up)
        yield running
    finally:
        if running.process.poll() is None and running.stop():
            running.process.kill()


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    with started(tmp_path_factory.mktemp("serving") / "home") as running:
        yield running


class TestService:
    def test_it_answers_searches(self, service: Service):
        assert service.get("/api/v1/search?near=80132&offers=care.detox") == 200

    def test_two_thousand_of_any_character_fit_into_an_address(self, service: Service):
        """Each takes up to twelve letters of an address."""
        assert service.get(f"/api/v1/search?q={quote('😀' * 2000)}") == 200

    def test_a_worker_that_dies_is_replaced(self, service: Service):
        (server,) = service.children(service.process.pid)
        (worker,) = service.children(server)
        os.kill(worker, signal.SIGKILL)
        wait_until(lambda: service.children(server) not in ([], [worker]) and service.is_up())

    def test_the_log_holds_no_words_and_no_address(self, service: Service):
        """Whatever was asked, two hundred times and however badly, errors too; nor does any file of the copy."""
        service.get("/search?q=confidential-words")
        service.get("/api/v1/search?near=confidential-place")
        service.send(b"GET /search?q=confidential-line HTTP/9.9\r\n\r\n")
        service.send(b"GET /search?q=" + b"confidential" * 5000 + b" HTTP/1.1\r\n\r\n")
        service.send(b"\x16\x03\x01 confidential\r\n\r\n")
        for number in range(200):
            service.get(ASKED[number % len(ASKED)])
        said = service.log.read_text()
        assert "confidential" not in said
        assert "ip=" not in said
        assert "127.0.0.1 " not in said
        kept = [path for path in service.home.rglob("*") if path.is_file() and b"confidential" in path.read_bytes()]
        assert kept == []

    def test_it_stops_when_asked(self, tmp_path: Path):
        """The web server with it: the port is free again."""
        with started(tmp_path / "home") as service:
            (server,) = service.children(service.process.pid)
            assert service.stop() == 0
            assert not Path(f"/proc/{server}").exists()
            socket.create_server(("127.0.0.1", service.port)).close()


class TestSupervision:
    def run(self, store: Store, home: Path, monkeypatch: pytest.MonkeyPatch, *programs: str) -> tuple[int, int]:
        """Supervise these little programs in turn as if they were the web server; return the exit status and how many ran."""
        left, started = list(programs), []
        real = subprocess.Popen

        def popen(command: object, **options: object) -> subprocess.Popen[bytes]:
            started.append(command)
            return real([sys.executable, "-c", left.pop(0)])

        monkeypatch.setattr(serve.subprocess, "Popen", popen)
        monkeypatch.setattr(serve.signal, "signal", lambda *_: None)
        return Supervisor(settings_of(home), store).run(), len(started)

    @pytest.fixture
    def store(self, tmp_path: Path) -> Store:
        from small_directory import publisher_of

        store = open_store(settings_of(tmp_path))
        store.migrate()
        publisher_of(store, tmp_path).publish()  # or a build beside would be started, too
        return store

    def test_a_server_that_fails_at_once_is_not_tried_again(self, store: Store, tmp_path: Path, monkeypatch):
        """Its exit status is passed on: something is wrong that a restart does not mend."""
        assert self.run(store, tmp_path, monkeypatch, "raise SystemExit(3)") == (3, 1)

    def test_a_server_that_ran_well_is_started_again(self, store: Store, tmp_path: Path, monkeypatch):
        monkeypatch.setattr(serve, "STEADY_SECONDS", -1.0)
        with pytest.raises(IndexError):  # no third program is left to start
            self.run(store, tmp_path, monkeypatch, "raise SystemExit(3)", "raise SystemExit(4)")


class TestPreparing:
    def test_the_starter_listings_are_imported_once(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]):
        """The second start finds nothing new."""
        settings = settings_of(tmp_path)
        store = open_store(settings)
        store.migrate()
        prepare_starter(settings, store)
        first = current(settings.index_root)
        prepare_starter(settings, store)
        assert current(settings.index_root) == first
        assert "0 of their programs are new or changed" in capsys.readouterr().out

    def test_a_pinned_rollback_does_not_keep_the_service_from_starting(self, tmp_path: Path, capsys, monkeypatch):
        from small_directory import feed_file, fill, publisher_of

        settings = settings_of(tmp_path)
        store = open_store(settings)
        fill(store, tmp_path)
        publisher = publisher_of(store, tmp_path)
        publisher.publish()
        publisher.publish(whole=True)
        with PublisherLock(settings.index_root):
            rollback(settings.index_root)
        monkeypatch.setattr(serve, "STARTER_LISTINGS", feed_file(tmp_path / "starter.json"))

        prepare_starter(settings, store)
        assert "A rollback is pinned" in capsys.readouterr().err


class TestLog:
    @pytest.mark.parametrize(
        ("message", "arguments", "left"),
        [
            (
                "Invalid request from ip=203.0.113.7: Invalid HTTP request line: 'GET /search?q=secret'",
                (),
                "a request could not be read",
            ),
            ("Error handling request %s", ("/search?q=secret",), "a request failed ValueError"),
            ("Worker (pid:%s) was sent SIGKILL!", (7,), "Worker (pid:7) was sent SIGKILL!"),
        ],
    )
    def test_messages_about_requests_lose_the_request(self, message: str, arguments: tuple[object, ...], left: str):
        error = (ValueError, ValueError("secret"), None) if arguments == ("/search?q=secret",) else None
        record = logging.LogRecord("gunicorn.error", logging.ERROR, "", 0, message, arguments, error)
        assert WithoutPeople().filter(record)
        assert logging.Formatter().format(record) == left
