"""The page's pictures in a real browser: where its own letters stand, forced colours, and what axe finds."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe

from simulation.page.document import page_style
from tests.browser import needs_browser
from tests.page.made_up_results import made_up
from tests.page.node import HERE, call, needs_node

pytestmark = [
    pytest.mark.e2e,
    needs_node,
    needs_browser,
]

PLACES = 40

WRONG = """() => [...document.querySelectorAll("svg")].flatMap((svg) => {
  const frame = svg.getBoundingClientRect();
  const texts = [...svg.querySelectorAll("text")].map((each) => [each.textContent, each.getBoundingClientRect()]);
  const over = (one, other) =>
    Math.min(one.right, other.right) - Math.max(one.left, other.left) > 1 &&
    Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top) > 5;
  const out = texts.filter(([, box]) => box.left < frame.left - 1 || box.right > frame.right + 1);
  const pairs = texts.flatMap(([text, box], index) =>
    texts.slice(index + 1).filter(([, other]) => over(box, other)).map(([other]) => `${text} / ${other}`));
  return [...out.map(([text]) => `${text} leaves the picture`), ...pairs];
})"""

TEXT_AND_GROUND = """() => [...document.querySelectorAll("svg .text")].map((each) =>
  [getComputedStyle(each).fill, getComputedStyle(each.closest("svg")).backgroundColor])"""


@pytest.fixture(scope="module")
def pages() -> list[str]:
    """A page for each made-up place, with all its pictures."""
    cases = [made_up(seed) for seed in range(PLACES)]
    calls = [["drawAll", each["results"], each["baseline"], each["place"], each["options"]] for each in cases]
    return ["".join(each["svg"] for each in pictures) for pictures in call(HERE / "draw_all.js", calls)]


def _page_of(pictures: str) -> str:
    style = f"{page_style()} svg.picture {{ max-width: none; }}"
    head = f'<meta charset="utf-8"><title>Pictures</title><style>{style}</style>'
    body = f"<main><h1>Pictures</h1>{pictures}</main>"
    return f'<!doctype html><html lang="en"><head>{head}</head><body>{body}</body></html>'


def test_no_text_overlaps_another_or_leaves_its_picture(browser, pages):
    page = browser.new_page(viewport={"width": 1200, "height": 800})
    for seed, pictures in enumerate(pages):
        page.set_content(_page_of(pictures))
        page.evaluate("document.fonts.ready")
        assert page.evaluate(WRONG) == [], seed


@pytest.mark.parametrize("colours", [{}, {"forced_colors": "active", "color_scheme": "dark"}])
def test_axe_finds_nothing(browser, pages, colours):
    page = browser.new_page(**colours)
    page.set_content(_page_of(pages[0]))
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()


def test_text_is_seen_on_its_ground_where_colours_are_forced(browser, pages):
    page = browser.new_page(forced_colors="active", color_scheme="dark")
    page.set_content(_page_of(f'<div class="drawing">{pages[0]}</div>'))
    pairs = page.evaluate(TEXT_AND_GROUND)
    assert pairs
    for text, ground in pairs:
        assert abs(_brightness(text) - _brightness(ground)) > 200


def _brightness(colour: str) -> float:
    red, green, blue = (int(part) for part in re.findall(r"\d+", colour)[:3])
    return 0.3 * red + 0.59 * green + 0.11 * blue
