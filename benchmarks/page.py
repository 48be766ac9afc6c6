"""The page in a real browser: size, start, moves and memory, as the table of what it should reach.

The reference place and one of 42 systems, headless Chromium, two cores. A move is measured by the page itself, from the
input event to the painted frame; at each move headline, gap and two pictures are drawn with both bands.
"""

import re
import shutil
import statistics
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
BROWSER = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
LEVERS = ("coaching", "gain_share", "menu_framing", "lead_by_skill", "shared_accountability")
RELEASES = 19
MOVES = 500
SYSTEMS = 42
FEW_MOVES = 50
SHOWN = '#explore[data-shown="half"], #explore[data-shown="256"], #explore[data-shown="1024"]'
ALL_RUNS = '#explore[data-shown="256"], #explore[data-shown="1024"]'
PATIENCE = 180_000
ALL_SHOWN = '#explore[data-shown="1024"]'
MEASURES = "name => performance.getEntriesByName(name, 'measure').map(each => each.duration)"
FIRST_PAINT = "performance.getEntriesByName('first-contentful-paint')[0].startTime"


def build(folder):
    """Return the reference place's page, and the sizes of the modules in it."""
    from simulation.model.portable.cache import load_portable_engine
    from simulation.page.write import write_page
    from simulation.scenario.loading import load_scenario

    source = ROOT / "scenarios/mid-south-essex.yaml"
    path = folder / "page.html"
    path.write_bytes(write_page(load_scenario(source), source, made="2026-11-28", seed=1))
    engine = load_portable_engine()
    return path, len(engine.plain), len(engine.with_simd)


def build_large(folder):
    """Return the page of a place of many systems."""
    from simulation.page.write import write_page
    from simulation.scenario.loading import load_scenario
    from simulation.scenario.replicate_systems import replicate_systems

    shape = load_scenario(ROOT / "scenarios/mid-south-essex.yaml")
    place = replicate_systems(shape, SYSTEMS, title=f"{SYSTEMS} systems")
    path = folder / "many.html"
    path.write_bytes(write_page(place, folder / "many.yaml", made="2026-11-28", seed=1))
    return path


def opened(browser, path):
    """Return the page once all is shown, with seconds to the first picture and to checked numbers."""
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    begun = time.perf_counter()
    page.goto(path.as_uri())
    page.wait_for_selector("#check:has-text('Checked to the bit')", timeout=PATIENCE)
    checked = time.perf_counter() - begun
    page.wait_for_selector(ALL_SHOWN, timeout=PATIENCE)
    return page, page.evaluate(FIRST_PAINT) / 1000, checked


def drag(page):
    """Drag sliders, each to its end; return milliseconds of each move that was drawn. No settings come twice."""
    taken = []
    for lever in LEVERS:
        page.evaluate("performance.clearMeasures()")
        slider = page.locator(f"#lever-{lever}")
        slider.scroll_into_view_if_needed()
        box = slider.bounding_box()
        left, width, middle = box["x"] + 9, box["width"] - 18, box["y"] + box["height"] / 2
        page.mouse.move(left, middle)
        page.mouse.down()
        for step in range(1, 41):
            page.mouse.move(left + width * step / 40, middle)
            page.wait_for_timeout(60)
        page.mouse.up()
        page.wait_for_selector(ALL_SHOWN)
        taken += page.evaluate(MEASURES, "drag")
    return taken


def release(page):
    """Type strengths; return milliseconds until all replicates were drawn. No settings come twice."""
    page.evaluate("performance.clearMeasures()")
    for number in range(RELEASES):
        field = page.locator("#lever-celebration-number")
        field.fill(f"{0.05 * (1 + number % 19):.2f}")
        field.press("Enter")
        page.wait_for_selector(ALL_SHOWN)
    return page.evaluate(MEASURES, "release")


def memory(session):
    """Megabytes in use by the page after its garbage was collected."""
    session.send("HeapProfiler.collectGarbage")
    metrics = {each["name"]: each["value"] for each in session.send("Performance.getMetrics")["metrics"]}
    return metrics["JSHeapUsedSize"] / 1e6, metrics["Nodes"]


def renderer_memory(browser):
    """Megabytes of all the browser's processes that run pages and workers."""
    session = browser.new_browser_cdp_session()
    total = 0
    for each in session.send("SystemInfo.getProcessInfo")["processInfo"]:
        if each["type"] == "renderer":
            status = Path(f"/proc/{each['id']}/status").read_text(encoding="utf-8")
            total += int(re.search(r"VmRSS:\s+(\d+)", status)[1])
    return total / 1000


def move_often(page, first, moves=MOVES):
    """Move levers many times, each move drawn."""
    for number in range(first, first + moves):
        slider = page.locator(f"#lever-{LEVERS[number // 7 % len(LEVERS)]}")
        slider.focus()
        page.keyboard.press("ArrowLeft" if number // 70 % 2 == 0 else "ArrowRight")
        page.wait_for_selector(SHOWN)
    page.wait_for_selector(ALL_SHOWN, timeout=PATIENCE)


def violations(path, playwright):
    """Count what axe finds at three sizes with all opened."""
    from axe_playwright_python.sync_playwright import Axe

    browser = playwright.chromium.launch(executable_path=BROWSER, args=["--no-sandbox"])
    count = 0
    for width, height in ((1920, 1080), (1280, 720), (640, 900)):
        page = browser.new_context(viewport={"width": width, "height": height}, bypass_csp=True).new_page()
        page.goto(path.as_uri() + "#set=coaching:0.7")
        page.wait_for_selector(ALL_SHOWN, timeout=60_000)
        page.eval_on_selector_all("details", "all => all.forEach(each => each.open = true)")
        count += Axe().run(page).violations_count
    browser.close()
    return count


def row(measure, reach, found):
    print(f"| {measure} | {reach} | {found} |", flush=True)


def middle(taken):
    """Median with the range, in milliseconds."""
    return f"{statistics.median(taken):.0f} ms ({min(taken):.0f} to {max(taken):.0f}; {len(taken)} moves)"


def report_moves(playwright, path):
    """Print what one opened page takes."""
    browser = playwright.chromium.launch(executable_path=BROWSER, args=["--no-sandbox"])
    page, painted, checked = opened(browser, path)
    row("open to first picture", "under 1 s", f"{painted:.2f} s; numbers checked after {checked:.2f} s")
    row("drag: half of the replicates, both bands", "under 150 ms", middle(drag(page)))
    row("released: all replicates, both bands", "under 400 ms", middle(release(page)))
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable")
    move_often(page, 0)
    (heap, nodes), whole = memory(session), renderer_memory(browser)
    move_often(page, MOVES)
    (after, nodes_after), whole_after = memory(session), renderer_memory(browser)
    found = f"heap {heap:.1f} to {after:.1f} MB, {nodes:.0f} to {nodes_after:.0f} nodes"
    row(f"memory before and after {MOVES} moves", "flat", f"{found}, process {whole:.0f} to {whole_after:.0f} MB")
    browser.close()


def drag_slowly(page):
    """Drag one slider in steps of which each is drawn; return milliseconds of each."""
    page.evaluate("performance.clearMeasures()")
    slider = page.locator("#lever-coaching")
    slider.scroll_into_view_if_needed()
    box = slider.bounding_box()
    left, width, across = box["x"] + 9, box["width"] - 18, box["y"] + box["height"] / 2
    page.mouse.move(left, across)
    page.mouse.down()
    for step in range(1, 11):
        page.mouse.move(left + width * step / 10, across)
        page.wait_for_timeout(50)
        page.wait_for_selector(SHOWN, timeout=PATIENCE)
    begun = time.perf_counter()
    page.mouse.up()
    page.wait_for_selector(ALL_RUNS, timeout=PATIENCE)
    released = time.perf_counter() - begun
    page.wait_for_selector(ALL_SHOWN, timeout=PATIENCE)
    return page.evaluate(MEASURES, "drag"), released, time.perf_counter() - begun


def report_large(playwright, path):
    """Print what a place of many systems takes."""
    browser = playwright.chromium.launch(executable_path=BROWSER, args=["--no-sandbox"])
    page, painted, checked = opened(browser, path)
    name = f"{SYSTEMS} systems"
    row(f"{name}: file", "", f"{path.stat().st_size / 1e6:.1f} MB")
    row(f"{name}: open to first picture", "", f"{painted:.2f} s; numbers checked after {checked:.1f} s")
    first, released, all_shown = drag_slowly(page)
    row(f"{name}: first sight while dragging", "under 1 s", middle(first))
    row(f"{name}: released", "", f"all replicates after {released:.1f} s, 1,024 sets after {all_shown:.1f} s")
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable")
    move_often(page, 0, FEW_MOVES)
    (heap, _), whole = memory(session), renderer_memory(browser)
    move_often(page, FEW_MOVES, FEW_MOVES)
    (after, _), whole_after = memory(session), renderer_memory(browser)
    found = f"heap {heap:.0f} to {after:.0f} MB, process {whole:.0f} to {whole_after:.0f} MB"
    row(f"{name}: memory before and after {FEW_MOVES} moves", "flat", found)
    browser.close()


def main():
    if BROWSER is None:
        sys.exit("no browser is installed: apt install chromium")
    from playwright.sync_api import sync_playwright

    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        path, plain, with_simd = build(Path(folder))
        print("| measure | reach | found |\n|---|---|---|")
        row("file for the reference place", "under 600 kB", f"{path.stat().st_size / 1000:.0f} kB")
        row("module, without and with SIMD", "under 70 kB each", f"{plain / 1000:.0f} and {with_simd / 1000:.0f} kB")
        report_moves(playwright, path)
        row("axe: violations", "0", violations(path, playwright))
        report_large(playwright, build_large(Path(folder)))


if __name__ == "__main__":
    main()
