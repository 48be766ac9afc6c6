"""The README's picture of the page is described as the page itself says it."""

import re

import pytest
from PIL import Image

from tests.browser import needs_browser
from tests.docs.page_picture import FILE, SHARPNESS, VIEW, open_page
from tests.page.made import ROOT


@pytest.mark.unit
def test_it_is_small_and_as_sharp_as_it_should_be():
    assert FILE.stat().st_size < 200_000
    assert Image.open(FILE).size == tuple(round(SHARPNESS * VIEW[side]) for side in ("width", "height"))


@pytest.mark.e2e
@needs_browser
def test_its_alternative_text_says_what_the_page_says(browser, tmp_path):
    page = open_page(browser, tmp_path)
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    (words,) = re.findall(r"!\[([^\]]*)\]\(docs/pictures/page\.png\)", readme)
    for part in ("#headline", "#gap h2", "#slot-1 h2", "#slot-2 h2"):
        assert page.locator(part).inner_text() in words
    page.context.close()
