"""The page opened in a browser from a file: it loads nothing and breaks no rule, with a script or without."""

import re

import pytest

from tests.browser import needs_browser
from tests.page.made import HARD, whole_page

pytestmark = [
    pytest.mark.e2e,
    needs_browser,
]

SIZES = {"wide": (1920, 1080), "laptop": (1280, 720), "half": (640, 900)}


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    written = tmp_path_factory.mktemp("page") / "place.html"
    written.write_bytes(whole_page("mid-south-essex-partnership", HARD))
    return written


def opened(browser, path, *, width=1280, height=720, **options):
    """Open the page, and return it with what it asked for and what went wrong."""
    page = browser.new_context(viewport={"width": width, "height": height}, **options).new_page()
    asked, errors = [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: errors.append(message.text) if message.type in {"error", "warning"} else None)
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(path.as_uri())
    return page, asked, errors


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_it_asks_for_nothing_and_breaks_no_policy(browser, path, script):
    page, asked, errors = opened(browser, path, java_script_enabled=script)
    page.wait_for_timeout(300)
    # A worker comes from a blob of the page's own script.
    assert [each for each in asked if not each.startswith(("data:", "blob:null/"))] == [path.as_uri()]
    assert errors == []
    page.context.close()


def test_the_first_pictures_and_the_headline_are_there_without_a_script(browser, path):
    page, _, _ = opened(browser, path, java_script_enabled=False)
    assert page.locator("figure.picture svg").count() == 4
    assert all(page.locator("figure.picture svg").nth(number).is_visible() for number in range(4))
    assert "gap is closed" in page.locator("#headline").inner_text()
    assert page.locator("#title").text_content() == HARD
    assert "Scripts are switched off here" in page.locator("noscript, .notice").first.inner_text()
    assert page.get_by_role("img", name="gap is closed").count() == 1
    page.context.close()


def test_the_script_runs_and_the_typeface_is_the_pages_own(browser, path):
    page, _, _ = opened(browser, path)
    page.wait_for_selector("html[data-script=on]")
    assert page.locator("#check").inner_text().startswith("Checked to the bit")
    assert page.evaluate("document.fonts.ready.then(() => document.fonts.check('16px \"Trustsim Sans\"'))")
    page.context.close()


@pytest.mark.parametrize(("width", "height"), SIZES.values(), ids=SIZES)
def test_nothing_is_wider_than_the_window(browser, path, width, height):
    page, _, _ = opened(browser, path, width=width, height=height)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.context.close()


@pytest.fixture(scope="module")
def unscripted(path):
    """Return the page as it is where scripts are switched off, for axe, which is a script itself."""
    text = re.sub(r'<script id="script">.*?</script>', "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    written = path.with_name("unscripted.html")
    written.write_text(text.replace("<noscript>", "<div>").replace("</noscript>", "</div>"), encoding="utf-8")
    return written


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("colours", ["none", "active"])
@pytest.mark.parametrize("scripted", [True, False], ids=["script", "no script"])
def test_it_breaks_no_rule_of_wcag(browser, path, unscripted, size, colours, scripted):
    from axe_playwright_python.sync_playwright import Axe

    width, height = SIZES[size]
    file = path if scripted else unscripted
    page, _, _ = opened(browser, file, width=width, height=height, forced_colors=colours, bypass_csp=True)
    page.eval_on_selector_all("details", "all => all.forEach(each => each.open = true)")
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    page.context.close()
