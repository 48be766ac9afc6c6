"""Every view of the page for those who use no mouse or no screen: names, values, and no rule of WCAG broken."""

import pytest

from tests.browser import needs_browser
from tests.page.made import whole_page

pytestmark = [pytest.mark.e2e, needs_browser]

EXPLORED = "#set=coaching:0.95,opening_trust:0.45&A=gain_share:1&B=coaching:1&against=A&pictures=trust,plan"
VIEWS = {"explore": EXPLORED} | {f"story {step + 1}": f"#step={step + 1}" for step in range(6)}
"""The page with everything opened, the five steps of the story, and its end."""

NO_CONTROLS = {"RootWebArea", "generic"}
"""Roles that can have the focus and are no control: the page, and what links within the page lead to."""


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    written = tmp_path_factory.mktemp("page") / "place.html"
    written.write_bytes(whole_page("mid-south-essex-partnership"))
    return written


@pytest.fixture
def view(request, browser, path):
    """Return a function that opens a view, with all in it that can be opened."""
    pages = []

    def opened(name, **options):
        page = browser.new_context(viewport={"width": 1280, "height": 900}, bypass_csp=True, **options).new_page()
        pages.append(page)
        page.goto(path.as_uri() + VIEWS[name])
        page.wait_for_selector("html[data-script=on]", timeout=120_000)
        if name == "explore":
            page.wait_for_selector('#explore[data-shown="1024"]', timeout=120_000)
        elif name != "story 6":
            page.get_by_role("button", name="Show what happens").press("Enter")
            page.locator("#story .shown :is(svg, table)").first.wait_for()
        while page.locator("details:not([open]):visible").count():
            page.eval_on_selector_all("details", "all => all.forEach(each => each.open = true)")
        return page

    yield opened
    for page in pages:
        page.context.close()


@pytest.mark.parametrize("name", VIEWS)
def test_the_accessibility_tree_names_every_control_and_says_every_value(view, name):
    page = view(name)
    nodes = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")["nodes"]
    controls = []
    for node in nodes:
        properties = {each["name"]: each["value"].get("value") for each in node.get("properties", [])}
        role = node.get("role", {}).get("value")
        if not node["ignored"] and properties.get("focusable") and role not in NO_CONTROLS:
            value = node.get("value", {}).get("value")
            controls.append((role, node["name"]["value"].strip(), value))
    assert len(controls) > (300 if name == "explore" else 5)
    assert [each for each in controls if not each[1]] == []
    assert page.locator('[tabindex="0"]:not([aria-label], [aria-labelledby])').count() == 0
    valued = [each for each in controls if each[0] in {"slider", "combobox"}]
    assert [each for each in valued if each[2] is None or not str(each[2]).strip()] == []
    if name == "explore":
        assert ("slider", "Coaching") in [each[:2] for each in valued]
    # The browser's tree holds a slider's number; the words that are spoken in its place are an attribute.
    spoken = page.locator("input[type=range]").evaluate_all("all => all.map(each => each.ariaValueText ?? '')")
    assert all(spoken)
    assert ("0.95, from December 2015" in spoken) == (name == "explore")


@pytest.mark.parametrize("colours", ["none", "active"])
@pytest.mark.parametrize("name", VIEWS)
def test_no_view_breaks_a_rule_of_wcag(view, name, colours):
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(view(name, forced_colors=colours))
    assert found.violations_count == 0, found.generate_report()
