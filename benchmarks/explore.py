"""How long a room waits: from a key on a slider to every picture redrawn, in a real browser.

Two cores; the reference place; the key is pressed again once all is there.
"""

import re
import shutil
import statistics
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
BROWSER = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
MOVES = 20
ALL_DRAWN = """settings => { const all = [...document.querySelectorAll('[data-settings]')];
 return all.length === 3 && all.every(each => each.dataset.settings.includes(settings)); }"""


def moves(page, address, replicates):
    """Seconds of each move of one slider."""
    page.goto(f"{address}&settings=coaching:0.05@2015-12,replicates:{replicates}")
    page.wait_for_function(ALL_DRAWN, arg="coaching:0.05@")
    slider = page.get_by_role("slider", name="Coaching", exact=True)
    slider.focus()
    taken = []
    for number in range(MOVES):
        key, step = ("ArrowRight", 1) if number < MOVES // 2 else ("ArrowLeft", -1)
        strength = 0.05 * (1 + number + 1) if step > 0 else 0.05 * (MOVES + 1 - number - 1)
        if number == MOVES // 2:
            page.get_by_role("slider", name="Celebration", exact=True).press("End")
            page.wait_for_function(ALL_DRAWN, arg="celebration:1@")
            slider.focus()
        begun = time.perf_counter()
        page.keyboard.press(key)
        page.wait_for_function(ALL_DRAWN, arg=f"coaching:{strength:.10g}@")
        taken.append(time.perf_counter() - begun)
    return taken


def play(page):
    """Seconds from a month to its trust map."""
    slider = page.get_by_role("slider", name="Trust map in")
    slider.focus()
    page.keyboard.press("Home")
    page.get_by_role("heading", name=re.compile("in December 2015")).wait_for()
    begun = time.perf_counter()
    page.keyboard.press("ArrowRight")
    page.get_by_role("heading", name=re.compile("in January 2016")).wait_for()
    return time.perf_counter() - begun


def main():
    if BROWSER is None:
        sys.exit("no browser is installed: apt install chromium")
    from playwright.sync_api import sync_playwright

    command = [sys.executable, "-u", "-m", "simulation", "explore", "scenarios/mid-south-essex.yaml", "--no-browser"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT) as served:
        try:
            address = re.search(r"http://\S+", served.stdout.readline())[0]
            with sync_playwright() as playwright:
                browser = playwright.chromium.launch(executable_path=BROWSER, args=["--no-sandbox"])
                page = browser.new_page(viewport={"width": 1280, "height": 900})
                page.set_default_timeout(120_000)
                print(f"a slider's move to every picture redrawn, {MOVES} moves, seconds: median (least to most)")
                for replicates in (64, 256, 1000):
                    taken = moves(page, address, replicates)
                    seconds = f"{statistics.median(taken):.2f} ({min(taken):.2f} to {max(taken):.2f})"
                    print(f"  {replicates:>5,} replicates   {seconds}", flush=True)
                print(f"a month of the trust map            {statistics.median(play(page) for _ in range(5)):.2f}")
                browser.close()
        finally:
            served.terminate()


if __name__ == "__main__":
    main()
