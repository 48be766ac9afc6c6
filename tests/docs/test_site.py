"""The documents as a site: built without a warning, read and searched without the internet."""

import os
import re
import subprocess
import sys
from html.parser import HTMLParser
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.browser import needs_browser

ROOT = Path(__file__).parents[2]
LOADED = {
    "link": "href",
    "script": "src",
    "img": "src",
    "iframe": "src",
    "source": "src",
    "embed": "src",
    "object": "data",
}
"""The tags that make a browser load something, and the attribute that says what."""

NARROW = 390
"""The width of a telephone, px."""

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.skipif(
        find_spec("mkdocs") is None and not os.environ.get("CI"), reason="mkdocs is missing: pip install '.[docs]'"
    ),
]


class Page(HTMLParser):
    """What a page loads, and the text that it shows outside code."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.loaded: list[str] = []
        self.shown: list[str] = []
        self._code = 0
        self.feed(path.read_text(encoding="utf-8"))

    def handle_starttag(self, tag, attrs):
        self._code += tag in ("code", "script", "style")
        self.loaded += [value for name, value in attrs if name == LOADED.get(tag) and value]

    def handle_endtag(self, tag):
        self._code -= tag in ("code", "script", "style")

    def handle_data(self, data):
        self.shown += [] if self._code else [data]


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    folder = tmp_path_factory.mktemp("site")
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(folder)]
    done = subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, check=False, env=os.environ | {"NO_MKDOCS_2_WARNING": "1"}
    )
    assert done.returncode == 0, done.stderr
    assert "WARNING" not in done.stderr
    return folder


def pages_of(site: Path) -> list[Path]:
    """All pages but the one that only a server shows."""
    return sorted(path for path in site.rglob("*.html") if path.name != "404.html")


def test_it_loads_nothing_from_elsewhere(site):
    for path in pages_of(site):
        outside = [address for address in Page(path).loaded if re.match(r"(?:\w+:)?//", address)]
        assert outside == [], path.name
    for path in site.rglob("*.css"):
        assert re.findall(r"(?:url\(|@import)\s*[\"']?(?:https?:)?//[^)\s]*", path.read_text(encoding="utf-8")) == []


def test_every_document_is_in_it(site):
    written = {str(path.relative_to(site).with_suffix("")) for path in pages_of(site)}
    documents = {str(path.relative_to(ROOT / "docs").with_suffix("")) for path in (ROOT / "docs").rglob("*.md")}
    assert documents | {"changelog", "contributing", "benchmarks", "notebooks", "reference/commands"} <= written


def test_tables_and_lists_are_read_as_such(site):
    for path in pages_of(site):
        text = "".join(Page(path).shown)
        assert "|---" not in text, path.name
        assert "](" not in text, path.name


def test_each_command_has_its_help(site):
    text = (site / "reference/commands.html").read_text(encoding="utf-8")
    for command in ("batch", "import", "workshop-kit"):
        assert f"Usage: trustsim {command} " in text


@needs_browser
def test_every_page_opens_from_a_file_and_asks_for_nothing_else(site, browser):
    context = browser.new_context(viewport={"width": NARROW, "height": 800})
    page, wrong = context.new_page(), []

    def only_files(route):
        if route.request.url.startswith(("file:", "data:", "blob:")):
            route.continue_()
        else:
            wrong.append(route.request.url)
            route.abort()

    context.route("**/*", only_files)
    page.on("pageerror", lambda error: wrong.append(str(error)))
    # A request that the next page cuts short is no mistake.
    page.on("requestfailed", lambda each: wrong.append(each.url) if each.failure != "net::ERR_ABORTED" else None)
    for path in pages_of(site):
        page.goto(path.as_uri())
        assert page.evaluate("document.documentElement.scrollWidth") <= NARROW, path.name
        assert wrong == [], path.name
    context.close()


def test_each_notebook_is_a_page_with_its_outputs(site):
    for path in sorted((ROOT / "notebooks").glob("*.ipynb")):
        page = Page(site / f"notebooks/{path.stem}.html")
        pictures = [name for name in page.loaded if name.startswith(path.stem)]
        assert len(pictures) == path.read_text(encoding="utf-8").count('"image/png": "'), path.name
        assert all((site / "notebooks" / name).read_bytes().startswith(b"\x89PNG") for name in pictures)
    assert 'href="notebooks/01-first-month.html"' in (site / "model.html").read_text(encoding="utf-8")


@needs_browser
def test_equations_are_whole_and_no_button_lies_on_code(site, browser):
    page = browser.new_context(viewport={"width": 1280, "height": 900}).new_page()
    page.goto((site / "model.html").as_uri())
    cut = "e => [...document.querySelectorAll('.language-text code')].filter(c => c.scrollWidth > c.clientWidth).length"
    assert page.locator(".language-text code").count() > 3
    assert page.evaluate(cut) == 0
    assert page.locator(".language-text button:visible").count() == 0
    page.goto((site / "how-to/python.html").as_uri())
    block = page.locator(".highlight", has=page.locator("button")).first
    code, button = block.locator("code").bounding_box(), block.locator("button").bounding_box()
    assert code["x"] + code["width"] <= button["x"]
    page.context.close()


@needs_browser
def test_the_search_works_from_a_file(site, browser):
    page = browser.new_context(viewport={"width": 1280, "height": 900}).new_page()
    page.goto((site / "index.html").as_uri())
    box = page.get_by_role("textbox", name="Search")
    box.click()
    box.press_sequentially("quorum")
    page.locator(".md-search-result__item a").first.wait_for()
    titles = page.locator(".md-search-result__item h1").all_inner_texts()
    assert "The model" in titles
    page.context.close()
