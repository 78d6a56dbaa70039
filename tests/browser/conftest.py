"""A real Chromium on the real application, over hand-made pages; no network beyond this machine."""

from __future__ import annotations

import re
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from importlib.resources import files
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from playwright.sync_api import Browser, Page, sync_playwright

sys.path.insert(0, str(Path(__file__).parent.parent / "directory" / "site"))
sys.path.insert(0, str(Path(__file__).parent))

import browsing
import conformance
import pages
from pages import CALL_CENTER, FakeLookup, Shop

from directory import create_app
from directory.duties import staffing
from directory.page import Choice, Group
from directory.sources.records import PaymentTerms
from index.listing import Phone


def pytest_addoption(parser: pytest.Parser) -> None:
    """Take the file that the page of conformance is written to."""
    parser.addoption(
        "--conformance", metavar="FILE", help="write docs/accessibility-conformance.md from the outcomes of these tests"
    )


def pytest_configure(config: pytest.Config) -> None:
    """Know the mark of success criteria, and write the page where it is asked for."""
    config.addinivalue_line("markers", "wcag(*criteria): success criteria of WCAG 2.2 that the test shows for the widget")
    if config.getoption("--conformance", default=None):
        config.pluginmanager.register(Conformance(Path(config.getoption("--conformance"))))


class Conformance:
    """Gathers outcomes of tests that name success criteria, and writes the page at the end."""

    def __init__(self, path: Path) -> None:
        self._path, self._shown, self._tools = path, {}, ""

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(self, item: pytest.Item, call: pytest.CallInfo) -> Iterator[None]:
        """Keep the outcome of each criterion of a test, for each of its parameters."""
        report = yield
        if report.when == "call":
            for mark in item.iter_markers("wcag"):
                for criterion in mark.args:
                    self._shown.setdefault(criterion, []).append(conformance.Shown(item.originalname, report.passed))
            self._tools = self._tools or tools_of(item)
        return report

    def pytest_sessionfinish(self) -> None:
        """Write the page."""
        self._path.write_text(conformance.page_of(self._shown, self._tools), encoding="utf-8")


def tools_of(item: pytest.Item) -> str:
    """Return what the tests ran with."""
    browser = getattr(item, "funcargs", {}).get("chromium")
    axe = re.search(r"axe v([\d.]+)", files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8"))
    return f"Chromium {browser.version} and axe {axe.group(1)}" if browser and axe else ""


# What Chromium would do beside showing pages: the last three load pages of its own address bar for each window, which costs as
# much as everything that is tested. The flag replaces Playwright's, so its list stands here too.
WITHOUT = (
    *("AvoidUnnecessaryBeforeUnloadCheckSync", "AvoidCorsURLLoaderRestartOnRedirect", "DestroyProfileOnBrowserClose"),
    *("HttpsUpgrades", "HttpsFirstBalancedModeAutoEnable", "LensOverlay", "MediaRouter", "NetworkTimeServiceQuerying"),
    *("OptimizationHints", "PaintHolding", "PreconnectToSearch", "ThirdPartyStoragePartitioning"),
    *("WebUIOmniboxPopup", "WebUIOmniboxFullPopup", "WebUIOmniboxAimPopup"),
)
FLAGS = ["--disable-gpu", "--disable-quic", f"--disable-features={','.join(WITHOUT)}"]
LONG_NAME = "The Quiet Harbor House for Nonprofit Organizations of Llanfairpwllgwyngyllgogerychwyrndrobwll"
Open = Callable[..., AbstractContextManager[Page]]


def every_kind_of_row() -> tuple[pages.Row, ...]:
    """Not an ad; paid, answered by a call center; unconfirmed, with a very long name and no number; five numbers."""
    paid = Shop(payers={"place-43": "Example Health LLC"}, answered_by=(CALL_CENTER,))
    five = tuple(Phone(number=f"+1303555016{n}") for n in range(5))
    return (
        Shop().row(pages.listing(), 1),
        paid.row(pages.listing("Riverbend Clinic", 43, phones=(Phone(number="+13035550142"),)), 2),
        Shop(terms=PaymentTerms.UNKNOWN).row(pages.listing(LONG_NAME, 44, phones=()), 3),
        Shop(places=78).row(pages.listing("Five Numbers Center", 45, phones=five), 4),
    )


def answers() -> FakeLookup:
    """A lookup whose every answer has a notice, every kind of row, a group beyond, and another place of that name."""
    beyond = (Group("national", "Lines you can call from anywhere", 9, pages.rows(1), "/search?kind=helpline"),)
    others = (Choice("Exampletown, TX", "/search?near=Exampletown%2C+TX"),)
    page = pages.result_page(every_kind_of_row(), total=4000, notices=(pages.notice(),), beyond=beyond, place_alternatives=others)
    return FakeLookup(answer=page, follows_language=False)


@pytest.fixture(scope="session")
def address() -> Iterator[str]:
    """The address of a running copy."""
    with browsing.served(create_app(lookup=answers())) as served:
        yield served


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One Chromium for all tests."""
    program = shutil.which("chromium")
    if program is None:
        pytest.fail("Chromium is missing: `make test` installs it as root, else install the package chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(autouse=True, scope="module")
def quick_passwords() -> Iterator[None]:
    """The same argon2id with little work: logging in is not what is tested here."""
    hasher = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(staffing, "_hasher", lambda: hasher)
        staffing._nobodys_hash.cache_clear()
        yield
    staffing._nobodys_hash.cache_clear()


@pytest.fixture
def visit(chromium: Browser, address: str) -> Open:
    """Open a page at a width: `with visit("/", width=320, dark=True, script=False) as page`."""

    @contextmanager
    def opened(path: str, *, width: int = 1280, height: int = 900, dark: bool = False, script: bool = True) -> Iterator[Page]:
        size, scheme = {"width": width, "height": height}, "dark" if dark else "light"
        with browsing.page_of(chromium, viewport=size, color_scheme=scheme, java_script_enabled=script) as page:
            page.goto(address + path)
            yield page

    return opened
