"""Take the README's picture of the page: `python -m tests.docs.page_picture`.

It needs Chromium. Its alternative text in the README is held to the same page by tests/docs/test_page_picture.py.
"""

from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from PIL import Image
from playwright.sync_api import sync_playwright

from tests.browser import BROWSER
from tests.page.made import ROOT, whole_page

FILE = ROOT / "docs/pictures/page.png"

ADDRESS = "#set=coaching:0.5,regulator_acknowledgement:1&pictures=questions,gains"
"""What is set in the picture: two levers, from the first month."""

VIEW = {"width": 1200, "height": 1100}
"""Wide enough for levers and pictures side by side, and high enough to show both, px."""

SHARPNESS = 1.5
"""Pixels of the picture for each of the view."""

COLOURS = 128
"""Few, so that the file is small: the page is lines and letters."""


def open_page(browser: Any, folder: Path) -> Any:
    """Return the page as the picture shows it, with all of its numbers."""
    path = folder / "page.html"
    path.write_bytes(whole_page("mid-south-essex"))
    page = browser.new_context(viewport=VIEW, device_scale_factor=SHARPNESS).new_page()
    page.goto(path.as_uri() + ADDRESS)
    page.get_by_text("1,024 sets of assumptions").wait_for()
    return page


def write_picture() -> None:
    """Write the picture."""
    with TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=BROWSER, args=["--no-sandbox"])
        content = open_page(browser, Path(folder)).screenshot()
        browser.close()
    picture = Image.open(BytesIO(content)).convert("RGB")
    picture.quantize(COLOURS, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE).save(FILE, optimize=True)


if __name__ == "__main__":
    write_picture()
