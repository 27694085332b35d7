"""How soon a reader on a slow phone sees a page, and what it weighs: front page, catalogue, a routine, an exercise.

    python -m tools.first_paint         the browser as ``tools.find_browser`` finds it, or STRETCHSITE_BROWSER

A Chromium with an empty cache and a quarter of its speed opens each page five times on a slow line (slow 4G, as
Lighthouse has it), from a fresh site with the starter library, served as it is in life. The middle of the five counts.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from tools.bench import fresh_site
from tools.bench.caller import Caller
from tools.bench.server import gunicorn

PAGES = {
    "front page": "/",
    "catalogue": "/exercises/",
    "routine": f"/routines/{fresh_site.ROUTINE}/",
    "exercise": f"/exercises/{fresh_site.EXERCISE}/",
}
TIMES = 5
#: Milliseconds of a round trip, bytes a second down and up, and how many times slower the processor is.
ROUND_TRIP, DOWN, UP, SLOWER = 150, 1_600_000 // 8, 750_000 // 8, 4
#: A small phone with a fine screen.
PHONE = {"viewport": {"width": 412, "height": 823}, "device_scale_factor": 1.75, "is_mobile": True, "has_touch": True}
#: How long a page may still change after it is loaded, in milliseconds.
SETTLING = 1_000

KILOBYTE = 1024
#: The most of each: milliseconds until the largest part is seen, how far parts jump, milliseconds it does not answer,
#: and kilobytes of its kinds of file as they travel.
MOST = {"LCP": 1200.0, "CLS": 0.01, "TBT": 0.0, "HTML": 12.0, "CSS": 15.0, "JS": 8.0}
#: The catalogue is seen no later than so many times the front page.
CATALOGUE_MOST = 1.2

_KINDS = {"document": "HTML", "stylesheet": "CSS", "script": "JS"}
#: Long tasks count as far as they are longer than somebody notices.
_WATCH = """
window.seen = {LCP: 0, FCP: 0, CLS: 0, TBT: 0};
const watch = (type, see) =>
  new PerformanceObserver((list) => list.getEntries().forEach(see)).observe({type, buffered: true});
watch("largest-contentful-paint", (entry) => { seen.LCP = entry.startTime; });
watch("paint", (entry) => { if (entry.name === "first-contentful-paint") seen.FCP = entry.startTime; });
watch("layout-shift", (entry) => { if (!entry.hadRecentInput) seen.CLS += entry.value; });
watch("longtask", (entry) => { seen.TBT += Math.max(0, entry.duration - 50); });
"""


@dataclass
class Painted:
    """One page: what was seen of it each time, and the kilobytes of its files."""

    name: str
    seen: list[dict[str, float]] = field(default_factory=list)
    weights: dict[str, float] = field(default_factory=dict)

    def middle(self, what: str) -> float:
        """The middle of what was seen, or the weight."""
        if what in self.weights:
            return self.weights[what]
        return statistics.median(each[what] for each in self.seen)

    def missed(self) -> list[str]:
        """Which bounds it does not keep."""
        return [what for what, most in MOST.items() if self.middle(what) > most]


def table(pages: Sequence[Painted]) -> str:
    """All of it as a Markdown table."""
    head = ["page", "FCP ms", "LCP ms", "CLS", "TBT ms", "HTML KB", "CSS KB", "JS KB", "missed"]
    rows = [
        [
            page.name,
            *(f"{page.middle(what):.0f}" for what in ("FCP", "LCP")),
            f"{page.middle('CLS'):.3f}",
            f"{page.middle('TBT'):.0f}",
            *(f"{page.middle(what):.1f}" for what in ("HTML", "CSS", "JS")),
            ", ".join(page.missed()) or "–",
        ]
        for page in pages
    ]
    return "\n".join("| " + " | ".join(cells) + " |" for cells in [head, ["---", *["--:"] * 7, "---"], *rows])


def verdict(pages: Sequence[Painted]) -> tuple[str, bool]:
    """What there is to say of all, and whether every bound is kept."""
    lcp = {page.name: page.middle("LCP") for page in pages}
    times = lcp["catalogue"] / lcp["front page"]
    is_soon = times <= CATALOGUE_MOST
    missed = [page.name for page in pages if page.missed()]
    said = f"Catalogue: {times:.2f} times the front page. At most {CATALOGUE_MOST}: {'kept' if is_soon else 'MISSED'}."
    return f"{said}\nBounds: {'MISSED by ' + ', '.join(missed) if missed else 'kept'}.", is_soon and not missed


def main() -> int:
    """Build a site, look at it, and print the table; the exit status, 1 where a bound is missed."""
    browser = os.environ.get("STRETCHSITE_BROWSER") or _found()
    with tempfile.TemporaryDirectory(prefix="stretchsite-paint-") as name:
        folder = Path(name)
        given = fresh_site.environment(folder, f"sqlite:///{name}/db.sqlite3")
        _say("building a site with the starter library (half a minute)")
        fresh_site.build(folder, given)
        with gunicorn("stretchsite.wsgi", given, folder / "site.log") as (port, _process):
            _say("looking at it (a minute)")
            pages = look(browser, port)
    said, is_kept = verdict(pages)
    print(f"\n### First paint on a slow phone, the middle of {TIMES}\n\n{table(pages)}\n\n{said}")
    return int(not is_kept)


def look(browser: str, port: int) -> list[Painted]:
    """Open each page so many times, in turn."""
    from playwright.sync_api import sync_playwright

    pages = [Painted(name) for name in PAGES]
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=browser)
        for _time in range(TIMES):
            for page, path in zip(pages, PAGES.values(), strict=True):
                seen, files = _open(chromium, port, path)
                page.seen.append(seen)
                page.weights = page.weights or _weights(port, files)
        chromium.close()
    return pages


def _open(chromium: Any, port: int, path: str) -> tuple[dict[str, float], dict[str, str]]:
    """What was seen of a page, and its files by address."""
    # As from a proxy in life: the site's pages are for https only.
    context = chromium.new_context(**PHONE, extra_http_headers={"X-Forwarded-Proto": "https"})
    page = context.new_page()
    files: dict[str, str] = {}
    page.on("response", lambda answer: files.update({_path(answer.url): answer.request.resource_type}))
    page.add_init_script(_WATCH)
    line = context.new_cdp_session(page)
    conditions = {"latency": ROUND_TRIP, "downloadThroughput": DOWN, "uploadThroughput": UP}
    line.send("Network.enable")
    line.send("Network.emulateNetworkConditions", {"offline": False, **conditions})
    line.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    answer = page.goto(f"http://127.0.0.1:{port}{path}", wait_until="load")
    if answer.status != 200:
        raise SystemExit(f"{path} answered {answer.status}")
    page.wait_for_timeout(SETTLING)
    seen: dict[str, float] = page.evaluate("window.seen")
    context.close()
    return seen, files


def _weights(port: int, files: dict[str, str]) -> dict[str, float]:
    """Kilobytes of each kind, as they travel packed."""
    weights = dict.fromkeys(_KINDS.values(), 0.0)
    for path, kind in files.items():
        if kind in _KINDS:
            weights[_KINDS[kind]] += len(Caller(port, path).get().body) / KILOBYTE
    return weights


def _path(address: str) -> str:
    return urlsplit(address).path


def _found() -> str:
    done = subprocess.run(
        [sys.executable, "-m", "tools.find_browser"], cwd=fresh_site.ROOT, stdout=subprocess.PIPE, text=True, check=True
    )
    if not done.stdout.strip():
        raise SystemExit("There is no browser to look with.")
    return done.stdout.strip()


def _say(text: str) -> None:
    """Progress, on the error stream: the output is the table."""
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
