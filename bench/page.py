"""What the page weighs, how soon one can play on it, and how soon a move is in ink.

Chromium opens the page with an empty cache: from this machine as it is, and as a phone on a slow
network would (150 ms, 1.6 Mbit/s, a CPU four times as slow), which is what Lighthouse supposes.
Live is when the socket is acknowledged, so that a move may be made. A move is from the press to the
ink, which the server's answer brings.
"""

import shutil
from collections import defaultdict
from collections.abc import Iterator, Mapping

from playwright.sync_api import Browser, sync_playwright
from playwright.sync_api import Page as Tab

from bench.cluster import running_cluster
from bench.options import Options
from bench.servers import serving
from bench.table import Table, number, spread
from xogql.api.bundles import WEB

GUESTS = {"XOGQL_GUESTS_PER_ADDRESS": "1000000/0.000001"}
MEGABIT = 1_000_000 / 8
SLOW = {
    "offline": False,
    "latency": 150,
    "downloadThroughput": 1.6 * MEGABIT,
    "uploadThroughput": 0.75 * MEGABIT,
}
COLUMNS = ("", "this machine", "slow phone")

_WATCH = """() => {
  window.shifts = 0; window.blocked = 0;
  const watch = (type, note) => {
    const observer = new PerformanceObserver((list) => list.getEntries().forEach(note));
    observer.observe({ type, buffered: true });
  };
  watch("layout-shift", (each) => { if (!each.hadRecentInput) window.shifts += each.value; });
  watch("longtask", (each) => { window.blocked += Math.max(0, each.duration - 50); });
  watch("largest-contentful-paint", (each) => { window.largest = each.startTime; });
}"""

_FIGURES = """() => ({
  "first paint, ms": performance.getEntriesByName("first-contentful-paint")[0].startTime,
  "largest paint, ms": window.largest,
  "blocked, ms": window.blocked,
  "layout shift": window.shifts,
})"""


def measure(options: Options) -> Iterator[Table]:
    """Weigh the files, then load and play in rounds."""
    yield _weights()
    took: Mapping[str, dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
    rounds = options.rounds_or(5)
    with (
        running_cluster() as cluster,
        cluster.database("page") as database,
        serving("xogql", cluster, database, GUESTS) as server,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox"]
        )
        for _ in range(rounds):
            for how, network in ((COLUMNS[1], None), (COLUMNS[2], SLOW)):
                for what, value in _visit(browser, server.port, network).items():
                    took[what][how] += [value]
        browser.close()
    rows = [(what, *(spread(by[how]) for how in COLUMNS[1:])) for what, by in took.items()]
    yield Table("First load, and a move", COLUMNS, rows, [f"{rounds} rounds: median (min)."])


def _weights() -> Table:
    files = sorted((WEB / "page" / "assets").glob("*.gz"))
    document = len((WEB / "page" / "index.html").read_bytes())
    sizes = {each.suffixes[-2].lstrip("."): each.stat().st_size for each in files}
    sizes = {"document": document, **sizes, "all": document + sum(sizes.values())}
    rows = [(name, number(size / 1000)) for name, size in sizes.items()]
    return Table("Files of a first load", ("file", "kB, compressed"), rows)


def _visit(browser: Browser, port: int, network: Mapping[str, object] | None) -> dict[str, float]:
    """Load the page with nothing known, play the house and measure both."""
    context = browser.new_context(viewport={"width": 412, "height": 823})
    tab = context.new_page()
    if network is not None:
        devtools = context.new_cdp_session(tab)
        devtools.send("Network.enable")
        devtools.send("Network.emulateNetworkConditions", dict(network))
        devtools.send("Emulation.setCPUThrottlingRate", {"rate": 4})
    tab.add_init_script(f"({_WATCH})()")
    tab.goto(f"http://127.0.0.1:{port}/")
    tab.locator(".wire[data-s=live]").wait_for()
    live: float = tab.evaluate("performance.now()")
    figures: dict[str, float] = {"live, ms": live, **tab.evaluate(_FIGURES)}
    figures["move, ms"] = _move(tab)
    context.close()
    return figures


def _move(tab: Tab) -> float:
    """Begin against the house with a corner, and give the milliseconds of the second move."""
    tab.get_by_role("gridcell", name="a1, empty").click()
    tab.locator(".status", has_text="Your turn").wait_for()
    free = tab.locator(".cell:not(.taken)").first
    took: float = free.evaluate("""(cell) => new Promise((resolve) => {
      const pressed = performance.now();
      new MutationObserver(() => {
        if (cell.classList.contains("taken")) resolve(performance.now() - pressed);
      }).observe(cell, { attributes: true });
      cell.click();
    })""")
    return took
