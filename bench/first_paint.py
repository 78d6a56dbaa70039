"""What a page costs on a bad line: requests, bytes, first paint and layout shift in Chromium at 400 kbit/s and 400 ms.

    python -m bench.first_paint http://127.0.0.1:8000 "/search?near=Denver%2C+CO&offers=care.detox"

The connection is warm: a page of the site was open before, its files are forgotten. Medians over several visits.
"""

from __future__ import annotations

import shutil
from statistics import median
from typing import Any, Final

import click
from playwright.sync_api import Browser, Response, sync_playwright

BITS_PER_SECOND: Final = 400_000
LATENCY_MS: Final = 400
VISITS: Final = 5
FLAGS: Final = ("--headless", "--no-sandbox", "--disable-gpu")
MEASURED: Final = """() => new Promise(done => setTimeout(() => {
  let shift = 0, largest = NaN;
  new PerformanceObserver(list => { for (const one of list.getEntries()) shift += one.value; })
    .observe({type: "layout-shift", buffered: true});
  new PerformanceObserver(list => { largest = list.getEntries().at(-1).startTime; })
    .observe({type: "largest-contentful-paint", buffered: true});
  setTimeout(() => done({
    paint: performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? NaN,
    loaded: performance.getEntriesByType("navigation")[0].loadEventEnd, largest, shift}), 100);
}, 500))"""


@click.command()
@click.argument("site")
@click.argument("path")
def main(site: str, path: str) -> None:
    """Print what PATH of SITE costs."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=list(FLAGS))
        visits = [_visit(browser, site, path) for _ in range(VISITS)]
        browser.close()
    for name in visits[0]:
        click.echo(f"{name:18}{median(visit[name] for visit in visits):10.3f}")


def _visit(browser: Browser, site: str, path: str) -> dict[str, float]:
    context = browser.new_context(viewport={"width": 360, "height": 740})
    page = context.new_page()
    page.goto(f"{site}/healthz")
    line = context.new_cdp_session(page)
    line.send("Network.enable")
    line.send("Network.setCacheDisabled", {"cacheDisabled": True})
    bytes_per_second = BITS_PER_SECOND / 8
    throughput = {"downloadThroughput": bytes_per_second, "uploadThroughput": bytes_per_second}
    line.send("Network.emulateNetworkConditions", {"offline": False, "latency": LATENCY_MS, **throughput})
    answered: list[Response] = []
    page.on("response", lambda answer: answered.append(answer))
    page.goto(site + path, wait_until="load")
    measured: dict[str, Any] = page.evaluate(MEASURED)
    sizes = [answer.request.sizes() for answer in answered]
    context.close()
    return {
        "requests": len(sizes),
        "KB, compressed": sum(size["responseBodySize"] for size in sizes) / 1000,
        "first paint s": measured["paint"] / 1000,
        "largest paint s": measured["largest"] / 1000,
        "loaded s": measured["loaded"] / 1000,
        "layout shift": measured["shift"],
    }


if __name__ == "__main__":
    main()
