"""The HTML paper in a real browser: it meets WCAG, and makes no request and no error."""

import pytest

from simulation.report.html import write_html
from tests.browser import needs_browser
from tests.report.conftest import paper_of

pytestmark = [
    pytest.mark.e2e,
    needs_browser,
]


@pytest.mark.parametrize("kind", ["single", "compared"])
def test_the_page_breaks_no_rule_and_asks_for_nothing(browser, kind, tmp_path):
    from axe_playwright_python.sync_playwright import Axe

    path = tmp_path / "paper.html"
    path.write_bytes(write_html(paper_of(kind, "hard names" if kind == "compared" else "no joint action")))
    page = browser.new_page()
    asked, errors = [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(path.as_uri())
    page.eval_on_selector_all("details", "all => all.forEach(each => each.open = true)")
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    assert asked == [path.as_uri()]
    assert errors == []
