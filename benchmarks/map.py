"""Measures the drawn map in a headless browser, and prints what it found. Run by hand, beside nothing else:

    python -m benchmarks.map http://localhost:8000/map/?motion=synthetic-1

The address is that of a site with a motion to draw: `manage.py populate --motions 0 --large 300 --readers 0` makes one.
`CHROMIUM` may name the browser. Headless chromium paints in software, so a screen with a graphics card is quicker.

- *drawn*: the time from the list as data to the picture, all claims of the page unfolded: reading the list, dealing and
  measuring the cards, the layout in its worker, placing cards and arrows, until the second frame after that.
- *moving*: frames a second over two seconds in each of which every frame moves the map (panning), or scales it
  (zooming), counted by requestAnimationFrame.
- *opening*: from the start of the navigation until the map is drawn as it opens, collapsed.
- *unfolding*: one claim's unfolding and the drawing of what is then there; the middle of nine.
"""

import statistics
import sys

from playwright.sync_api import Page, sync_playwright

from scripts.run_tests import find_browser

FRAMES = """
async (how) => {
  const { stage } = argumentMap, times = [];
  const frame = () => new Promise(requestAnimationFrame);
  await frame();
  const start = performance.now();
  for (let now = start; now - start < 2000; now = await frame()) {
    const wave = Math.sin((now - start) / 160);
    if (how === "pan") stage.move(14 * Math.sign(wave), 9 * Math.sign(wave));
    else stage.scale(1 + wave / 40);
    times.push(now);
  }
  const gaps = times.slice(1).map((time, n) => time - times[n]).sort((a, b) => a - b);
  return [gaps.length / ((times[times.length - 1] - times[0]) / 1000), gaps[Math.floor(gaps.length * 0.95)]];
}
"""
DRAW = """
async () => {
  const { Graph, graph, picture, stage } = argumentMap;
  for (const card of picture.cards.values()) card.remove();
  picture.cards.clear();
  const start = performance.now();
  const fresh = new Graph();
  fresh.take(document.querySelector(".map-list"), true);
  Object.assign(graph, fresh);
  graph.unfoldAll(Infinity);
  picture.deal();
  const dealt = performance.now();
  const arranged = await argumentMap.arranger.ask(picture.work());
  const laid = performance.now();
  picture.apply(arranged);
  stage.sketch();
  stage.fit();
  for (let n = 0; n < 2; n += 1) await new Promise(requestAnimationFrame);
  const end = performance.now();
  return [graph.shown.size, graph.drawnLinks.length, end - start, dealt - start, laid - dealt, end - laid];
}
"""
UNFOLD = """
async () => {
  const { graph, walk } = argumentMap;
  const slug = [...graph.shown].find((slug) => graph.hidden(slug) > 0);
  if (!slug) return null;
  const start = performance.now();
  walk.settle(slug);
  await walk.unfold();
  await new Promise(requestAnimationFrame);
  return performance.now() - start;
}
"""


def opened(page: Page, address: str) -> float:
    """Milliseconds until the map is drawn as it opens."""
    page.goto(address)
    page.wait_for_selector("[data-drawn]", state="attached")
    return float(page.evaluate("performance.getEntriesByName('map drawn')[0].startTime"))


def measure(page: Page, address: str) -> None:
    opened(page, address)
    times = [opened(page, address) for _ in range(3)]
    print(f"opening, collapsed: {statistics.median(times):.0f} ms, {page.locator('.card').count()} cards")
    steps = [step for step in (page.evaluate(UNFOLD) for _ in range(9)) if step is not None]
    if steps:
        print(f"unfolding: {statistics.median(steps):.0f} ms, at most {max(steps):.0f} ms")
    for how in ("pan", "zoom"):
        rate, slow = page.evaluate(FRAMES, how)
        print(f"moving ({how}, {page.locator('.card').count()} cards): {rate:.0f} frames/s, 95 % within {slow:.0f} ms")
    for _ in range(3):
        claims, links, whole, dealt, laid, shown = page.evaluate(DRAW)
        parts = f"reading and dealing {dealt:.0f}, layout {laid:.0f}, placing {shown:.0f}"
        print(f"drawn: {claims} claims, {links} relations in {whole:.0f} ms ({parts})")
    for zoom in ("fit", "0.3", "0.8"):
        if zoom != "fit":
            page.evaluate("zoom => argumentMap.stage.scale(zoom / argumentMap.stage.zoom)", float(zoom))
        for how in ("pan", "zoom"):
            rate, slow = page.evaluate(FRAMES, how)
            print(f"moving ({how}, all, from zoom {zoom}): {rate:.0f} frames/s, 95 % within {slow:.0f} ms")


def main() -> None:
    with sync_playwright() as playwright:
        arguments = ["--no-sandbox", "--disable-background-networking"]
        browser = playwright.chromium.launch(executable_path=find_browser(), args=arguments)
        measure(browser.new_page(viewport={"width": 1280, "height": 900}), sys.argv[1])
        browser.close()


if __name__ == "__main__":
    main()
